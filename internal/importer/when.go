package importer

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"quietline/internal/domain"
)

// when is a moment as a table writes it.
type when struct {
	// exact is set where the cell tells an instant; the rest is unused then.
	exact time.Time
	// year is 0 where the cell leaves it out.
	year, month, day            int
	hour, minute, second, milli int
}

// clockwork reads the times of tables. It keeps no state.
type clockwork struct {
	signed, compact, period *regexp.Regexp
}

func newClockwork() *clockwork {
	return &clockwork{
		signed:  regexp.MustCompile(signedTime),
		compact: regexp.MustCompile(compactTime),
		period:  regexp.MustCompile(periodDate),
	}
}

// join puts the cells of a date column and a time column together where the
// second does not hold the date itself.
func (c *clockwork) join(date, clock string) string {
	// "20:17:-0" is a time of one operator, not a date.
	if date == "" || strings.ContainsAny(strings.ReplaceAll(clock, ":-", ":"), "-/") || len(clock) >= len("20240520091503") {
		return clock
	}
	return date + " " + clock
}

// read reads a moment in any of the spellings of formats.md 3.5: year first
// or left out, signs or Chinese words between the parts, seconds or not,
// digits only, an epoch in seconds or milliseconds, or RFC 3339.
func (c *clockwork) read(cell string) (when, bool) {
	if w, ok := readPlain(cell); ok {
		return w, true
	}
	if t, ok := readEpoch(cell); ok {
		return when{exact: t}, true
	}
	cell = strings.Join(strings.Fields(width.Narrow.String(cell)), " ")
	for _, expr := range [...]*regexp.Regexp{c.signed, c.compact} {
		if w, ok := readGroups(expr, strings.ToLower(cell)); ok {
			return w, w.valid()
		}
	}
	// What is left is RFC 3339 or nothing: a time without offset was read.
	if t, ok := domain.ParseInstant(cell); ok {
		return when{exact: t}, true
	}
	return when{}, false
}

// readPlain reads "2024-05-20 09:15:03", which most rows have, without the
// machinery for the rest.
func readPlain(s string) (when, bool) {
	if len(s) != 19 || s[4] != s[7] || s[4] != '-' && s[4] != '/' || s[10] != ' ' || s[13] != ':' || s[16] != ':' {
		return when{}, false
	}
	var n [6]int
	for i, at := range [...]int{0, 5, 8, 11, 14, 17} {
		length := 2
		if i == 0 {
			length = 4
		}
		for _, c := range []byte(s[at : at+length]) {
			if c < '0' || c > '9' {
				return when{}, false
			}
			n[i] = n[i]*10 + int(c-'0')
		}
	}
	w := when{year: n[0], month: n[1], day: n[2], hour: n[3], minute: n[4], second: n[5]}
	return w, w.valid()
}

// readEpoch reads ten digits as seconds and thirteen as milliseconds since
// 1970, of the years 2001 to 2033 in which they all begin with 1.
func readEpoch(s string) (time.Time, bool) {
	if len(s) != 10 && len(s) != 13 || s[0] != '1' {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	if len(s) == 10 {
		return time.Unix(n, 0), true
	}
	return time.UnixMilli(n), true
}

// readGroups reads the groups of an expression in vocabulary.go.
func readGroups(expr *regexp.Regexp, cell string) (when, bool) {
	m := expr.FindStringSubmatch(cell)
	if m == nil {
		return when{}, false
	}
	text := func(group string) string {
		if i := expr.SubexpIndex(group); i >= 0 {
			return m[i]
		}
		return ""
	}
	number := func(group string) int {
		n, _ := strconv.Atoi(text(group)) // digits or nothing
		return n
	}
	w := when{
		year: number("year"), month: number("month"), day: number("day"),
		hour: number("hour"), minute: number("minute"), second: number("second"),
	}
	if f := text("fraction"); f != "" {
		w.milli, _ = strconv.Atoi((f + "00")[:3])
	}
	_, half := domain.CutHalf(text("before") + text("after"))
	var ok bool
	w.hour, ok = half.Hour(w.hour)
	return w, ok
}

// valid checks the ranges. Without a year, the 29th of February may be one.
func (w when) valid() bool {
	year := w.year
	if year == 0 {
		year = 2000
	}
	return w.hour <= 23 && w.minute <= 59 && w.second <= 59 && isDay(year, w.month, w.day)
}

func isDay(year, month, day int) bool {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return false
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
}

// in gives the instant in the year and zone.
func (w when) in(year int, zone *time.Location) time.Time {
	return time.Date(year, time.Month(w.month), w.day, w.hour, w.minute, w.second, w.milli*1e6, zone)
}

// span is a day or a month.
type span struct{ year, month, day int }

// periods finds the days and months in the lines before the titles, where a
// bill states what it is about.
func (c *clockwork) periods(preamble []byte) []span {
	var out []span
	for _, m := range c.period.FindAllSubmatch(preamble, -1) {
		var n [3]int
		for i, groups := range [...][]int{{1}, {2, 4}, {3, 5}} {
			for _, g := range groups {
				if len(m[g]) > 0 {
					n[i], _ = strconv.Atoi(string(m[g])) // digits
				}
			}
		}
		if isDay(n[0], n[1], max(1, n[2])) {
			out = append(out, span{n[0], n[1], n[2]})
		}
	}
	return out
}
