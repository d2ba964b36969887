package calls

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"quietline/internal/domain"
)

// Period is a span of days to look at.
type Period string

// The periods. All end now, but the one between two days.
const (
	PeriodAny     Period = ""
	PeriodToday   Period = "today"
	PeriodWeek    Period = "week"
	PeriodMonth   Period = "month"
	PeriodQuarter Period = "quarter"
	PeriodBetween Period = "between"
)

// Periods lists every period in the order of the page.
func Periods() []Period {
	return []Period{PeriodAny, PeriodToday, PeriodWeek, PeriodMonth, PeriodQuarter, PeriodBetween}
}

// days is how many days the period has, today included; 0 for another kind.
func (p Period) days() int {
	switch p {
	case PeriodToday:
		return 1
	case PeriodWeek:
		return 7
	case PeriodMonth:
		return 30
	case PeriodQuarter:
		return 90
	case PeriodAny, PeriodBetween:
	}
	return 0
}

// Filter is what the user asks the list for; all of it holds at once. A zero
// field does not restrict.
type Filter struct {
	Text      string
	Person    domain.PersonID
	Direction domain.Direction
	Family    domain.Family
	Verdict   domain.Verdict
	Period    Period
	// From and To are days as typed, for PeriodBetween; both are included.
	From, To string
	// Number is a normalised number and Code a holder code, chosen on a side
	// panel.
	Number string
	Code   string
}

// Narrow says whether the filter leaves anything out.
func (f Filter) Narrow() bool {
	f.From, f.To = strings.TrimSpace(f.From), strings.TrimSpace(f.To)
	if f.Period != PeriodBetween || f.From == "" && f.To == "" {
		f.From, f.To = "", ""
		if f.Period == PeriodBetween {
			f.Period = PeriodAny
		}
	}
	f.Text = strings.TrimSpace(f.Text)
	return f != Filter{}
}

// The pointers of the fields of a filter that can be wrong.
const (
	AtFrom = "/from"
	AtTo   = "/to"
)

// Query turns the filter into the store's. Days are days in China. What cannot
// be read is in the list of problems.
func (f Filter) Query(now time.Time) (domain.CallFilter, domain.Problems) {
	q := domain.CallFilter{
		PersonID: f.Person, Number: f.Number, Code: f.Code, Direction: f.Direction,
		Family: f.Family, Verdict: f.Verdict, Text: strings.TrimSpace(f.Text),
	}
	if n := f.Period.days(); n > 0 {
		q.From = startOfDay(now).AddDate(0, 0, 1-n)
	}
	if f.Period != PeriodBetween {
		return q, nil
	}
	var problems domain.Problems
	from, err := readDay(f.From)
	if err != nil {
		problems = append(problems, err.At(AtFrom))
	}
	to, err := readDay(f.To)
	if err != nil {
		problems = append(problems, err.At(AtTo))
	}
	if len(problems) == 0 && !from.IsZero() && !to.IsZero() && to.Before(from) {
		problems = append(problems, domain.E("calls.Query", domain.Invalid, "calls.range_reversed", nil, nil).At(AtTo))
	}
	q.From = from
	if !to.IsZero() {
		q.To = to.AddDate(0, 0, 1)
	}
	return q, problems
}

func startOfDay(t time.Time) time.Time {
	t = t.In(domain.China())
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// readDay reads a day as people write it: year, month and day with whatever
// between them, or eight digits. An empty text is the zero time.
func readDay(text string) (time.Time, *domain.Error) {
	if strings.TrimSpace(text) == "" {
		return time.Time{}, nil
	}
	wrong := domain.E("calls.readDay", domain.Invalid, "calls.day_unreadable", nil, nil)
	folded := strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, text)
	parts := strings.FieldsFunc(folded, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsDigit(r) })
	if len(parts) == 1 && len(parts[0]) == 8 {
		parts = []string{parts[0][:4], parts[0][4:6], parts[0][6:]}
	}
	if len(parts) != 3 || len(parts[0]) != 4 || slices.ContainsFunc(parts[1:], func(s string) bool { return len(s) > 2 }) {
		return time.Time{}, wrong
	}
	var n [3]int
	for i, s := range parts {
		n[i], _ = strconv.Atoi(s) // at most four digits
	}
	day := time.Date(n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, domain.China())
	if day.Day() != n[2] || int(day.Month()) != n[1] {
		return time.Time{}, wrong
	}
	return day, nil
}
