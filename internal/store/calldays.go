package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/lookout"
)

// Received calls are counted by day where the alerts of the day are judged, because
// what makes those doubtful makes the counts doubtful: an import pays nothing for
// them. A day is to be believed where nothing of it is left to judge; the others are
// counted anew whenever they are asked for.

// personDay is a day of a person, counted since 1970 in Chinese time.
type personDay struct {
	person domain.PersonID
	day    int64
}

// onDay picks the calls that a person received on a day, those that are taken in.
const onDay = ` FROM call c INDEXED BY call_hour
	WHERE (c.started_at + 28800000) / 3600000 >= ?1 * 24 AND (c.started_at + 28800000) / 3600000 < ?1 * 24 + 24
		AND c.person_id = ?2 AND c.direction <> 'outgoing'`

// keepDays counts the calls of days of a person anew, those that are taken in: the
// others may come and go without a mark.
func keepDays(ctx context.Context, tx *sql.Tx, person domain.PersonID, days []int64) error {
	const taken = onDay + " AND c.id <= (SELECT last_call FROM alert_state)"
	for _, day := range days {
		for _, statement := range []string{
			"DELETE FROM call_day WHERE day = ?1 AND person_id = ?2",
			"DELETE FROM call_day_hour WHERE day = ?1 AND person_id = ?2",
			"INSERT INTO call_day (day, family, person_id, calls) SELECT ?1, c.family, ?2, count(*)" + taken + " GROUP BY c.family",
			"INSERT INTO call_day_hour (day, hour, person_id, calls) SELECT ?1, (c.started_at + 28800000) / 3600000 % 24, ?2, count(*)" +
				taken + " GROUP BY (c.started_at + 28800000) / 3600000 % 24",
		} {
			if _, err := tx.ExecContext(ctx, statement, day, person); err != nil {
				return err
			}
		}
	}
	return nil
}

// How much that is doubtful is counted one by one: days, and calls that are not
// taken in yet. Where there is more, one walk over everything is as good.
const (
	mostDoubtful = 60
	mostNew      = 1000
)

// doubtfulDays are the days whose kept counts are not to be believed; ok is false
// where they are too many.
func doubtfulDays(ctx context.Context, tx *sql.Tx) (days []personDay, ok bool, err error) {
	const untaken = " FROM call WHERE id > (SELECT last_call FROM alert_state) LIMIT ?1"
	n, err := scanValue[int](tx.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1"+untaken+")", mostNew+1))
	if err != nil || n > mostNew {
		return nil, false, err
	}
	days, err = collect(ctx, tx, func(row scanner) (d personDay, err error) {
		err = row.Scan(&d.person, &d.day)
		return d, err
	}, "SELECT person_id, day FROM alert_day UNION SELECT person_id, "+ownDay+
		" FROM (SELECT person_id, started_at"+untaken+") LIMIT ?2", mostNew, mostDoubtful+1)
	return days, err == nil && len(days) <= mostDoubtful, err
}

// dayOf gives the day that begins at a moment, or the other one for the zero time,
// which is no limit; ok is false where no day begins then.
func dayOf(t time.Time, none int64) (day int64, ok bool) {
	if t.IsZero() {
		return none, true
	}
	day = insight.Day(t.UnixMilli())
	return day, t.Equal(time.UnixMilli(insight.DayStart(day)))
}

// keptTimes counts as walkTimes does, by the kept counts; ok is false where they do
// not tell.
func keptTimes(ctx context.Context, tx *sql.Tx, out *insight.Stats, f lookout.StatsFilter) (ok bool, err error) {
	const first, last = int64(-1) << 40, int64(1) << 40
	from, begins := dayOf(f.From, first)
	to, ends := dayOf(f.To, last)
	if !begins || !ends {
		return false, nil
	}
	doubtful, ok, err := doubtfulDays(ctx, tx)
	if err != nil || !ok {
		return false, err
	}
	c := dayCounts{calls: map[dayFamily]int64{}}
	const kept = " k WHERE k.day >= ?1 AND k.day < ?2 AND (?3 = 0 OR k.person_id = ?3) GROUP BY 1, 2"
	err = c.count(ctx, tx,
		"SELECT k.day, k.family, sum(k.calls) FROM call_day"+kept,
		"SELECT k.day % 7, k.hour, sum(k.calls) FROM call_day_hour"+kept, from, to, f.PersonID)
	for _, d := range doubtful {
		if d.day < from || d.day >= to || f.PersonID != 0 && f.PersonID != d.person {
			continue
		}
		const of = " WHERE day = ?1 AND person_id = ?2"
		if err == nil { // what was kept is taken out
			err = c.count(ctx, tx,
				"SELECT day, family, -calls FROM call_day"+of, "SELECT day % 7, hour, -calls FROM call_day_hour"+of, d.day, d.person)
		}
		if err == nil {
			err = c.count(ctx, tx, "SELECT ?1, c.family, count(*)"+onDay+" GROUP BY 2",
				"SELECT ?1 % 7, (c.started_at + 28800000) / 3600000 % 24, count(*)"+onDay+" GROUP BY 2", d.day, d.person)
		}
	}
	if err != nil {
		return false, err
	}
	c.into(out)
	return true, nil
}

// dayFamily is what calls are counted by.
type dayFamily struct {
	day    int64
	family domain.Family
}

// dayCounts are counts as they come together: by day and family, and by weekday,
// from that of 1970-01-01, and hour.
type dayCounts struct {
	calls map[dayFamily]int64
	week  [7][24]int64
}

// count adds what two queries with the same parameters tell.
func (c *dayCounts) count(ctx context.Context, tx *sql.Tx, families, hours string, args ...any) error {
	err := eachRow(ctx, tx, func(row scanner) error {
		var k dayFamily
		var n int64
		err := row.Scan(&k.day, &k.family, &n)
		c.calls[k] += n
		return err
	}, families, args...)
	if err != nil {
		return err
	}
	return eachRow(ctx, tx, func(row scanner) error {
		var weekday, hour, n int64
		err := row.Scan(&weekday, &hour, &n)
		if err == nil {
			c.week[weekday][hour] += n
		}
		return err
	}, hours, args...)
}

// into fills in what the counts tell.
func (c *dayCounts) into(out *insight.Stats) {
	var keys []dayFamily
	for k, n := range c.calls {
		if n != 0 {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b dayFamily) int {
		return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.family, b.family))
	})
	families := map[domain.Family]int64{}
	for _, k := range keys {
		families[k.family] += c.calls[k]
		out.AddDay(k.day, k.family, c.calls[k])
	}
	for weekday, hours := range c.week {
		const thursday = 3 // from Monday
		out.Week[(weekday+thursday)%7] = hours
	}
	setFamilies(out, families)
}
