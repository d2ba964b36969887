package batch

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"

	"quietline/internal/filing"
	"quietline/internal/ui/kit"
)

// checkedRejects is how many rejected rows a check keeps to be shown; a sheet with
// more of them is read in the file that can be saved.
const checkedRejects = 100_000

// ProblemPage gives rows of a batch that could not be filed, after a line. It may be
// called on any goroutine.
func (m *Model) ProblemPage(ctx context.Context, id string, after, limit int) (filing.BatchRowPage, error) {
	return m.p.Filing.BatchRows(ctx, id, filing.BatchRowFilter{State: filing.RowRejected}, after, limit)
}

// allProblems are all rows of a batch that could not be filed, as a table. It stays
// the same while the page around it is built anew, so that the reader keeps the place.
type allProblems struct {
	id     string
	count  int
	object fyne.CanvasObject
}

func (p *Page) problemTable(b filing.Batch) fyne.CanvasObject {
	if a := p.list.problems; a != nil && a.id == b.ID && a.count == b.Rejected {
		return a.object
	}
	m, e := p.model, p.env
	rows := kit.NewRows(kit.RowsParams[filing.BatchRow]{
		Jobs: e.Jobs, Failed: e.ShowError,
		Index: func(ctx context.Context) (kit.RowIndex, error) {
			index := kit.RowIndex{}
			for after := 0; ; {
				page, err := m.ProblemPage(ctx, b.ID, after, kit.RowPage)
				if err != nil {
					return index, err
				}
				index.Count += len(page.Rows)
				if after = page.Next; after == 0 {
					return index, nil
				}
				index.Cursors = append(index.Cursors, strconv.Itoa(after))
			}
		},
		Load: func(ctx context.Context, cursor string, limit int) ([]filing.BatchRow, error) {
			after, _ := strconv.Atoi(cursor) // the empty one is before the first line
			page, err := m.ProblemPage(ctx, b.ID, after, limit)
			return page.Rows, err
		},
	})
	table := kit.RemarkTable(e, rows, func(r filing.BatchRow) kit.Remark { return remark(e, r.Line, r.Cells, r.Problems) })
	if p.ctx != nil {
		rows.Renew(p.ctx)
	}
	p.list.problems = &allProblems{id: b.ID, count: b.Rejected, object: table}
	return table
}
