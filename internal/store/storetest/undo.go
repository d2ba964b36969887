package storetest

import (
	"errors"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/folders"
	"quietline/internal/insight"
	"quietline/internal/journal"
	"quietline/internal/lookout"
)

func undoTests() []test {
	return []test{
		{"undo/calls and all that names them", undoCalls},
		{"undo/calls after they came back", undoTwins},
		{"undo/calls that a draft no longer speaks of", undoForEditedDraft},
		{"undo/calls of somebody who went", undoForNobody},
		{"undo/somebody and all that went", undoPerson},
		{"undo/somebody whose calls were kept", undoHidden},
		{"undo/somebody whose name another has", undoNamesake},
	}
}

func removeCallsOf(t *testing.T, s Full, calls ...domain.Call) journal.Removed {
	t.Helper()
	ids := make([]domain.CallID, len(calls))
	for i, c := range calls {
		ids[i] = c.ID
	}
	gone, err := s.RemoveCalls(t.Context(), ids)
	ok(t, err)
	same(t, gone.Calls, int64(len(calls)))
	return gone
}

// about is a complaint made from these calls, which it tells of.
func about(n int, channel domain.ChannelID, calls ...domain.Call) domain.Complaint {
	c := newComplaint(n, channel)
	c.Body.Calls = nil
	for _, k := range calls {
		c.CallIDs = append(c.CallIDs, k.ID)
		c.Body.Calls = append(c.Body.Calls, domain.CallRef{StartedAt: k.StartedAt, Direction: k.Direction})
	}
	return c
}

// undoCalls: the log goes on between a removal and its undoing, and the rules have
// looked at it.
func undoCalls(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	ringing := ringing("13800000001", start(), 3)
	ringing[1].Name, ringing[1].Note = "Somebody", hanNote
	add(t, s, ringing...)
	calls := all(t, s, domain.CallFilter{}, 10)
	filed, draft := about(1, ch.ID, calls...), about(2, ch.ID, calls[1], calls[0])
	queue(t, s, start(), filed)
	ok(t, s.SaveDraft(t.Context(), draft, start()))
	lookOver(t, s, insight.Defaults())
	found := alerts(t, s, lookout.AlertFilter{})
	ok(t, s.SetAlertState(t.Context(), []lookout.AlertID{found[0].ID}, lookout.StateDismissed))
	found[0].State = lookout.StateDismissed

	gone := removeCallsOf(t, s, calls[1], calls[0])
	lookOver(t, s, insight.Defaults())
	same(t, len(alerts(t, s, lookout.AlertFilter{Dismissed: true})), 0)
	same(t, len(all(t, s, domain.CallFilter{Text: "body"}, 10)), 0)
	add(t, s, newCall("95013000", after(24*time.Hour)))
	newer := all(t, s, domain.CallFilter{}, 10)[0]
	for range 2 { // once more changes nothing
		ok(t, gone.Undo(t.Context()))
		same(t, all(t, s, domain.CallFilter{}, 10), append([]domain.Call{newer}, calls...))
		for _, word := range []string{"somebody", "body", hanNote} {
			same(t, all(t, s, domain.CallFilter{Text: word}, 10), calls[1:2])
		}
		same(t, get(t, s, filed.ID).CallIDs, filed.CallIDs)
		same(t, get(t, s, draft.ID).CallIDs, draft.CallIDs)
		_, raised := lookOverAndCount(t, s, insight.Defaults())
		same(t, alerts(t, s, lookout.AlertFilter{Dismissed: true}), found)
		same(t, raised, lookout.Counts{})
	}
}

// undoTwins: the file that a removed call is from was imported again, and more was
// made of the call that came from it.
func undoTwins(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	add(t, s, newCall("95013000", start()), newCall("95013000", after(time.Hour)))
	calls := all(t, s, domain.CallFilter{}, 10)
	ok(t, s.MarkCall(t.Context(), calls[0].ID, domain.CategoryLoan, nil, "before"))
	first := about(1, ch.ID, calls...)
	ok(t, s.SaveDraft(t.Context(), first, start()))
	gone := removeCallsOf(t, s, calls...)

	talk := time.Minute
	again := newCall("95013000", after(time.Hour))
	again.Name, again.Duration = "Somebody", &talk
	add(t, s, again)
	twin := all(t, s, domain.CallFilter{}, 10)[0]
	ok(t, s.MarkCall(t.Context(), twin.ID, "", nil, "after"))
	second := about(2, ch.ID, twin)
	ok(t, s.SaveDraft(t.Context(), second, start()))

	ok(t, gone.Undo(t.Context()))
	again.ID, again.Category, again.Note = calls[0].ID, domain.CategoryLoan, "after"
	same(t, all(t, s, domain.CallFilter{}, 10), []domain.Call{again, calls[1]})
	same(t, all(t, s, domain.CallFilter{Text: "after somebody"}, 10), []domain.Call{again})
	same(t, get(t, s, first.ID).CallIDs, first.CallIDs)
	same(t, get(t, s, second.ID).CallIDs, []domain.CallID{again.ID})
}

func undoForEditedDraft(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	add(t, s, newCall("95013000", start()), newCall("95013000", after(time.Hour)))
	calls := all(t, s, domain.CallFilter{}, 10)
	ok(t, s.SaveDraft(t.Context(), about(1, ch.ID, calls...), start()))
	ok(t, s.SaveDraft(t.Context(), about(2, ch.ID, calls...), start()))
	gone := removeCallsOf(t, s, calls[0])
	ok(t, s.SaveDraft(t.Context(), about(1, ch.ID, calls[1]), start()))
	// The other one still tells of both, and names what is left.
	told := about(2, ch.ID, calls...)
	told.CallIDs = told.CallIDs[1:]
	ok(t, s.SaveDraft(t.Context(), told, start()))
	ok(t, gone.Undo(t.Context()))
	same(t, get(t, s, about(1, ch.ID).ID).CallIDs, []domain.CallID{calls[1].ID})
	same(t, get(t, s, told.ID).CallIDs, []domain.CallID{calls[1].ID, calls[0].ID})
}

func undoForNobody(t *testing.T, s Full) {
	aunt := person(t, s, "Aunt")
	hers := newCall("95013000", start())
	hers.PersonID = aunt.ID
	add(t, s, hers)
	gone := removeCallsOf(t, s, all(t, s, domain.CallFilter{}, 10)...)
	_, err := s.RemovePerson(t.Context(), aunt.ID, false)
	ok(t, err)
	fails(t, gone.Undo(t.Context()), domain.Conflict, "store.gone")
	same(t, len(all(t, s, domain.CallFilter{}, 10)), 0)
}

func contactsOf(t *testing.T, s Full, id domain.PersonID) []domain.Contact {
	t.Helper()
	list, err := s.Contacts(t.Context(), id)
	ok(t, err)
	return list
}

// undoPerson: everything of somebody goes and comes back, and the rules have looked
// in between.
func undoPerson(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	aunt := person(t, s, "Aunt")
	aunt.Authority, aunt.Province, aunt.Numbers = domain.AuthorityOral, "p", []string{"13800138000", "13800138001"}
	ok(t, s.UpdatePerson(t.Context(), aunt))
	calls := ringing("13800000001", start(), 3)
	for i := range calls {
		calls[i].PersonID, calls[i].Note = aunt.ID, hanNote
	}
	add(t, s, append(calls, newCall("95013000", start()))...)
	before := all(t, s, domain.CallFilter{}, 10)
	hers := all(t, s, domain.CallFilter{PersonID: aunt.ID}, 10)
	filed := about(1, ch.ID, hers...)
	filed.PersonID = aunt.ID
	queue(t, s, start(), filed)
	_, err := s.AddContacts(t.Context(), []domain.Contact{
		{PersonID: aunt.ID, Number: "13900000001", Name: "Doctor", Mark: domain.ContactKnown, CreatedAt: start()},
	}, false)
	ok(t, err)
	contacts := contactsOf(t, s, aunt.ID)
	f := folder(t, s, aunt.ID, "/calls")
	claims(t, s, claimOf(f, "x", "one", 0), true)
	finishes(t, s, folders.Finish{Folder: f.ID, Path: "x", Owner: "one", State: folders.StateImported, Imported: 3, Now: start()}, true)
	watched := listed(t, s)
	lookOver(t, s, insight.Defaults())
	found := alerts(t, s, lookout.AlertFilter{})
	ok(t, s.SetAlertState(t.Context(), []lookout.AlertID{found[0].ID}, lookout.StateSeen))
	found[0].State = lookout.StateSeen

	gone, err := s.RemovePerson(t.Context(), aunt.ID, false)
	ok(t, err)
	same(t, gone.Extent, journal.Extent{Calls: 3, Contacts: 1, Alerts: 1, Folders: 1})
	lookOver(t, s, insight.Defaults())
	person(t, s, "Uncle")
	ok(t, gone.Undo(t.Context()))
	lookOver(t, s, insight.Defaults())

	back, err := s.PersonByName(t.Context(), "Aunt")
	ok(t, err)
	same(t, back, aunt)
	same(t, all(t, s, domain.CallFilter{}, 10), before)
	same(t, all(t, s, domain.CallFilter{Text: hanNote}, 10), hers)
	same(t, get(t, s, filed.ID).PersonID, aunt.ID)
	same(t, get(t, s, filed.ID).CallIDs, filed.CallIDs)
	same(t, contactsOf(t, s, aunt.ID), contacts)
	same(t, alerts(t, s, lookout.AlertFilter{}), found)
	same(t, listed(t, s), watched)
	x, err := s.PersonExtent(t.Context(), aunt.ID)
	ok(t, err)
	same(t, x, gone.Extent)
}

// undoHidden: what ends with somebody whose calls are kept is the watching.
func undoHidden(t *testing.T, s Full) {
	aunt := person(t, s, "Aunt")
	f := folder(t, s, aunt.ID, "/calls")
	claims(t, s, claimOf(f, "x", "one", 0), true)
	finishes(t, s, folders.Finish{Folder: f.ID, Path: "x", Owner: "one", State: folders.StateImported, Imported: 3, Now: start()}, true)
	watched := listed(t, s)
	gone, err := s.RemovePerson(t.Context(), aunt.ID, true)
	ok(t, err)
	same(t, gone.Extent, journal.Extent{Folders: 1})
	ok(t, gone.Undo(t.Context()))
	got, err := s.PersonByName(t.Context(), "Aunt")
	ok(t, err)
	same(t, got, aunt)
	same(t, listed(t, s), watched)
	// Who is there again already is not put back over what was said since.
	err = gone.Undo(t.Context())
	fails(t, err, domain.Conflict, "person.name_taken")
	if e, found := errors.AsType[*domain.Error](err); !found || e.Args["Name"] != "Aunt" {
		t.Errorf("of whom: %v", err)
	}
}

// undoNamesake: a name belongs to one person, and a folder too.
func undoNamesake(t *testing.T, s Full) {
	aunt := person(t, s, "Aunt")
	folder(t, s, aunt.ID, "/calls")
	folder(t, s, aunt.ID, "/other")
	c := newCall("1", start())
	c.PersonID = aunt.ID
	add(t, s, c)
	gone, err := s.RemovePerson(t.Context(), aunt.ID, false)
	ok(t, err)
	other := person(t, s, "Aunt")
	folder(t, s, other.ID, "/calls")
	fails(t, gone.Undo(t.Context()), domain.Conflict, "person.name_taken")
	same(t, len(all(t, s, domain.CallFilter{}, 10)), 0)

	other.Name = "Another aunt"
	ok(t, s.UpdatePerson(t.Context(), other))
	ok(t, gone.Undo(t.Context()))
	same(t, len(all(t, s, domain.CallFilter{PersonID: aunt.ID}, 10)), 1)
	whose := map[string]domain.PersonID{}
	for _, f := range listed(t, s) {
		whose[f.Dir] = f.PersonID
	}
	same(t, whose, map[string]domain.PersonID{"/calls": other.ID, "/other": aunt.ID})
}
