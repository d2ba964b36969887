package report_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/i18n"
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/report"
)

func callRows(t *testing.T, lang l10n.Language) *report.Calls {
	t.Helper()
	p, err := l10n.New(i18n.Files(), lang)
	if err != nil {
		t.Fatal(err)
	}
	return report.NewCalls(report.CallsParams{Printer: p, Zone: domain.China(), Format: func(s string) string { return "<" + s + ">" }})
}

func TestCallsRow(t *testing.T) {
	talk, ring := 65*time.Second+900*time.Millisecond, 4*time.Second
	full := domain.Call{
		Person: "妈妈", Number: "96588", Display: "0551-96588", AreaCode: "0551", Code: "96588",
		Family: domain.FamilyProvincial96, Verdict: domain.VerdictListed, Direction: domain.DirectionMissed,
		StartedAt: time.Date(2024, 5, 20, 1, 15, 3, 0, time.UTC), Duration: &talk, Ring: &ring, Name: "徽商",
		Category: domain.CategoryLoan, Techniques: []domain.Technique{domain.TechniqueRecorded, domain.TechniqueNight},
		Note: "a\nb", Source: "ncid",
	}
	want := []string{
		"2024-05-20 09:15:03", "妈妈", "0551-96588", "Missed", "65", "4", "徽商", "96588", "0551", "96588",
		"Provincial service line (96)", "In public lists", "Loans & wealth management", "Recorded message · At night or rest hours", "a\nb", "<ncid>",
	}
	rows := callRows(t, l10n.English)
	got := rows.Row(full)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if len(rows.Header()) != len(got) {
		t.Errorf("%d headings over %d cells", len(rows.Header()), len(got))
	}
	empty := rows.Row(domain.Call{StartedAt: time.Date(2024, 5, 20, 1, 15, 3, 7e6, time.UTC), Direction: domain.DirectionUnknown})
	if d := cmp.Diff([]string{"2024-05-20 09:15:03.007", "", "", "Unknown", "", "", "", "", "", "", "", "", "", "", "", "<>"}, empty); d != "" {
		t.Error(d)
	}
}

func TestCreateJSON(t *testing.T) {
	path := filepath.Join(t.TempDir(), "calls.json")
	write := func(replace bool, values ...any) error {
		f, err := report.CreateJSON(path, replace)
		if err != nil {
			return err
		}
		defer f.Discard()
		for _, v := range values {
			if err := f.Write(v); err != nil {
				return err
			}
		}
		if f.Rows() != len(values) {
			t.Errorf("%d rows, want %d", f.Rows(), len(values))
		}
		if _, err := os.Stat(path); err == nil && !replace {
			t.Error("the file is there before it is whole")
		}
		return f.Commit()
	}
	read := func() (text string, list []any) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &list); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		return string(data), list
	}
	if err := write(false, map[string]string{"a": "<&>\u2028"}, 2); err != nil {
		t.Fatal(err)
	}
	if text, list := read(); len(list) != 2 || text != "[\n{\"a\":\"<&>\\u2028\"},\n2\n]\n" {
		t.Errorf("%q", text)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if err := write(false); domain.KeyOf(err) != "report.exists" {
		t.Errorf("over a file: %v", err)
	}
	if err := write(true, func() {}); domain.KeyOf(err) != "internal" {
		t.Errorf("what is no JSON: %v", err)
	}
	if text, _ := read(); text == "" {
		t.Error("a failed array replaced the file")
	}
	if err := write(true); err != nil {
		t.Fatal(err)
	}
	if text, list := read(); text != "[]\n" || len(list) != 0 {
		t.Errorf("%q", text)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("%v is left behind, %v", left, err)
	}
	if _, err := report.CreateJSON(filepath.Join(path, "x.json"), true); domain.KeyOf(err) != "report.failed" {
		t.Errorf("below a file: %v", err)
	}
}
