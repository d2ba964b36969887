package calls

import (
	"context"
	"fmt"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// shelf holds the files that were written, by path, a line of words for each row.
type shelf struct {
	files map[string][]string
	fail  error // of the next file that is begun
	full  error // of the next row that is written
}

func (s *shelf) begin(path string) (*paper, error) {
	if s.fail != nil {
		return nil, s.fail
	}
	return &paper{shelf: s, path: path}, nil
}

func (s *shelf) Calls(path string) (ExportFile, error) {
	p, err := s.begin(path)
	return callPaper{p}, err
}

func (s *shelf) Rejects(path string) (RejectsFile, error) {
	p, err := s.begin(path)
	return rejectPaper{p}, err
}

// paper is a file under way.
type paper struct {
	shelf *shelf
	path  string
	rows  []string
	gone  bool
}

func (p *paper) add(row string) error {
	if p.shelf.full != nil {
		return p.shelf.full
	}
	p.rows = append(p.rows, row)
	return nil
}

func (p *paper) Rows() int { return len(p.rows) }

func (p *paper) Commit() error {
	if p.gone {
		return nil
	}
	if p.shelf.files == nil {
		p.shelf.files = map[string][]string{}
	}
	p.shelf.files[p.path] = p.rows
	return nil
}

func (p *paper) Discard() { p.gone = true }

type callPaper struct{ *paper }

func (p callPaper) Write(c domain.Call) error { return p.add(fmt.Sprintf("%d %s", c.ID, c.Display)) }

type rejectPaper struct{ *paper }

func (p rejectPaper) Write(file string, line int, reason, text string) error {
	return p.add(fmt.Sprintf("%s:%d %s %s", file, line, reason, text))
}

// desk takes complaints.
type desk struct {
	made []filing.ComplaintInput
}

func (d *desk) New(_ context.Context, in filing.ComplaintInput) (domain.Complaint, error) {
	if in.Category == "" {
		e := domain.E("t", domain.Invalid, "complaint.category_required", nil, nil)
		return domain.Complaint{}, domain.Problems{e.At("/category")}
	}
	d.made = append(d.made, in)
	return domain.Complaint{ID: "made"}, nil
}
