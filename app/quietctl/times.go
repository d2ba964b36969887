package main

import (
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
)

// timeIn reads a time flag: RFC 3339, or a date and time in the zone of --tz.
// The flag must be given.
func (c *cli) timeIn(flag, text string) (time.Time, error) {
	if strings.TrimSpace(text) == "" {
		return time.Time{}, usage("cli.flag_required", domain.Args{"Flag": flag, "Help": "quietctl --help"})
	}
	return c.optionalTime(flag, text)
}

// optionalTime is like timeIn, but gives the zero time for an empty flag.
func (c *cli) optionalTime(flag, text string) (time.Time, error) {
	if strings.TrimSpace(text) == "" {
		return time.Time{}, nil
	}
	t, err := domain.ParseTime(text, c.zone)
	if err != nil {
		return time.Time{}, usage("cli.time_invalid", domain.Args{"Flag": flag, "Value": text})
	}
	return t, nil
}

// dayIn reads a boundary of a period: a time, or a whole day. As the end of a
// period a day is meant to its end.
func (c *cli) dayIn(flag, text string, end bool) (time.Time, error) {
	day, err := time.ParseInLocation(time.DateOnly, strings.TrimSpace(text), c.zone)
	if err != nil {
		return c.optionalTime(flag, text)
	}
	if end {
		day = day.AddDate(0, 0, 1)
	}
	return day, nil
}

// readID reads an ID, with or without the # that lists show. The key says what
// is wrong with it.
func readID[T ~int64](text, key string) (T, error) {
	n, err := strconv.ParseInt(strings.TrimPrefix(text, "#"), 10, 64)
	if err != nil || n < 1 {
		return 0, usage(key, domain.Args{"Value": text})
	}
	return T(n), nil
}

func callID(text string) (domain.CallID, error) {
	return readID[domain.CallID](text, "cli.call_id_invalid")
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// durationValue is a flag that takes a duration in any form that call logs
// use: 1m5s, 65, 1:05.
type durationValue struct{ d *time.Duration }

// String is what help shows as the default: nothing.
func (v *durationValue) String() string {
	if v.d == nil {
		return ""
	}
	return v.d.String()
}

// Set reads the flag.
func (v *durationValue) Set(text string) error {
	d, err := domain.ParseDuration(text)
	if err != nil {
		return err
	}
	v.d = &d
	return nil
}

// Type names the kind of value in the help.
func (v *durationValue) Type() string { return "duration" }
