package report_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
)

func TestResultsSayWhatBecameOfARow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.csv")
	s, err := report.CreateResults(path, false, []string{"number", "备注"}, testkit.Printer(t, l10n.Chinese), domain.China())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Discard()
	at := time.Date(2024, 5, 20, 1, 15, 3, 0, time.UTC)
	for _, r := range []filing.BatchRow{
		{Cells: []string{"95013000", "=1+1"}, State: filing.RowQueued, SendState: domain.SendSent, ReceiptNumber: "P1", UpdatedAt: at},
		{Cells: []string{"'=x"}, State: filing.RowDuplicate, SendState: domain.SendQueued, UpdatedAt: at},
		{Cells: []string{"1", "2", "beyond"}, State: filing.RowQueued, SendState: domain.SendFailed, LastError: "complaint.number_malformed"},
		{Cells: []string{"x", ""}, State: filing.RowRejected, Problems: []filing.RowProblem{
			{Field: filing.SheetNumber, Key: "complaint.number_malformed"},
			{Key: "sheet.row_columns", Args: domain.Args{"Most": 2}},
		}},
	} {
		if err := s.WriteResult(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Commit(); err != nil || s.Rows() != 4 {
		t.Fatal(s.Rows(), err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := "\ufeffnumber,备注,状态,回执编号,原因,时间\n" +
		"95013000,'=1+1,已提交,P1,,2024-05-20 09:15:03\n" +
		"''=x,,重复（排队）,,,2024-05-20 09:15:03\n" +
		"1,2,失败,,这不像一个电话号码。,,beyond\n" +
		"x,,未通过,,被投诉号码：这不像一个电话号码。 这一行的单元格多于表格的 2 列。,\n"
	if string(data) != want {
		t.Errorf("got\n%s\nwant\n%s", data, want)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if _, err := report.CreateResults(path, false, nil, testkit.Printer(t, l10n.English), domain.China()); domain.KeyOf(err) != "report.exists" {
		t.Error(err)
	}
	if _, err := report.CreateRejectedRows(strings.TrimSuffix(path, ".csv")+".txt", true, nil, testkit.Printer(t, l10n.English)); domain.KeyOf(err) != "report.format_unknown" {
		t.Error(err)
	}
}
