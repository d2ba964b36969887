package importer

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// mappedTable is genericCSV for one table, with the columns that the user
// named.
type mappedTable struct {
	genericCSV
	layout layout
}

func (m mappedTable) Read(_ context.Context, in Input) (Rows, error) {
	return readTable(in, m.layout, m.times)
}

// mapped gives the format that reads the table by a mapping: the one of the
// options, else the one that is remembered for its titles. It is nil where
// there is no mapping.
func (im *Importers) mapped(
	ctx context.Context, sample *Sample, named Format, o journal.ImportOptions, s *source,
) (Format, error) {
	table, ok := im.table(named)
	if len(o.Mapping) > 0 {
		if !ok || sample.Binary {
			return nil, domain.E(opOpen, domain.Invalid, "import.mapping_no_table", nil, nil)
		}
		t, titled, err := titlesOf(sample.Text, o.Mapping)
		if err != nil {
			return nil, err
		}
		used := journal.UsedMapping{Mapping: o.Mapping}
		if titled {
			used.Fingerprint = t.fingerprint()
		}
		return table.by(sample.Text, t, titled, used, s)
	}
	if !ok || sample.Binary || o.Recall == nil {
		return nil, nil
	}
	t, m, err := recalled(ctx, sample.Text, o)
	if err != nil || m == nil {
		return nil, err
	}
	return table.by(sample.Text, t, true, journal.UsedMapping{Mapping: m, Fingerprint: t.fingerprint(), Remembered: true}, s)
}

// table gives the format whose columns can be mapped, unless the user named
// another.
func (im *Importers) table(named Format) (genericCSV, bool) {
	for _, f := range im.formats {
		if table, ok := f.(genericCSV); ok && (named == nil || named.Name() == table.Name()) {
			return table, true
		}
	}
	return genericCSV{}, false
}

// recalled gives the mapping that is remembered, with the titles that it is
// for; nil where none is.
func recalled(ctx context.Context, sample []byte, o journal.ImportOptions) (titleRow, journal.Mapping, error) {
	rows := titleRows(sample)
	prints := make([]string, len(rows))
	for i, r := range rows {
		prints[i] = r.fingerprint()
	}
	if len(rows) == 0 {
		return titleRow{}, nil, nil
	}
	found, m, err := o.Recall(ctx, prints)
	if at := slices.Index(prints, found); err == nil && at >= 0 {
		return rows[at], m, nil
	}
	return titleRow{}, nil, err
}

// by makes the format that reads the table, and tells the source.
func (f genericCSV) by(sample []byte, t titleRow, titled bool, used journal.UsedMapping, s *source) (Format, error) {
	l, err := f.layoutBy(sample, t, titled, used.Mapping)
	if err != nil {
		return nil, err
	}
	if missing := l.missing(); len(missing) > 0 {
		return nil, domain.E(opOpen, domain.Invalid, "import.mapping_incomplete", domain.Args{"Field": string(missing[0])}, nil)
	}
	s.mapped = &used
	return mappedTable{f, l}, nil
}

// titlesOf finds the row of the titles that a mapping names, or, where it names
// places only, guesses it.
func titlesOf(sample []byte, m journal.Mapping) (t titleRow, titled bool, err error) {
	named := []string{}
	for _, field := range slices.Sorted(maps.Keys(m)) {
		if _, place := columnPlace(m[field]); !place && m[field] != "" {
			named = append(named, m[field])
		}
	}
	if len(named) == 0 {
		t, titled, ok := findShape(sample)
		if !ok {
			err = domain.E(opOpen, domain.Invalid, "import.mapping_no_table", nil, nil)
		}
		return t, titled, err
	}
	missing, most := named[0], 0
	for _, r := range titleRows(sample) {
		found := 0
		for _, name := range named {
			if r.column(name) >= 0 {
				found++
			}
		}
		if found == len(named) && (!titled || len(r.cells) > len(t.cells)) {
			t, titled = r, true
		}
		if found > most {
			most = found
			missing = named[max(0, slices.IndexFunc(named, func(name string) bool { return r.column(name) < 0 }))]
		}
	}
	if !titled {
		return t, false, noColumn(missing)
	}
	return t, true, nil
}

func noColumn(name string) error {
	return domain.E(opOpen, domain.Invalid, "import.mapping_column", domain.Args{"Column": domain.Clip(name, 40)}, nil)
}

// layoutBy is what the titles say, changed by what the mapping says.
func (f genericCSV) layoutBy(sample []byte, t titleRow, titled bool, m journal.Mapping) (layout, error) {
	cells := make([][]byte, len(t.cells))
	for i, c := range t.cells {
		cells[i] = []byte(c)
	}
	l := readTitles(cells, f.titles)
	l.delimiter, l.row, l.preamble = t.delimiter, t.row, preamble(sample, t)
	l.at[colMessage] = -1
	if !titled {
		l.hints = nil
	}
	fixed := map[column]bool{}
	for _, field := range slices.Sorted(maps.Keys(m)) {
		c := columnOf(field)
		fixed[c], l.at[c] = true, -1
	}
	for _, field := range slices.Sorted(maps.Keys(m)) {
		if m[field] == "" {
			continue
		}
		at := t.column(m[field])
		if at < 0 {
			return l, noColumn(m[field])
		}
		l.put(columnOf(field), at, fixed)
	}
	l.settle(fixed, t.cells)
	return l, nil
}

// put gives a column its place, and takes that from whatever was only guessed
// to be there.
func (l *layout) put(c column, at int, fixed map[column]bool) {
	for other := range l.at {
		if l.at[other] == at && !fixed[column(other)] {
			l.at[other] = -1
		}
	}
	l.hints = slices.DeleteFunc(l.hints, func(hint int) bool { return hint == at })
	l.at[c] = at
}

// settle draws the conclusions of a mapping: the other party is named in one
// way only, a lone date is a time, and a duration has the unit of its title.
func (l *layout) settle(fixed map[column]bool, titles []string) {
	if fixed[colNumber] && l.has(colNumber) {
		l.at[colCaller], l.at[colCallee] = -1, -1
	} else if !fixed[colNumber] && (fixed[colCaller] && l.has(colCaller) || fixed[colCallee] && l.has(colCallee)) {
		l.at[colNumber] = -1
	}
	l.placeRest()
	l.clear = l.has(colDirection)
	l.unit = time.Second
	if l.has(colDuration) {
		if _, unit := foldTitle(titles[l.at[colDuration]]); isMinuteUnit(unit) {
			l.unit = time.Minute
		}
	}
}

// missing are the fields without which the table tells no calls.
func (l *layout) missing() []journal.MappingField {
	var out []journal.MappingField
	if !l.has(colTime) {
		out = append(out, journal.MapTime)
	}
	if !l.has(colNumber) && !l.twoSided() {
		out = append(out, journal.MapNumber)
	}
	return out
}

// preamble is the text before the titles, where a bill tells its period.
func preamble(sample []byte, t titleRow) []byte {
	var out []byte
	in := newLines(bytes.NewReader(sample), t.delimiter)
	for range t.row {
		if r, err := in.next(); err == nil {
			out = append(append(out, r.raw...), '\n')
		}
	}
	return out
}

func columnOf(f journal.MappingField) column {
	for c := range columnCount {
		if fieldOf(c) == f {
			return c
		}
	}
	return colMessage // no mapping that the journal let pass
}

// fieldOf is the field of a column, empty where none can be mapped to it.
func fieldOf(c column) journal.MappingField {
	switch c {
	case colTime:
		return journal.MapTime
	case colDate:
		return journal.MapDate
	case colNumber:
		return journal.MapNumber
	case colOwn:
		return journal.MapOwnNumber
	case colCaller:
		return journal.MapCaller
	case colCallee:
		return journal.MapCallee
	case colDirection:
		return journal.MapDirection
	case colDuration:
		return journal.MapDuration
	case colRing:
		return journal.MapRing
	case colName:
		return journal.MapName
	case colMessage, columnCount:
	}
	return ""
}

// mapping is the layout as a user would give it: by title, as one line, where
// that is found again, else by place.
func (l *layout) mapping(titles []string) journal.Mapping {
	t := titleRow{cells: titles}
	m := journal.Mapping{}
	for c, at := range l.at {
		field := fieldOf(column(c))
		if at < 0 || field == "" {
			continue
		}
		title := excerpt([]byte(titles[at]))
		if _, place := columnPlace(title); place || title == "" || t.column(title) != at {
			title = "#" + strconv.Itoa(at+1)
		}
		m[field] = title
	}
	return m
}
