package report_test

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/report"
)

var header = []string{"号码", "单位"}

// write makes a table of the rows in a folder of its own.
func write(t *testing.T, name string, rows ...[]string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := report.Create(path, header)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Discard()
	for _, row := range rows {
		if err := f.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if f.Rows() != len(rows) {
		t.Errorf("%d rows, want %d", f.Rows(), len(rows))
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
	onlyFile(t, path)
	return path
}

// onlyFile fails where anything else than the file is left in its folder.
func onlyFile(t *testing.T, path string) {
	t.Helper()
	list, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		if e.Name() != filepath.Base(path) {
			t.Errorf("%s is left", e.Name())
		}
	}
}

func TestCSV(t *testing.T) {
	path := write(t, "表.CSV",
		[]string{"055196588", "徽商银行"},
		[]string{"+95588", "a \"b\", c"},
		[]string{"", "two\nlines"},
	)
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := "\ufeff号码,单位\n055196588,徽商银行\n'+95588,\"a \"\"b\"\", c\"\n,\"two\nlines\"\n"
	if string(got) != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestCSVCellsAreNoFormulas(t *testing.T) {
	cells := []string{
		"=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1",
		"\u202a=1", "\u200e+1", // marks that nobody sees
		"95588", "a=1", "'=1", " =1",
	}
	var rows [][]string
	for _, c := range cells {
		rows = append(rows, []string{"1", c})
	}
	f, err := os.Open(write(t, "t.csv", rows...))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range got[1:] {
		if strings.ContainsAny(row[1][:1], "=+-@\t\r\n") || strings.ContainsAny(row[1], "\u202a\u200e") {
			t.Errorf("%q became %q", cells[i], row[1])
		}
		if plain := i >= len(cells)-4; plain != (row[1] == cells[i]) {
			t.Errorf("%q became %q", cells[i], row[1])
		}
	}
}

func TestXLSX(t *testing.T) {
	cells := []string{"055196588", "=1+1", "'+95588", " 徽商 ", "a\tb\nc", "a\x00b\xffc", "_x0041_", "<&>", ""}
	var rows [][]string
	for _, c := range cells {
		rows = append(rows, []string{c, "2026-08-21"})
	}
	book, err := excelize.OpenFile(write(t, "t.xlsx", rows...))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet := book.GetSheetName(0)
	got, err := book.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got[0], header) {
		t.Errorf("headings %q", got[0])
	}
	cells[5] = "a\ufffdb\ufffdc"
	for i, want := range cells {
		if got[i+1][0] != want || got[i+1][1] != "2026-08-21" {
			t.Errorf("row %d: %q, want %q", i+1, got[i+1], want)
		}
		ref, _ := excelize.CoordinatesToCellName(1, i+2)
		if kind, err := book.GetCellType(sheet, ref); err != nil || kind != excelize.CellTypeInlineString {
			t.Errorf("%s is of type %v (%v), not text", ref, kind, err)
		}
		if formula, _ := book.GetCellFormula(sheet, ref); formula != "" {
			t.Errorf("%s is a formula: %s", ref, formula)
		}
	}
}

func TestXLSXCutsWhatNoCellHolds(t *testing.T) {
	book, err := excelize.OpenFile(write(t, "t.xlsx", []string{strings.Repeat("9", 40_000), "b"}))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if v, err := book.GetCellValue(book.GetSheetName(0), "A2"); err != nil || len(v) != excelize.TotalCellChars {
		t.Errorf("%d characters (%v)", len(v), err)
	}
}

func TestAnyTextComesBackAsText(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(rapid.String(), 2, 2).Draw(t, "cells")
		for _, name := range []string{"t.csv", "t.xlsx"} {
			f, err := report.Create(filepath.Join(dir, name), header)
			if err == nil {
				err = errors.Join(f.Write(cells), f.Commit())
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		data, err := os.ReadFile(filepath.Join(dir, "t.csv"))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
		if err != nil || len(rows) != 2 && cells[0]+cells[1] != "" {
			t.Fatalf("%q: %q (%v)", cells, rows, err)
		}
		if _, err := excelize.OpenFile(filepath.Join(dir, "t.xlsx")); err != nil {
			t.Fatalf("%q: %v", cells, err)
		}
	})
}

func TestOnlyTheOwnerReadsIt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes")
	}
	for _, name := range []string{"t.csv", "t.xlsx"} {
		info, err := os.Stat(write(t, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v (%v)", name, info.Mode(), err)
		}
	}
}

func TestUnknownEnding(t *testing.T) {
	for _, name := range []string{"t", "t.txt", "t.xls", "t.csv.gz", ".", ""} {
		if _, err := report.Create(filepath.Join(t.TempDir(), name), header); domain.KeyOf(err) != "report.format_unknown" {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestAFolderThatIsNotThere(t *testing.T) {
	_, err := report.Create(filepath.Join(t.TempDir(), "no", "t.csv"), header)
	if domain.KeyOf(err) != "report.failed" || !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestWhatStandsThereIsReplacedAtTheEndOnly(t *testing.T) {
	for _, name := range []string{"t.csv", "t.xlsx"} {
		path := filepath.Join(t.TempDir(), name)
		const old = "old"
		if err := os.WriteFile(path, []byte(old), 0o600); err != nil {
			t.Fatal(err)
		}
		is := func(what string, same bool) {
			t.Helper()
			if data, err := os.ReadFile(path); err != nil || (string(data) == old) != same {
				t.Errorf("%s, %s: %.20q (%v)", name, what, data, err)
			}
		}
		if _, err := report.CreateNew(path, header); domain.KeyOf(err) != "report.exists" {
			t.Errorf("%s: %v", name, err)
		}
		f, err := report.Create(path, header)
		if err != nil {
			t.Fatal(err)
		}
		is("before the end", true)
		f.Discard()
		is("thrown away", true)
		if f.Write(header) == nil || f.Commit() == nil {
			t.Errorf("%s: a table that was thrown away takes rows", name)
		}
		if f, err = report.Create(path, header); err == nil {
			err = f.Commit()
		}
		if err != nil || f.Commit() != nil {
			t.Fatal(err)
		}
		if f.Write(header) == nil {
			t.Errorf("%s: a finished table takes rows", name)
		}
		f.Discard()
		is("at the end", false)
		onlyFile(t, path)
	}
}

func TestANewFileNeverReplacesOneThatAppeared(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.csv")
	f, err := report.CreateNew(path, header)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Commit(); domain.KeyOf(err) != "report.exists" {
		t.Error(err)
	}
	if data, _ := os.ReadFile(path); string(data) != "mine" {
		t.Errorf("it holds %q", data)
	}
	onlyFile(t, path)

	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if f, err = report.CreateNew(path, header); err == nil {
		err = f.Commit()
	}
	if err != nil {
		t.Fatal(err)
	}
	onlyFile(t, path)
}
