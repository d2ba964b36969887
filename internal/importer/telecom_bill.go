package importer

import (
	"bytes"
	"strings"
	"time"

	"quietline/internal/domain"
)

// TelecomBill is the format "telecom_bill": the tables of China Telecom, that
// of Chongqing by its titles, that of Tianjin by its titles or, where they are
// missing or unknown, by the shape of its rows.
func TelecomBill() Format {
	b := newTableBill("telecom_bill", telecomTitles(), telecomTianjinTitles())
	b.shape = telecomShape
	return b
}

// shapeWithin is how many rows are searched for one of the shape: some lines
// with the customer's name may stand above.
const shapeWithin = headerWithin + 1

// telecomShape finds the table of Tianjin, whose columns are known by their
// places from both ends: caller, callee, kind of call and place; time,
// duration, one more and the fee (formats.md 3.5).
func telecomShape(sample []byte, _ map[string]heading) (layout, bool) {
	in, times, words := newLines(nil, 0), newClockwork(), newWords()
	for _, d := range []byte(",\t;|") {
		in.restart(bytes.NewReader(sample), d)
		var preamble []byte
		for n := range shapeWithin {
			r, err := in.next()
			if err != nil {
				break
			}
			if l, ok := telecomLayout(r, times, words); ok {
				l.delimiter, l.row, l.preamble = d, n-1, preamble
				return l, true
			}
			preamble = append(append(preamble, r.raw...), '\n')
		}
	}
	return layout{}, false
}

// telecomLayout says where the columns of a row of the shape are.
func telecomLayout(r row, times *clockwork, words *words) (layout, bool) {
	n := len(r.fields)
	if r.damage != "" || !r.ended || n < 8 {
		return layout{}, false
	}
	kind := words.read(r.fields[2])
	at := string(r.fields[n-4])
	w, ok := times.read(at)
	_, err := domain.ParseDuration(string(r.fields[n-3]))
	switch {
	case !ok, err != nil, w.year == 0, !strings.ContainsAny(at, "-/"):
		return layout{}, false
	case kind.direction != domain.DirectionIncoming && kind.direction != domain.DirectionOutgoing:
		return layout{}, false
	case !isPhone(r.fields[0]), !isPhone(r.fields[1]):
		return layout{}, false
	}
	l := layout{unit: time.Second, titles: make([]string, n), clear: true}
	for c := range l.at {
		l.at[c] = -1
	}
	l.at[colCaller], l.at[colCallee], l.at[colDirection] = 0, 1, 2
	l.at[colTime], l.at[colDuration] = n-4, n-3
	return l, true
}

// isPhone says whether a cell may hold a number, or says that there is none.
func isPhone(cell []byte) bool {
	cell = bare(cell)
	digits := significant(string(cell))
	return isHidden(string(cell)) || len(digits) >= 3 && beginsNumber(cell) && bytes.IndexByte(cell, ':') < 0
}
