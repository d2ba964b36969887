package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/registrar"
)

// JudgedBy names what judged the calls last, empty for a new log.
func (s *Store) JudgedBy(ctx context.Context) (name string, err error) {
	err = s.view(ctx, "store.JudgedBy", func(tx *sql.Tx) (err error) {
		name, err = scanValue[string](tx.QueryRowContext(ctx, "SELECT judged_by FROM registry_state"))
		return err
	})
	return name, err
}

// Rejudge judges every logged number and writes what differs, in one
// transaction. It goes through the log once; what it holds in memory grows with
// the numbers that change, not with the log.
func (s *Store) Rejudge(ctx context.Context, r registrar.Rejudging) (registrar.Rejudged, error) {
	const op = "store.Rejudge"
	var out registrar.Rejudged
	if r.DryRun {
		err := s.view(ctx, op, func(tx *sql.Tx) error {
			changed, err := judgedOtherwise(ctx, tx, r.Judge)
			out = summed(changed)
			return err
		})
		return out, err
	}
	err := s.update(ctx, op, func(tx *sql.Tx) error {
		// In the transaction that writes, so that nobody can change it any more.
		generation, err := generationOf(ctx, tx)
		if out.Outdated = generation != r.Generation; err != nil || out.Outdated {
			return err
		}
		changed, err := judgedOtherwise(ctx, tx, r.Judge)
		if err != nil {
			return err
		}
		if err := writeJudgements(ctx, tx, changed); err != nil {
			return err
		}
		out = summed(changed)
		_, err = tx.ExecContext(ctx, "UPDATE registry_state SET judged_by = ?", r.JudgedBy)
		return err
	})
	return out, err
}

// judged is what calls with the same number and display say, and what they
// would say now.
type judged struct {
	number        string
	display       sql.NullString
	before, after judgement
	calls         int64
}

type judgement struct {
	number, areaCode, code string
	family                 domain.Family
	verdict                domain.Verdict
}

// judgedOtherwise walks through the log in the order of an index and keeps what
// differs.
func judgedOtherwise(ctx context.Context, tx *sql.Tx, judge registrar.Judge) ([]judged, error) {
	rows, err := tx.QueryContext(ctx, `
		SELECT number, display, area_code, code, family, verdict, count(*)
		FROM call GROUP BY number, display, area_code, code, family, verdict`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []judged
	for rows.Next() {
		var j judged
		b := &j.before
		if err := rows.Scan(&j.number, &j.display, &b.areaCode, &b.code, &b.family, &b.verdict, &j.calls); err != nil {
			return nil, err
		}
		b.number = j.number
		j.after = judgeAgain(judge, j)
		if j.after != j.before {
			out = append(out, j)
		}
	}
	return out, rows.Err()
}

// judgeAgain reads the display. Of one that was cut off only the number is left
// to read, which stays what it is, as does its area code.
func judgeAgain(judge registrar.Judge, j judged) judgement {
	display, cut := j.number, false
	if j.display.Valid {
		if cut = domain.Clipped(j.display.String, domain.MaxDisplay); !cut {
			display = j.display.String
		}
	}
	reading, verdict, code := judge(display)
	if cut {
		reading.Number, reading.AreaCode = j.number, j.before.areaCode
	}
	return judgement{
		number: reading.Number, areaCode: reading.AreaCode, code: code, family: reading.Family, verdict: verdict,
	}
}

const (
	setJudgement = "UPDATE OR IGNORE call SET area_code = ?1, code = ?2, family = ?3, verdict = ?4"
	// setNumber costs an index more, so it is for those that read differently.
	setNumber   = ", number = ?5, display = nullif(ifnull(display, number), ?5)"
	whereJudged = " WHERE number = ?6 AND display IS ?7 AND area_code = ?8 AND code = ?9 AND family = ?10 AND verdict = ?11"
)

// writeJudgements stores what differs. A number that reads differently now is
// the identity of its calls, so that a log imported again finds them; where
// such a call is there already, the old one stays as it is.
func writeJudgements(ctx context.Context, tx *sql.Tx, changed []judged) error {
	if len(changed) == 0 {
		return nil
	}
	same, err := tx.PrepareContext(ctx, setJudgement+whereJudged)
	if err != nil {
		return err
	}
	defer func() { _ = same.Close() }() // its faults were those of the statements
	other, err := tx.PrepareContext(ctx, setJudgement+setNumber+whereJudged)
	if err != nil {
		return err
	}
	defer func() { _ = other.Close() }() // as above
	for _, j := range changed {
		if err := ctx.Err(); err != nil {
			return err
		}
		update := same
		if j.after.number != j.number {
			update = other
		}
		// See addCall: a context that can end costs a goroutine each time.
		_, err := update.ExecContext(context.WithoutCancel(ctx),
			j.after.areaCode, j.after.code, j.after.family, j.after.verdict, j.after.number,
			j.number, j.display, j.before.areaCode, j.before.code, j.before.family, j.before.verdict)
		if err != nil {
			return err
		}
	}
	return nil
}

// summed counts the numbers whose verdict is another, the most called first.
func summed(changed []judged) registrar.Rejudged {
	var out registrar.Rejudged
	type key struct {
		number        string
		before, after domain.Verdict
	}
	at := map[key]int{}
	for _, j := range changed {
		if j.before.verdict == j.after.verdict {
			continue
		}
		out.Calls += j.calls
		k := key{j.after.number, j.before.verdict, j.after.verdict}
		i, seen := at[k]
		if !seen {
			i = len(out.Changes)
			at[k] = i
			out.Changes = append(out.Changes, domain.VerdictChange{
				Number: j.after.number, Before: j.before.verdict, After: j.after.verdict,
				CodeBefore: j.before.code, CodeAfter: j.after.code,
			})
		}
		out.Changes[i].Calls += j.calls
	}
	out.Numbers = int64(len(out.Changes))
	slices.SortStableFunc(out.Changes, func(a, b domain.VerdictChange) int {
		return cmp.Or(cmp.Compare(b.Calls, a.Calls), cmp.Compare(a.Number, b.Number))
	})
	out.Changes = out.Changes[:min(len(out.Changes), registrar.MaxVerdictChanges)]
	return out
}
