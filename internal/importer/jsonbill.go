package importer

import (
	"bytes"
	"context"
	"io"
	"os"
	"time"
)

// jsonBill reads the answers of an operator's web site as people save them:
// JSON, or JSON in the call of a function. A record is read as the row of a
// table whose columns have the names of its keys.
type jsonBill struct {
	name     string
	variants []jsonKeys
	// frame are keys that, together, an answer without any call has.
	frame []string
	times *clockwork
}

// jsonKeys are the keys of a record, empty where it has none for it.
type jsonKeys struct{ date, clock, direction, duration, hint, number string }

// The places of a record's values in a row. The number is the last: a row
// without it is too short.
const (
	jsonDate = iota
	jsonTime
	jsonDirection
	jsonDuration
	jsonHint
	jsonNumber
	jsonColumns
)

func (f jsonBill) Name() string { return f.name }

// Recognise reads the first records of the sample: one with the keys of the
// bill is enough.
func (f jsonBill) Recognise(s *Sample) bool {
	if s.Binary || !beginsJSON(s.Text) {
		return false
	}
	records := 0
	for in := newObjects(bytes.NewReader(s.Text)); records < 100; records++ {
		got, err := in.next()
		if err != nil {
			break
		}
		if _, ok := f.keys(got.values); ok && got.damage == "" {
			return true
		}
	}
	missing := len(f.frame) == 0
	for _, key := range f.frame {
		missing = missing || !bytes.Contains(s.Text, []byte(`"`+key+`"`))
	}
	return records == 0 && !missing
}

// beginsJSON says whether a text begins like JSON, or like the call of a
// function with it: jQuery123({…, perhaps behind an empty comment.
func beginsJSON(text []byte) bool {
	text = bytes.TrimLeft(text[:min(len(text), 1024)], " \t\r\n")
	text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte("/**/")), " \t\r\n")
	function := bytes.TrimLeftFunc(text, func(r rune) bool {
		return r == '_' || r == '$' || r == '.' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
	})
	if rest, ok := bytes.CutPrefix(bytes.TrimLeft(function, " "), []byte("(")); ok && len(function) < len(text) {
		text = bytes.TrimLeft(rest, " \t\r\n")
	}
	return len(text) > 0 && (text[0] == '{' || text[0] == '[')
}

// keys finds the variant that a record is of: one that has its time and its
// number.
func (f jsonBill) keys(values members) (jsonKeys, bool) {
	for _, k := range f.variants {
		_, clock := values.get(k.clock)
		_, number := values.get(k.number)
		_, duration := values.get(k.duration)
		if clock && number && duration {
			return k, true
		}
	}
	return jsonKeys{}, false
}

func (f jsonBill) Read(ctx context.Context, in Input) (Rows, error) {
	stated, err := f.period(ctx, in)
	if err != nil {
		return nil, err
	}
	l := layout{unit: time.Second, row: -1, clear: true, hints: []int{jsonHint}, preamble: stated}
	for c := range l.at {
		l.at[c] = -1
	}
	l.at[colDate], l.at[colTime], l.at[colNumber] = jsonDate, jsonTime, jsonNumber
	l.at[colDirection], l.at[colDuration] = jsonDirection, jsonDuration
	r := newTableRows(f.rows(in.Text), l, f.times, in.Options)
	r.lookAhead(f.rows(bytes.NewReader(in.Sample.Text)))
	return r, nil
}

func (f jsonBill) rows(r io.Reader) *jsonRows { return &jsonRows{objects: newObjects(r), bill: f} }

// period gives the texts of an answer that state its period. They stand behind
// the calls, so where the sample has a time without a year and the period lies
// beyond it, the file is gone through once before it is read.
func (f jsonBill) period(ctx context.Context, in Input) ([]byte, error) {
	p := &statedPeriod{}
	ahead := f.rows(bytes.NewReader(in.Sample.Text))
	ahead.objects.found = p.take
	yearless := false
	for {
		got, err := ahead.next()
		if err != nil {
			break
		}
		if got.damage == "" {
			w, ok := f.times.read(f.times.join(string(got.fields[jsonDate]), string(got.fields[jsonTime])))
			yearless = yearless || ok && w.year == 0 && w.exact.IsZero()
		}
	}
	if !yearless || len(p.text) > 0 || len(in.Sample.Raw) < SampleSize {
		return p.text, nil
	}
	file, err := os.Open(in.Path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	far := newObjects(newText(newCounted(ctx, file, 0).Reader))
	far.found, far.skim = p.take, true
	for err == nil {
		_, err = far.next()
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return p.text, nil // any other error comes again when the records are read
}

// statedPeriod gathers the texts that state a period.
type statedPeriod struct{ text []byte }

func (p *statedPeriod) take(key, value string) {
	const most = 4 << 10 // a file of many pages states it again in each
	switch key {
	case "startDate", "endDate", "beginDate", "queryDateScope":
		if line := value + "\n"; len(p.text) < most && !bytes.Contains(p.text, []byte(line)) {
			p.text = append(p.text, line...)
		}
	}
}

// jsonRows gives the records of an answer as rows of a table.
type jsonRows struct {
	objects *objects
	bill    jsonBill
	cells   [jsonColumns][]byte
}

// next passes over objects that have nothing of a call.
func (r *jsonRows) next() (row, error) {
	for {
		got, err := r.objects.next()
		if err != nil {
			return row{}, err
		}
		out := row{line: got.line, raw: got.raw, damage: got.damage, ended: true}
		if got.damage != "" || r.fill(&out, got.values) {
			return out, nil
		}
	}
}

// fill puts the values of a record into the cells of a row.
func (r *jsonRows) fill(out *row, values members) bool {
	keys, ok := r.bill.keys(values)
	for i := 0; !ok && i < len(r.bill.variants); i++ {
		keys = r.bill.variants[i]
		_, clock := values.get(keys.clock)
		_, number := values.get(keys.number)
		ok = clock || number
	}
	if !ok {
		return false
	}
	for at, key := range [jsonColumns]string{keys.date, keys.clock, keys.direction, keys.duration, keys.hint, keys.number} {
		r.cells[at] = nil
		if key != "" {
			value, _ := values.get(key)
			r.cells[at] = bytes.TrimSpace(value)
		}
	}
	out.fields = r.cells[:]
	if _, there := values.get(keys.number); !there {
		out.fields = r.cells[:jsonNumber]
	}
	return true
}
