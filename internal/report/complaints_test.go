package report_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
)

// export writes complaints into a file and gives its path.
func export(t tester, p *l10n.Printer, path string, list ...filing.Detail) {
	t.Helper()
	f, err := report.CreateComplaints(path, true, report.ComplaintsParams{Printer: p, Zone: domain.China()})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Discard()
	for _, d := range list {
		if err := f.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Commit(); err != nil || f.Rows() != len(list) {
		t.Fatalf("%d rows, %v", f.Rows(), err)
	}
}

type tester interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// readTable reads a table back as another program would.
func readTable(t tester, path string) [][]string {
	t.Helper()
	if filepath.Ext(path) == ".csv" {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text, marked := strings.CutPrefix(string(data), "\ufeff")
		if !marked {
			t.Fatal("no byte order mark")
		}
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows { // the library leaves out what is empty at the end
		for len(rows[i]) < len(rows[0]) {
			rows[i] = append(rows[i], "")
		}
	}
	return rows
}

func TestComplaintsTable(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		dir := t.TempDir()
		practice := lived(func(d *filing.Detail) {
			d.Practice = true
			d.Complaint.SendState, d.Complaint.CaseState, d.Complaint.ReceiptNumber = domain.SendFailed, "", ""
			d.Complaint.LastError, d.Timeline = "complaint.category_not_taken", d.Timeline[:1]
			d.Complaint.Problems = []domain.FieldProblem{{Pointer: "/category", Detail: "no loans"}}
		})
		byHand := lived(func(d *filing.Detail) {
			d.Complaint.ChannelKind, d.Complaint.SendState = domain.ChannelAssisted, domain.SendQueued
		})
		for _, name := range []string{"a.csv", "a.xlsx"} {
			path := filepath.Join(dir, name)
			export(t, p, path, lived(nil), practice, byHand)
			rows := readTable(t, path)
			cell := func(i int, key string) string {
				return rows[i][slices.Index(rows[0], p.T("complaint_table."+key))]
			}
			for _, tc := range []struct {
				row       int
				key, want string
			}{
				{1, "number", "95013000"},
				{1, "send_state", p.T("term.send_state.sent")},
				{1, "case_state", p.T("term.case_state.transferred")},
				{1, "receipt", "JB-20240520-000007"},
				{1, "attempts", "2"},
				{1, "sent", "2024-05-20 09:05:00"},
				{1, "called_at", "2024-05-20 09:00:00"},
				{1, "batch", "街道五月"},
				{1, "practice", ""},
				{2, "practice", p.T("receipt.practice.short")},
				{2, "case_state", ""},
				{2, "error", p.T("err.complaint.category_not_taken")},
				{2, "answer", "/category: no loans"},
				{2, "sent", ""},
				{3, "send_state", p.T("by_hand.state")},
			} {
				if got := cell(tc.row, tc.key); !strings.Contains(got, tc.want) || tc.want == "" && got != "" {
					t.Errorf("%s, row %d: %s is %q, want %q", name, tc.row, tc.key, got, tc.want)
				}
			}
			for _, title := range rows[0] {
				if title == "" || strings.Contains(title, "complaint_table") {
					t.Errorf("title %q", title)
				}
			}
		}
		creates(t, onlyIn(t, dir, "a.csv"), "report.format_unknown", func(path string, replace bool) error {
			f, err := report.CreateComplaints(path, replace, report.ComplaintsParams{Printer: p, Zone: domain.China()})
			if err != nil {
				return err
			}
			return f.Commit()
		})
	})
}

// onlyIn leaves one file in the folder.
func onlyIn(t *testing.T, dir, name string) string {
	t.Helper()
	for _, other := range []string{"a.xlsx"} {
		if err := os.Remove(filepath.Join(dir, other)); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, name)
}

func TestComplaintsForPrograms(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.json")
	export(t, testkit.Printer(t, l10n.English), path, lived(nil), filing.Detail{})
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var list []report.ComplaintObject
	if err := json.Unmarshal(data, &list); err != nil || len(list) != 2 {
		t.Fatal(err)
	}
	if diff := cmp.Diff(lived(nil).Complaint.Body, list[0].Complaint); diff != "" {
		t.Error(diff)
	}
	if v := list[0]; *v.SentAt != "2024-05-20T09:05:00+08:00" || len(v.Timeline) != 5 || v.AttemptLog[0].HTTPStatus != 503 {
		t.Errorf("%+v", v)
	}
	if text := string(data); strings.Count(text, `"errors":[]`) != 2 || !strings.Contains(text, `"timeline":[],"attempt_log":[]`) ||
		!strings.Contains(text, `"sent_at":null`) {
		t.Error("a list is null, or a time that is not there has a value")
	}
}

// Whatever a complaint holds comes back from both kinds of tables as the same
// text, and nothing in it is calculated.
func TestComplaintsComeBack(t *testing.T) {
	p := testkit.Printer(t, l10n.Chinese)
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("=+-@＝＋ab12一镕龘,;\"'\t\n\r <&>😀_x0041_")))
		d := lived(func(d *filing.Detail) {
			d.Complaint.Body.Description, d.Complaint.Body.Complainant.Name = text.Draw(t, "description"), text.Draw(t, "name")
			d.Complaint.ReceiptNumber, d.Complaint.Batch = text.Draw(t, "receipt"), text.Draw(t, "batch")
		})
		var tables [2][][]string
		for i, name := range []string{"a.csv", "a.xlsx"} {
			path := filepath.Join(dir, name)
			export(t, p, path, d)
			tables[i] = readTable(t, path)
			for c, want := range map[string]string{
				"description": d.Complaint.Body.Description, "complainant": d.Complaint.Body.Complainant.Name,
				"receipt": d.Complaint.ReceiptNumber, "batch": d.Complaint.Batch,
			} {
				got := tables[i][1][slices.Index(tables[i][0], p.T("complaint_table."+c))]
				if name == "a.csv" {
					if got != "" && strings.ContainsAny(got[:1], "=+-@\t\r\n") || strings.HasPrefix(got, "＝") || strings.HasPrefix(got, "＋") {
						t.Fatalf("%s: %q is a formula", c, got)
					}
					want = strings.ReplaceAll(report.Neutral(want), "\r\n", "\n") // as the reader has it, also of "\r\r\n"
				}
				// Both formats know one kind of line break.
				if plainLines(got) != plainLines(want) {
					t.Fatalf("%s, %s: %q became %q", name, c, want, got)
				}
			}
		}
	})
}

func plainLines(s string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}
