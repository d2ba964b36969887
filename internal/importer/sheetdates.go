package importer

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// cellKind is what the number format of a cell says about its number.
type cellKind uint8

// A format may show a date, a time of the day or both; plain shows a number.
const (
	kindDate cellKind = 1 << iota
	kindClock
	kindSeconds // the time has seconds

	kindPlain cellKind = 0
)

// builtinKind is the kind of a format that workbooks do not spell out
// (ECMA-376 part 1, 18.8.30, with the formats of Chinese programs).
func builtinKind(id int) cellKind {
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return kindDate
	case id == 22:
		return kindDate | kindClock
	case id == 18, id == 20, id == 32, id == 34, id == 55:
		return kindClock
	case id == 19, id == 21, id == 33, id == 35, id == 56, id >= 45 && id <= 47:
		return kindClock | kindSeconds
	}
	return kindPlain
}

// formatKind reads the code of a format such as `yyyy-mm-dd hh:mm:ss`. What
// stands in quotes or brackets or behind a backslash is text, but for the
// hours, minutes and seconds in brackets that count on beyond a day.
func formatKind(code string) cellKind {
	code, _, _ = strings.Cut(strings.ToLower(code), ";") // the part for positive numbers
	if code == "general" {
		return kindPlain
	}
	var kind cellKind
	months, digits := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			i += 1 + max(0, strings.IndexByte(code[i+1:], '"'))
		case '[':
			inside, _, _ := strings.Cut(code[i+1:], "]")
			if inside != "" && strings.Trim(inside, inside[:1]) == "" {
				kind |= clockLetter(inside[0])
				months = months || inside[0] == 'm'
			}
			i += len(inside) + 1
		case '\\', '_', '*':
			i++
		case 'y', 'd':
			kind |= kindDate
		case 'm':
			months = true
		case '0', '#', '?':
			digits = true
		default:
			kind |= clockLetter(c)
		}
	}
	if kind == kindPlain && months && !digits {
		return kindDate
	}
	return kind
}

func clockLetter(c byte) cellKind {
	switch c {
	case 'h':
		return kindClock
	case 's':
		return kindClock | kindSeconds
	}
	return kindPlain
}

// cellNumber is a number as text: a date or time where the format of the cell
// says that it is one, else with all of its digits.
func cellNumber(n float64, kind cellKind, from1904 bool) string {
	if kind != kindPlain {
		if text, ok := serial(n, kind, from1904); ok {
			return text
		}
	}
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return ""
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// serial reads a number of days since 1899-12-30, or since 1904-01-01 in the
// workbooks of old Macs.
func serial(days float64, kind cellKind, from1904 bool) (string, bool) {
	const day, lastDay = 24 * 60 * 60 * 1000, 2958465 // ms; 9999-12-31
	if !(days >= 0 && days <= lastDay) {
		return "", false
	}
	ms := int64(math.Round(days * day))
	// Beyond a year a time without a date is a moment whose date is not shown.
	if days < 1 || kind&kindDate == 0 && days < 366 {
		s := ms / 1000
		if kind&kindSeconds == 0 && s%60 == 0 {
			// As it is shown and saved: "1:05" is a minute and five seconds
			// that a spreadsheet took for an hour.
			return fmt.Sprintf("%d:%02d", s/3600, s/60%60), true
		}
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60), true
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if from1904 {
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	t := first.AddDate(0, 0, int(ms/day)).Add(time.Duration(ms%day) * time.Millisecond)
	switch {
	case ms%day == 0 && kind&kindClock == 0:
		return t.Format("2006-01-02"), true
	case ms%1000 != 0:
		return t.Format("2006-01-02 15:04:05.000"), true
	}
	return t.Format("2006-01-02 15:04:05"), true
}
