package registry

import "slices"

// query is a query in parts.
type query struct {
	// words are the runs of one script: 安徽bank is two.
	words [][]rune
	// joined is all of them without a gap.
	joined []rune
	// digits are the query where it is a number, that is, nothing but digits
	// and what is written between them; otherwise empty.
	digits string
}

func parse(s string) query {
	folded := fold(s, maxQuery)
	for i, r := range folded {
		if r == 'ü' {
			folded[i] = 'v'
		}
	}
	q := query{words: runs(folded)}
	q.joined = slices.Concat(q.words...)
	if text := string(q.joined); digitsOnly(text) {
		q.digits = text
	}
	return q
}

// withoutTones leaves out the digits of tones: zhao1shang1 is zhaoshang. It
// says whether there were any.
func (q query) withoutTones() (query, bool) {
	var out query
	for _, w := range q.words {
		tone := len(w) == 1 && w[0] >= '1' && w[0] <= '5' && len(out.joined) > 0 &&
			scriptOf(out.joined[len(out.joined)-1]) == letter
		if !tone {
			out.words = append(out.words, w)
			out.joined = append(out.joined, w...)
		}
	}
	return out, len(out.words) < len(q.words)
}
