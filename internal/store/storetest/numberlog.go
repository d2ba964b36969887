package storetest

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

func numberLogTests() []test {
	return []test{
		{"card/number", knowNumber},
		{"card/unknown", knowNothing},
		{"card/siblings", knowSiblings},
	}
}

func knowNumber(t *testing.T, s Full) {
	aunt := person(t, s, "Aunt")
	night := time.Date(2024, 5, 21, 0, 30, 0, 0, domain.China())
	a, b, c, d := newCall("96588", start()), newCall("96588", night), newCall("96588", after(time.Minute)), newCall("96588", after(time.Hour))
	a.AreaCode, b.AreaCode = "0551", "0551"
	b.PersonID, c.PersonID = aunt.ID, aunt.ID
	b.Note, c.Category = "asked for a code", domain.CategoryFraud
	d.Direction = domain.DirectionOutgoing
	add(t, s, a, b, c, d, newCall("96589", start()))
	got, err := s.NumberLog(t.Context(), "96588", "", 10)
	ok(t, err)
	rows := all(t, s, domain.CallFilter{PersonID: aunt.ID}, 10)
	want := journal.NumberLog{
		Calls: 3, Outgoing: 1, First: start(), Last: night,
		People: []journal.PersonCalls{
			{PersonID: aunt.ID, Person: "Aunt", Calls: 2, Last: night},
			{PersonID: domain.SelfID, Person: Owner, Calls: 1, Last: start()},
		},
		AreaCodes: []journal.AreaCalls{{AreaCode: "", Calls: 2}, {AreaCode: "0551", Calls: 2}},
		Notes: []journal.CallMark{
			{CallID: rows[0].ID, PersonID: aunt.ID, Person: "Aunt", StartedAt: night, Note: "asked for a code"},
			{CallID: rows[1].ID, PersonID: aunt.ID, Person: "Aunt", StartedAt: after(time.Minute), Category: domain.CategoryFraud},
		},
	}
	want.Hours[0], want.Hours[9] = 1, 2
	same(t, got, want)
	got, err = s.NumberLog(t.Context(), "96588", "", 1)
	ok(t, err)
	same(t, got.Notes, want.Notes[:1])
}

func knowNothing(t *testing.T, s Full) {
	add(t, s, newCall("95013000", start()))
	got, err := s.NumberLog(t.Context(), "95588", "", 10)
	ok(t, err)
	same(t, got, journal.NumberLog{})
}

func knowSiblings(t *testing.T, s Full) {
	coded := func(number string, at time.Time) domain.Call {
		c := newCall(number, at)
		c.Code = "95013"
		return c
	}
	mine := coded("95013004", start())
	mine.Direction = domain.DirectionOutgoing
	add(t, s, coded("95013000", start()), coded("95013001", start()), coded("95013002", start()),
		coded("95013002", after(time.Hour)), coded("95013003", start()), mine, newCall("95014000", start()))
	got, err := s.NumberLog(t.Context(), "95013000", "95013", 2)
	ok(t, err)
	same(t, got.SiblingNumbers, int64(3))
	same(t, got.SiblingCalls, int64(4))
	same(t, got.Siblings, []journal.Sibling{
		{Number: "95013002", Calls: 2, Last: after(time.Hour)}, {Number: "95013001", Calls: 1, Last: start()},
	})
}
