package thresholds

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/insight"
)

// tower keeps thresholds in memory.
type tower struct {
	now  insight.Settings
	sets []map[string]string
	err  error
}

func (w *tower) Settings(context.Context) (insight.Settings, error) { return w.now, w.err }

func (w *tower) SetAll(_ context.Context, values map[string]string) error {
	w.sets = append(w.sets, values)
	return w.err
}

func TestEveryThresholdHasItsRule(t *testing.T) {
	n := 0
	for _, r := range Rules() {
		if r.Kind == "" {
			t.Errorf("%+v belongs to no rule", r.Thresholds)
		}
		n += len(r.Thresholds)
	}
	if len(Rules()) != 6 || n != len(insight.Thresholds()) {
		t.Errorf("%d rules with %d thresholds", len(Rules()), n)
	}
}

func TestWhatDiffersIsStored(t *testing.T) {
	w := &tower{now: insight.Defaults()}
	m := NewModel(w)
	before, err := m.Read(t.Context())
	if err != nil || before["night_from"] != "22:00" || before["repeated_calls"] != "3" || len(before) != 12 {
		t.Fatalf("%v %v", before, err)
	}
	now := DraftOf(w.now)
	now["ring_seconds"], now["night_from"] = " ７ ", "２１：３０" // as a Chinese keyboard writes them
	now["flood_calls"] = "020"
	changed, err := m.Save(t.Context(), before, now)
	if d := cmp.Diff([]map[string]string{{"ring_seconds": "7", "night_from": "21:30"}}, w.sets); d != "" || !changed || err != nil {
		t.Error(d, changed, err)
	}
	changed, err = m.Save(t.Context(), before, DraftOf(w.now))
	if changed || err != nil || len(w.sets) != 1 {
		t.Errorf("stored what is there: %v %v", w.sets, err)
	}
	w.err = errors.New("disk")
	if _, err := m.Save(t.Context(), before, now); !errors.Is(err, w.err) {
		t.Error(err)
	}
}

func TestWhatIsOutOfRangeIsBlamedAndNothingStored(t *testing.T) {
	w := &tower{now: insight.Defaults()}
	m := NewModel(w)
	now := DraftOf(w.now)
	now["repeated_calls"], now["night_to"], now["ring_seconds"], now["flood_calls"] = "1", "13:00", "-3", "many"
	now["long_minutes"], now["campaign_days"] = "9", ""
	_, err := m.Save(t.Context(), DraftOf(w.now), now)
	var problems domain.Problems
	if !errors.As(err, &problems) {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, p := range problems {
		got[p.Field] = p.Key
	}
	want := map[string]string{
		"/repeated_calls": "thresholds.number", "/night_to": "thresholds.time", "/ring_seconds": "thresholds.number",
		"/flood_calls": "thresholds.number", "/campaign_days": "thresholds.number",
	}
	if d := cmp.Diff(want, got); d != "" || len(w.sets) != 0 {
		t.Error(d, w.sets)
	}
}
