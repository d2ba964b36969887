// Package filing holds the use cases on complaints: validate, queue, send,
// list, cancel, and the channels they go through. The outbox in it is durable:
// every step is a row in the store before it is a request on the wire.
package filing

import (
	"context"
	"time"

	"quietline/internal/domain"
)

// QueueRequest puts a complaint into the outbox. All of it is written in one
// transaction.
type QueueRequest struct {
	Complaint domain.Complaint
	// Key is the idempotency key; it never changes again.
	Key string
	// Payload is the request body, frozen: it is sent as stored.
	Payload []byte
	// PayloadSHA256 is its digest in lower-case hexadecimal.
	PayloadSHA256 string
	Now           time.Time
}

// ComplaintPage is one page of complaints, newest first.
type ComplaintPage struct {
	Complaints []domain.Complaint
	// Next is the cursor of the next page, empty at the end.
	Next string
}

// ComplaintStore keeps complaints.
type ComplaintStore interface {
	// SaveDraft stores a new draft or the new contents of an existing draft,
	// without the calls, the person and the channel that are gone: one that is
	// brought back is not lost with them.
	SaveDraft(ctx context.Context, c domain.Complaint, now time.Time) error
	// Queue stores the complaint (new, or an existing draft) as queued and
	// due now; for a channel of the kind assisted it is never due (ByHandStore).
	// Fails with Conflict "complaint.not_draft" where it exists in
	// another state, and with Conflict "complaint.duplicate" (Args ID) where
	// FindDuplicate would find another complaint: of two that come at once only
	// one gets in.
	Queue(ctx context.Context, q QueueRequest) error
	// Complaint finds by full ID or by a prefix of at least 4 characters that
	// only one complaint has. Fails with NotFound "complaint.not_found" or
	// Invalid "complaint.id_ambiguous".
	Complaint(ctx context.Context, idOrPrefix string) (domain.Complaint, error)
	// Complaints pages through the matching complaints, newest first.
	Complaints(ctx context.Context, f domain.ComplaintFilter, p domain.Page) (ComplaintPage, error)
	// CountByState counts all complaints by send state.
	CountByState(ctx context.Context) (map[domain.SendState]int64, error)
	// Attempts lists every attempt of a complaint, oldest first.
	Attempts(ctx context.Context, id domain.ComplaintID) ([]domain.Attempt, error)
	// Timeline lists what happened to a complaint, oldest first.
	Timeline(ctx context.Context, id domain.ComplaintID) ([]domain.TimelineEvent, error)
	// CancelComplaint takes a complaint back in one transaction. Fails with
	// Conflict where domain.SendState.Cancellable says no:
	// "complaint.already_cancelled", "complaint.already_filed" or, while the
	// endpoint may hold it, "complaint.not_cancellable".
	CancelComplaint(ctx context.Context, id domain.ComplaintID, now time.Time) error
	// FindDuplicate finds another complaint that is neither draft, failed,
	// skipped nor cancelled about one of the calls of this one: to the same
	// person, from the same number, at the same second. A person who was removed
	// since is known by the name that the complaint was filed for. ok is false
	// where there is none.
	FindDuplicate(ctx context.Context, c domain.Complaint) (id domain.ComplaintID, ok bool, err error)
}

// ClaimRequest asks for due work.
type ClaimRequest struct {
	// Owner is the worker's UUID.
	Owner string
	Now   time.Time
	// Until is when the lease ends if nobody renews it.
	Until time.Time
	Limit int
	// ChannelID and Batch restrict; zero means all.
	ChannelID domain.ChannelID
	Batch     string
	// Tokens restricts to what is filed and waits for its receipt number.
	Tokens bool
	// Ahead is for how many of Limit no worker is free yet. What has no keys
	// (domain.ChannelKind.Keyless) is not claimed ahead: a person would have to
	// settle it, although it was not sent, if the process died.
	Ahead int
}

// HastenRequest says what becomes due at Now. Zero fields do not restrict.
type HastenRequest struct {
	Now       time.Time
	ID        domain.ComplaintID
	ChannelID domain.ChannelID
	Batch     string
	// Untried picks what was never tried and is due later than anything puts it
	// off that was never tried (LongestUntried): it was queued while the clock was
	// ahead.
	Untried bool
}

// Job is one claimed complaint.
type Job struct {
	ComplaintID domain.ComplaintID
	ChannelID   domain.ChannelID
	// Batch is the batch it came with, or empty.
	Batch   string
	Key     string
	Payload []byte
	// State is the send state before the claim: queued, retry, unknown, token
	// or sending (its worker died).
	State domain.SendState
	Token string
	// Tries is how many attempts count towards the schedule so far.
	Tries int
	// AttemptN is the number of the attempt that the claim began, from 1.
	AttemptN int
	QueuedAt time.Time
}

// StateBefore is the state to which the complaint goes back where nothing was
// asked about it: its own, except that one whose worker died may be filed.
func (j Job) StateBefore() domain.SendState {
	if j.State == domain.SendSending {
		return domain.SendUnknown
	}
	return j.State
}

// Result is how a claimed job ended. It is written in one transaction:
// attempt, complaint, outbox row and timeline.
type Result struct {
	ComplaintID domain.ComplaintID
	Owner       string
	AttemptN    int
	Now         time.Time
	Outcome     domain.AttemptOutcome
	// State is the send state from now on.
	State domain.SendState
	// DueAt is when to look at it again; zero for never.
	DueAt time.Time
	// Counts says that the attempt counts towards the schedule.
	Counts        bool
	ReceiptNumber string
	Token         string
	CaseState     domain.CaseState
	HTTPStatus    int
	ErrorKey      string
	Detail        string
	Problems      []domain.FieldProblem
	// Err is the error behind ErrorKey where it came up on this machine; it is
	// not stored.
	Err error
}

// Pending says what the outbox still holds for a worker's selection.
type Pending struct {
	// Due is what could be claimed now.
	Due int
	// Leased is what another worker holds at this moment.
	Leased int
	// Waiting is what is due later (or whose channel is on hold).
	Waiting int
	// Paused is what waits behind a paused channel.
	Paused int
	// Tokens is how many of all these are filed and wait for their number.
	Tokens int
	// NextAt is the earliest moment at which something becomes due or a lease
	// ends; zero where nothing waits.
	NextAt time.Time
}

// OutboxStore is the durable queue. Several processes may use it at once.
type OutboxStore interface {
	// Claim leases up to Limit due rows in one transaction: rows in state
	// queued, retry, unknown or token with due time not after Now and no
	// living lease, and rows in state sending whose lease ended; those of a kind
	// without keys become unsettled instead (SettleStore). Channels that
	// are paused or on hold are left out. Each claimed row gets state sending
	// (token rows keep state token), a new attempt row with outcome running,
	// and an attempt that was still running becomes interrupted. Oldest due
	// first. What no rule puts that far off (due or on hold for longer than
	// LongestWait, leased for longer than MaxLease) was written while the clock
	// was wrong and counts as over.
	Claim(ctx context.Context, r ClaimRequest) ([]Job, error)
	// Renew moves the end of the owner's leases on these complaints.
	Renew(ctx context.Context, owner string, ids []domain.ComplaintID, until time.Time) error
	// Record writes results in one transaction, all of them or none, each
	// provided its owner still holds the lease; held is false where it was lost,
	// and then nothing is written of that one. A complaint that is unsettled since
	// takes a late result nevertheless, if that says it is filed.
	Record(ctx context.Context, results []Result) (held []bool, err error)
	// PutBack gives back jobs that were claimed and never begun, as if they had
	// not been claimed: no attempt remains. A job whose lease the owner lost stays
	// with whoever took it over; one of a batch that was cancelled meanwhile is
	// taken back as the rest of it was.
	PutBack(ctx context.Context, owner string, jobs []Job) error
	// BatchRests says whether a batch is paused, or cancelled; neither of one that
	// is not known.
	BatchRests(ctx context.Context, id string) (paused, cancelled bool, err error)
	// Release gives back whatever the owner still holds without a result: the
	// attempt becomes interrupted, and as it may have arrived the complaint is
	// unknown (one with a token keeps it) and due at once, or, of a kind without
	// keys, unsettled.
	Release(ctx context.Context, owner string, now time.Time) error
	// Hasten makes what waits for a later try due now. What is leased or
	// finished stays as it is, and so does a pause or hold of the channel.
	Hasten(ctx context.Context, r HastenRequest) error
	// Pending counts for the selection of the request.
	Pending(ctx context.Context, r ClaimRequest) (Pending, error)
}

// ChannelStore keeps channels.
type ChannelStore interface {
	// AddChannel stores a new channel and fills in the ID. Fails with
	// Conflict "channel.name_taken".
	AddChannel(ctx context.Context, c *domain.Channel) error
	// Channels lists every channel by name, the default first.
	Channels(ctx context.Context) ([]domain.Channel, error)
	// ChannelByName fails with NotFound "channel.not_found".
	ChannelByName(ctx context.Context, name string) (domain.Channel, error)
	// ChannelByID fails with NotFound "channel.not_found".
	ChannelByID(ctx context.Context, id domain.ChannelID) (domain.Channel, error)
	// RemoveChannel fails with Conflict "channel.in_use" while the outbox
	// holds complaints or files for it that are not finished, or a person has
	// some of its to file or to settle.
	RemoveChannel(ctx context.Context, id domain.ChannelID) error
	// SetDefaultChannel makes it the only default.
	SetDefaultChannel(ctx context.Context, id domain.ChannelID) error
	// PauseChannel sets the pause or, with an empty reason, clears it and the
	// hold. A refusal never takes the place of the user's own pause.
	PauseChannel(ctx context.Context, id domain.ChannelID, reason string) error
	// HoldChannel keeps every complaint of the channel back until then; an
	// earlier time than the present one changes nothing.
	HoldChannel(ctx context.Context, id domain.ChannelID, until time.Time) error
	// SetCapabilities stores what the endpoint said of itself.
	SetCapabilities(ctx context.Context, id domain.ChannelID, c domain.Capabilities) error
}

// Store is everything the use cases keep.
type Store interface {
	ComplaintStore
	OutboxStore
	ChannelStore
	PaceStore
	WaitingStore
	ByHandStore
	CaseStore
	WithdrawalStore
	RecordStore
	DraftStore
	ReceiptStore
	SettleStore
	WritingStore
	MergeStore
	EvidenceStore
	FunnelStore
}

// CallReader gives the calls a complaint is about.
type CallReader interface {
	// Call fails with NotFound "call.not_found".
	Call(ctx context.Context, id domain.CallID) (domain.Call, error)
}

// PeopleReader gives the people complaints are made for.
type PeopleReader interface {
	// People lists the present people, the owner first.
	People(ctx context.Context) ([]domain.Person, error)
	// PersonByName fails with NotFound "person.not_found".
	PersonByName(ctx context.Context, name string) (domain.Person, error)
}

// Checker judges a number as displayed. It does no I/O.
type Checker interface {
	Check(input, province string) domain.Check
}

// OutcomeKind is what an endpoint's answer means for us.
type OutcomeKind string

// The meanings of an answer (intake-api.md, rules for the client).
const (
	// OutcomeSent: it is filed and has a receipt number, except with a service
	// that gives none.
	OutcomeSent OutcomeKind = "sent"
	// OutcomeToken: it is filed, the receipt number follows.
	OutcomeToken OutcomeKind = "token"
	// OutcomeUnknown: the request may have arrived, no usable answer came.
	OutcomeUnknown OutcomeKind = "unknown"
	// OutcomeUnsettled: it may have arrived, and this endpoint cannot be asked.
	// Only a person can say, and nothing is sent again before (settle.go).
	OutcomeUnsettled OutcomeKind = "unsettled"
	// OutcomeRetry: it did not arrive or was put off; try later.
	OutcomeRetry OutcomeKind = "retry"
	// OutcomeRejected: a final no (4xx); trying again changes nothing.
	OutcomeRejected OutcomeKind = "rejected"
	// OutcomeUnauthorised: 401, the channel pauses.
	OutcomeUnauthorised OutcomeKind = "unauthorised"
	// OutcomeForbidden: 403, the channel pauses.
	OutcomeForbidden OutcomeKind = "forbidden"
	// OutcomeWithheld: the endpoint has nothing under this key, and nothing is sent
	// again, because its batch was cancelled meanwhile.
	OutcomeWithheld OutcomeKind = "withheld"
	// OutcomeNotFound: nothing is known under this key or token.
	OutcomeNotFound OutcomeKind = "not_found"
)

// Outcome is one answer of an endpoint, or the lack of one.
type Outcome struct {
	Kind          OutcomeKind
	ReceiptNumber string
	Token         string
	CaseState     domain.CaseState
	// RetryAfter is the least time to wait, 0 where the endpoint said none.
	RetryAfter time.Duration
	// Hold says that RetryAfter is meant for the whole channel (429, 503).
	Hold bool
	// HTTPStatus is 0 where there was no answer.
	HTTPStatus int
	// ErrorKey is the message key of the reason, or empty.
	ErrorKey string
	// Detail is the endpoint's own sentence, at most 500 characters.
	Detail   string
	Problems []domain.FieldProblem
	// Cause is for the log; it holds no payload and no token.
	Cause error
}

// Endpoint speaks the protocol of one channel. It never retries by itself:
// one call is one request on the wire. Implementations are safe for
// concurrent use.
type Endpoint interface {
	// Capabilities reads what the endpoint says of itself; it files nothing.
	// It fails with "channel.version_unsupported" where the endpoint speaks
	// another version of the API; then nothing is sent to it.
	Capabilities(ctx context.Context) (domain.Capabilities, error)
	// Submit posts the payload under the idempotency key.
	Submit(ctx context.Context, key string, payload []byte) Outcome
	// FindByKey asks what became of a key: sent, token, not_found, or a
	// failure. A protocol without keys asks nobody and answers unsettled.
	FindByKey(ctx context.Context, key string) Outcome
	// PollToken asks for the receipt number behind a token: sent, token (not
	// yet), not_found, or a failure.
	PollToken(ctx context.Context, token string) Outcome
}

// Endpoints open channels.
type Endpoints interface {
	// Open prepares an endpoint; token may be empty. It fails with Invalid
	// "channel.url_invalid", "channel.https_required" or
	// "channel.ca_unreadable", or Conflict "channel.kind_unsupported" or, for an
	// assisted channel, "channel.no_endpoint".
	Open(ctx context.Context, c domain.Channel, token string) (Endpoint, error)
	// Validate checks the settings of a channel without connecting.
	Validate(c domain.Channel) error
}

// Secrets keep the tokens of channels.
type Secrets interface {
	// Token gives the token of a channel, empty where there is none.
	Token(ctx context.Context, id domain.ChannelID) (string, error)
	// HasToken says whether there is one, also where it cannot be read just now.
	HasToken(ctx context.Context, id domain.ChannelID) (bool, error)
	// Version is another one whenever a token may be, also one that another process
	// replaced. It does not look into the keyring, so it can be asked all the time.
	Version() string
	SetToken(ctx context.Context, id domain.ChannelID, token string) error
	DeleteToken(ctx context.Context, id domain.ChannelID) error
}
