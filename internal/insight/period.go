package insight

import (
	"time"

	"quietline/internal/domain"
)

// China has had one zone without summer time since 1992, so periods are plain
// arithmetic on milliseconds.
const (
	hour        = int64(time.Hour / time.Millisecond)
	dayLength   = 24 * hour
	weekLength  = 7 * dayLength
	chinaOffset = 8 * hour
	// mondays: the first day of 1970 was a Thursday.
	mondays = 3
)

// Lookahead bounds, in milliseconds, how long after the end of a day or week a
// call can still belong to an alert of it. No setting goes beyond.
const (
	DayLookahead  = 12 * hour
	WeekLookahead = weekLength
)

// WeekLookback is how long before its week a call can still count for an alert:
// what the week before tells is not told twice.
const WeekLookback = weekLength

// Day is the day in China of a moment, as days since 1970-01-01, for moments
// after that day.
func Day(at int64) int64 { return (at + chinaOffset) / dayLength }

// Week is the week from Monday to Sunday in China of a moment, counted from
// the one with 1970-01-01 in it.
func Week(at int64) int64 { return (Day(at) + mondays) / 7 }

// DayStart is the first moment of the day.
func DayStart(day int64) int64 { return day*dayLength - chinaOffset }

// WeekStart is the first moment of the week.
func WeekStart(week int64) int64 { return DayStart(week*7 - mondays) }

// moment is a time in the zone of the product.
func moment(at int64) time.Time { return time.UnixMilli(at).In(domain.China()) }

// clock is the time of the day in minutes.
func clock(at int64) int64 { return (at + chinaOffset) % dayLength / (hour / 60) }
