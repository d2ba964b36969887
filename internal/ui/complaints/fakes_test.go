package complaints

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/testkit"
	"quietline/internal/ui/uitest"
)

// desk keeps complaints in memory for the real use cases. What the page does
// not need is not there (the embedded interface is nil).
type desk struct {
	filing.Store
	complaints []domain.Complaint // oldest first
	attempts   map[domain.ComplaintID][]domain.Attempt
	timeline   map[domain.ComplaintID][]domain.TimelineEvent
	channels   []domain.Channel
	evidence   map[domain.ComplaintID][]domain.EvidenceStatus
	err        error // fails every method
	full       error // fails SaveDraft
	fetched    []domain.ComplaintFilter
	hastened   []domain.ComplaintID

	withdrawals map[domain.ComplaintID]filing.Withdrawal
	problem     string // of every case
}

func (d *desk) find(id string) int {
	return slices.IndexFunc(d.complaints, func(c domain.Complaint) bool { return strings.HasPrefix(string(c.ID), id) })
}

func (d *desk) put(c domain.Complaint, now time.Time, kind string) {
	for _, ch := range d.channels {
		if ch.ID == c.ChannelID {
			c.Channel, c.ChannelKind = ch.Name, ch.Kind
		}
	}
	c.UpdatedAt = now
	if i := d.find(string(c.ID)); i >= 0 {
		c.CreatedAt = d.complaints[i].CreatedAt
		d.complaints[i] = c
	} else {
		c.CreatedAt = now
		d.complaints = append(d.complaints, c)
	}
	d.timeline[c.ID] = append(d.timeline[c.ID], domain.TimelineEvent{At: now, Kind: kind, SendState: c.SendState})
}

func (d *desk) SaveDraft(_ context.Context, c domain.Complaint, now time.Time) error {
	err := cmp.Or(d.err, d.full)
	if err == nil {
		d.put(c, now, "created")
	}
	return err
}

func (d *desk) Queue(_ context.Context, q filing.QueueRequest) error {
	if d.err == nil {
		q.Complaint.QueuedAt, q.Complaint.NextAttemptAt = q.Now, q.Now
		if i := slices.IndexFunc(d.channels, func(ch domain.Channel) bool { return ch.ID == q.Complaint.ChannelID }); i >= 0 && d.channels[i].Kind == domain.ChannelAssisted {
			q.Complaint.NextAttemptAt = time.Time{}
		}
		d.put(q.Complaint, q.Now, "queued")
	}
	return d.err
}

func (d *desk) Complaint(_ context.Context, id string) (domain.Complaint, error) {
	i := d.find(id)
	if d.err != nil || i < 0 {
		return domain.Complaint{}, cmp.Or(d.err, error(domain.E("desk", domain.NotFound, "complaint.not_found", nil, nil)))
	}
	return d.complaints[i], nil
}

func (d *desk) Complaints(_ context.Context, f domain.ComplaintFilter, p domain.Page) (filing.ComplaintPage, error) {
	d.fetched = append(d.fetched, f)
	all := d.matching(f)
	from, _ := strconv.Atoi(p.After)
	page := filing.ComplaintPage{Complaints: slices.Clone(all[from:min(from+p.Limit, len(all))])}
	if from+p.Limit < len(all) {
		page.Next = strconv.Itoa(from + p.Limit)
	}
	return page, d.err
}

func (d *desk) CountMatching(_ context.Context, f domain.ComplaintFilter) (map[domain.SendState]int64, error) {
	counts := map[domain.SendState]int64{}
	for _, c := range d.matching(f) {
		counts[c.SendState]++
	}
	return counts, d.err
}

// matching are the complaints of the filter, newest first.
func (d *desk) matching(f domain.ComplaintFilter) (all []domain.Complaint) {
	for _, c := range slices.Backward(d.complaints) {
		if (f.SendState == "" || c.SendState == f.SendState) && (f.CaseState == "" || c.CaseState == f.CaseState) &&
			(f.Batch == "" || c.Batch == f.Batch) && (f.Number == "" || c.Body.Caller.Number == f.Number) &&
			(!f.Stuck || c.Stuck(testkit.Epoch())) && strings.Contains(c.Body.Caller.Displayed+c.Body.Description, f.Text) {
			all = append(all, c)
		}
	}
	return all
}

func (d *desk) FindDuplicate(_ context.Context, asked domain.Complaint) (domain.ComplaintID, bool, error) {
	for _, c := range d.complaints {
		switch c.SendState {
		case domain.SendDraft, domain.SendFailed, domain.SendSkipped, domain.SendCancelled:
			continue
		default:
		}
		if c.ID != asked.ID && c.PersonID == asked.PersonID && c.Body.Caller.Number == asked.Body.Caller.Number &&
			c.Body.Calls[0].StartedAt.Equal(asked.Body.Calls[0].StartedAt) {
			return c.ID, true, nil
		}
	}
	return "", false, nil
}

func (d *desk) Channels(context.Context) ([]domain.Channel, error) {
	return slices.Clone(d.channels), d.err
}

func (d *desk) ChannelByName(_ context.Context, name string) (domain.Channel, error) {
	for _, c := range d.channels {
		if c.Name == name {
			return c, nil
		}
	}
	return domain.Channel{}, domain.E("desk", domain.NotFound, "channel.not_found", nil, nil)
}

func (d *desk) ChannelByID(_ context.Context, id domain.ChannelID) (domain.Channel, error) {
	for _, c := range d.channels {
		if c.ID == id {
			return c, nil
		}
	}
	return domain.Channel{}, domain.E("desk", domain.NotFound, "channel.not_found", nil, nil)
}

// noSecrets is a keyring that fails: no token is needed to write a complaint.
type noSecrets struct{ filing.Secrets }

func (noSecrets) Token(context.Context, domain.ChannelID) (string, error) {
	return "", domain.E("desk", domain.Corrupt, "secrets.damaged", nil, nil)
}

// log is the call log behind the form.
type log struct {
	calls  []domain.Call
	people []domain.Person
	err    error
	known  map[string]string // the contacts: number and name
}

func (l *log) Known(_ context.Context, _ domain.PersonID, number string) (name string, ok bool, err error) {
	name, ok = l.known[number]
	return name, ok, l.err
}

func (l *log) Call(_ context.Context, id domain.CallID) (domain.Call, error) {
	for _, c := range l.calls {
		if c.ID == id && l.err == nil {
			return c, nil
		}
	}
	return domain.Call{}, cmp.Or(l.err, error(domain.E("log", domain.NotFound, "call.not_found", nil, nil)))
}

func (l *log) People(context.Context) ([]domain.Person, error) { return l.people, l.err }

func (l *log) PersonByName(_ context.Context, name string) (domain.Person, error) {
	for _, p := range l.people {
		if p.Name == name {
			return p, nil
		}
	}
	return domain.Person{}, domain.E("log", domain.NotFound, "person.not_found", nil, nil)
}

// kicks counts how often the outbox was asked to look.
type kicks int

func (k *kicks) Kick() { *k++ }

// office is everything behind the page.
type office struct {
	desk    *desk
	log     *log
	vault   *vault
	kicks   kicks
	clock   *testkit.Clock
	service *filing.Service
}

func newOffice(clock *testkit.Clock) *office {
	o := &office{
		desk: &desk{
			attempts: map[domain.ComplaintID][]domain.Attempt{}, timeline: map[domain.ComplaintID][]domain.TimelineEvent{},
			channels: []domain.Channel{
				{ID: 1, Name: domain.PracticeChannelName, Kind: domain.ChannelIntake, URL: domain.PracticeURL, Default: true},
				{ID: 2, Name: "省通信管理局", Kind: domain.ChannelIntake, URL: "https://intake.example/"},
			},
		},
		log:   &log{calls: uitest.Calls(), people: uitest.People()},
		vault: newVault(),
		clock: clock,
	}
	o.service = filing.New(filing.Params{
		Store: o.desk, Calls: o.log, People: o.log, Contacts: o.log, Checker: &uitest.Checker{}, Secrets: noSecrets{}, Vault: o.vault,
		Clock: o.clock, Source: &testkit.Source{}, Log: slog.New(slog.DiscardHandler), Queued: o.kicks.Kick,
	})
	return o
}

// file stores a complaint in the state, n minutes after the epoch.
func (o *office) file(state domain.SendState, n int) *domain.Complaint {
	at := testkit.Epoch().Add(time.Duration(n) * time.Minute)
	seconds := int64(12)
	c := domain.Complaint{
		ID: domain.ComplaintID(fmt.Sprintf("%08d-0000-4000-8000-000000000000", n)), PersonID: 1, ChannelID: 1,
		Channel: domain.PracticeChannelName, SendState: state, CreatedAt: at, UpdatedAt: at, QueuedAt: at,
		Body: domain.ComplaintBody{
			Schema: domain.ComplaintSchema, Language: "zh-Hans", Category: domain.CategoryLoan,
			Caller: domain.Caller{Displayed: "95013000", Number: "95013000", Family: domain.FamilyCallCentre95, Code: "95013"},
			Calls: []domain.CallRef{{
				StartedAt: at.Add(-time.Hour), DurationSeconds: &seconds, Direction: domain.DirectionIncoming,
			}},
			Techniques: []domain.Technique{domain.TechniqueRecorded}, Harm: 1,
			Description: "自称贷款公司，已明确拒绝。", Demands: []domain.Demand{domain.DemandStopCalls, domain.DemandDiscloseSource},
			Complainant: domain.Complainant{Name: "王小明", Relation: domain.RelationSelf},
		},
	}
	o.desk.complaints = append(o.desk.complaints, c)
	o.desk.timeline[c.ID] = []domain.TimelineEvent{{At: at, Kind: "created"}, {At: at, Kind: "queued"}}
	return &o.desk.complaints[len(o.desk.complaints)-1]
}

// history is one complaint in every interesting state.
func (o *office) history() {
	o.file(domain.SendDraft, 1)
	sent := o.file(domain.SendSent, 2)
	sent.ReceiptNumber, sent.CaseState, sent.Attempts = "PR-20240520-000007", domain.CaseReceived, 2
	at := sent.CreatedAt
	o.desk.attempts[sent.ID] = []domain.Attempt{
		{N: 1, StartedAt: at, EndedAt: at.Add(12 * time.Second), Outcome: domain.AttemptRetry, ErrorKey: "channel.token_lost", HTTPStatus: 503, Detail: "maintenance until ten"},
		{N: 2, StartedAt: at.Add(5 * time.Minute), EndedAt: at.Add(5*time.Minute + 300*time.Millisecond), Outcome: domain.AttemptSent, HTTPStatus: 201},
	}
	o.desk.timeline[sent.ID] = append(o.desk.timeline[sent.ID],
		domain.TimelineEvent{At: at, Kind: "attempt_retry", Note: "channel.token_lost"},
		domain.TimelineEvent{At: at.Add(5 * time.Minute), Kind: "attempt_sent", Note: sent.ReceiptNumber},
		domain.TimelineEvent{At: at.Add(5 * time.Minute), Kind: "case_state", CaseState: domain.CaseReceived},
	)
	retry := o.file(domain.SendRetry, 3)
	retry.NextAttemptAt, retry.LastError = retry.CreatedAt.Add(30*time.Minute), "channel.token_lost"
	o.desk.attempts[retry.ID] = []domain.Attempt{
		{N: 1, StartedAt: retry.CreatedAt, EndedAt: retry.CreatedAt.Add(time.Second), Outcome: domain.AttemptRetry, HTTPStatus: 503},
	}
	o.file(domain.SendToken, 4).Token = "T-1"
	failed := o.file(domain.SendFailed, 5)
	failed.LastError = "complaint.category_not_taken"
	failed.Problems = []domain.FieldProblem{{Pointer: "/category", Code: "unsupported", Detail: "This office does not take loan complaints."}}
	o.file(domain.SendCancelled, 6)
	o.file(domain.SendQueued, 7)
}

func ids(list []domain.Complaint) string {
	var out []string
	for _, c := range list {
		out = append(out, strings.TrimLeft(string(c.ID[:8]), "0"))
	}
	return strings.Join(out, " ")
}

func want(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}
