package report

import (
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
)

// ComplaintsParams are what a file of complaints needs. All of it is required.
type ComplaintsParams struct {
	// Printer gives the words. Its language must not change while rows are made.
	Printer *l10n.Printer
	// Zone is that of the times; in a table they are written without an offset.
	Zone *time.Location
}

// complaintColumns are the columns of a table of complaints, by the end of the
// key of their titles. Our state and the endpoint's stand in columns of their own.
func complaintColumns() []string {
	return []string{
		"id", "number", "plain_number", "code", "holder", "family", "category", "techniques", "harm", "calls", "called_at",
		"complainant", "person", "refused_at", "description", "channel", "practice", "batch", "send_state", "case_state",
		"receipt", "attempts", "error", "answer", "next", "created", "queued", "sent", "updated",
	}
}

// complaintRows puts complaints into the rows of a table for people, in the
// language of the moment.
type complaintRows struct {
	words
	p ComplaintsParams
}

func (c *complaintRows) header() []string {
	var out []string
	for _, name := range complaintColumns() {
		out = append(out, c.say("complaint_table."+name))
	}
	return out
}

func (c *complaintRows) row(d filing.Detail) []string {
	k, b := d.Complaint, d.Complaint.Body
	person, harm, refused, practice := "", "", "", ""
	if o := b.Complainant.OnBehalf; o != nil {
		person = o.Name
	}
	if b.Harm > 0 {
		harm = c.term("harm", strconv.Itoa(int(b.Harm)))
	}
	if b.RefusedAt != nil {
		refused = c.moment(*b.RefusedAt)
	}
	if d.Practice {
		practice = c.say("receipt.practice.short")
	}
	state := c.term("send_state", string(k.SendState))
	if k.ByHand() {
		state = c.say("by_hand.state")
	}
	var techniques, times []string
	for _, t := range b.Techniques {
		techniques = append(techniques, c.term("technique", string(t)))
	}
	for _, call := range b.Calls {
		times = append(times, c.moment(call.StartedAt))
	}
	separator := c.say("complaints.list_separator")
	return []string{
		string(k.ID), b.Caller.Displayed, b.Caller.Number, b.Caller.Code, b.Caller.ListedHolder,
		c.term("family", string(b.Caller.Family)), c.term("category", string(b.Category)), strings.Join(techniques, separator),
		harm, strconv.Itoa(len(b.Calls)), strings.Join(times, separator),
		b.Complainant.Name, person, refused, b.Description, k.Channel, practice, k.Batch, state, c.term("case_state", string(k.CaseState)),
		k.ReceiptNumber, strconv.Itoa(k.Attempts), c.reason(k.LastError), lastAnswer(d), c.moment(k.NextAttemptAt),
		c.moment(k.CreatedAt), c.moment(k.QueuedAt), c.moment(SentAt(d)), c.moment(k.UpdatedAt),
	}
}

// reason is an error in words, with what to do about it.
func (c *complaintRows) reason(key string) string {
	if key == "" || !c.printer.Has("err."+key) {
		return key
	}
	return c.say("err." + key)
}

func (c *complaintRows) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(c.p.Zone).Format(receiptTime)
}

// lastAnswer is what the endpoint wrote last, or its reasons at the fields.
func lastAnswer(d filing.Detail) string {
	var list []string
	if n := len(d.Attempts); n > 0 && d.Attempts[n-1].Detail != "" {
		list = append(list, d.Attempts[n-1].Detail)
	}
	for _, p := range d.Complaint.Problems {
		if p.Detail != "" {
			list = append(list, p.Pointer+": "+p.Detail)
		}
	}
	return strings.Join(list, "\n")
}

// ComplaintsFile takes the complaints of an export one after another: into a
// table for people or, by its ending, into a JSON array for programs. End it with
// Commit or Discard. It is for one goroutine.
type ComplaintsFile struct {
	write func(filing.Detail) error
	file  interface {
		Rows() int
		Commit() error
		Discard()
	}
}

// CreateComplaints begins a file of complaints by its ending, as CreateCalls
// begins one of calls.
func CreateComplaints(path string, replace bool, p ComplaintsParams) (*ComplaintsFile, error) {
	if strings.EqualFold(filepath.Ext(path), ".json") {
		f, err := CreateJSON(path, replace)
		if err != nil {
			return nil, err
		}
		return &ComplaintsFile{write: func(d filing.Detail) error { return f.Write(NewComplaintObject(p, d)) }, file: f}, nil
	}
	create := CreateNew
	if replace {
		create = Create
	}
	rows := &complaintRows{words: newWords(p.Printer), p: p}
	f, err := create(path, rows.header())
	if err != nil {
		return nil, err
	}
	return &ComplaintsFile{write: func(d filing.Detail) error { return f.Write(rows.row(d)) }, file: f}, nil
}

// Write adds a complaint; it fails like File.Write.
func (f *ComplaintsFile) Write(d filing.Detail) error { return f.write(d) }

// Rows is the number of complaints written so far.
func (f *ComplaintsFile) Rows() int { return f.file.Rows() }

// Commit finishes the file and puts it in its place, like File.Commit.
func (f *ComplaintsFile) Commit() error { return f.file.Commit() }

// Discard throws away what was written. After Commit it does nothing, so it can
// be deferred.
func (f *ComplaintsFile) Discard() { f.file.Discard() }

// ComplaintObject is a complaint as programs read it in an export (cli.md).
type ComplaintObject struct {
	ID            domain.ComplaintID    `json:"id"`
	Batch         string                `json:"batch"`
	Channel       string                `json:"channel"`
	Practice      bool                  `json:"practice"`
	SendState     domain.SendState      `json:"send_state"`
	CaseState     domain.CaseState      `json:"case_state"`
	ReceiptNumber string                `json:"receipt_number"`
	Attempts      int                   `json:"attempts"`
	ErrorCode     string                `json:"error_code"`
	Error         string                `json:"error"`
	Errors        []domain.FieldProblem `json:"errors"`
	NextAttemptAt *string               `json:"next_attempt_at"`
	CreatedAt     string                `json:"created_at"`
	QueuedAt      *string               `json:"queued_at"`
	SentAt        *string               `json:"sent_at"`
	UpdatedAt     string                `json:"updated_at"`
	Complaint     domain.ComplaintBody  `json:"complaint"`
	Timeline      []EventObject         `json:"timeline"`
	AttemptLog    []AttemptObject       `json:"attempt_log"`
}

// EventObject is one thing that happened to a complaint.
type EventObject struct {
	At        string           `json:"at"`
	Kind      string           `json:"kind"`
	SendState domain.SendState `json:"send_state"`
	CaseState domain.CaseState `json:"case_state"`
	Note      string           `json:"note"`
}

// AttemptObject is one try of the outbox.
type AttemptObject struct {
	N          int                   `json:"n"`
	StartedAt  string                `json:"started_at"`
	EndedAt    *string               `json:"ended_at"`
	Outcome    domain.AttemptOutcome `json:"outcome"`
	HTTPStatus int                   `json:"http_status"`
	ErrorCode  string                `json:"error_code"`
	Detail     string                `json:"detail"`
}

// NewComplaintObject makes a ComplaintObject. Its lists are never null.
func NewComplaintObject(p ComplaintsParams, d filing.Detail) ComplaintObject {
	k := d.Complaint
	v := ComplaintObject{
		ID: k.ID, Batch: k.Batch, Channel: k.Channel, Practice: d.Practice, SendState: k.SendState, CaseState: k.CaseState,
		ReceiptNumber: k.ReceiptNumber, Attempts: k.Attempts, ErrorCode: k.LastError, Errors: k.Problems,
		NextAttemptAt: p.optional(k.NextAttemptAt), CreatedAt: p.time(k.CreatedAt), QueuedAt: p.optional(k.QueuedAt),
		SentAt: p.optional(SentAt(d)), UpdatedAt: p.time(k.UpdatedAt), Complaint: k.Body,
		Timeline: []EventObject{}, AttemptLog: []AttemptObject{},
	}
	if k.LastError != "" && p.Printer.Has("err."+k.LastError) {
		v.Error = p.Printer.T("err." + k.LastError)
	}
	if v.Errors == nil {
		v.Errors = []domain.FieldProblem{}
	}
	for _, e := range d.Timeline {
		v.Timeline = append(v.Timeline, EventObject{At: p.time(e.At), Kind: e.Kind, SendState: e.SendState, CaseState: e.CaseState, Note: e.Note})
	}
	for _, a := range d.Attempts {
		v.AttemptLog = append(v.AttemptLog, AttemptObject{
			N: a.N, StartedAt: p.time(a.StartedAt), EndedAt: p.optional(a.EndedAt), Outcome: a.Outcome,
			HTTPStatus: a.HTTPStatus, ErrorCode: a.ErrorKey, Detail: a.Detail,
		})
	}
	return v
}

func (p ComplaintsParams) time(t time.Time) string { return t.In(p.Zone).Format(time.RFC3339) }

func (p ComplaintsParams) optional(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := p.time(t)
	return &s
}
