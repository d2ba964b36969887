package report

import (
	"errors"
	"io"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"

	"quietline/internal/domain"
)

func TestAWorkbookThatIsFull(t *testing.T) {
	f, err := Create(filepath.Join(t.TempDir(), "t.xlsx"), []string{"a"})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Discard()
	f.table.(*xlsxTable).rows = MaxRows - 1 // as if so many had been written
	if err := f.Write([]string{"the last"}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := f.Write([]string{"one more"}); domain.KeyOf(err) != "report.too_many_rows" {
			t.Error(err)
		}
	}
	if err := f.Commit(); domain.KeyOf(err) != "report.too_many_rows" {
		t.Errorf("a table with rows missing was finished: %v", err)
	}
}

// full is a disk that takes nothing.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestAFullDiskIsToldAtTheEnd(t *testing.T) {
	book, err := NewXLSX(full{}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, table := range map[string]Table{"csv": NewCSV(full{}), "xlsx": book} {
		if err := table.Write([]string{"a"}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := table.Close(); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What a table keeps of its rows must not grow with them.
func TestMemoryDoesNotGrowWithTheRows(t *testing.T) {
	book, err := NewXLSX(io.Discard, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		table Table
		rows  int
		most  uint64 // bytes
	}{
		"csv": {NewCSV(io.Discard), 200_000, 1 << 20},
		// The library holds 16 MB of a sheet in a buffer that doubles.
		"xlsx": {book, 100_000, 48 << 20},
	} {
		row := make([]string, 12)
		before := heap()
		for i := range tt.rows {
			for j := range row {
				row[j] = "cell number " + strconv.Itoa(i*len(row)+j)
			}
			if err := tt.table.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		after := heap()
		if after > before+tt.most {
			t.Errorf("%s: %d bytes more after %d rows", name, after-before, tt.rows)
		}
		if err := tt.table.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
