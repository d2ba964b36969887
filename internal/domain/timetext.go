package domain

import (
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// ParseTime reads a moment as people type it: RFC 3339 with its offset, or
// "2024-05-20 09:15" with optional seconds, read in the zone (China where
// nil). One-digit months, days and hours, slashes, a T between date and time,
// and full-width digits are accepted; milliseconds are kept, what is finer is
// dropped. It fails with Invalid "time.invalid".
func ParseTime(text string, zone *time.Location) (time.Time, error) {
	if zone == nil {
		zone = China()
	}
	s := strings.ToUpper(narrow(text))
	// Parsing RFC 3339 first keeps an offset that is there from being ignored.
	date, clock, ok := strings.Cut(s, "T")
	if !ok {
		date, clock, ok = strings.Cut(s, " ")
	}
	date, clock = strings.TrimSpace(date), strings.TrimSpace(clock)
	if ok {
		if t, err := time.Parse(time.RFC3339, date+"T"+clock); err == nil {
			return t.Truncate(time.Millisecond), nil
		}
		date = strings.ReplaceAll(date, "/", "-")
		for _, layout := range [...]string{"2006-1-2 15:04:05", "2006-1-2 15:04"} {
			if t, err := time.ParseInLocation(layout, date+" "+clock, zone); err == nil {
				return t.Truncate(time.Millisecond), nil
			}
		}
	}
	return time.Time{}, E("domain.ParseTime", Invalid, "time.invalid", Args{"Text": Clip(text, 40)}, nil)
}

// narrow folds full-width digits, letters, marks and spaces to ASCII and
// trims. All of them begin with one of two bytes in UTF-8, and most texts
// have neither.
func narrow(s string) string {
	if strings.IndexByte(s, 0xef) >= 0 || strings.IndexByte(s, 0xe3) >= 0 {
		s = width.Narrow.String(s)
	}
	return strings.TrimSpace(s)
}

// Clip shortens a text to at most n characters, for a message or a list; what
// is cut off is replaced by one "…".
func Clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	count, end := 0, 0
	for i := range s {
		if count == n-1 {
			end = i
		}
		count++
		if count > n {
			return s[:end] + "…"
		}
	}
	return s
}

// Clipped says whether the text may be what Clip left of a longer one: it has n
// characters, the last of which is the "…".
func Clipped(s string, n int) bool {
	return strings.HasSuffix(s, "…") && utf8.RuneCountInString(s) == n
}
