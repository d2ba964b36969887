package main

import (
	"errors"
	"path/filepath"

	"quietline/internal/journal"
	"quietline/internal/report"
)

// rejectsFlags say where the rows go that an import cannot read.
type rejectsFlags struct {
	path  string
	force bool
}

// rejectsJSON says what became of them; the file is null where there were none.
type rejectsJSON struct {
	File *string `json:"rejects_file"`
	Rows int     `json:"rows"`
}

// keepRejects runs an import and writes every row that it rejects, as it goes,
// into the file that the flags name, if any. A file that cannot be written does
// not stop the import; what was rejected before the import stopped is kept.
func (c *cli) keepRejects(p rejectsFlags, r *journal.ImportRequest, run func() error) error {
	if p.path == "" {
		return run()
	}
	f, err := report.CreateRejects(p.path, p.force, c.Printer)
	if err != nil {
		return err
	}
	defer f.Discard()
	var fault error
	r.OnReject = func(x journal.RowRemark) {
		if fault == nil {
			fault = f.Write(filepath.Base(r.Path), x.Line, journal.RejectWords+x.Reason, x.Text)
		}
	}
	err = run()
	if wrongRequest(err) {
		return err
	}
	if fault == nil && f.Rows() > 0 {
		fault = f.Commit()
	}
	if fault != nil {
		c.fault = true // the command line was right, the disk was not
		return errors.Join(err, fault)
	}
	v := rejectsJSON{Rows: f.Rows()}
	if v.Rows > 0 {
		v.File = &p.path
	}
	said := c.emit(v, func() string {
		if v.File == nil {
			return c.T("cli.calls.rejects_none", map[string]any{"File": plain(p.path)})
		}
		return c.N("cli.calls.rejects_kept", v.Rows, map[string]any{"File": plain(p.path)})
	})
	if err == nil {
		err = said
	}
	return err
}
