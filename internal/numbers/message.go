package numbers

import (
	"regexp"
	"strings"
)

// InMessage gives the one number that a message holds, as it is written there.
// Where there is none, where there are several, and where it is not sure how
// far the number goes, it gives the whole text, on one line. A text that is
// nothing but a number comes back whole too, whatever its form.
func InMessage(text string) string {
	line := strings.Join(strings.Fields(text), " ")
	runs := strings.FieldsFunc(line, func(r rune) bool { return !belongs(fold(r)) })
	if len(runs) == 1 && runs[0] == line {
		return line
	}
	found, same := "", ""
	for _, run := range runs {
		list, sure := written(strings.Map(fold, run))
		for _, n := range list {
			if same != "" && same != onlyDigits(n) {
				return line
			}
			found, same = n, onlyDigits(n)
		}
		if !sure {
			return line
		}
	}
	if found == "" {
		return line
	}
	return found
}

// belongs says whether a rune can be part of a number as people write it.
func belongs(r rune) bool { return r >= '0' && r <= '9' || r == '+' || separator(r) }

// grouped are the ways in which a number is written with spaces in it: that of
// another country, a mobile number, one with its area code, and 400 and 800.
var grouped = regexp.MustCompile(`^(?:` + strings.Join([]string{
	`(?:\+|00)\d[\d() -]{5,18}\d`,
	`1[3-9]\d[ -]?\d{4}[ -]?\d{4}`,
	`(?:\(0\d{2,3}\)|0\d{2,3})[ -]?(?:\d{3,4}[ -]?\d{4}|\d{5,13})`,
	`[48]00[ -]?\d{3}[ -]?\d{4}`,
	`[48]00\d[ -]?\d{3}[ -]?\d{3}`,
}, "|") + `)$`)

var day = regexp.MustCompile(`^(?:19|20)\d\d[-./]\d\d?(?:[-./]\d\d?)?$`)

// The lengths of a number without an area code that is taken out of a message:
// shorter digits are years, amounts and hours, longer ones cards.
const shortestTaken, longestTaken = 5, longestE164

// written gives the numbers in one stretch of digits and what stands between
// them; sure is false where a number may be more than one of its parts.
func written(run string) (list []string, sure bool) {
	if n, ok := asGrouped(run); ok {
		return []string{n}, true
	}
	pieces := 0
	for part := range strings.SplitSeq(run, " ") {
		bare := strings.TrimFunc(part, separator)
		n := len(onlyDigits(bare))
		whole, ok := asGrouped(part)
		switch {
		case ok:
			list = append(list, whole)
		case day.MatchString(bare), n <= 2, n > longestTaken:
		case n < shortestTaken:
			pieces++
		default:
			list = append(list, bare)
		}
	}
	return list, pieces == 0 || len(list) == 0
}

// asGrouped gives a number without what stands around it; a bracket can be
// part of it or not.
func asGrouped(s string) (string, bool) {
	bare := strings.TrimFunc(s, separator)
	if open := "(" + bare; strings.HasSuffix(strings.TrimRightFunc(s, separator), open) && grouped.MatchString(open) {
		return open, true
	}
	return bare, grouped.MatchString(bare)
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
