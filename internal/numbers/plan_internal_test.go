package numbers

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/registry"
)

// plan gives the rows of the table in a section of numbering-rules.md, cell by
// cell, without the two lines of its head.
func plan(t *testing.T, section string) [][]string {
	t.Helper()
	text, err := os.ReadFile("../../assets/registry/numbering-rules.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "\n## "+section+". ")
	if !ok {
		t.Fatalf("no section %s", section)
	}
	rest, _, _ = strings.Cut(rest, "\n## ")
	var rows [][]string
	for line := range strings.Lines(rest) {
		if !strings.HasPrefix(line, "|") {
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	if len(rows) < 5 {
		t.Fatalf("section %s has %d rows", section, len(rows))
	}
	return rows[2:]
}

func rowOf(prefix string, length int) *block {
	for _, b := range blocks() {
		if b.prefix == prefix && b.fits(length) {
			return &b
		}
	}
	return nil
}

var firstNumber = regexp.MustCompile(`\d+`)

// TestBlocksSayWhatThePlanSays holds the 95 rows against the document.
func TestBlocksSayWhatThePlanSays(t *testing.T) {
	marks := regexp.MustCompile(`\[([VSU])\]`)
	seen := 0
	for _, cells := range plan(t, "1") {
		for prefix := range strings.SplitSeq(cells[0], ", ") {
			seen++
			base, _ := strconv.Atoi(firstNumber.FindString(cells[1]))
			longest, _ := strconv.Atoi(firstNumber.FindString(cells[2]))
			if base == 0 {
				base = 5 // of 958 and 959 the document gives none; the table takes that of their neighbours
			}
			if longest == 0 {
				longest = plainDigits
			}
			b := rowOf(prefix, base)
			if b == nil || b.base != base || b.max != longest {
				t.Errorf("%s: %+v, the plan has %q and %q", prefix, b, cells[1], cells[2])
				continue
			}
			found := marks.FindAllStringSubmatch(cells[len(cells)-1], -1)
			use, length := found[0][1], found[len(found)-1][1]
			if longest == plainDigits && cells[2] == "?" {
				length = "U"
			}
			if string(b.use) != use || string(b.length) != length {
				t.Errorf("%s: %c for the use and %c for the length, the plan says %s and %s", prefix, b.use, b.length, use, length)
			}
		}
	}
	if seen != 11 {
		t.Errorf("%d blocks in the plan", seen)
	}
}

// TestBlocksKnowEveryLineOfThePlan: section 3 names numbers and shapes.
func TestBlocksKnowEveryLineOfThePlan(t *testing.T) {
	table := newTable()
	shape := regexp.MustCompile(`^(\d+)(?:\[(\d+)\])? \+ (\d) digits$`)
	seen := 0
	for _, cells := range plan(t, "3") {
		for item := range strings.SplitSeq(cells[0], " / ") {
			var examples []string
			if m := shape.FindStringSubmatch(item); m != nil {
				n, _ := strconv.Atoi(m[3])
				for _, last := range strings.Split(m[2], "") {
					examples = append(examples, m[1]+last+strings.Repeat("1", n))
				}
				if m[2] == "" {
					examples = []string{m[1] + strings.Repeat("1", n)}
				}
			} else {
				examples = firstNumber.FindAllString(item, -1)
			}
			for _, digits := range examples {
				seen++
				if digits == "106" { // the document gives no length
					digits += "11111"
				}
				row, fits := table.match(digits)
				if !fits || !row.service() {
					t.Errorf("%s of the plan: %+v %v", digits, row, fits)
				}
			}
		}
	}
	if seen < 25 {
		t.Errorf("%d numbers in the plan", seen)
	}
}

// TestSourcesAreSections: a § leads to a section that is there.
func TestSourcesAreSections(t *testing.T) {
	text, err := os.ReadFile("../../assets/registry/numbering-rules.md")
	if err != nil {
		t.Fatal(err)
	}
	check := func(what, source string, marks ...certainty) {
		for _, m := range marks {
			if !strings.ContainsRune("VSU", rune(m)) {
				t.Errorf("%s: certainty %q", what, m)
			}
		}
		if source == "" {
			t.Errorf("%s: no source", what)
		}
		for _, m := range regexp.MustCompile(`§(\d)`).FindAllStringSubmatch(source, -1) {
			if !strings.Contains(string(text), "\n## "+m[1]+". ") {
				t.Errorf("%s: no section %s", what, m[1])
			}
		}
	}
	for _, b := range blocks() {
		check("block "+b.prefix, b.source, b.use, b.length)
	}
	for _, f := range forms() {
		check("form "+f.prefix, f.source, f.use)
	}
	for _, l := range locals() {
		check("local "+strconv.Itoa(l.area), l.source, l.length)
	}
}

// TestEveryFormIsTakenOff: no row of the forms is hidden behind another one.
func TestEveryFormIsTakenOff(t *testing.T) {
	snapshot, err := registry.Load(assets.Registry())
	if err != nil {
		t.Fatal(err)
	}
	c := New(Params{Registry: snapshot})
	for i, f := range forms() {
		if f.drop < len(f.prefix) || f.plus && f.behind != anything || f.behind == anything && f.tells == 0 {
			t.Errorf("form %d: %+v", i, f)
		}
		digits := f.prefix + strings.Repeat("9", f.drop-len(f.prefix)) + "13800138000"
		got := c.form(digits, f.plus)
		if got == nil || *got != f {
			t.Errorf("%s (plus %v) has the form %+v, want %+v", digits, f.plus, got, f)
			continue
		}
		want := f.tells
		if rest, from := c.peel(digits, f.plus); rest != "13800138000" || from != want {
			t.Errorf("%s (plus %v) leaves %s of %d, want %d", digits, f.plus, rest, from, want)
		}
	}
}

// TestBlocksForReadersAreAllBlocks: what is shown is what is judged by.
func TestBlocksForReadersAreAllBlocks(t *testing.T) {
	shown, rows := Blocks(), blocks()
	if len(shown) != len(rows) {
		t.Fatalf("%d blocks of %d", len(shown), len(rows))
	}
	possible := map[string]int{"953": 100, "956": 1000, "952": 1000, "951": 100, "95110": 1, "96": 0, "400": 0}
	families := map[domain.Family]bool{}
	for i, b := range shown {
		r := rows[i]
		if b.Prefix != r.prefix || b.Family != r.family || b.Base != r.base || b.Shortest != r.min || b.Longest != r.max ||
			b.Use != string(rune(r.use)) || b.Length != string(rune(r.length)) || b.Source != r.source || b.Codes != 0 {
			t.Errorf("block %d: %+v of %+v", i, b, r)
		}
		if (b.Possible > 0) != (b.Base > 0) {
			t.Errorf("%s: %d possible codes of %d digits", b.Prefix, b.Possible, b.Base)
		}
		if want, ok := possible[b.Prefix]; ok && b.Possible != want {
			t.Errorf("%s: %d possible codes, want %d", b.Prefix, b.Possible, want)
		}
		families[b.Family] = true
	}
	// Every family of a domestic number has its block.
	for _, f := range domain.Families() {
		switch f {
		case domain.FamilyInternational, domain.FamilyHidden, domain.FamilyMalformed:
		default:
			if !families[f] {
				t.Errorf("no block of the family %s", f)
			}
		}
	}
}
