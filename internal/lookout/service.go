package lookout

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/progress"
)

// Params are what a Service is made of. All but Contacts are required.
type Params struct {
	Store    Store
	Settings SettingStore
	People   People
	// Contacts raise no alert; nil where none are kept.
	Contacts Contacts
	Clock    domain.Clock
}

// Service holds the use cases on alerts, statistics and digests. It is safe for
// concurrent use.
type Service struct {
	p Params
	// running keeps two runs of one program from doing the same work twice.
	running sync.Mutex

	mu     sync.Mutex
	raised Counts // since TakeRaised was last called; guarded by mu
}

// New makes a Service.
func New(p Params) *Service { return &Service{p: p} }

// settingPrefix is what stands before the name of a threshold in the store.
const settingPrefix = "alerts."

// Settings gives the thresholds. One that is not stored, or not in its range
// because another version of the program stored it, is the default.
func (s *Service) Settings(ctx context.Context) (insight.Settings, error) {
	out := insight.Defaults()
	stored, err := s.p.Settings.Settings(ctx)
	if err != nil {
		return out, err
	}
	for _, t := range insight.Thresholds() {
		if text, there := stored[settingPrefix+t.Name]; there {
			_ = t.Set(&out, text) // keeps the default where it fails
		}
	}
	return out, nil
}

// Set stores one threshold by its name. The alerts follow with the next
// Refresh. It fails with Invalid "alerts.setting_unknown" (Args: Name, Known)
// and "alerts.setting_range".
func (s *Service) Set(ctx context.Context, name, value string) error {
	return s.SetAll(ctx, map[string]string{name: value})
}

// SetAll stores thresholds by their names, all or, where one is wrong, none. It
// fails as Set does.
func (s *Service) SetAll(ctx context.Context, values map[string]string) error {
	var known []string
	stored, scratch := map[string]string{}, insight.Defaults()
	for _, t := range insight.Thresholds() {
		known = append(known, t.Name)
		text, there := values[t.Name]
		if !there {
			continue
		}
		if err := t.Set(&scratch, text); err != nil {
			return err
		}
		stored[settingPrefix+t.Name] = t.Value(scratch)
	}
	for name := range values {
		if !slices.Contains(known, name) {
			return domain.E("lookout.SetAll", domain.Invalid, "alerts.setting_unknown",
				domain.Args{"Name": name, "Known": strings.Join(known, ", ")}, nil)
		}
	}
	return s.p.Settings.SetSettings(ctx, stored)
}

// How much one step takes in, and how many calls one should judge: enough to
// make the cost of a transaction small, few enough that others can write in
// between.
const (
	takeInSize = 50_000
	firstStep  = 64
	stepCalls  = 20_000
	maxStep    = 20_000
)

// Refresh brings the alerts up to date with the log: it judges the periods that
// something changed in since the last time, and nothing else. What was done
// before a stop stays done; it then fails with Cancelled "cancelled". The
// counter may be nil; its items are calls.
func (s *Service) Refresh(ctx context.Context, c *progress.Counter) error {
	s.running.Lock()
	defer s.running.Unlock()
	if c == nil {
		c = &progress.Counter{}
	}
	err := s.refresh(ctx, c)
	if err != nil && ctx.Err() != nil {
		err = domain.E("lookout.Refresh", domain.Cancelled, "cancelled", nil, err)
	}
	return err
}

func (s *Service) refresh(ctx context.Context, c *progress.Counter) error {
	j, err := s.prepare(ctx)
	if err != nil {
		return err
	}
	for {
		n, err := s.p.Store.TakeIn(ctx, takeInSize)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
	}
	err = s.steps(ctx, c, func(most int) (Reviewed, error) { return s.p.Store.ReviewDays(ctx, most, j.days) })
	if err == nil {
		err = s.steps(ctx, c, func(most int) (Reviewed, error) { return s.p.Store.ReviewWeeks(ctx, most, j.weeks) })
	}
	return err
}

// steps repeats a step until nothing is left, and lets each judge about
// stepCalls.
func (s *Service) steps(ctx context.Context, c *progress.Counter, step func(most int) (Reviewed, error)) error {
	most := firstStep
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		did, err := step(most)
		if err != nil || did.Periods == 0 {
			return err
		}
		c.AddItems(int64(did.Calls))
		s.mu.Lock()
		s.raised = s.raised.Plus(did.Raised)
		s.mu.Unlock()
		per := max(did.Calls/did.Periods, 1)
		most = min(max(stepCalls/per, 1), 4*most, maxStep)
	}
}

func (s *Service) prepare(ctx context.Context) (*judge, error) {
	rules, err := s.Settings(ctx)
	if err != nil {
		return nil, err
	}
	contacts, err := s.contacts(ctx)
	if err != nil {
		return nil, err
	}
	refusals, err := s.p.Store.Prepare(ctx, rules.Fingerprint(), contacts)
	if err != nil {
		return nil, err
	}
	return newJudge(rules, contacts, refusals), nil
}

// contacts are those of the address books, and the numbers of the people
// themselves: who looks after somebody calls them.
func (s *Service) contacts(ctx context.Context) ([]Contact, error) {
	var out []Contact
	people, err := s.p.People.People(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		for _, n := range p.Numbers {
			out = append(out, Contact{Number: n})
		}
	}
	if s.p.Contacts == nil {
		return out, nil
	}
	more, err := s.p.Contacts.ContactNumbers(ctx)
	for _, c := range more {
		if c.Number != "" {
			out = append(out, c)
		}
	}
	return out, err
}

// judge knows what the rules need besides the calls.
type judge struct {
	rules    insight.Settings
	contacts map[Contact]bool
	numbers  map[refusalKey]int64
	codes    map[refusalKey]int64
}

type refusalKey struct {
	person domain.PersonID
	of     string
}

func newJudge(rules insight.Settings, contacts []Contact, refusals []Refusal) *judge {
	j := &judge{rules: rules, contacts: map[Contact]bool{}, numbers: map[refusalKey]int64{}, codes: map[refusalKey]int64{}}
	for _, c := range contacts {
		j.contacts[c] = true
	}
	earliest := func(m map[refusalKey]int64, k refusalKey, at int64) {
		if was, there := m[k]; k.of != "" && (!there || at < was) {
			m[k] = at
		}
	}
	for _, r := range refusals {
		at := r.At.UnixMilli()
		earliest(j.numbers, refusalKey{r.PersonID, r.Number}, at)
		earliest(j.codes, refusalKey{r.PersonID, r.Code}, at)
	}
	return j
}

// know fills in what the store does not know of a call.
func (j *judge) know(c *insight.Call) {
	if c.Number != "" {
		c.Contact = j.contacts[Contact{Number: c.Number}] || j.contacts[Contact{PersonID: c.Person, Number: c.Number}]
		c.NumberRefused = j.numbers[refusalKey{c.Person, c.Number}]
	}
	if c.Code != "" {
		c.CodeRefused = j.codes[refusalKey{c.Person, c.Code}]
	}
}

func (j *judge) days(person domain.PersonID, days []int64) Review {
	return knowing{j, j.rules.Days(person, days)}
}

func (j *judge) weeks(code string, weeks []int64) Review {
	return knowing{j, j.rules.Weeks(code, weeks)}
}

// knowing is a review whose calls are completed first.
type knowing struct {
	*judge
	*insight.Review
}

// See takes the next call.
func (k knowing) See(c insight.Call) {
	k.know(&c)
	k.Review.See(c)
}

// Alerts pages through the matching alerts, the latest end first; Refresh
// brings them up to date.
func (s *Service) Alerts(ctx context.Context, f AlertFilter, p domain.Page) (AlertPage, error) {
	return s.p.Store.Alerts(ctx, f, p)
}

// TakeRaised counts the alerts that arose, or became more severe, since it was
// last called, whoever called Refresh.
func (s *Service) TakeRaised() Counts {
	s.mu.Lock()
	defer s.mu.Unlock()
	raised := s.raised
	s.raised = Counts{}
	return raised
}

// Pressing gives at most so many new alerts, the most severe first and among
// them the latest.
func (s *Service) Pressing(ctx context.Context, most int) ([]Alert, error) {
	return s.p.Store.Pressing(ctx, most)
}

// NewAlerts counts the new ones.
func (s *Service) NewAlerts(ctx context.Context) (Counts, error) { return s.p.Store.NewAlerts(ctx) }

// MarkNew takes back that the user has seen or dismissed the alerts. It fails
// with NotFound "alerts.not_found".
func (s *Service) MarkNew(ctx context.Context, ids ...AlertID) error {
	return s.p.Store.SetAlertState(ctx, ids, StateNew)
}

// MarkSeen says that the user has seen the alerts. It fails with NotFound
// "alerts.not_found".
func (s *Service) MarkSeen(ctx context.Context, ids ...AlertID) error {
	return s.p.Store.SetAlertState(ctx, ids, StateSeen)
}

// Dismiss takes the alerts out of the list. It fails with NotFound
// "alerts.not_found".
func (s *Service) Dismiss(ctx context.Context, ids ...AlertID) error {
	return s.p.Store.SetAlertState(ctx, ids, StateDismissed)
}

// now is the present in China.
func (s *Service) now() time.Time { return s.p.Clock.Now().In(domain.China()) }
