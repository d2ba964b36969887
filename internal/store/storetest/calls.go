package storetest

import (
	"fmt"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

func callTests() []test {
	return []test{
		{"calls/come back as they went in", callsComeBack},
		{"calls/duplicates change nothing", duplicatesChangeNothing},
		{"calls/a richer duplicate fills gaps", richerFillsGaps},
		{"calls/many at once", manyCalls},
		{"calls/what makes a call another", whatMakesACallAnother},
		{"calls/dry run counts the same", dryRunCounts},
		{"calls/all or none", allOrNone},
		{"calls/mark", markCall},
		{"calls/not found", callNotFound},
		{"calls/filters", filters},
	}
}

func callsComeBack(t *testing.T, s Full) {
	long, ring := 65*time.Second, 1500*time.Millisecond
	full := domain.Call{
		PersonID: domain.SelfID, Person: Owner, Number: "96588", Display: "0551-96588", AreaCode: "0551", Code: "96588",
		Family: domain.FamilyProvincial96, Verdict: domain.VerdictListed,
		StartedAt: start().Add(7 * time.Millisecond), Duration: &long, Ring: &ring, Direction: domain.DirectionOutgoing,
		Ordinal: 1, Name: "Bank", Category: domain.CategoryInsurance,
		Techniques: []domain.Technique{domain.TechniqueHuman, domain.TechniqueNight}, Note: "note", Source: domain.SourceManual,
	}
	bare := newCall("", after(time.Minute)) // withheld, nothing known
	bare.Display, bare.Family, bare.Verdict = "Unknown", domain.FamilyHidden, domain.VerdictHidden
	old := newCall("95588", time.UnixMilli(0)) // a phone whose clock was reset
	add(t, s, full, bare, old)
	got := all(t, s, domain.CallFilter{}, 10)
	for i := range got {
		one, err := s.Call(t.Context(), got[i].ID)
		ok(t, err)
		same(t, one, got[i])
		if zone := one.StartedAt.Location().String(); zone != domain.China().String() {
			t.Fatalf("zone %s", zone)
		}
		got[i].ID = 0
	}
	same(t, got, []domain.Call{bare, full, old})
}

// Calls that differ in all that a batch mostly has in common, new ones among
// duplicates, with and without a name: each is stored as it is, in the order in
// which it came, and found by its own words.
func manyCalls(t *testing.T, s Full) {
	const n = 500
	aunt := person(t, s, "Aunt")
	made := func(i int) domain.Call {
		c := newCall(fmt.Sprintf("95013%03d", i), start())
		if i%3 == 0 {
			c.Name = fmt.Sprintf("name%03d", i)
		}
		if i%97 == 0 {
			c.PersonID, c.Person, c.Source = aunt.ID, aunt.Name, "other"
		}
		if i%7 == 0 {
			c.Note, c.Category, c.Techniques = fmt.Sprintf("note%03d", i), domain.CategoryLoan, []domain.Technique{domain.TechniqueHuman}
		}
		return c
	}
	var even, every, want []domain.Call
	for i := range n {
		every = append(every, made(i))
		if i%2 == 0 {
			even = append(even, made(i))
		}
	}
	add(t, s, even...)
	for _, dry := range []bool{true, false} {
		r, err := s.AddCalls(t.Context(), every, dry)
		ok(t, err)
		same(t, r, journal.AddResult{Added: n / 2, Duplicates: n / 2})
	}
	for i := n - 1; i > 0; i -= 2 { // all began at once, so the last that came is first
		want = append(want, made(i))
	}
	for i := n - 2; i >= 0; i -= 2 {
		want = append(want, made(i))
	}
	got := all(t, s, domain.CallFilter{}, 100)
	for i := range got {
		got[i].ID = 0
	}
	same(t, got, want)
	for _, i := range []int{0, 3, 7, 96, 97, 499 / 3 * 3} {
		for _, word := range []string{made(i).Name, made(i).Note} {
			if word == "" {
				continue
			}
			found := all(t, s, domain.CallFilter{Text: word}, 10)
			if len(found) != 1 || found[0].Number != made(i).Number {
				t.Errorf("%q finds %+v", word, found)
			}
		}
	}
}

func duplicatesChangeNothing(t *testing.T, s Full) {
	first := newCall("95013000", start())
	first.Name = "before"
	add(t, s, first)
	id := all(t, s, domain.CallFilter{}, 1)[0].ID
	ok(t, s.MarkCall(t.Context(), id, domain.CategoryFraud, []domain.Technique{domain.TechniqueAIVoice}, "mine"))
	again := first
	again.Name, again.Category, again.Note, again.Source = "after", domain.CategoryLoan, "theirs", "other"
	r, err := s.AddCalls(t.Context(), []domain.Call{again, newCall("95013001", start()), again}, false)
	ok(t, err)
	same(t, r, journal.AddResult{Added: 1, Duplicates: 2})
	got, err := s.Call(t.Context(), id)
	ok(t, err)
	if got.Name != "before" || got.Category != domain.CategoryFraud || got.Note != "mine" || got.Source != first.Source {
		t.Fatalf("a duplicate changed the call: %+v", got)
	}
	same(t, len(all(t, s, domain.CallFilter{Text: "after"}, 10)), 0)
}

// What a call lacks comes from a duplicate that has it, and nothing else does:
// once it is known, it stays. What was filled is found by its words.
func richerFillsGaps(t *testing.T, s Full) {
	long, longer, ring := 65*time.Second, 70*time.Second, 4*time.Second
	bare, known := newCall("95013000", start()), newCall("95013001", start())
	known.Name, known.Duration = "known before", &long
	marked := newCall("95013002", start())
	add(t, s, bare, known, marked)
	for _, c := range all(t, s, domain.CallFilter{}, 10) {
		if c.Number == marked.Number {
			ok(t, s.MarkCall(t.Context(), c.ID, domain.CategoryFraud, []domain.Technique{domain.TechniqueAIVoice}, "my note"))
		}
	}
	richer := []domain.Call{bare, known, marked, newCall("95013003", start())}
	for i := range richer {
		richer[i].Name, richer[i].Duration, richer[i].Ring, richer[i].Source = textRare, &longer, &ring, "other"
		richer[i].Category, richer[i].Note, richer[i].Display = domain.CategoryLoan, "theirs", "0551-"+richer[i].Number
	}
	// One that is new and one that makes it richer may come together.
	richer[3].Name, richer[3].Ring = "", nil
	richer = append(richer, richer[3])
	richer[4].Name, richer[4].Ring = textRare, &ring
	once := journal.AddResult{Added: 1, Duplicates: 4, Filled: 4}
	for i, want := range []journal.AddResult{once, once, {Duplicates: 5}} {
		r, err := s.AddCalls(t.Context(), richer, i == 0)
		ok(t, err)
		same(t, r, want)
	}
	want := []domain.Call{richer[3], marked, known, bare}
	want[0].Name, want[0].Ring = richer[4].Name, &ring
	want[1].Category, want[1].Techniques, want[1].Note = domain.CategoryFraud, []domain.Technique{domain.TechniqueAIVoice}, "my note"
	for i := 1; i < 4; i++ {
		want[i].Ring = &ring
	}
	want[1].Name, want[1].Duration = textRare, &longer
	want[3].Name, want[3].Duration = textRare, &longer
	got := all(t, s, domain.CallFilter{}, 10)
	for i := range got {
		got[i].ID = 0
	}
	same(t, got, want)
	for _, word := range []string{textRare, "my note"} {
		if found := all(t, s, domain.CallFilter{Text: word}, 10); len(found) == 0 {
			t.Errorf("%q is not found", word)
		}
	}
}

func whatMakesACallAnother(t *testing.T, s Full) {
	aunt := person(t, s, "Aunt")
	one := newCall("95013000", start())
	others := []domain.Call{one, one, one, one, one, one}
	others[1].PersonID = aunt.ID
	others[2].Number = "95013001"
	others[3].StartedAt = start().Add(time.Millisecond)
	others[4].Direction = domain.DirectionMissed
	others[5].Ordinal = 1
	add(t, s, others...)
	r, err := s.AddCalls(t.Context(), others, false)
	ok(t, err)
	same(t, r, journal.AddResult{Duplicates: len(others)})
}

func dryRunCounts(t *testing.T, s Full) {
	add(t, s, newCall("1", start()))
	batch := []domain.Call{newCall("1", start()), newCall("2", start()), newCall("3", start()), newCall("3", start())}
	batch[1].Name = "Somebody"
	dry, err := s.AddCalls(t.Context(), batch, true)
	ok(t, err)
	same(t, numbersOf(all(t, s, domain.CallFilter{}, 10)), []string{"1"})
	same(t, len(all(t, s, domain.CallFilter{Text: "Somebody"}, 10)), 0)
	wet, err := s.AddCalls(t.Context(), batch, false)
	ok(t, err)
	same(t, dry, wet)
	same(t, wet, journal.AddResult{Added: 2, Duplicates: 2})
}

func allOrNone(t *testing.T, s Full) {
	stray := newCall("2", start())
	stray.PersonID = 4711 // nobody
	_, err := s.AddCalls(t.Context(), []domain.Call{newCall("1", start()), stray}, false)
	if err == nil {
		t.Fatal("a call of nobody was stored")
	}
	same(t, len(all(t, s, domain.CallFilter{}, 10)), 0)
}

func markCall(t *testing.T, s Full) {
	c := newCall("1", start())
	c.Name = "Contact"
	add(t, s, c)
	want := all(t, s, domain.CallFilter{}, 1)[0]
	want.Category, want.Note = domain.CategoryFraud, "asked for money"
	want.Techniques = []domain.Technique{domain.TechniqueSpoofed, domain.TechniqueAIVoice}
	ok(t, s.MarkCall(t.Context(), want.ID, want.Category, want.Techniques, want.Note))
	got, err := s.Call(t.Context(), want.ID)
	ok(t, err)
	same(t, got, want)
	for text, n := range map[string]int{"money": 1, "Contact": 1, "nothing": 0} {
		same(t, len(all(t, s, domain.CallFilter{Text: text}, 10)), n)
	}
	ok(t, s.MarkCall(t.Context(), want.ID, "", nil, ""))
	for text, n := range map[string]int{"money": 0, "Contact": 1} {
		same(t, len(all(t, s, domain.CallFilter{Text: text}, 10)), n)
	}
}

func callNotFound(t *testing.T, s Full) {
	_, err := s.Call(t.Context(), 4711)
	fails(t, err, domain.NotFound, "call.not_found")
	fails(t, s.MarkCall(t.Context(), 4711, "", nil, "note"), domain.NotFound, "call.not_found")
}

func filters(t *testing.T, s Full) {
	aunt := person(t, s, "Aunt")
	calls := make([]domain.Call, 4)
	for i := range calls {
		calls[i] = newCall(string(rune('a'+i)), after(time.Duration(i)*time.Hour))
	}
	calls[1].PersonID = aunt.ID
	calls[1].Code = "95013"
	calls[2].Code = "95588"
	calls[2].Direction = domain.DirectionMissed
	calls[2].Family = domain.FamilyEnterprise95
	calls[3].Verdict = domain.VerdictListed
	add(t, s, calls...)
	for name, tt := range map[string]struct {
		filter domain.CallFilter
		want   []string
	}{
		"nothing":   {domain.CallFilter{}, []string{"d", "c", "b", "a"}},
		"person":    {domain.CallFilter{PersonID: aunt.ID}, []string{"b"}},
		"number":    {domain.CallFilter{Number: "c"}, []string{"c"}},
		"code":      {domain.CallFilter{Code: "95013"}, []string{"b"}},
		"direction": {domain.CallFilter{Direction: domain.DirectionMissed}, []string{"c"}},
		"family":    {domain.CallFilter{Family: domain.FamilyEnterprise95}, []string{"c"}},
		"verdict":   {domain.CallFilter{Verdict: domain.VerdictListed}, []string{"d"}},
		"from":      {domain.CallFilter{From: after(2 * time.Hour)}, []string{"d", "c"}},
		"to":        {domain.CallFilter{To: after(2 * time.Hour)}, []string{"b", "a"}},
		"both ends": {domain.CallFilter{From: after(time.Hour), To: after(3 * time.Hour)}, []string{"c", "b"}},
		"several":   {domain.CallFilter{PersonID: domain.SelfID, Code: "95588", From: start()}, []string{"c"}},
		"no match":  {domain.CallFilter{PersonID: aunt.ID, Code: "95588"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			same(t, numbersOf(all(t, s, tt.filter, 10)), tt.want)
			index, err := s.IndexCalls(t.Context(), tt.filter, 10)
			ok(t, err)
			same(t, index.Count, int64(len(tt.want)))
		})
	}
}
