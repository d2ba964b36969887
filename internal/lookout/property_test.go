package lookout_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/insight"
	"quietline/internal/lookout"
	"quietline/internal/registrar"
	"quietline/internal/testkit"
)

// world is a log that changes in every way that a log can, and is judged at
// moments that have nothing to do with the changes.
type world struct {
	*desk
	codes    int // which codes the registry knows
	refusals []lookout.Refusal
	// putBack undo the removals so far.
	putBack []func(context.Context) error
	source  *testkit.Source
	channel domain.ChannelID
	people  []domain.PersonID
}

// The numbers are few, so that they meet often.
func numbers() []string {
	return []string{"", "13800000001", "13800000002", "95013001", "95013002", "95013003", "+8695588"}
}

func codeOf(number string, registry int) string {
	if len(number) == 8 && number[:2] == "95" {
		return number[:5-registry%2]
	}
	return ""
}

func (w *world) drawCall(rt *rapid.T) domain.Call {
	number := rapid.SampledFrom(numbers()).Draw(rt, "number")
	// Days around midnight and New Year, in bursts of minutes.
	day := rapid.IntRange(0, 12).Draw(rt, "day")
	minute := rapid.SampledFrom([]int{0, 1, 3, 9, 12, 59, 350, 540, 545, 1320, 1410, 1435, 1439}).Draw(rt, "minute")
	at := time.Date(2023, 12, 27, 0, 0, rapid.IntRange(0, 59).Draw(rt, "second"), 0, domain.China()).AddDate(0, 0, day).Add(time.Duration(minute) * time.Minute)
	c := domain.Call{
		PersonID: rapid.SampledFrom(w.people).Draw(rt, "person"), Number: number, Display: number, Code: codeOf(number, w.codes),
		Family: domain.FamilyCallCentre95, Verdict: domain.VerdictUnlisted, StartedAt: at, Source: "generic_csv",
		Direction: rapid.SampledFrom([]domain.Direction{
			domain.DirectionMissed, domain.DirectionMissed, domain.DirectionIncoming, domain.DirectionIncoming, domain.DirectionOutgoing, domain.DirectionBlocked,
		}).Draw(rt, "direction"),
		Name: rapid.SampledFrom([]string{"", "", "", "", "Li"}).Draw(rt, "name"),
	}
	if number == "+8695588" {
		c.Verdict = domain.VerdictInvalid
	}
	if d := time.Duration(rapid.SampledFrom([]int{-1, 0, 29, 30, 301, 2000}).Draw(rt, "duration")) * time.Second; d >= 0 {
		c.Duration = &d
	}
	if r := time.Duration(rapid.SampledFrom([]int{-1, 3, 20}).Draw(rt, "ring")) * time.Second; r >= 0 {
		c.Ring = &r
	}
	return c
}

func (w *world) insert(rt *rapid.T) {
	w.add(rt, rapid.SliceOfN(rapid.Custom(w.drawCall), 1, 12).Draw(rt, "calls")...)
}

func (w *world) calls(rt tb) []domain.Call {
	rt.Helper()
	page, err := w.store.Calls(context.Background(), domain.CallFilter{}, domain.Page{Limit: domain.MaxPageSize})
	ok(rt, err)
	if page.Next != "" {
		rt.Fatal("too many calls for this test")
	}
	slices.SortFunc(page.Calls, func(a, b domain.Call) int {
		return cmp.Or(a.StartedAt.Compare(b.StartedAt), cmp.Compare(a.ID, b.ID))
	})
	return page.Calls
}

func (w *world) mark(rt *rapid.T) {
	all := w.calls(rt)
	if len(all) == 0 {
		rt.Skip("no calls")
	}
	c := rapid.SampledFrom(all).Draw(rt, "call")
	techniques := rapid.SampledFrom([][]domain.Technique{nil, {domain.TechniqueHuman, domain.TechniqueRedialAfterRefusal}}).Draw(rt, "techniques")
	ok(rt, w.store.MarkCall(context.Background(), c.ID, domain.CategoryLoan, techniques, ""))
}

func (w *world) remove(rt *rapid.T) {
	all := w.calls(rt)
	if len(all) == 0 {
		rt.Skip("no calls")
	}
	first := rapid.IntRange(0, len(all)-1).Draw(rt, "first")
	var ids []domain.CallID
	for _, c := range all[first:min(first+4, len(all))] {
		ids = append(ids, c.ID)
	}
	gone, err := w.store.RemoveCalls(context.Background(), ids)
	ok(rt, err)
	w.putBack = append(w.putBack, gone.Undo)
}

// undo puts removed calls back, unless the person went meanwhile.
func (w *world) undo(rt *rapid.T) {
	if len(w.putBack) == 0 {
		rt.Skip("nothing was removed")
	}
	i := rapid.IntRange(0, len(w.putBack)-1).Draw(rt, "which")
	if err := w.putBack[i](context.Background()); domain.KindOf(err) != domain.Conflict {
		ok(rt, err)
	}
	w.putBack = slices.Delete(w.putBack, i, i+1)
}

func (w *world) correct(rt *rapid.T) {
	w.codes++
	_, err := w.store.Rejudge(context.Background(), registrar.Rejudging{
		JudgedBy: fmt.Sprint(w.codes),
		Judge: func(display string) (domain.Reading, domain.Verdict, string) {
			verdict := domain.VerdictUnlisted
			if display == "+8695588" {
				verdict = domain.VerdictInvalid
			}
			return domain.Reading{Number: display, Family: domain.FamilyCallCentre95}, verdict, codeOf(display, w.codes)
		},
	})
	ok(rt, err)
}

func (w *world) leave(rt *rapid.T) {
	if len(w.people) == 1 {
		rt.Skip("nobody may leave")
	}
	gone := w.people[1]
	_, err := w.store.RemovePerson(context.Background(), gone, false)
	ok(rt, err)
	w.people = slices.Delete(w.people, 1, 2)
	w.refusals = slices.DeleteFunc(w.refusals, func(r lookout.Refusal) bool { return r.PersonID == gone })
	w.book.contacts = slices.DeleteFunc(w.book.contacts, func(c lookout.Contact) bool { return c.PersonID == gone })
}

func (w *world) befriend(rt *rapid.T) {
	if n := len(w.book.contacts); n > 0 && rapid.Bool().Draw(rt, "forget") {
		w.book.contacts = w.book.contacts[:n-1]
		return
	}
	w.book.contacts = append(w.book.contacts, lookout.Contact{
		PersonID: rapid.SampledFrom(append([]domain.PersonID{0}, w.people...)).Draw(rt, "person"),
		Number:   rapid.SampledFrom(numbers()[1:]).Draw(rt, "number"),
	})
}

func (w *world) refuse(rt *rapid.T) {
	number := rapid.SampledFrom(numbers()[1:]).Draw(rt, "number")
	at := time.Date(2023, 12, 27, 9, 0, 0, 0, domain.China()).AddDate(0, 0, rapid.IntRange(0, 12).Draw(rt, "day"))
	r := lookout.Refusal{PersonID: rapid.SampledFrom(w.people).Draw(rt, "person"), Number: number, Code: codeOf(number, w.codes), At: at}
	id := domain.ComplaintID(w.source.UUID())
	ok(rt, w.store.Queue(context.Background(), filing.QueueRequest{Key: string(id), Payload: []byte("{}"), Now: at, Complaint: domain.Complaint{
		ID: id, PersonID: r.PersonID, ChannelID: w.channel,
		Body: domain.ComplaintBody{ClientReference: id, Caller: domain.Caller{Number: number, Code: r.Code}, RefusedAt: &at},
	}}))
	w.refusals = append(w.refusals, r)
}

func (w *world) adjust(rt *rapid.T) {
	ok(rt, w.Set(context.Background(), "repeated_calls", fmt.Sprint(rapid.IntRange(2, 4).Draw(rt, "repeated"))))
	ok(rt, w.Set(context.Background(), "flood_calls", fmt.Sprint(rapid.IntRange(4, 8).Draw(rt, "flood"))))
}

// check judges now and compares with one pass over everything.
func (w *world) check(rt *rapid.T) {
	w.refresh(rt)
	var got []insight.Alert
	for _, a := range w.all(rt) {
		got = append(got, a.Alert)
	}
	less := func(a, b insight.Alert) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Subject, b.Subject))
	}
	want := w.onePass(rt)
	slices.SortFunc(got, less)
	slices.SortFunc(want, less)
	if d := gocmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		rt.Fatalf("(-one pass +in parts)\n%s", d)
	}
}

// onePass is the rules over every call at once, with what they need worked out
// the plain way.
func (w *world) onePass(rt *rapid.T) []insight.Alert {
	settings, err := w.Settings(context.Background())
	ok(rt, err)
	calls := w.calls(rt)
	var everything []int64
	base := time.Date(2023, 12, 20, 0, 0, 0, 0, domain.China()).UnixMilli()
	for i := range int64(30) {
		everything = append(everything, insight.Day(base)+i)
	}
	var weeks []int64
	for i := range int64(6) {
		weeks = append(weeks, insight.Week(base)+i)
	}
	reviews := map[string]*insight.Review{}
	var out []insight.Alert
	for _, c := range calls {
		day, week := fmt.Sprint("person", c.PersonID), "code"+c.Code
		if reviews[day] == nil {
			reviews[day] = settings.Days(c.PersonID, everything)
		}
		if reviews[week] == nil {
			reviews[week] = settings.Weeks(c.Code, weeks)
		}
		seen := w.understood(c, calls)
		reviews[day].See(seen)
	}
	// Among calls of the same moment campaigns name those of the lesser number
	// first.
	slices.SortStableFunc(calls, func(a, b domain.Call) int {
		return cmp.Or(a.StartedAt.Compare(b.StartedAt), cmp.Compare(a.Number, b.Number), cmp.Compare(a.PersonID, b.PersonID))
	})
	for _, c := range calls {
		if c.Code != "" {
			reviews["code"+c.Code].See(w.understood(c, calls))
		}
	}
	for _, r := range reviews {
		found, err := r.Alerts()
		ok(rt, err)
		out = append(out, found...)
	}
	return out
}

func (w *world) understood(c domain.Call, calls []domain.Call) insight.Call {
	seen := insight.Call{
		ID: c.ID, Person: c.PersonID, Number: c.Number, Code: c.Code, At: c.StartedAt.UnixMilli(), Talk: -1, Ring: -1,
		Direction: c.Direction, Forged: c.Verdict == domain.VerdictInvalid, Named: c.Name != "",
		Marked: slices.Contains(c.Techniques, domain.TechniqueRedialAfterRefusal),
	}
	if c.Duration != nil {
		seen.Talk = c.Duration.Milliseconds()
	}
	if c.Ring != nil {
		seen.Ring = c.Ring.Milliseconds()
	}
	for _, b := range w.book.contacts {
		seen.Contact = seen.Contact || b.Number == c.Number && (b.PersonID == 0 || b.PersonID == c.PersonID)
	}
	for _, r := range w.refusals {
		at := r.At.UnixMilli()
		if r.PersonID == c.PersonID && r.Number == c.Number && (seen.NumberRefused == 0 || at < seen.NumberRefused) {
			seen.NumberRefused = at
		}
		if r.PersonID == c.PersonID && r.Code != "" && r.Code == c.Code && (seen.CodeRefused == 0 || at < seen.CodeRefused) {
			seen.CodeRefused = at
		}
	}
	for _, o := range calls { // ascending
		talked := o.Direction == domain.DirectionIncoming && o.Duration != nil && *o.Duration >= insight.KnownTalk
		if o.PersonID == c.PersonID && o.Number == c.Number && c.Number != "" && (talked || o.Direction == domain.DirectionOutgoing) {
			seen.KnownSince = o.StartedAt.UnixMilli()
			break
		}
	}
	return seen
}

// In whatever parts and order calls come, change and go: the alerts are those
// of one pass over what is there in the end.
func TestInPartsAsInOnePass(t *testing.T) {
	n, dir := 0, t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		n++
		path := filepath.Join(dir, fmt.Sprint(n, ".db"))
		w := &world{desk: openAt(t, path), source: &testkit.Source{}, people: []domain.PersonID{domain.SelfID}}
		defer os.Remove(path)
		defer w.store.Close()
		for _, name := range []string{"Aunt", "Uncle"} {
			p := domain.Person{Name: name, Relation: domain.RelationRelative}
			ok(rt, w.store.AddPerson(context.Background(), &p))
			w.people = append(w.people, p.ID)
		}
		ch := domain.Channel{Name: "c", Kind: domain.ChannelIntake}
		ok(rt, w.store.AddChannel(context.Background(), &ch))
		w.channel = ch.ID
		w.adjust(rt)
		rt.Repeat(map[string]func(*rapid.T){
			"insert": w.insert, "insert more": w.insert, "insert even more": w.insert, "mark": w.mark, "correct the registry": w.correct,
			"remove": w.remove, "undo": w.undo,
			"leave": w.leave, "befriend": w.befriend, "refuse": w.refuse, "adjust": w.adjust,
			"judge": w.check,
		})
		w.check(rt)
	})
}
