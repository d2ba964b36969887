package journal

import (
	"fmt"
	"strings"
	"testing"

	"quietline/internal/domain"
)

// asTyped takes every number as it is.
type asTyped struct{ asked int }

func (c *asTyped) Check(input, _ string) domain.Check {
	c.asked++
	return domain.Check{Reading: domain.Reading{Number: domain.Clip(input, 64)}}
}

func (*asTyped) Province(string) (domain.Province, bool) { return domain.Province{}, false }

// A hostile file has tens of thousands of different numbers as long as a row
// may be; what is remembered of them must stay small.
func TestWhatAnImportRemembersIsBounded(t *testing.T) {
	c := &asTyped{}
	r := importRun{checker: c, seen: map[string]reading{}}
	kept := func() (n int) {
		for text, got := range r.seen {
			n += len(text) + len(got.number) + len(got.display)
		}
		return n
	}
	const rows = 100
	for i := range rows {
		text := fmt.Sprint(i, strings.Repeat("9", 60_000))
		if a, b := r.read(text), r.read(text); a != b || a.number == "" {
			t.Fatalf("row %d is read as %+v, then as %+v", i, a, b)
		}
	}
	if n := kept(); n > rows*1024 {
		t.Errorf("%d bytes are kept of %d long numbers", n, rows)
	}
	c.asked = 0
	for range 3 {
		r.read("+86 138 0013 8000")
	}
	if c.asked != 1 {
		t.Errorf("an ordinary number was checked %d times", c.asked)
	}
}
