package calls

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/ui/task"
)

// Columns is the choice of what the columns of a table hold, for a file that
// nobody could tell it of.
type Columns struct {
	Path    string
	Preview journal.Preview
	// Fields has what each column holds, by its place; empty for nothing.
	Fields []journal.MappingField
	// Fault is why that is not enough, nil where nothing was said yet.
	Fault error

	job *Import // the import that could not read the file
	at  int     // its place there
}

// mappable says whether choosing the columns may help against a failure.
func mappable(err error) bool {
	return slices.Contains([]string{
		"import.format_unknown", "import.mapping_incomplete", "import.mapping_column", "import.not_this_format",
	}, domain.KeyOf(err))
}

// Columns is the choice that is open, nil for none.
func (m *Model) Columns() *Columns { return m.columns }

// ChooseColumns looks at the beginning of a file that an import could not read,
// so that the user can say what its columns hold.
func (m *Model) ChooseColumns(i int) {
	job := m.job
	if job == nil || job.Stage != task.Done || i >= len(job.Reports) {
		return
	}
	path := job.Reports[i].request.Path
	var got journal.Preview
	m.p.Run(func(ctx context.Context) (err error) {
		got, err = m.p.Journal.Preview(ctx, journal.PreviewRequest{Path: path})
		return err
	}, func(err error) {
		if err == nil && len(columnsOf(got)) == 0 {
			err = domain.E("calls.ChooseColumns", domain.Invalid, "import.mapping_no_table", nil, nil)
		}
		if err != nil {
			m.p.Events.Failed(err)
			return
		}
		c := &Columns{Path: path, Preview: got, job: job, at: i, Fields: make([]journal.MappingField, len(columnsOf(got)))}
		for field, column := range got.Mapping {
			if at := place(got, column); at >= 0 {
				c.Fields[at] = field
			}
		}
		m.columns = c
		m.p.Events.Import()
	})
}

// columnsOf gives a title for every column, also of a table without titles.
func columnsOf(p journal.Preview) []string {
	out := slices.Clone(p.Columns)
	for _, row := range p.Rows {
		for len(out) < len(row) {
			out = append(out, "")
		}
	}
	return out
}

// place finds the column that a mapping names by title or as "#3".
func place(p journal.Preview, column string) int {
	if n, err := strconv.Atoi(strings.TrimPrefix(column, "#")); err == nil && n >= 1 && n <= len(columnsOf(p)) {
		return n - 1
	}
	return slices.Index(p.Columns, column)
}

// SetColumn says what a column holds; a field is in one column only.
func (m *Model) SetColumn(i int, f journal.MappingField) {
	c := m.columns
	if c == nil {
		return
	}
	for k := range c.Fields {
		if f != "" && k != i && c.Fields[k] == f {
			c.Fields[k] = ""
		}
	}
	c.Fields[i] = f
	c.Fault = nil
	m.p.Events.Columns()
}

// CloseColumns goes back to the report.
func (m *Model) CloseColumns() { m.columns = nil }

// mapping is what was chosen; a field that no column holds is said to be in
// none, so that its title decides nothing.
func (c *Columns) mapping() journal.Mapping {
	out := journal.Mapping{}
	for _, f := range journal.MappingFields() {
		out[f] = ""
	}
	for i, f := range c.Fields {
		if f != "" {
			out[f] = "#" + strconv.Itoa(i+1)
		}
	}
	return out
}

// missing is the first field without which there are no calls.
func (c *Columns) missing() journal.MappingField {
	has := func(f journal.MappingField) bool { return slices.Contains(c.Fields, f) }
	switch {
	case !has(journal.MapTime) && !has(journal.MapDate):
		return journal.MapTime
	case !has(journal.MapNumber) && (!has(journal.MapCaller) || !has(journal.MapCallee)):
		return journal.MapNumber
	}
	return ""
}

// ImportMapped reads the file with the columns as chosen; the choice is kept
// for the next file with the same titles.
func (m *Model) ImportMapped() {
	c := m.columns
	if c == nil || m.Importing() {
		return
	}
	if f := c.missing(); f != "" {
		c.Fault = domain.E("calls.ImportMapped", domain.Invalid, "import.mapping_incomplete", domain.Args{"Field": string(f)}, nil)
		m.p.Events.Columns()
		return
	}
	m.columns = nil
	job := &Import{
		Files:  task.Files{Paths: []string{c.Path}, Counter: c.job.Counter},
		Person: c.job.Person, OwnNumber: c.job.OwnNumber, Year: c.job.Year, mapping: c.mapping(),
	}
	job.rest = slices.Delete(slices.Clone(c.job.Reports), c.at, c.at+1)
	m.job = job
	m.RunImport()
}

// Name is the name of the file without its folder.
func (c *Columns) Name() string { return filepath.Base(c.Path) }
