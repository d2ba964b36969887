// Package complaints is the page of complaints: drafts, outbox, filed; each
// complaint with its timeline, attempts and receipt; the form in which a
// complaint is written and corrected.
package complaints

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/ui/task"
)

// Filing is what the page needs of the use cases on complaints.
type Filing interface {
	Complaints(ctx context.Context, f domain.ComplaintFilter, p domain.Page) (filing.ComplaintPage, error)
	CountByState(ctx context.Context) (map[domain.SendState]int64, error)
	Show(ctx context.Context, idOrPrefix string) (filing.Detail, error)
	Cancel(ctx context.Context, idOrPrefix string) (domain.Complaint, error)
	Writing
	Validate(ctx context.Context, in filing.ComplaintInput) error
	Guard(ctx context.Context, in filing.ComplaintInput) error
	ChannelsWithoutTokens(ctx context.Context) ([]domain.Channel, error)
	TryNow(ctx context.Context, id domain.ComplaintID) error
	SetReceipt(ctx context.Context, idOrPrefix, number string) (domain.Complaint, error)
	SettleFiled(ctx context.Context, idOrPrefix, number string) (domain.Complaint, error)
	SettleAgain(ctx context.Context, idOrPrefix string) (domain.Complaint, error)
	CountByHand(ctx context.Context) (filing.ByHand, error)
	WaitingFiling
	Records
	Withdraw(ctx context.Context, idOrPrefix, reason string) (filing.Detail, error)
	EvidenceFiling
}

// Journal gives the calls and the people a complaint is about.
type Journal interface {
	Call(ctx context.Context, id domain.CallID) (domain.Call, error)
	People(ctx context.Context) ([]domain.Person, error)
}

// Checker judges a number as displayed. It does no I/O.
type Checker interface {
	Check(input, province string) domain.Check
}

// Segment is a part of the list.
type Segment string

// The segments. Together they hold every send state once, but for SegmentStuck.
const (
	SegmentDrafts Segment = "drafts"
	SegmentOutbox Segment = "outbox"
	// SegmentStuck is the part of the outbox that has been tried for over a day;
	// it is offered only where there is some.
	SegmentStuck Segment = "stuck"
	SegmentFiled Segment = "filed"
	// SegmentAside holds what was cancelled or skipped; it is offered only
	// where there is some.
	SegmentAside Segment = "aside"
)

// Segments lists every segment in the order of the page.
func Segments() []Segment {
	return []Segment{SegmentDrafts, SegmentOutbox, SegmentStuck, SegmentFiled, SegmentAside}
}

// States are the send states of the segment. A complaint with a token waits
// for its number and one that failed waits for its author, so both are in the
// outbox.
func (s Segment) States() []domain.SendState {
	switch s {
	case SegmentDrafts:
		return []domain.SendState{domain.SendDraft}
	case SegmentOutbox:
		return []domain.SendState{
			domain.SendQueued, domain.SendSending, domain.SendRetry,
			domain.SendUnknown, domain.SendToken, domain.SendFailed,
		}
	case SegmentStuck:
		return []domain.SendState{domain.SendRetry, domain.SendUnknown, domain.SendToken}
	case SegmentFiled:
		return []domain.SendState{domain.SendSent}
	case SegmentAside:
		return []domain.SendState{domain.SendSkipped, domain.SendCancelled}
	}
	return nil
}

// SegmentOf is the segment that holds a send state.
func SegmentOf(state domain.SendState) Segment {
	for _, s := range Segments() {
		if slices.Contains(s.States(), state) {
			return s
		}
	}
	return SegmentOutbox
}

// Events tell the page what changed in the model. All are called where the
// model lives; none may be nil.
type Events struct {
	// List: the rows have to be fetched again.
	List func()
	// Counts: the counts of the segments, or the channels and people.
	Counts func()
	// Detail: the complaint that is open, or its fault.
	Detail func()
	// Form: the form was opened, closed or filled from outside.
	Form func()
	// Fields: problems at the fields of the form, or whether it is at work.
	Fields func()
	// Blamed: the form was held against the rules and something is wrong.
	Blamed func()
	// Verdict: the number of the form was judged anew.
	Verdict func()
	// Guard: whether filing asks back about the number, or the answer.
	Guard func()
	// Related: other complaints about the caller of the form.
	Related func()
	// Asked: nothing was filed, because the question of the guard is open.
	Asked func()
	// Evidence: the files of the form.
	Evidence func()
	// Stored: complaints were stored or changed.
	Stored func(Deed, domain.Complaint)
	// Many: what became of several complaints. Output: the file that is written.
	// News: what the endpoints are asked.
	Many, Output, News func()
	// Failed: something that the user asked for did not work.
	Failed func(error)
}

// Deed is what the user did to a complaint.
type Deed string

// The deeds.
const (
	DeedDrafted   Deed = "drafted"
	DeedQueued    Deed = "queued"
	DeedPrepared  Deed = "prepared"
	DeedReceipt   Deed = "receipt"
	DeedCorrected Deed = "corrected"
	DeedCancelled Deed = "cancelled"
	DeedChanged   Deed = "changed"
	DeedParts     Deed = "parts"
	DeedAdded     Deed = "added"
	DeedMerged    Deed = "merged"
	DeedUnmerged  Deed = "unmerged"
)

// ModelParams are what NewModel needs.
type ModelParams struct {
	Filing  Filing
	Journal Journal
	Checker Checker
	Papers  Papers
	Files   Files
	// Sync asks the endpoints what became of filed complaints; it may be nil.
	Sync Sync
	// ReadTime reads a moment as people type it; its error has a key.
	ReadTime func(text string) (time.Time, error)
	// Run is for reading; it may be cancelled when the page is left.
	Run task.Runner
	// Write is for storing; it goes on when the page is left.
	Write  task.Runner
	Events Events
}

// Model is the state of the page. It is used on one goroutine only.
type Model struct {
	p ModelParams

	segment Segment
	filter  Filter
	list    atomic.Pointer[listing]
	counts  map[domain.SendState]int64
	byHand  filing.ByHand
	waiting filing.Waiting
	pending filing.Pending
	batches []string
	known   bool // the counts are real
	tallies int  // counts the loads of the counts; the answer of an older one is dropped

	openID   domain.ComplaintID
	detail   filing.Detail
	hasOpen  bool
	follow   bool // show the segment of what is opened
	shows    int  // counts detail loads
	openFail error
	paper    paper
	news     *News

	many    *Many
	working bool // at several complaints
	output  *Output
	kind    FileKind // of the last file, empty for none

	channels []domain.Channel
	people   []domain.Person
	contexts int // counts loads of channels and people

	form   *Form
	fills  int // counts form fillings
	guards int // counts questions about the number; the answer of an older one is dropped
	together
}

// NewModel makes a Model.
func NewModel(p ModelParams) *Model {
	m := &Model{p: p, segment: SegmentOutbox, counts: map[domain.SendState]int64{}}
	m.relist()
	return m
}

// Segment is the part of the list that is shown.
func (m *Model) Segment() Segment { return m.segment }

// Text is what the list is searched for.
func (m *Model) Text() string { return m.filter.Text }

// Count is how many complaints the segment holds, whatever the search.
func (m *Model) Count(s Segment) int64 {
	if s == SegmentStuck {
		return int64(m.waiting.Stuck)
	}
	var n int64
	for _, state := range s.States() {
		n += m.counts[state]
	}
	return n
}

// Empty says that there is no complaint at all.
func (m *Model) Empty() bool {
	for _, n := range m.counts {
		if n > 0 {
			return false
		}
	}
	return m.known
}

// Practice says whether what is written here goes to a practice endpoint: the
// channel of the open form or complaint, else the default.
func (m *Model) Practice() bool {
	switch {
	case m.form != nil:
		c, ok := m.channelOf(m.form.Channel)
		return ok && filing.IsPractice(c)
	case m.hasOpen && m.detail.Complaint.ChannelID != 0:
		return m.detail.Practice
	}
	c, ok := m.channelOf("")
	return ok && filing.IsPractice(c)
}

// Channels are the ways to file, the default first.
func (m *Model) Channels() []domain.Channel { return m.channels }

// People are those whose calls are kept, the owner first.
func (m *Model) People() []domain.Person { return m.people }

// channelOf finds a channel by name; the empty name is the default: the one
// that is marked so, or the only one. Among several nothing is guessed.
func (m *Model) channelOf(name string) (domain.Channel, bool) {
	i := slices.IndexFunc(m.channels, func(c domain.Channel) bool {
		return c.Name == name || name == "" && (c.Default || len(m.channels) == 1)
	})
	if i < 0 {
		return domain.Channel{}, false
	}
	return m.channels[i], true
}

// Paused gives the channel of the open complaint where it sends nothing at
// present and the complaint still waits for it.
func (m *Model) Paused() (domain.Channel, bool) {
	c := m.detail.Complaint
	if !m.hasOpen || SegmentOf(c.SendState) != SegmentOutbox || c.SendState == domain.SendFailed {
		return domain.Channel{}, false
	}
	for _, ch := range m.channels {
		if ch.ID == c.ChannelID && ch.Paused != "" {
			return ch, true
		}
	}
	return domain.Channel{}, false
}
