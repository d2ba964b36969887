package importer_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
)

// TestSheetsComeBackAsTheyWere: whatever stands in a sheet, the sheets of its
// rejects and of its results are read as it was, as CSV and as workbooks, in both
// languages; so is a sheet of rejects of a sheet of rejects.
func TestSheetsComeBackAsTheyWere(t *testing.T) {
	printers := []*l10n.Printer{testkit.Printer(t, l10n.Chinese), testkit.Printer(t, l10n.English)}
	dir := t.TempDir()
	cell := rapid.Custom(func(t *rapid.T) string {
		raw := rapid.OneOf(
			rapid.SampledFrom([]string{
				"", "'", "''", "'=1", "''=1", "'''+x", "=1+1", "-", "@", "\uff1dx", "\"", "a\"b", "\"a\"", ",", ";", "a;b|c", "第一行\n第二行",
				"95013000", "2024-05-20 09:15:03", "贷款理财", "' =", "a\tb", "001", "1e5", "错误", "sep=;",
			}),
			rapid.StringOfN(rapid.RuneFrom([]rune("'\"=+-@,;\t\n\u3000 a1贷\uff1d\uff20")), 0, 12, -1),
		).Draw(t, "cell")
		return strings.TrimSpace(raw) // as the reader gives it
	})
	rapid.Check(t, func(rt *rapid.T) {
		more := rapid.IntRange(0, 3).Draw(rt, "more columns")
		titles := append([]string{"number", "来电时间", "category"}, []string{"备注", "甲", ""}[:more]...)
		var rows [][]string
		for n := rapid.IntRange(1, 6).Draw(rt, "rows"); len(rows) < n; {
			row := make([]string, len(titles))
			for i := range row {
				row[i] = cell.Draw(rt, "cell")
			}
			row[0] = "1" // a row of nothing is none
			rows = append(rows, row)
		}
		p := rapid.SampledFrom(printers).Draw(rt, "language")
		path := filepath.Join(dir, "sheet"+rapid.SampledFrom([]string{".csv", ".xlsx"}).Draw(rt, "ending"))
		for range 2 {
			rows = again(t, rt, p, path, titles, rows, rapid.Bool().Draw(rt, "results"))
		}
	})
}

// again writes the rows, reads them and asks for the same.
func again(t *testing.T, rt *rapid.T, p *l10n.Printer, path string, titles []string, rows [][]string, results bool) [][]string {
	create := func() (*report.Sheet, error) { return report.CreateRejectedRows(path, true, titles, p) }
	if results {
		create = func() (*report.Sheet, error) { return report.CreateResults(path, true, titles, p, domain.China()) }
	}
	s, err := create()
	if err != nil {
		rt.Fatal(err)
	}
	defer s.Discard()
	for _, row := range rows {
		if results {
			err = s.WriteResult(filing.BatchRow{Cells: row, State: filing.RowQueued, SendState: domain.SendSent, ReceiptNumber: "=P1"})
		} else {
			err = s.WriteRejected(row, []filing.RowProblem{{Field: filing.SheetNumber, Key: "complaint.number_malformed"}})
		}
		if err != nil {
			rt.Fatal(err)
		}
	}
	if err := s.Commit(); err != nil {
		rt.Fatal(err)
	}
	h, got, err := readSheetAt(t, path, filing.SheetOptions{})
	if err != nil {
		rt.Fatal(err)
	}
	if d := cmp.Diff(titles, h.Titles()); d != "" || len(h.Missing) > 0 {
		rt.Fatalf("missing %v; %s", h.Missing, d)
	}
	out := make([][]string, len(got))
	for i, r := range got {
		if out[i] = r.Cells; r.Damage != "" || !utf8.ValidString(strings.Join(r.Cells, "")) {
			rt.Fatalf("row %d is damaged: %q", r.Line, r.Cells)
		}
	}
	if d := cmp.Diff(rows, out); d != "" {
		rt.Fatal(d)
	}
	return out
}
