package importer

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/richardlehane/mscfb"

	"quietline/internal/domain"
)

// The workbook of Excel 97 to 2003 ([MS-XLS], .xls) is one stream of records
// in a compound file. mscfb, which excelize brings along, reads the outer file;
// the records that hold cells are few and read here. shakinm/xlsReader was
// weighed and left: it follows a chain of sectors that leads into itself for
// ever, which no recover ends, it drops the results of formulas, and it does
// not tell which cells are dates.

// maxXLS is the size of an old workbook, in bytes: 65,536 rows, the most that
// it can have, take a third of that.
const maxXLS = 32 << 20

// openXLS opens an old workbook, nil for a compound file with something else
// in it. What goes wrong in reading it becomes an error that says to save it
// as .xlsx.
func openXLS(ctx context.Context, raw *counted) (b *xlsBook, err error) {
	defer oldBookPanic(&err)
	if raw.total > maxXLS {
		return nil, largeBook()
	}
	at := &boundedAt{ctx: ctx, in: raw.at, left: -1}
	doc, err := mscfb.New(at)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil && at.short:
		return nil, truncated()
	case err != nil:
		return nil, oldBook(err)
	}
	for _, f := range doc.File {
		switch f.Name {
		case "EncryptedPackage": // a workbook of today, locked by a password
			return nil, lockedBook()
		case "Workbook", "Book":
			if f.Size > maxXLS {
				return nil, oldBook(errors.New("a stream longer than its file"))
			}
			stream, whole := readPieces(f)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			return newXLSBook(xlsBook{ctx: ctx, stream: stream, cut: !whole, share: raw.share})
		}
	}
	return nil, nil
}

// readPieces reads to the end, or as far as it can: a read that fails gives
// nothing of what it was asked for.
func readPieces(r io.Reader) (data []byte, whole bool) {
	piece := make([]byte, 4<<10)
	for {
		n, err := r.Read(piece)
		data = append(data, piece[:n]...)
		if err != nil {
			return data, errors.Is(err, io.EOF)
		}
	}
}

// oldBookPanic turns a panic into an error: the stream comes from anywhere.
func oldBookPanic(err *error) {
	if r := recover(); r != nil {
		*err = oldBook(fmt.Errorf("panic of type %T", r))
	}
}

func oldBook(cause error) error {
	return domain.E(opNext, domain.Corrupt, "import.book_old", nil, cause)
}

func lockedBook() error {
	return domain.E(opNext, domain.Invalid, "import.book_locked", nil, nil)
}

// xlsBook is an old workbook. Its stream is in memory.
type xlsBook struct {
	ctx      context.Context
	stream   []byte
	cut      bool  // the stream ends before its end
	at       []int // where the sheets begin
	kinds    []cellKind
	strings  sharedStrings
	from1904 bool
	share    func(float64)
}

func (b *xlsBook) sheets() int { return len(b.at) }

func (b *xlsBook) open(i int) (sheetRows, error) {
	if _, err := b.record(b.at[i], biffBOF); err != nil {
		return nil, err
	}
	return &xlsSheet{book: b, pos: b.at[i], row: -1}, nil
}

// The records that are read ([MS-XLS] 2.3).
const (
	biffFormula  = 0x0006
	biffEOF      = 0x000a
	biffDateMode = 0x0022
	biffPass     = 0x002f
	biffContinue = 0x003c
	biffSheet    = 0x0085
	biffMulRK    = 0x00bd
	biffRString  = 0x00d6
	biffXF       = 0x00e0
	biffSST      = 0x00fc
	biffLabelSST = 0x00fd
	biffNumber   = 0x0203
	biffLabel    = 0x0204
	biffBoolErr  = 0x0205
	biffString   = 0x0207
	biffRK       = 0x027e
	biffFormat   = 0x041e
	biffBOF      = 0x0809
)

// biffRecord is one record of the stream.
type biffRecord struct {
	kind int
	data []byte
	next int // where the next one begins
}

// record reads the record at a place; kind may be the one that it must be.
func (b *xlsBook) record(pos, kind int) (biffRecord, error) {
	const head = 4
	if pos < 0 || pos+head > len(b.stream) {
		return biffRecord{}, b.end()
	}
	r := biffRecord{kind: word(b.stream[pos:]), next: pos + head + word(b.stream[pos+2:])}
	if r.next > len(b.stream) {
		return biffRecord{}, b.end()
	}
	if kind != 0 && r.kind != kind {
		return biffRecord{}, oldBook(errors.New("another record than the one expected"))
	}
	r.data = b.stream[pos+head : r.next]
	return r, nil
}

// end is the error of a stream that ends in the middle.
func (b *xlsBook) end() error {
	if b.cut {
		return truncated()
	}
	return oldBook(io.ErrUnexpectedEOF)
}

// newXLSBook reads what stands before the sheets: where they begin, the texts,
// and which formats are dates.
func newXLSBook(b xlsBook) (*xlsBook, error) {
	const excel97 = 0x0600
	first, err := b.record(0, biffBOF)
	if err != nil {
		return nil, err
	}
	if len(first.data) < 2 || word(first.data) != excel97 {
		return nil, oldBook(errors.New("older than Excel 97"))
	}
	codes := map[int]cellKind{}
	for r := first; r.kind != biffEOF; {
		if r, err = b.record(r.next, 0); err != nil {
			return nil, err
		}
		switch d := r.data; r.kind {
		case biffPass:
			return nil, lockedBook()
		case biffDateMode:
			b.from1904 = len(d) >= 2 && word(d) == 1
		case biffSheet:
			if len(d) >= 6 && d[5] == 0 { // a sheet of cells, no chart
				b.at = append(b.at, int(dword(d)&(1<<31-1)))
			}
		case biffFormat:
			if len(d) >= 2 {
				in := biffText{segments: [][]byte{d[2:]}}
				codes[word(d)] = formatKind(string(in.text(in.word())))
			}
		case biffXF:
			kind := kindPlain
			if len(d) >= 4 {
				var ok bool
				if kind, ok = codes[word(d[2:])]; !ok {
					kind = builtinKind(word(d[2:]))
				}
			}
			b.kinds = append(b.kinds, kind)
		case biffSST:
			if err := b.readStrings(r); err != nil {
				return nil, err
			}
		}
	}
	return &b, nil
}

// readStrings reads the shared texts, which go on in the records behind.
func (b *xlsBook) readStrings(r biffRecord) error {
	in := biffText{segments: [][]byte{r.data}}
	for {
		more, err := b.record(r.next, 0)
		if err != nil || more.kind != biffContinue {
			break
		}
		in.segments = append(in.segments, more.data)
		r = more
	}
	in.skip(4) // how often they are used
	for n := in.dword(); n > 0 && !in.ended(); n-- {
		if !b.strings.add(in.text(in.word()), maxCell) {
			return largeBook()
		}
	}
	return nil
}
