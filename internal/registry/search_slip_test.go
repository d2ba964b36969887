package registry

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"quietline/internal/domain"
)

// distance is the number of slips between two texts, by the textbook: optimal
// string alignment.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = 1 + min(d[i-1][j-1], d[i-1][j], d[i][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func runesOf(letters string, least, most int) *rapid.Generator[[]rune] {
	return rapid.SliceOfN(rapid.SampledFrom([]rune(letters)), least, most)
}

func TestNear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := runesOf("ab", 0, 6).Draw(t, "a"), runesOf("ab", 0, 6).Draw(t, "b")
		if got, want := near(a, b), distance(a, b) <= 1; got != want {
			t.Fatalf("near(%q, %q) = %v", string(a), string(b), got)
		}
	})
}

// TestSlipIsOneSlip compares the search along syllables with the distance
// between the query and every beginning of the text.
func TestSlipIsOneSlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		syllables := rapid.SliceOfN(runesOf("abc", 1, 4), 1, 4).Draw(t, "syllables")
		q := runesOf("abc", minFuzzyLetters, 10).Draw(t, "query")
		if rapid.Bool().Draw(t, "like it") {
			q = slices.Concat(syllables...)
			for range rapid.IntRange(1, 2).Draw(t, "slips") {
				at := rapid.IntRange(0, len(q)-1).Draw(t, "at")
				switch kind := rapid.IntRange(0, 3).Draw(t, "kind"); {
				case kind == 0 || len(q) == 1: // a query is never empty
					q = slices.Insert(q, at, 'b')
				case kind == 1:
					q[at] = 'a'
				case kind == 2:
					q = slices.Delete(q, at, at+1)
				default:
					q[at], q[max(at, 1)-1] = q[max(at, 1)-1], q[at]
				}
			}
		}
		units := make([]*unit, len(syllables))
		for i, s := range syllables {
			units[i] = &unit{kind: letter, written: [][]rune{s}}
		}
		all, want := slices.Concat(syllables...), false
		for n := range len(all) + 1 {
			want = want || distance(q, all[:n]) <= 1
		}
		if got := (slip{q: q}).walk(units); got != want {
			t.Fatalf("%q in %q: %v", string(q), syllables, got)
		}
	})
}

// TestAnyNameIsFound makes names of any characters and finds them as people
// type them: whole, from a later character on, in pinyin, as initials, mixed, and
// with a slip.
func TestAnyNameIsFound(t *testing.T) {
	han := rapid.SampledFrom([]rune("银行重庆长沙厦门乐山招商平安绿女略国华一二广大都会阿恩嗯儿昂"))
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SliceOfN(han, 4, 12).Draw(t, "name")
		from := rapid.IntRange(0, len(name)-1).Draw(t, "from")
		var full, short, mixed strings.Builder
		for _, r := range name[from:] {
			syllable := rapid.SampledFrom(readings(map[rune]bool{r: true})[r].usual).Draw(t, "reading")
			spelling := rapid.SampledFrom(spellings(syllable)).Draw(t, "spelling")
			full.WriteString(spelling)
			short.WriteString(spelling[:1])
			mixed.WriteString(rapid.SampledFrom([]string{string(r), spelling, spelling[:1]}).Draw(t, "mixed"))
		}
		at := rapid.IntRange(1, len(name)-2).Draw(t, "slip")
		wrong := slices.Clone(name)
		wrong[at] = '错'
		swapped := slices.Clone(name)
		swapped[at], swapped[at+1] = swapped[at+1], swapped[at]
		queries := []string{
			string(name), string(name[from:]), full.String(), short.String(), mixed.String(),
			string(wrong), string(slices.Delete(slices.Clone(name), at, at+1)), string(slices.Insert(slices.Clone(name), at, '多')),
			string(swapped),
		}
		ix := NewIndex([]domain.RegistryEntry{
			{Code: "95001", Holder: domain.Holder{NameZH: "错错错"}},
			{Code: "95002", Holder: domain.Holder{NameZH: string(name)}},
		}, Words{})
		for _, q := range queries {
			if got := ix.Search(q, 10); !slices.ContainsFunc(got, func(e domain.RegistryEntry) bool { return e.Code == "95002" }) {
				t.Fatalf("%s is not found by %q", string(name), q)
			}
		}
		if got := ix.Search(string(name), 1); got[0].Code != "95002" {
			t.Fatalf("%s: %s comes first", string(name), got[0].Holder.NameZH)
		}
	})
}

// TestRareReadings: nobody means 广 by an, but who writes it finds it.
func TestRareReadings(t *testing.T) {
	ix := NewIndex([]domain.RegistryEntry{
		{Code: "95001", Holder: domain.Holder{NameZH: "广汇"}},
		{Code: "95002", Holder: domain.Holder{NameZH: "安汇"}},
	}, Words{})
	codes := func(query string) string {
		var out []string
		for _, e := range ix.Search(query, 10) {
			out = append(out, e.Code)
		}
		return strings.Join(out, " ")
	}
	for query, want := range map[string]string{
		"anhui": "95002", "guanghui": "95001", "gh": "95001", "yanhui": "95001 95002",
	} {
		if got := codes(query); got != want {
			t.Errorf("%s finds %s, want %s", query, got, want)
		}
	}
}

func TestSlipNeedsSomeLetters(t *testing.T) {
	for query, want := range map[string]bool{
		"abc": false, "abcd": true, "招商": false, "招商行": true, "1234": false, "招abc": false, "招abcd": true,
	} {
		if _, ok := newSlip([]rune(query)); ok != want {
			t.Errorf("%s: %v", query, ok)
		}
	}
}

func TestDialledForms(t *testing.T) {
	for digits, want := range map[string]string{
		"95588": "95588", "": "", "0": "0", "00": "00", "86": "86", "0086": "0086", "010": "010", "01": "01",
		"8695588": "8695588 95588", "008695588": "008695588 95588",
		"055196588": "055196588 96588", "01095588": "01095588 95588", "02195588": "02195588 95588",
		"86055196588": "86055196588 055196588 96588",
		"8655196588":  "8655196588 55196588 96588!", "86109558": "86109558 109558",
	} {
		var got []string
		for _, r := range dialledForms(digits) {
			if r.exact {
				r.digits += "!"
			}
			got = append(got, r.digits)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s: %s, want %s", digits, s, want)
		}
	}
}
