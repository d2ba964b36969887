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
	"quietline/internal/insight"
	"quietline/internal/lookout"
	"quietline/internal/registrar"
	"quietline/internal/testkit"
)

// families are those that registries differ about.
func families() []domain.Family {
	return []domain.Family{domain.FamilyCallCentre95, domain.FamilyMobile, domain.FamilyLandline}
}

func (w *world) insertFamilies(rt *rapid.T) {
	calls := rapid.SliceOfN(rapid.Custom(w.drawCall), 1, 12).Draw(rt, "calls")
	for i := range calls {
		calls[i].Family = rapid.SampledFrom(families()).Draw(rt, "family")
	}
	w.add(rt, calls...)
}

// another judges every number to be of another family.
func (w *world) another(rt *rapid.T) {
	w.codes++
	_, err := w.store.Rejudge(context.Background(), registrar.Rejudging{
		JudgedBy: fmt.Sprint(w.codes),
		Judge: func(display string) (domain.Reading, domain.Verdict, string) {
			family := families()[(len(display)+w.codes)%len(families())]
			return domain.Reading{Number: display, Family: family}, domain.VerdictUnlisted, codeOf(display, w.codes)
		},
	})
	ok(rt, err)
}

// some takes in a part of what is new, and judges a part of what is marked.
func (w *world) some(rt *rapid.T) {
	_, err := w.store.TakeIn(context.Background(), rapid.IntRange(1, 5).Draw(rt, "taken"))
	ok(rt, err)
	settings := insight.Defaults()
	_, err = w.store.ReviewDays(context.Background(), rapid.IntRange(1, 5).Draw(rt, "judged"),
		func(p domain.PersonID, days []int64) lookout.Review { return settings.Days(p, days) })
	ok(rt, err)
}

// counted is what the kept counts are to say, by a walk over all calls.
func (w *world) counted(rt *rapid.T, f lookout.StatsFilter) (out insight.Stats) {
	type hourFamily struct {
		hour   int64
		family domain.Family
	}
	hours, families := map[hourFamily]int64{}, map[domain.Family]int64{}
	for _, c := range w.calls(rt) {
		switch {
		case f.PersonID != 0 && c.PersonID != f.PersonID,
			!f.From.IsZero() && c.StartedAt.Before(f.From), !f.To.IsZero() && !c.StartedAt.Before(f.To):
			continue
		case c.Direction == domain.DirectionOutgoing:
			out.Outgoing++
			continue
		}
		families[c.Family]++
		hours[hourFamily{(c.StartedAt.UnixMilli() + 8*time.Hour.Milliseconds()) / time.Hour.Milliseconds(), c.Family}]++
	}
	var keys []hourFamily
	for k := range hours {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b hourFamily) int { return cmp.Or(cmp.Compare(a.hour, b.hour), cmp.Compare(a.family, b.family)) })
	for _, k := range keys {
		out.AddHour(k.hour, k.family, hours[k])
	}
	for family, n := range families {
		out.Families = append(out.Families, insight.FamilyCount{Family: family, Calls: n})
	}
	slices.SortFunc(out.Families, func(a, b insight.FamilyCount) int {
		return cmp.Or(cmp.Compare(b.Calls, a.Calls), cmp.Compare(a.Family, b.Family))
	})
	return out
}

func (w *world) count(rt *rapid.T) {
	day := time.Date(2023, 12, 27, 0, 0, 0, 0, domain.China()).AddDate(0, 0, rapid.IntRange(0, 12).Draw(rt, "from"))
	f := lookout.StatsFilter{PersonID: rapid.SampledFrom(append([]domain.PersonID{0}, w.people...)).Draw(rt, "of")}
	switch rapid.IntRange(0, 3).Draw(rt, "period") {
	case 1:
		f.From = day
	case 2:
		f.To = day
	case 3: // no days but hours, which the walk tells
		f.From, f.To = day.Add(time.Hour), day.Add(25*time.Hour)
	}
	got, err := w.store.Times(context.Background(), f)
	ok(rt, err)
	if d := gocmp.Diff(w.counted(rt, f), got, cmpopts.EquateEmpty()); d != "" {
		rt.Fatalf("%+v (-walk +kept)\n%s", f, d)
	}
}

// Whatever comes, changes and goes, and however little of it is judged: the kept
// counts are those of a walk over all calls.
func TestKeptCounts(t *testing.T) {
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
		rt.Repeat(map[string]func(*rapid.T){
			"insert": w.insertFamilies, "insert more": w.insertFamilies, "remove": w.remove, "undo": w.undo, "correct the registry": w.another,
			"leave": w.leave, "befriend": w.befriend, "judge some": w.some, "judge": func(rt *rapid.T) { w.refresh(rt) },
			"count": w.count, "count again": w.count,
		})
		w.count(rt)
	})
}
