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
// full-width digits, Chinese words between the parts (2024年5月20日 9时15分) and
// parts of the day (下午3点20分, 3:20 pm) are accepted; milliseconds are kept, what
// is finer is dropped. It fails with Invalid "time.invalid".
func ParseTime(text string, zone *time.Location) (time.Time, error) {
	if zone == nil {
		zone = China()
	}
	// Trying RFC 3339 first keeps an offset that is there from being ignored.
	if t, ok := ParseInstant(text); ok {
		return t, nil
	}
	s, half := CutHalf(strings.ToUpper(narrow(text)))
	date, clock, ok := cutDate(strings.TrimSpace(westernTime(s)))
	if ok {
		date = strings.ReplaceAll(date, "/", "-")
		for _, layout := range [...]string{"2006-1-2 15:04:05", "2006-1-2 15:04"} {
			t, err := time.ParseInLocation(layout, date+" "+clock, zone)
			if err != nil {
				continue
			}
			if hour, ok := half.Hour(t.Hour()); ok {
				t = time.Date(t.Year(), t.Month(), t.Day(), hour, t.Minute(), t.Second(), t.Nanosecond(), zone)
				return t.Truncate(time.Millisecond), nil
			}
		}
	}
	return time.Time{}, E("domain.ParseTime", Invalid, "time.invalid", Args{"Text": Clip(text, 40)}, nil)
}

// ParseInstant reads a moment in RFC 3339, which tells its offset; the T may be a
// space.
func ParseInstant(text string) (time.Time, bool) {
	date, clock, ok := cutDate(strings.ToUpper(narrow(text)))
	if !ok {
		return time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339, date+"T"+clock)
	return t.Truncate(time.Millisecond), err == nil
}

// cutDate cuts a moment into its date and its time.
func cutDate(s string) (date, clock string, ok bool) {
	if date, clock, ok = strings.Cut(s, "T"); !ok {
		date, clock, ok = strings.Cut(s, " ")
	}
	return strings.TrimSpace(date), strings.TrimSpace(clock), ok
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
