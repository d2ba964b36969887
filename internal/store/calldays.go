package store

import (
	"context"
	"database/sql"
	"maps"
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

// counted is a row of call_day for a day of a person, none where there are no
// calls; more restricts the calls.
func counted(more string) string {
	return `SELECT ?1, ?2, f.families, h.hours FROM
		(SELECT json_group_object(family, n) AS families, count(*) AS some
			FROM (SELECT c.family AS family, count(*) AS n` + onDay + more + ` GROUP BY 1)) f,
		(SELECT json_group_object(hour, n) AS hours
			FROM (SELECT CAST((c.started_at + 28800000) / 3600000 % 24 AS TEXT) AS hour, count(*) AS n` + onDay + more + ` GROUP BY 1)) h
		WHERE f.some > 0`
}

// keepDays counts the calls of days of a person anew, those that are taken in: the
// others may come and go without a mark.
func keepDays(ctx context.Context, tx *sql.Tx, person domain.PersonID, days []int64) error {
	for _, day := range days {
		for _, statement := range []string{
			"DELETE FROM call_day WHERE day = ?1 AND person_id = ?2",
			"INSERT INTO call_day (day, person_id, families, hours) " + counted(" AND c.id <= (SELECT last_call FROM alert_state)"),
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
	c := dayCounts{days: map[int64]map[domain.Family]int64{}}
	err = eachRow(ctx, tx, func(row scanner) error { return c.add(row, doubtful) },
		"SELECT day, person_id, families, hours FROM call_day WHERE day >= ? AND day < ? AND (?3 = 0 OR person_id = ?3)",
		from, to, f.PersonID)
	for _, d := range doubtful {
		if err == nil && d.day >= from && d.day < to && (f.PersonID == 0 || f.PersonID == d.person) {
			err = eachRow(ctx, tx, func(row scanner) error { return c.add(row, nil) }, counted(""), d.day, d.person)
		}
	}
	if err != nil {
		return false, err
	}
	c.into(out)
	return true, nil
}

// dayCounts are counts as they come together: by day and family, and by weekday,
// from that of 1970-01-01, and hour.
type dayCounts struct {
	days map[int64]map[domain.Family]int64
	week [7][24]int64
}

// add adds a row of call_day, unless it is a doubtful one.
func (c *dayCounts) add(row scanner, doubtful []personDay) error {
	var d personDay
	var families, hours string
	if err := row.Scan(&d.day, &d.person, &families, &hours); err != nil || slices.Contains(doubtful, d) {
		return err
	}
	var byFamily map[domain.Family]int64
	if err := fromJSON(families, &byFamily); err != nil {
		return err
	}
	if c.days[d.day] == nil {
		c.days[d.day] = byFamily
	} else {
		for family, n := range byFamily {
			c.days[d.day][family] += n
		}
	}
	var byHour map[int]int64
	err := fromJSON(hours, &byHour)
	for hour, n := range byHour {
		c.week[d.day%7][hour%24] += n
	}
	return err
}

// into fills in what the counts tell.
func (c *dayCounts) into(out *insight.Stats) {
	families := map[domain.Family]int64{}
	for _, day := range slices.Sorted(maps.Keys(c.days)) {
		for family, n := range c.days[day] {
			families[family] += n
			out.AddDay(day, family, n)
		}
	}
	for weekday, hours := range c.week {
		const thursday = 3 // from Monday
		out.Week[(weekday+thursday)%7] = hours
	}
	setFamilies(out, families)
}
