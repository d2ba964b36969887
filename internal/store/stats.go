package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/lookout"
)

// Stats counts calls, by walks over indexes. What it holds in memory grows with
// the days and codes in which there are calls, not with the calls. The answer is
// kept until the file changes.
func (s *Store) Stats(ctx context.Context, f lookout.StatsFilter) (insight.Stats, error) {
	out, err := askAgain(ctx, s, &s.stats, f, func() (insight.Stats, error) { return s.countStats(ctx, f) })
	return out.Clone(), err
}

func (s *Store) countStats(ctx context.Context, f lookout.StatsFilter) (insight.Stats, error) {
	var out insight.Stats
	err := s.view(ctx, "store.Stats", func(tx *sql.Tx) error {
		for _, part := range []func(context.Context, *sql.Tx, *insight.Stats, lookout.StatsFilter) error{
			statTimes, statEnds, statMade, statCodes, statCategories, statShares,
		} {
			if err := part(ctx, tx, &out, f); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// Times counts calls by day, hour and family alone, and those that were made,
// which walks over two indexes tell.
func (s *Store) Times(ctx context.Context, f lookout.StatsFilter) (insight.Stats, error) {
	var out insight.Stats
	err := s.view(ctx, "store.Times", func(tx *sql.Tx) error {
		if err := statTimes(ctx, tx, &out, f); err != nil {
			return err
		}
		return statMade(ctx, tx, &out, f)
	})
	return out, err
}

// statConds are the conditions of the filter.
func statConds(f lookout.StatsFilter) *conds {
	w := callConds(domain.CallFilter{PersonID: f.PersonID, From: f.From, To: f.To})
	return &w
}

// inHours restricts to the hours of the period, so that the index alone tells;
// where the period does not begin and end with an hour, the rows are asked too.
func inHours(w *conds, f lookout.StatsFilter) {
	const hour = "(c.started_at + 28800000) / 3600000"
	of := func(t time.Time) int64 { return (t.UnixMilli() + chinaOffset) / hourMillis }
	if !f.From.IsZero() {
		w.add(hour+" >= ?", of(f.From))
		if f.From.UnixMilli()%hourMillis != 0 {
			w.add("c.started_at >= ?", f.From.UnixMilli())
		}
	}
	if !f.To.IsZero() {
		w.add(hour+" <= ?", of(f.To.Add(-time.Millisecond)))
		if f.To.UnixMilli()%hourMillis != 0 {
			w.add("c.started_at < ?", f.To.UnixMilli())
		}
	}
}

// statTimes counts by day, hour and family.
func statTimes(ctx context.Context, tx *sql.Tx, out *insight.Stats, f lookout.StatsFilter) error {
	kept, err := keptTimes(ctx, tx, out, f)
	if err != nil || kept {
		return err
	}
	return walkTimes(ctx, tx, out, f)
}

// walkTimes counts them by a walk over an index.
func walkTimes(ctx context.Context, tx *sql.Tx, out *insight.Stats, f lookout.StatsFilter) error {
	w := statConds(lookout.StatsFilter{PersonID: f.PersonID})
	inHours(w, f)
	w.add("c.direction <> 'outgoing'")
	families := map[domain.Family]int64{}
	err := eachRow(ctx, tx, func(row scanner) error {
		var hour, n int64
		var family domain.Family
		if err := row.Scan(&hour, &family, &n); err != nil {
			return err
		}
		families[family] += n
		out.AddHour(hour, family, n)
		return nil
	}, byHour(w), w.args...)
	setFamilies(out, families)
	return err
}

func setFamilies(out *insight.Stats, families map[domain.Family]int64) {
	for family, n := range families {
		out.Families = append(out.Families, insight.FamilyCount{Family: family, Calls: n})
	}
	slices.SortFunc(out.Families, func(a, b insight.FamilyCount) int {
		return cmp.Or(cmp.Compare(b.Calls, a.Calls), cmp.Compare(a.Family, b.Family))
	})
}

func byHour(w *conds) string {
	const hour = "(c.started_at + 28800000) / 3600000"
	return "SELECT " + hour + ", c.family, count(*) FROM call c INDEXED BY call_hour" + w.where() + " GROUP BY " + hour + ", c.family"
}

// statEnds finds the first and the last received call.
func statEnds(ctx context.Context, tx *sql.Tx, out *insight.Stats, f lookout.StatsFilter) error {
	w := statConds(f)
	w.add("c.direction <> 'outgoing'")
	for _, end := range []struct {
		to    *time.Time
		order string
	}{{&out.First, "ASC"}, {&out.Last, "DESC"}} {
		ms, err := scanValue[int64](tx.QueryRowContext(ctx, endOf(f, w, end.order), w.args...))
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		*end.to = at(ms)
	}
	return nil
}

// endOf names the index that is in the order of time: of its own the planner goes
// through all of one that holds received calls alone.
func endOf(f lookout.StatsFilter, w *conds, order string) string {
	index := "call_start"
	if f.PersonID != 0 {
		index = "call_person_start"
	}
	return "SELECT c.started_at FROM call c INDEXED BY " + index + w.where() + " ORDER BY c.started_at " + order + " LIMIT 1"
}

func statMade(ctx context.Context, tx *sql.Tx, out *insight.Stats, f lookout.StatsFilter) (err error) {
	w := statConds(f)
	w.add("c.direction = 'outgoing'")
	out.Outgoing, err = scanValue[int64](
		tx.QueryRowContext(ctx, "SELECT count(*) FROM call c INDEXED BY call_made"+w.where(), w.args...))
	return err
}

// statCodes finds the codes with the most calls, and then counts the numbers
// of those alone.
func statCodes(ctx context.Context, tx *sql.Tx, out *insight.Stats, f lookout.StatsFilter) (err error) {
	const from = " FROM call c INDEXED BY call_code_received"
	w := statConds(f)
	w.add("c.code <> ''")
	w.add("c.direction <> 'outgoing'")
	out.Codes, err = collect(ctx, tx, func(row scanner) (c insight.CodeCount, err error) {
		err = row.Scan(&c.Code, &c.Calls)
		return c, err
	}, "SELECT c.code, count(*)"+from+w.where()+" GROUP BY c.code ORDER BY count(*) DESC, c.code LIMIT ?",
		append(slices.Clone(w.args), insight.TopCodes)...)
	if err != nil {
		return err
	}
	w.add("c.code = ?", "")
	for i := range out.Codes {
		w.args[len(w.args)-1] = out.Codes[i].Code
		out.Codes[i].Numbers, err = scanValue[int64](
			tx.QueryRowContext(ctx, "SELECT count(DISTINCT c.number)"+from+w.where(), w.args...))
		if err != nil {
			return err
		}
	}
	return nil
}

func statCategories(ctx context.Context, tx *sql.Tx, out *insight.Stats, f lookout.StatsFilter) (err error) {
	w := statConds(f)
	w.add("c.category <> ''")
	w.add("c.direction <> 'outgoing'")
	out.Categories, err = collect(ctx, tx, func(row scanner) (c insight.CategoryCount, err error) {
		err = row.Scan(&c.Category, &c.Calls)
		return c, err
	}, "SELECT c.category, count(*) FROM call c INDEXED BY call_category"+w.where()+" GROUP BY c.category ORDER BY count(*) DESC, c.category", w.args...)
	return err
}

// statShares counts the different numbers that bear a mark, in all and by
// class. A withheld number is none.
func statShares(ctx context.Context, tx *sql.Tx, out *insight.Stats, f lookout.StatsFilter) error {
	w := statConds(f)
	w.add("c.category <> ''")
	w.add("c.direction <> 'outgoing'")
	w.add("c.number <> ''")
	count := func(w *conds) (int64, error) {
		return scanValue[int64](tx.QueryRowContext(ctx,
			"SELECT count(DISTINCT c.number) FROM call c INDEXED BY call_category"+w.where(), w.args...))
	}
	marked, err := count(w)
	if err != nil {
		return err
	}
	by := map[insight.Class]int64{}
	for _, class := range insight.Classes() {
		of := &conds{slices.Clone(w.terms), slices.Clone(w.args)}
		inCategories(of, insight.CategoriesOf(class))
		if by[class], err = count(of); err != nil {
			return err
		}
	}
	out.SetShares(marked, by)
	return nil
}

func inCategories(w *conds, categories []domain.Category) {
	term := "c.category IN ("
	for i, c := range categories {
		if i > 0 {
			term += ", "
		}
		term += "?"
		w.args = append(w.args, c)
	}
	w.terms = append(w.terms, term+")")
}
