package domain

import (
	"strings"
	"time"
)

// maxDurationText is the longest duration that ParseDuration takes for one: a
// longer "duration" is a price, a number or a date in the wrong column.
const maxDurationText = 366 * 24 * time.Hour

// ParseDuration reads a length of time as people and bills write it, in whole
// seconds (a fraction of a second is dropped): plain seconds (65, 12.0),
// minutes and seconds (1:05), hours (00:03:11), units in English (1m5s,
// 2 min) and in Chinese as in the bills listed in formats.md. It fails with
// Invalid "duration.invalid".
func ParseDuration(text string) (time.Duration, error) {
	s := strings.ToLower(narrow(text))
	parse := parseUnits
	if strings.Contains(s, ":") {
		parse = parseColons
	}
	seconds, ok := parse(s)
	if !ok || seconds > int64(maxDurationText/time.Second) {
		return 0, E("domain.ParseDuration", Invalid, "duration.invalid", Args{"Text": Clip(text, 40)}, nil)
	}
	return time.Duration(seconds) * time.Second, nil
}

// parseColons reads m:s and h:m:s. Two parts are minutes and seconds: a bill
// that rounds to minutes writes the unit.
func parseColons(s string) (seconds int64, ok bool) {
	for part := 0; ; part++ {
		whole, _, rest, ok := scanNumber(s)
		if !ok || part > 2 || (part > 0 && whole >= 60) {
			return 0, false
		}
		seconds = seconds*60 + whole
		if rest == "" {
			return seconds, part > 0
		}
		if rest[0] != ':' {
			return 0, false
		}
		s = rest[1:]
	}
}

// parseUnits reads numbers with units, largest unit first, or one number of
// seconds.
func parseUnits(s string) (seconds int64, ok bool) {
	last := int64(1 << 30)
	for s != "" {
		whole, thousandths, rest, ok := scanNumber(s)
		if !ok {
			return 0, false
		}
		rest = strings.TrimLeft(rest, " ")
		end := strings.IndexFunc(rest, func(r rune) bool { return r == ' ' || r >= '0' && r <= '9' })
		if end < 0 {
			end = len(rest)
		}
		unit := int64(1)
		if word := rest[:end]; word != "" {
			unit = durationUnit(word)
		} else if last != 1<<30 || end != len(rest) {
			return 0, false // a number without a unit stands alone
		}
		if unit == 0 || unit >= last {
			return 0, false
		}
		seconds += whole*unit + thousandths*unit/1000
		last, s = unit, strings.TrimLeft(rest[end:], " ")
	}
	return seconds, last != 1<<30
}

// scanNumber reads digits with an optional fraction from the front of s. At
// most nine digits count as a number, so that no sum can overflow.
func scanNumber(s string) (whole, thousandths int64, rest string, ok bool) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		whole = whole*10 + int64(s[i]-'0')
		if i++; i > 9 {
			return 0, 0, "", false
		}
	}
	if i == 0 {
		return 0, 0, "", false
	}
	if i+1 < len(s) && s[i] == '.' && s[i+1] >= '0' && s[i+1] <= '9' {
		weight := int64(100)
		for i++; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
			thousandths += int64(s[i]-'0') * weight
			weight /= 10
		}
	}
	return whole, thousandths, s[i:], true
}
