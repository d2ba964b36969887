package report

import (
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
)

// Sheet is a sheet of complaints that goes back to whoever made it: its own
// columns, and more behind them. It can be read again as the sheet was. End it
// with Commit or Discard. It is for one goroutine.
type Sheet struct {
	words
	file   *File
	titles int
	// zone is that of the times of results.
	zone *time.Location
	// practice says that nothing of it was filed anywhere.
	practice bool
	row      []string
}

// CreateRejectedRows begins a sheet of the rows that were not filed: the same
// sheet with a last column that says why, in the language of the moment. It fails
// like Create or, without replace, like CreateNew.
func CreateRejectedRows(path string, replace bool, titles []string, p *l10n.Printer) (*Sheet, error) {
	w := newWords(p)
	return createSheet(path, replace, titles, []string{w.say("sheet.error")}, w, nil)
}

// CreateResults begins a sheet of what became of the rows: the same sheet with the
// columns state, receipt, reason and time behind. It fails like Create or, without
// replace, like CreateNew.
func CreateResults(path string, replace bool, titles []string, p *l10n.Printer, zone *time.Location) (*Sheet, error) {
	w := newWords(p)
	return createSheet(path, replace, titles, []string{
		w.say("sheet.state"), w.say("sheet.receipt"), w.say("sheet.reason"), w.say("sheet.time"),
	}, w, zone)
}

func createSheet(path string, replace bool, titles, more []string, w words, zone *time.Location) (*Sheet, error) {
	s := &Sheet{words: w, titles: len(titles), zone: zone}
	create := CreateNew
	if replace {
		create = Create
	}
	var err error
	if s.file, err = create(path, s.cells(titles, more)); err != nil {
		return nil, err
	}
	return s, nil
}

// cells puts the cells of a row and those behind it together. Cells beyond the
// titles, which a broken row may have, come last.
func (s *Sheet) cells(cells, more []string) []string {
	s.row = s.row[:0]
	for i := range s.titles {
		cell := ""
		if i < len(cells) {
			cell = unread(cells[i])
		}
		s.row = append(s.row, cell)
	}
	s.row = append(s.row, more...)
	for _, cell := range cells[min(s.titles, len(cells)):] {
		s.row = append(s.row, unread(cell))
	}
	return s.row
}

// unread is a cell so that reading it gives it back: an apostrophe before what
// could be a formula is taken off once.
func unread(cell string) string {
	if strings.HasPrefix(cell, "'") && domain.Formula(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

// WriteRejected adds a row that was not filed.
func (s *Sheet) WriteRejected(cells []string, problems []filing.RowProblem) error {
	return s.file.Write(s.cells(cells, []string{s.Problems(problems)}))
}

// Problems says what is wrong with a row in one line, each with its field.
func (s *Sheet) Problems(problems []filing.RowProblem) string {
	parts := make([]string, len(problems))
	for i, p := range problems {
		parts[i] = ProblemWords(s.printer, p)
	}
	return strings.Join(parts, " ")
}

// ProblemWords says what is wrong with a row at one field.
func ProblemWords(p *l10n.Printer, problem filing.RowProblem) string {
	e := p.Explain(problem.Err())
	if problem.Field == "" {
		return e.Message
	}
	return p.T("sheet.problem", l10n.Args{"Field": p.T("sheet." + string(problem.Field)), "Message": e.Message})
}

// WriteResult adds a row with what became of its complaint.
func (s *Sheet) WriteResult(r filing.BatchRow) error {
	state, reason, when := s.term("row_state", string(r.State)), s.Problems(r.Problems), ""
	if r.State != filing.RowRejected && r.SendState != "" {
		state = s.term("send_state", string(r.SendState))
		if s.practice { // a sheet is handed on
			state = s.printer.T("complaints.practised", l10n.Args{"State": state})
		}
		if r.State == filing.RowDuplicate {
			state = s.printer.T("sheet.duplicate", l10n.Args{"State": state})
		}
		if !r.UpdatedAt.IsZero() {
			when = r.UpdatedAt.In(s.zone).Format("2006-01-02 15:04:05")
		}
	}
	if r.LastError != "" {
		reason = s.printer.Explain(domain.E("report.WriteResult", domain.Unavailable, r.LastError, nil, nil)).Message
	}
	return s.file.Write(s.cells(r.Cells, []string{state, r.ReceiptNumber, reason, when}))
}

// Rows is the number of rows written so far.
func (s *Sheet) Rows() int { return s.file.Rows() }

// Commit finishes the sheet and puts it in its place, like File.Commit.
func (s *Sheet) Commit() error { return s.file.Commit() }

// Discard throws away what was written. After Commit it does nothing, so it can
// be deferred.
func (s *Sheet) Discard() { s.file.Discard() }
