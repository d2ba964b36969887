package complaints

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/ui/uitest"
)

// A complaint for somebody else must never become one's own because the person
// is not known here.
func TestUnknownPersonIsNotOneself(t *testing.T) {
	for name, open := range map[string]func(*bench){
		"not loaded yet": func(b *bench) {
			b.people = nil
			b.NewForNumber("95013000")
			b.Edit(AtPerson, func(f *Form) { f.Person = 2 })
		},
		"hidden, calls kept": func(b *bench) {
			b.log.people = b.log.people[:1]
			b.Reload()
			b.file(domain.SendDraft, 1).PersonID = 2
			b.Jump("00000001")
			b.EditDraft()
		},
		"removed with the calls": func(b *bench) {
			c := b.file(domain.SendFailed, 1)
			c.PersonID, c.Body.Complainant.OnBehalf = 0, &domain.OnBehalf{Name: "妈妈"}
			b.Jump("00000001")
			b.FileAnew()
		},
		"a neighbour's, out of a sheet": func(b *bench) {
			c := b.file(domain.SendFailed, 1)
			c.PersonID, c.Body.Complainant = 0, domain.Complainant{Name: "王芳", Relation: domain.RelationSelf}
			b.Jump("00000001")
			b.FileAnew()
		},
	} {
		b := newBench()
		b.Reload()
		open(b)
		b.Edit(AtCalls, func(f *Form) { f.At, f.Category = "2024-05-20 08:00", domain.CategoryLoan })
		before := len(b.desk.complaints)
		b.Verify("en", func() { t.Errorf("%s: ready", name) })
		if diff := cmp.Diff([]string{"/complainant person.not_found"}, problems(b.Form())); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		b.File("en")
		b.SaveDraft("en")
		if len(b.desk.complaints) != before || b.kicks != 0 || b.Form() == nil {
			t.Errorf("%s: stored", name)
		}
		b.people = uitest.People()
		b.Edit(AtPerson, func(f *Form) { f.Person = domain.SelfID })
		b.Verify("en", func() {})
		if f := b.Form(); f.Wrong() {
			t.Errorf("%s: %v %v", name, problems(f), f.Fault)
		}
	}
}

// gone is a draft about the logged calls of which some are no longer there.
func gone(b *bench, ids ...domain.CallID) {
	c := b.file(domain.SendDraft, 1)
	first := c.Body.Calls[0]
	for i := range 2 {
		next := first
		next.StartedAt = first.StartedAt.Add(-time.Duration(i+1) * time.Hour)
		c.Body.Calls = append(c.Body.Calls, next)
	}
	for i, id := range ids {
		call, _ := b.log.Call(context.Background(), id)
		c.Body.Calls[i].StartedAt = call.StartedAt
	}
	c.CallIDs = ids
	b.Jump("00000001")
	b.EditDraft()
}

// What stands in no log, or no longer, stays in the complaint, is shown as such,
// and can be left out.
func TestCallsThatStandInNoLogAreKept(t *testing.T) {
	ring := int64(3)
	for _, tc := range []struct {
		name    string
		open    func(*bench)
		further int
		calls   int
	}{
		{"all", func(b *bench) { gone(b) }, 3, 3},
		{"some", func(b *bench) { gone(b, 9, 6) }, 1, 3},
		{"one, with what a form has no field for", func(b *bench) {
			b.file(domain.SendDraft, 1).Body.Calls[0].RingSeconds = &ring
			b.Jump("00000001")
			b.EditDraft()
		}, 1, 1},
		{"one, of which the form keeps all", func(b *bench) {
			b.file(domain.SendDraft, 1)
			b.Jump("00000001")
			b.EditDraft()
		}, 0, 1},
	} {
		b := newBench()
		b.Reload()
		tc.open(b)
		f := b.Form()
		if len(f.Further) != tc.further || len(f.Problems) != 0 {
			t.Errorf("%s: %d further calls, problems %v", tc.name, len(f.Further), problems(f))
		}
		if tc.further > 0 && tc.calls > 1 {
			b.LeaveOut(7)
			b.LeaveOut(0)
			tc.calls--
		}
		b.SaveDraft("en")
		c := b.desk.complaints[0]
		if b.Form() != nil || len(c.Body.Calls) != tc.calls {
			t.Errorf("%s: %d calls, failed %v", tc.name, len(c.Body.Calls), b.failed)
		}
		if tc.further == 1 && tc.calls == 1 && c.Body.Calls[0].RingSeconds == nil {
			t.Errorf("%s: the ringing is lost", tc.name)
		}
	}
}

func TestRefusedComplaintKeepsItsReasonsAndCalls(t *testing.T) {
	b := newBench()
	b.Reload()
	c := b.file(domain.SendFailed, 1)
	c.Body.Calls = append(c.Body.Calls, c.Body.Calls[0])
	c.Problems = []domain.FieldProblem{{Pointer: "/category", Detail: "not this"}}
	b.Jump("00000001")
	b.FileAnew()
	if diff := cmp.Diff([]string{"/category complaint.endpoint_says"}, problems(b.Form())); diff != "" || len(b.Form().Further) != 2 {
		t.Error(diff, len(b.Form().Further))
	}
}

// Without its calls a draft would come back as one typed call; it rather stays
// closed.
func TestDraftWhoseCallsCannotBeReadStaysAsItIs(t *testing.T) {
	b := newBench()
	b.Reload()
	b.file(domain.SendDraft, 1).CallIDs = []domain.CallID{9, 6}
	b.Jump("00000001")
	b.log.err = domain.E("t", domain.Unavailable, "internal", nil, errors.New("busy"))
	b.EditDraft()
	if b.Form() != nil || len(b.failed) != 1 {
		t.Errorf("%+v, failed %v", b.Form(), b.failed)
	}
	b.log.err = nil
	b.EditDraft()
	if f := b.Form(); f == nil || len(f.Calls) != 2 {
		t.Errorf("%+v", f)
	}
}

// The default is the channel that is marked so, wherever it stands in the
// list; nothing is guessed where none is marked.
func TestDefaultChannelIsTheMarkedOne(t *testing.T) {
	for _, tc := range []struct {
		name   string
		change func([]domain.Channel) []domain.Channel
		want   string
	}{
		{"second in the list", func(l []domain.Channel) []domain.Channel {
			l[0].Default, l[1].Default = false, true
			return l
		}, "省通信管理局"},
		{"only one, not marked", func(l []domain.Channel) []domain.Channel {
			l[1].Default = false
			return l[1:]
		}, "省通信管理局"},
		{"two, none marked", func(l []domain.Channel) []domain.Channel {
			l[0].Default = false
			return l
		}, ""},
		{"none", func([]domain.Channel) []domain.Channel { return nil }, ""},
	} {
		b := newBench()
		b.desk.channels = tc.change(b.desk.channels)
		b.Reload()
		b.NewForNumber("95588")
		if d, ok := b.Destination(); d.Channel != tc.want || ok != (tc.want != "") || b.Practice() {
			t.Errorf("%s: %+v %v", tc.name, d, ok)
		}
	}
}

// What the user confirms is what is filed, whatever becomes the default
// meanwhile.
func TestConfirmedDestinationIsPinned(t *testing.T) {
	for _, draft := range []bool{false, true} {
		b := newBench()
		b.Reload()
		b.NewForNumber("95013000")
		b.Edit(AtCalls, func(f *Form) { f.At, f.Category = "2024-05-20 08:00", domain.CategoryLoan })
		var asked Destination
		b.Verify("en", func() { asked, _ = b.Destination() })
		slices.Reverse(b.desk.channels)
		b.desk.channels[0].Default, b.desk.channels[1].Default = true, false
		b.Reload()
		if draft {
			b.SaveDraft("en")
		} else {
			b.File("en")
		}
		if c := b.desk.complaints[0]; !asked.Practice || c.Channel != asked.Channel || c.ChannelID != 1 {
			t.Errorf("draft %v: confirmed %+v, filed to %s", draft, asked, c.Channel)
		}
	}
}

// undecided stands for the use case where no channel is the default.
type undecided struct{ *filing.Service }

func (undecided) Validate(_ context.Context, in filing.ComplaintInput) error {
	if in.Channel != "" {
		return nil
	}
	return domain.E("t", domain.Conflict, "channel.no_default", nil, nil)
}

func TestNoDefaultChannelIsAskedFor(t *testing.T) {
	b := newBench()
	b.desk.channels[0].Default = false
	b.p.Filing = undecided{b.service}
	b.Reload()
	b.NewForNumber("95013000")
	b.Edit(AtCalls, func(f *Form) { f.At, f.Category = "2024-05-20 08:00", domain.CategoryLoan })
	b.Verify("en", func() { t.Error("ready, but where to?") })
	if diff := cmp.Diff([]string{"/channel channel.no_default"}, problems(b.Form())); diff != "" {
		t.Error(diff)
	}
	b.Edit(AtChannel, func(f *Form) { f.Channel = "省通信管理局" })
	ready := false
	b.Verify("en", func() { ready = true })
	if d, _ := b.Destination(); !ready || d.Channel != "省通信管理局" {
		t.Errorf("ready %v, %+v", ready, d)
	}
}

// A call may be removed from the log while a complaint is written about it: what it
// was about stays, as in what is stored already.
func TestCallThatWentWhileWriting(t *testing.T) {
	for _, gone := range [][]domain.CallID{{9}, {9, 8}} {
		b := newBench()
		other := b.log.calls[0]
		other.ID, other.StartedAt = 8, other.StartedAt.Add(-time.Hour)
		b.log.calls[1] = other
		b.Reload()
		b.NewForCalls([]domain.CallID{9, 8})
		told := b.Form().Calls
		b.log.calls = slices.DeleteFunc(b.log.calls, func(c domain.Call) bool { return slices.Contains(gone, c.ID) })
		b.Edit(AtCategory, func(f *Form) { f.Category = domain.CategoryLoan })
		b.SaveDraft("en")
		if b.Form() != nil || len(b.desk.complaints) != 1 {
			t.Fatalf("%v gone: %v", gone, b.Form().Err())
		}
		c := b.desk.complaints[0]
		if len(c.CallIDs) != len(told)-len(gone) || len(c.Body.Calls) != len(told) || c.Body.Caller.Displayed != told[0].Display {
			t.Errorf("%v gone: %+v", gone, c)
		}
		for _, k := range told {
			if !slices.ContainsFunc(c.Body.Calls, func(r domain.CallRef) bool {
				return r.StartedAt.Equal(k.StartedAt) && r.Direction == k.Direction
			}) {
				t.Errorf("%v gone: %v is lost", gone, k.StartedAt)
			}
		}
	}
}
