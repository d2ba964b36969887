package importer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// allRows reads a table with our reader.
func allRows(t testing.TB, r io.Reader, delimiter byte) (fields [][]string, begun []int) {
	t.Helper()
	in := newLines(r, delimiter)
	for {
		got, err := in.next()
		if errors.Is(err, io.EOF) {
			return fields, begun
		}
		if err != nil {
			t.Fatal(err)
		}
		if got.damage != "" {
			fields, begun = append(fields, []string{"!" + got.damage}), append(begun, got.line)
			continue
		}
		cells := make([]string, len(got.fields))
		for i, f := range got.fields {
			cells[i] = string(f)
		}
		fields, begun = append(fields, cells), append(begun, got.line)
	}
}

func TestRows(t *testing.T) {
	tests := []struct {
		name, text string
		want       [][]string
		begun      []int
	}{
		{"line ends", "a,b\r\nc,d\n\ne,f", [][]string{{"a", "b"}, {"c", "d"}, {"e", "f"}}, []int{1, 2, 4}},
		{"quotes", `"a,b","c""d",e"f,"g"h"`, [][]string{{"a,b", `c"d`, `e"f`, `g"h`}}, []int{1}},
		{"spaces", "  a , \"b \" , c\n", [][]string{{"a", "b", "c"}}, []int{1}},
		{"carriage returns", "a,b\rc,d\r\re,f\r", [][]string{{"a", "b"}, {"c", "d"}, {"e", "f"}}, []int{1, 2, 4}},
		{"line ends of all kinds", "a\rb\r\nc\nd\r\r\ne\r", [][]string{{"a"}, {"b"}, {"c"}, {"d"}, {"e"}}, []int{1, 2, 3, 4, 6}},
		{"a break inside quotes", "a,\"b\r\nc\",d\ne,f\n", [][]string{{"a", "b\nc", "d"}, {"e", "f"}}, []int{1, 3}},
		{"a carriage return inside quotes", "a,\"b\rc\",d\re,f\r", [][]string{{"a", "b\nc", "d"}, {"e", "f"}}, []int{1, 3}},
		{"a stray quote before carriage returns", "a,\"b\rc,d\re,f\r", [][]string{{"!quotes"}, {"c", "d"}, {"e", "f"}}, []int{1, 2, 3}},
		{"a stray quote", "a,\"b\nc,d\ne,f\n", [][]string{{"!quotes"}, {"c", "d"}, {"e", "f"}}, []int{1, 2, 3}},
		{"stray quotes in every row", "a,\"b\nc,\"d,e\nf,g\n", [][]string{{"!quotes"}, {"!quotes"}, {"f", "g"}}, []int{1, 2, 3}},
		{"a quote closed far below", "a,\"b" + strings.Repeat("\nx,y", 9) + "\",c\n", nil, nil},
		{"too long", "a,b\n" + strings.Repeat("x", maxRecordBytes) + "\nc,d\n", [][]string{{"a", "b"}, {"!too_long"}, {"c", "d"}}, []int{1, 2, 3}},
		{"far too long", strings.Repeat("x,", 3*maxRecordBytes) + "\nc,d", [][]string{{"!too_long"}, {"c", "d"}}, []int{1, 2}},
		{"nothing", "\n \n\r\n", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fields, begun := allRows(t, strings.NewReader(tt.text), ',')
			if tt.name == "a quote closed far below" {
				if len(fields) != 10 || fields[0][0] != "!quotes" || begun[9] != 10 {
					t.Errorf("%v at %v; want the first row damaged and nine whole ones", fields, begun)
				}
				return
			}
			if d := cmp.Diff(tt.want, fields); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(tt.begun, begun); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestRowsByPieces: how the bytes arrive does not matter.
func TestRowsByPieces(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r"} {
		text := strings.ReplaceAll("a,\"b\nc\",d\n"+strings.Repeat("e,\"f\"\"g\"\n", 20_000)+"h", "\n", end)
		want, wantLines := allRows(t, strings.NewReader(text), ',')
		for _, pieces := range []func(io.Reader) io.Reader{iotest.HalfReader, iotest.OneByteReader, iotest.DataErrReader} {
			got, gotLines := allRows(t, pieces(strings.NewReader(text)), ',')
			if !cmp.Equal(want, got) || !cmp.Equal(wantLines, gotLines) || len(want) != 20_002 {
				t.Errorf("%q: %d rows whole, %d in pieces; want 20002 equal ones", end, len(want), len(got))
			}
		}
	}
}

func TestRowsReadError(t *testing.T) {
	broken := errors.New("the disk is gone")
	in := newLines(io.MultiReader(strings.NewReader("a,b\n"), iotest.ErrReader(broken)), ',')
	var err error
	for range 3 {
		if _, err = in.next(); err != nil {
			break
		}
	}
	if !errors.Is(err, broken) {
		t.Errorf("error %v, want the one of the reader", err)
	}
}

// TestRowsAgree: whatever encoding/csv writes, both readers read alike.
func TestRowsAgree(t *testing.T) {
	cell := rapid.StringMatching(`[ab",;\n 中\t]{0,6}`)
	rapid.Check(t, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]byte(",;\t|")).Draw(t, "delimiter")
		table := rapid.SliceOfN(rapid.SliceOfN(cell, 1, 4), 0, 5).Draw(t, "table")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = rune(delimiter)
		var want [][]string
		for _, cells := range table {
			filled := false
			trimmed := make([]string, len(cells))
			for i, c := range cells {
				trimmed[i] = strings.TrimSpace(c)
				filled = filled || c != ""
			}
			if !filled || strings.Count(strings.Join(cells, ""), "\n") >= maxQuotedLines {
				continue // both are passed over on purpose
			}
			if err := w.Write(cells); err != nil {
				t.Fatal(err)
			}
			want = append(want, trimmed)
		}
		w.Flush()
		in, got := newLines(bytes.NewReader(b.Bytes()), delimiter), [][]string(nil)
		for {
			r, err := in.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || r.damage != "" {
				t.Fatalf("%v, damage %q in %q", err, r.damage, b.String())
			}
			cells := make([]string, len(r.fields))
			for i, f := range r.fields {
				cells[i] = string(f)
			}
			got = append(got, cells)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q:\n%s", b.String(), d)
		}
	})
}

// TestVocabulary: no title stands twice, and each is written as foldTitle
// leaves it, else it would never be found.
func TestVocabulary(t *testing.T) {
	words, total := headings(), 0
	for h, list := range titles() {
		if h.column >= columnCount {
			t.Errorf("column %d", h.column)
		}
		for _, w := range strings.Fields(list) {
			if total++; words[w] != h {
				t.Errorf("%q stands twice", w)
			}
			if folded, _ := foldTitle(w); folded != w {
				t.Errorf("%q folds to %q", w, folded)
			}
		}
	}
	if total != len(words) {
		t.Errorf("%d titles, %d different ones", total, len(words))
	}
}
