package report_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quietline/i18n"
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/report"
)

func printer(t *testing.T) *l10n.Printer {
	t.Helper()
	p, err := l10n.New(i18n.Files(), l10n.English)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCallsFileByItsEnding(t *testing.T) {
	params := report.CallsParams{Printer: printer(t), Zone: domain.China(), Format: func(s string) string { return s }}
	call := domain.Call{
		ID: 7, Person: "妈妈", Number: "95588", Display: "+95588", Direction: domain.DirectionMissed,
		StartedAt: time.Date(2024, 5, 20, 1, 15, 3, 0, time.UTC), Note: "=1+1",
	}
	for _, c := range []struct{ name, want string }{
		{"calls.csv", "2024-05-20 09:15:03,妈妈,'+95588,Missed,"},
		{"calls.JSON", `{"id":7,"person":"妈妈","number":"95588","display":"+95588",`},
		{"calls.xlsx", "PK"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.name)
			for _, replace := range []bool{false, true} {
				f, err := report.CreateCalls(path, replace, params)
				if err != nil {
					t.Fatal(err)
				}
				defer f.Discard()
				if err := f.Write(call); err != nil {
					t.Fatal(err)
				}
				if _, err := os.Stat(path); !replace && err == nil {
					t.Error("there before it is whole")
				}
				if err := f.Commit(); err != nil || f.Rows() != 1 {
					t.Fatalf("%d rows, %v", f.Rows(), err)
				}
			}
			data, err := os.ReadFile(path)
			if err != nil || !strings.Contains(string(data), c.want) {
				t.Errorf("%v %q", err, data)
			}
			if _, err := report.CreateCalls(path, false, params); domain.KeyOf(err) != "report.exists" {
				t.Errorf("%v", err)
			}
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%v %v", info.Mode(), err)
			}
		})
	}
	if _, err := report.CreateCalls(filepath.Join(t.TempDir(), "calls.txt"), true, params); domain.KeyOf(err) != "report.format_unknown" {
		t.Errorf("%v", err)
	}
}

func TestCallObjectIsNeverNull(t *testing.T) {
	data, err := json.Marshal(report.NewCallObject(domain.Call{StartedAt: time.Date(2024, 5, 20, 1, 15, 3, 0, time.UTC)}, time.UTC))
	if err != nil || !strings.Contains(string(data), `"techniques":[]`) || !strings.Contains(string(data), `"started_at":"2024-05-20T01:15:03Z"`) {
		t.Errorf("%s %v", data, err)
	}
}

func TestRejects(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rejects.csv")
	f, err := report.CreateRejects(path, true, printer(t))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Discard()
	for range 2 {
		if err := f.Write("=账单.csv", 12, "import.reject.time", "@SUM(A1)"); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Commit(); err != nil || f.Rows() != 2 {
		t.Fatalf("%d rows, %v", f.Rows(), err)
	}
	data, err := os.ReadFile(path)
	row := "'=账单.csv,12,the time cannot be read,'@SUM(A1)\n"
	if want := "\ufeffFile,Line,Reason,Text\n" + row + row; err != nil || string(data) != want {
		t.Errorf("%v %q", err, data)
	}
	if _, err := report.CreateRejects(path, false, printer(t)); domain.KeyOf(err) != "report.exists" {
		t.Errorf("%v", err)
	}
}
