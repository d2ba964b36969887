package lookout

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/insight"
)

// Week names a week by the ISO 8601 week of its Monday, such as 2024-W21.
type Week struct{ Year, Number int }

// WeekOf is the week of a moment in China.
func WeekOf(at time.Time) Week {
	y, n := at.In(domain.China()).ISOWeek()
	return Week{y, n}
}

// String is the name, such as 2024-W21.
func (w Week) String() string { return fmt.Sprintf("%04d-W%02d", w.Year, w.Number) }

// ParseWeek reads 2024-W21. It fails with Invalid "digest.week_invalid" (Args:
// Value).
func ParseWeek(text string) (Week, error) {
	year, number, ok := strings.Cut(strings.ToUpper(strings.TrimSpace(text)), "-W")
	y, yerr := strconv.ParseUint(year, 10, 16)
	n, nerr := strconv.ParseUint(number, 10, 8)
	w := Week{int(y), int(n)}
	// A year has a week 53 only where that is what its Monday says.
	first := domain.OldestCall().Year()
	if !ok || yerr != nil || nerr != nil || len(year) != 4 || w.Year <= first || WeekOf(w.monday()) != w {
		return Week{}, domain.E("lookout.ParseWeek", domain.Invalid, "digest.week_invalid", domain.Args{"Value": domain.Clip(text, 40)}, nil)
	}
	return w, nil
}

// monday is its first moment in China. The fourth of January always lies in
// week 1.
func (w Week) monday() time.Time {
	start := time.Date(w.Year, 1, 4, 0, 0, 0, 0, domain.China())
	back := (int(start.Weekday()) + 6) % 7
	return start.AddDate(0, 0, 7*(w.Number-1)-back)
}

// Plus is the week so many weeks later, or earlier.
func (w Week) Plus(weeks int) Week { return WeekOf(w.monday().AddDate(0, 0, 7*weeks)) }

// First says that no call can be older than the week.
func (w Week) First() bool { return w == Week{domain.OldestCall().Year() + 1, 1} }

// ThisWeek is the week that it is now.
func (s *Service) ThisWeek() Week { return WeekOf(s.now()) }

// LastWeek is the last week that is over.
func (s *Service) LastWeek() Week { return WeekOf(s.now().AddDate(0, 0, -7)) }

// Digest tells what the week of a person was like; without a name the person is
// the owner of the workspace. The alerts are brought up to date first. It
// fails with NotFound "person.not_found".
func (s *Service) Digest(ctx context.Context, person string, week Week) (insight.Digest, error) {
	who, err := s.person(ctx, person)
	if err != nil {
		return insight.Digest{}, err
	}
	return s.digest(ctx, who, week)
}

// DigestOf is Digest of the person with the ID.
func (s *Service) DigestOf(ctx context.Context, id domain.PersonID, week Week) (insight.Digest, error) {
	people, err := s.p.People.People(ctx)
	if err != nil {
		return insight.Digest{}, err
	}
	for _, who := range people {
		if who.ID == id {
			return s.digest(ctx, who, week)
		}
	}
	return insight.Digest{}, domain.E("lookout.DigestOf", domain.NotFound, "person.not_found", nil, nil)
}

func (s *Service) digest(ctx context.Context, who domain.Person, week Week) (insight.Digest, error) {
	if err := s.Refresh(ctx, nil); err != nil {
		return insight.Digest{}, err
	}
	j, err := s.prepare(ctx)
	if err != nil {
		return insight.Digest{}, err
	}
	monday := week.monday()
	b := j.rules.NewDigest(who.Name, insight.Week(monday.UnixMilli()))
	end := monday.AddDate(0, 0, 7)
	err = s.p.Store.Received(ctx, who.ID, monday.AddDate(0, 0, -7), end, func(c insight.Call) {
		j.know(&c)
		b.See(c)
	})
	if err != nil {
		return insight.Digest{}, err
	}
	for p := (domain.Page{Limit: domain.MaxPageSize}); ; {
		page, err := s.p.Store.Alerts(ctx, AlertFilter{PersonID: who.ID, From: monday, To: end}, p)
		if err != nil {
			return insight.Digest{}, err
		}
		for _, a := range page.Alerts {
			b.Alert(a.Alert)
		}
		if page.Next == "" {
			return b.Digest(), nil
		}
		p.After = page.Next
	}
}

// Stats counts the calls of a person, or of all where the name is empty, in a
// period that zero times leave open. It fails with NotFound "person.not_found".
func (s *Service) Stats(ctx context.Context, person string, from, to time.Time) (insight.Stats, error) {
	f := StatsFilter{From: from, To: to}
	if person != "" {
		who, err := s.person(ctx, person)
		if err != nil {
			return insight.Stats{}, err
		}
		f.PersonID = who.ID
	}
	return s.p.Store.Stats(ctx, f)
}

// StatsOf counts the calls that the filter picks.
func (s *Service) StatsOf(ctx context.Context, f StatsFilter) (insight.Stats, error) {
	return s.p.Store.Stats(ctx, f)
}

// TimesOf counts the calls that the filter picks by day, hour and family alone, and
// those that were made, for a page that is to be there at once.
func (s *Service) TimesOf(ctx context.Context, f StatsFilter) (insight.Stats, error) {
	return s.p.Store.Times(ctx, f)
}

func (s *Service) person(ctx context.Context, name string) (domain.Person, error) {
	if name != "" {
		return s.p.People.PersonByName(ctx, name)
	}
	people, err := s.p.People.People(ctx)
	if err == nil && len(people) > 0 {
		return people[0], nil // the owner
	}
	return domain.Person{}, err
}
