package registry_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/registry"
)

func TestDiff(t *testing.T) {
	const rest = ",,bank,list,single source\n"
	before := loadTables(t, codesHead+"96588,山东,青岛银行"+rest+"95588,national,工行"+rest+"95533,national,建行"+rest+"96588,安徽,徽商银行"+rest,
		notesHead+"95533,national,甲\n")
	after := loadTables(t, codesHead+"95588,national,工商银行"+rest+"95533,national,建行"+rest+"96588,安徽,徽商银行"+rest+
		"9558,national,乙"+rest+"96588,national,丙"+rest+"110,national,丁"+rest, notesHead)
	h := func(name, scope, note string) *domain.Holder {
		return &domain.Holder{NameZH: name, Category: "bank", Scope: scope, Confidence: "single source", Source: "list", Note: note}
	}
	added, changed, removed := registry.Diff(before, after)
	for _, tc := range []struct {
		name      string
		got, want []domain.RegistryChange
	}{
		{"added", added, []domain.RegistryChange{
			{Code: "110", Scope: "national", After: h("丁", "national", "")},
			{Code: "9558", Scope: "national", After: h("乙", "national", "")},
			{Code: "96588", Scope: "national", After: h("丙", "national", "")},
		}},
		{"changed", changed, []domain.RegistryChange{
			{Code: "95533", Scope: "national", Before: h("建行", "national", "甲"), After: h("建行", "national", "")},
			{Code: "95588", Scope: "national", Before: h("工行", "national", ""), After: h("工商银行", "national", "")},
		}},
		{"removed", removed, []domain.RegistryChange{{Code: "96588", Scope: "山东", Before: h("青岛银行", "山东", "")}}},
	} {
		if diff := cmp.Diff(tc.want, tc.got); diff != "" {
			t.Errorf("%s: %s", tc.name, diff)
		}
	}
	// Backwards it is the same, turned round.
	undoneAdded, undoneChanged, undoneRemoved := registry.Diff(after, before)
	if len(undoneAdded) != len(removed) || len(undoneChanged) != len(changed) || len(undoneRemoved) != len(added) {
		t.Error("backwards it is different")
	}
}

func TestDiffWithNothing(t *testing.T) {
	s := load(t)
	for name, tc := range map[string]struct {
		before, after           *registry.Snapshot
		added, changed, removed int
	}{
		"itself":  {s, s, 0, 0, 0},
		"all new": {nil, s, 1396, 0, 0},
		"all old": {s, nil, 0, 0, 1396},
		"nothing": {nil, nil, 0, 0, 0},
	} {
		added, changed, removed := registry.Diff(tc.before, tc.after)
		if len(added) != tc.added || len(changed) != tc.changed || len(removed) != tc.removed {
			t.Errorf("%s: %d added, %d changed, %d removed", name, len(added), len(changed), len(removed))
		}
	}
}

func loadTables(t *testing.T, codes, notes string) *registry.Snapshot {
	t.Helper()
	s, err := registry.Load(registry.FeedFS(assets.Registry(), registry.Manifest{
		Version: "1", Date: "2026-12-01",
		Codes: registry.FeedTable{Rows: countLines(codes)}, Notes: registry.FeedTable{Rows: countLines(notes)},
	}, []byte(codes), []byte(notes)))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// countLines counts the lines under the header.
func countLines(table string) int {
	n := -1
	for _, c := range table {
		if c == '\n' {
			n++
		}
	}
	return n
}

func BenchmarkDiff(b *testing.B) {
	before, after := load(b), load(b)
	for b.Loop() {
		registry.Diff(before, after)
	}
}
