package importer

import (
	"bytes"
	"context"
	"io"
	"path/filepath"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// Preview looks at the beginning of a file. It fails like Open, but a table
// whose columns are unknown or incomplete is no error.
func (im *Importers) Preview(ctx context.Context, path string, o journal.ImportOptions) (journal.Preview, error) {
	args := domain.Args{"File": filepath.Base(path)}
	p := journal.Preview{File: filepath.Base(path), Mapping: journal.Mapping{}}
	named, err := im.named(o.Format)
	if err != nil {
		return p, err
	}
	file, size, err := openFile(path, args)
	if err != nil {
		return p, err
	}
	defer func() { _ = file.Close() }() // it was only read
	sample, err := takeSample(newCounted(ctx, file, size))
	switch {
	case err != nil:
		return p, readError(err)
	case len(bytes.TrimSpace(sample.Text)) == 0 && !sample.Binary:
		return p, domain.E(opOpen, domain.Invalid, "import.file_empty", args, nil)
	}
	if !sample.Binary {
		t := newText(bytes.NewReader(sample.Raw))
		_, _ = io.Copy(io.Discard, t) // reading from memory cannot fail
		p.Encoding = t.Encoding()
	}
	format, unknown := im.recognise(sample, named, args)
	table, ok := im.table(named)
	if !ok || sample.Binary {
		if len(o.Mapping) > 0 {
			unknown = domain.E(opOpen, domain.Invalid, "import.mapping_no_table", nil, nil)
		}
		return withFormat(p, format), unknown
	}
	found, err := table.preview(ctx, &p, sample.Text, o, format)
	switch {
	case err != nil:
		return p, err
	case found:
		p.Format = table.Name()
		return p, nil
	}
	return withFormat(p, format), unknown
}

// withFormat says which format reads the file, where one does.
func withFormat(p journal.Preview, f Format) journal.Preview {
	if f != nil {
		p.Format = f.Name()
	}
	return p
}

// preview fills in what the table shows. found is false for what is no table,
// and for a table that another format knows and nobody mapped.
func (f genericCSV) preview(
	ctx context.Context, p *journal.Preview, sample []byte, o journal.ImportOptions, known Format,
) (found bool, err error) {
	var t titleRow
	m, titled := o.Mapping, true
	switch {
	case len(m) > 0:
		t, titled, err = titlesOf(sample, m)
	case o.Recall != nil:
		if t, m, err = recalled(ctx, sample, o); m != nil {
			p.Remembered = true
		}
	}
	if err != nil {
		return false, err
	}
	if len(m) == 0 {
		if known != nil && known.Name() != f.Name() {
			return false, nil
		}
		var ok bool
		if t, titled, ok = f.guess(sample); !ok {
			return false, nil
		}
	}
	l, err := f.layoutBy(sample, t, titled, m)
	if err != nil {
		return false, err
	}
	p.Mapping, p.Missing = l.mapping(t.cells), l.missing()
	p.Columns, p.Rows = make([]string, len(t.cells)), firstRows(sample, t)
	for i, cell := range t.cells {
		p.Columns[i] = excerpt([]byte(cell))
	}
	return true, nil
}

// guess finds the titles by the vocabulary or else by the shape of the table.
func (f genericCSV) guess(sample []byte) (t titleRow, titled, ok bool) {
	if l, known := findLayout(sample, f.titles); known {
		for _, r := range titleRows(sample) {
			if r.delimiter == l.delimiter && r.row == l.row {
				return r, true, true
			}
		}
	}
	return findShape(sample)
}

// firstRows are the first rows of the table that hold something.
func firstRows(sample []byte, t titleRow) [][]string {
	var out [][]string
	in := newLines(bytes.NewReader(sample), t.delimiter)
	for n := 0; len(out) < journal.PreviewRows; n++ {
		got, err := in.next()
		if err != nil {
			break
		}
		if n <= t.row || got.damage != "" || firstFilled(got.fields) == nil {
			continue
		}
		cells := make([]string, len(got.fields))
		for i, f := range got.fields {
			cells[i] = excerpt(f)
		}
		out = append(out, cells)
	}
	return out
}
