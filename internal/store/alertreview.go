package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/lookout"
)

// receivedBy is what the rules see of a person's calls, few columns, because
// reading them is most of the work: the signs of a call are one number
// (receivedSigns).
func receivedBy() string {
	return "SELECT c.id, c.person_id, c.number, c.code, c.started_at, ifnull(c.duration, -1), ifnull(c.ring, -1), " + receivedSigns() + `,
		ifnull(k.since, 0)
	FROM call c LEFT JOIN alert_known k ON k.person_id = c.person_id AND k.number = c.number
	WHERE c.person_id = ? AND c.started_at >= ? AND c.started_at < ? AND c.direction <> 'outgoing'
	ORDER BY c.started_at, c.id`
}

// receivedUnder is what the rule of campaigns needs of the calls under a code;
// the index alone tells it.
const receivedUnder = `
	SELECT c.id, c.person_id, c.number, c.code, c.started_at, -1, -1, 0, 0
	FROM call c INDEXED BY call_code_received
	WHERE c.code = ? AND c.started_at >= ? AND c.started_at < ? AND c.code <> '' AND c.direction <> 'outgoing'
	ORDER BY c.started_at, c.number, c.person_id, c.id`

// The signs of a call: three bits, and above them the direction's place in
// domain.Directions.
const (
	signForged = 1 << iota
	signNamed
	signMarked
	signBits = iota
)

// receivedSigns is the SQL of that number. The condition of the number is what
// insight.Call.Forged says; names that come with NCID are the line's, not the
// phone's.
func receivedSigns() string {
	var b strings.Builder
	b.WriteString(`(c.verdict = 'invalid' AND c.family <> 'international' AND substr(c.number, 1, 1) = '+')
		+ 2 * (c.name <> '' AND c.source <> 'ncid')
		+ 4 * (c.techniques <> '' AND instr(',' || c.techniques || ',', ',redial_after_refusal,') > 0)
		+ 8 * CASE c.direction`)
	for i, d := range domain.Directions() {
		b.WriteString(" WHEN '" + string(d) + "' THEN " + strconv.Itoa(i))
	}
	b.WriteString(" END")
	return b.String()
}

// received reads the calls that one of both queries gives, and counts them.
func received(ctx context.Context, q querier, see func(insight.Call), query string, args ...any) (n int, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	directions := domain.Directions()
	var id, person, signs int64
	for rows.Next() {
		var c insight.Call
		err := rows.Scan(&id, &person, &c.Number, &c.Code, &c.At, &c.Talk, &c.Ring, &signs, &c.KnownSince)
		if err != nil {
			return n, err
		}
		c.ID, c.Person = domain.CallID(id), domain.PersonID(person)
		c.Forged, c.Named, c.Marked = signs&signForged != 0, signs&signNamed != 0, signs&signMarked != 0
		c.Direction = directions[int(signs>>signBits)%len(directions)]
		n++
		see(c)
	}
	return n, rows.Err()
}

// Received gives the calls that a person received in the period, by time.
func (s *Store) Received(ctx context.Context, person domain.PersonID, from, to time.Time, see func(insight.Call)) error {
	return s.view(ctx, "store.Received", func(tx *sql.Tx) error {
		_, err := received(ctx, tx, see, receivedBy(),
			person, from.UnixMilli(), to.UnixMilli())
		return err
	})
}

// run is a person's days, or a code's weeks, that are near enough to each other
// to be read in one pass.
type run[K comparable] struct {
	of      K
	periods []int64
}

func (r run[K]) first() int64 { return r.periods[0] }
func (r run[K]) last() int64  { return r.periods[len(r.periods)-1] }

// marked reads marks and puts them together to runs.
func marked[K comparable](ctx context.Context, tx *sql.Tx, query string, most int) ([]run[K], error) {
	type mark struct {
		of     K
		period int64
	}
	marks, err := collect(ctx, tx, func(row scanner) (m mark, err error) {
		err = row.Scan(&m.of, &m.period)
		return m, err
	}, query, most)
	if err != nil {
		return nil, err
	}
	const near = 2
	var runs []run[K]
	for _, m := range marks {
		if n := len(runs); n == 0 || runs[n-1].of != m.of || m.period-runs[n-1].last() > near {
			runs = append(runs, run[K]{of: m.of})
		}
		last := &runs[len(runs)-1]
		last.periods = append(last.periods, m.period)
	}
	return runs, nil
}

// ReviewDays judges at most so many marked days.
func (s *Store) ReviewDays(
	ctx context.Context, most int, begin func(domain.PersonID, []int64) lookout.Review,
) (done lookout.Reviewed, err error) {
	err = s.update(ctx, "store.ReviewDays", func(tx *sql.Tx) error {
		runs, err := marked[domain.PersonID](ctx, tx, "SELECT person_id, day FROM alert_day ORDER BY person_id, day LIMIT ?", most)
		if err != nil {
			return err
		}
		return eachRun(ctx, runs, &done, func(ctx context.Context, r run[domain.PersonID]) (calls int, err error) {
			review := begin(r.of, r.periods)
			calls, err = received(ctx, tx, review.See, receivedBy(),
				r.of, insight.DayStart(r.first()), insight.DayStart(r.last()+1)+insight.DayLookahead)
			if err == nil {
				err = settleAlerts(ctx, tx, review, int64(r.of), r.periods, "", &done.Raised)
			}
			if err == nil {
				err = keepDays(ctx, tx, r.of, r.periods)
			}
			if err == nil {
				_, err = tx.ExecContext(ctx, "DELETE FROM alert_day WHERE person_id = ? AND day BETWEEN ? AND ?", r.of, r.first(), r.last())
			}
			return calls, err
		})
	})
	return done, err
}

// ReviewWeeks judges at most so many marked weeks of holder codes. Those of no
// code only lose their marks.
func (s *Store) ReviewWeeks(
	ctx context.Context, most int, begin func(code string, weeks []int64) lookout.Review,
) (done lookout.Reviewed, err error) {
	err = s.update(ctx, "store.ReviewWeeks", func(tx *sql.Tx) error {
		runs, err := marked[string](ctx, tx, "SELECT code, week FROM alert_week ORDER BY code, week LIMIT ?", most)
		if err != nil {
			return err
		}
		return eachRun(ctx, runs, &done, func(ctx context.Context, r run[string]) (calls int, err error) {
			if r.of != "" {
				weeks := andNext(r.periods)
				review := begin(r.of, weeks)
				calls, err = received(ctx, tx, review.See, receivedUnder,
					r.of, insight.WeekStart(r.first())-insight.WeekLookback, insight.WeekStart(r.last()+2)+insight.WeekLookahead)
				if err == nil {
					err = settleAlerts(ctx, tx, review, 0, weeks, r.of, &done.Raised)
				}
			}
			if err == nil {
				_, err = tx.ExecContext(ctx, "DELETE FROM alert_week WHERE code = ? AND week BETWEEN ? AND ?", r.of, r.first(), r.last())
			}
			return calls, err
		})
	})
	return done, err
}

// andNext are weeks, ascending, and the one after each: a call is marked in its own
// week and in the one before, and the rule looks back too (insight.WeekLookback).
func andNext(weeks []int64) []int64 {
	var out []int64
	for _, w := range weeks {
		if n := len(out); n == 0 || out[n-1] < w {
			out = append(out, w)
		}
		out = append(out, w+1)
	}
	return out
}

// eachRun judges runs one after the other and counts what was done. A context
// that can end costs a goroutine for every statement; a run is short, so asking
// before each is enough.
func eachRun[K comparable](
	ctx context.Context, runs []run[K], done *lookout.Reviewed, judge func(context.Context, run[K]) (calls int, err error),
) error {
	for _, r := range runs {
		if err := ctx.Err(); err != nil {
			return err
		}
		calls, err := judge(context.WithoutCancel(ctx), r)
		if err != nil {
			return err
		}
		done.Periods += len(r.periods)
		done.Calls += calls
	}
	return nil
}

// alertKey is what identifies an alert of one person.
type alertKey struct {
	period  int64
	kind    insight.Kind
	subject string
}

// keptAlert is a stored alert, its lists as they are stored.
type keptAlert struct {
	id                                        int64
	key                                       alertKey
	number, code, why, facts, callIDs, people string
	from, to                                  int64
	calls                                     int
	severity                                  domain.Severity
	state                                     lookout.State
	gone                                      bool
}

// settleAlerts stores what the review found in the periods, in place of what
// was found there before, and counts what is new. For a campaign, person is 0
// and subject the code.
func settleAlerts(
	ctx context.Context, tx *sql.Tx, review lookout.Review, person int64, periods []int64, subject string, raised *lookout.Counts,
) error {
	found, err := review.Alerts()
	if err != nil {
		return err
	}
	before, err := keptAlerts(ctx, tx, person, periods, subject)
	if err != nil || len(found) == 0 && len(before) == 0 {
		return err
	}
	for _, a := range found {
		k, err := toKept(a)
		if err != nil {
			return err
		}
		old, there := before[k.key]
		delete(before, k.key)
		if !there {
			err = insertAlert(ctx, tx, person, k)
		} else {
			err = updateAlert(ctx, tx, old, k)
		}
		if err != nil {
			return err
		}
		if !there || worse(old, k) {
			*raised = raised.Plus(lookout.CountOf(k.severity))
		}
	}
	for _, old := range before {
		if err := dropAlert(ctx, tx, old); err != nil {
			return err
		}
	}
	return nil
}

const (
	keptColumns = `
		SELECT id, period, kind, subject, number, code, why, facts, call_ids, people, from_at, to_at, calls, severity, state, gone
		FROM alert WHERE period BETWEEN ? AND ? AND `
	keptOfPerson = "ifnull(person_id, 0) = ?"
	keptOfCode   = "person_id IS NULL AND subject = ?"
)

func keptAlerts(ctx context.Context, tx *sql.Tx, person int64, periods []int64, subject string) (map[alertKey]keptAlert, error) {
	query, of := keptColumns+keptOfPerson, any(person)
	if person == 0 {
		query, of = keptColumns+keptOfCode, subject
	}
	list, err := collect(ctx, tx, func(row scanner) (k keptAlert, err error) {
		err = row.Scan(&k.id, &k.key.period, &k.key.kind, &k.key.subject, &k.number, &k.code, &k.why, &k.facts,
			&k.callIDs, &k.people, &k.from, &k.to, &k.calls, &k.severity, &k.state, &k.gone)
		return k, err
	}, query, periods[0], periods[len(periods)-1], of)
	if err != nil {
		return nil, err
	}
	judged := map[int64]bool{}
	for _, p := range periods {
		judged[p] = true
	}
	out := map[alertKey]keptAlert{}
	for _, k := range list {
		if judged[k.key.period] {
			out[k.key] = k
		}
	}
	return out, nil
}

func toKept(a insight.Alert) (keptAlert, error) {
	k := keptAlert{
		key: alertKey{a.Period, a.Kind, a.Subject}, number: a.Number, code: a.Code, why: a.Why,
		from: a.From.UnixMilli(), to: a.To.UnixMilli(), calls: a.Calls, severity: a.Severity,
	}
	for _, f := range []struct {
		to *string
		v  any
	}{{&k.facts, a.Facts}, {&k.callIDs, a.CallIDs}, {&k.people, a.People}} {
		b, err := json.Marshal(f.v)
		if err != nil {
			return k, err
		}
		*f.to = string(b)
	}
	return k, nil
}

func insertAlert(ctx context.Context, tx *sql.Tx, person int64, k keptAlert) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO alert (kind, person_id, subject, period, number, code, from_at, to_at, calls, severity, why,
			facts, call_ids, people, state)
		VALUES (?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'new')`,
		k.key.kind, person, k.key.subject, k.key.period, k.number, k.code, k.from, k.to, k.calls, k.severity, k.why,
		k.facts, k.callIDs, k.people)
	return err
}

// worse says that an alert became more severe.
func worse(old, k keptAlert) bool { return k.severity.Rank() > old.severity.Rank() }

// updateAlert writes an alert again where it says something else now. What the
// user did with it stays, unless it became more severe.
func updateAlert(ctx context.Context, tx *sql.Tx, old, k keptAlert) error {
	k.id, k.state = old.id, old.state
	if worse(old, k) {
		k.state = lookout.StateNew
	}
	if k == old {
		return nil
	}
	_, err := tx.ExecContext(ctx, `
		UPDATE alert SET number = ?, code = ?, from_at = ?, to_at = ?, calls = ?, severity = ?, why = ?,
			facts = ?, call_ids = ?, people = ?, state = ?, gone = 0
		WHERE id = ?`,
		k.number, k.code, k.from, k.to, k.calls, k.severity, k.why, k.facts, k.callIDs, k.people, k.state, k.id)
	return err
}

// dropAlert takes away what is no longer found. What the user saw or dismissed
// is hidden as long as its first call is there, so that it does not come back
// as new when settings or contacts change to and fro.
func dropAlert(ctx context.Context, tx *sql.Tx, old keptAlert) error {
	if old.state != lookout.StateNew {
		hidden, err := affected(tx.ExecContext(ctx, `
			UPDATE alert SET gone = 1
			WHERE id = ? AND EXISTS (SELECT 1 FROM call c WHERE c.id = json_extract(alert.call_ids, '$[0]'))`, old.id))
		if err != nil || hidden {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM alert WHERE id = ?", old.id)
	return err
}
