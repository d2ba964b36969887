package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/lookout"
)

// Stats counts calls. It goes through the matching calls a few times, and what
// it holds in memory grows with the hours in which there are calls, not with
// the calls.
func (s *Store) Stats(ctx context.Context, f lookout.StatsFilter) (insight.Stats, error) {
	w := callConds(domain.CallFilter{PersonID: f.PersonID, From: f.From, To: f.To})
	var out insight.Stats
	err := s.view(ctx, "store.Stats", func(tx *sql.Tx) error {
		for _, part := range []func(context.Context, *sql.Tx, *insight.Stats, conds) error{
			statTimes, statCodes, statCategories, statShares,
		} {
			if err := part(ctx, tx, &out, conds{slices.Clone(w.terms), slices.Clone(w.args)}); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// statTimes counts by hour and family in one pass.
func statTimes(ctx context.Context, tx *sql.Tx, out *insight.Stats, w conds) error {
	rows, err := tx.QueryContext(ctx, `
		SELECT (c.started_at + 28800000) / 3600000 AS hour, CASE c.direction WHEN 'outgoing' THEN '' ELSE c.family END AS family,
			count(*), min(c.started_at), max(c.started_at)
		FROM call c`+w.where()+` GROUP BY hour, family ORDER BY hour`, w.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	families := map[domain.Family]int64{}
	for rows.Next() {
		var hour, n, first, last int64
		var family domain.Family
		if err := rows.Scan(&hour, &family, &n, &first, &last); err != nil {
			return err
		}
		if family == "" {
			out.Outgoing += n
			continue
		}
		if out.Calls == 0 {
			out.First = at(first)
		}
		if t := at(first); t.Before(out.First) {
			out.First = t
		}
		if t := at(last); t.After(out.Last) {
			out.Last = t
		}
		families[family] += n
		out.AddHour(hour, n)
	}
	for family, n := range families {
		out.Families = append(out.Families, insight.FamilyCount{Family: family, Calls: n})
	}
	slices.SortFunc(out.Families, func(a, b insight.FamilyCount) int {
		return cmp.Or(cmp.Compare(b.Calls, a.Calls), cmp.Compare(a.Family, b.Family))
	})
	return rows.Err()
}

// statCodes finds the codes with the most calls, and then counts the numbers
// of those alone.
func statCodes(ctx context.Context, tx *sql.Tx, out *insight.Stats, w conds) (err error) {
	w.add("c.code <> ''")
	w.add("c.direction <> 'outgoing'")
	out.Codes, err = collect(ctx, tx, func(row scanner) (c insight.CodeCount, err error) {
		err = row.Scan(&c.Code, &c.Calls)
		return c, err
	}, "SELECT c.code, count(*) FROM call c"+w.where()+" GROUP BY c.code ORDER BY count(*) DESC, c.code LIMIT ?",
		append(slices.Clone(w.args), insight.TopCodes)...)
	if err != nil {
		return err
	}
	w.add("c.code = ?", nil)
	for i := range out.Codes {
		w.args[len(w.args)-1] = out.Codes[i].Code
		out.Codes[i].Numbers, err = scanValue[int64](
			tx.QueryRowContext(ctx, "SELECT count(DISTINCT c.number) FROM call c"+w.where(), w.args...))
		if err != nil {
			return err
		}
	}
	return nil
}

func statCategories(ctx context.Context, tx *sql.Tx, out *insight.Stats, w conds) (err error) {
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
func statShares(ctx context.Context, tx *sql.Tx, out *insight.Stats, w conds) error {
	w.add("c.category <> ''")
	w.add("c.direction <> 'outgoing'")
	w.add("c.number <> ''")
	count := func(w conds) (int64, error) {
		return scanValue[int64](tx.QueryRowContext(ctx,
			"SELECT count(DISTINCT c.number) FROM call c INDEXED BY call_category"+w.where(), w.args...))
	}
	marked, err := count(w)
	if err != nil {
		return err
	}
	by := map[insight.Class]int64{}
	for _, class := range insight.Classes() {
		of := conds{slices.Clone(w.terms), slices.Clone(w.args)}
		inCategories(&of, insight.CategoriesOf(class))
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
