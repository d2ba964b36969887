package importer

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
)

// The workbook of today (ECMA-376, .xlsx) is a zip of XML parts. Of these the
// list of sheets, the formats of cells, the texts and one sheet are read, each
// as a stream. excelize, with which this program writes such files, unpacks
// all parts before it gives the first row, keeps what is no sheet in memory
// whatever its size, and does not tell which cells are dates.

// The bounds of a workbook, in bytes.
const (
	maxXLSX      = 1 << 30  // the file
	maxDirectory = 2 << 20  // its table of contents
	maxPart      = 2 << 30  // a sheet or the texts, unpacked
	maxSmallPart = 32 << 20 // any other part, unpacked
	maxXMLToken  = 1 << 20  // one tag, or one text between two
)

// errLarge is what readers of a workbook give when a bound is passed.
type errLarge struct{}

// Error names the bound for a log.
func (errLarge) Error() string { return "larger than any table of calls" }

type xlsxBook struct {
	ctx      context.Context
	parts    map[string]*zip.File // by name in lower case
	names    []string             // the parts of the sheets, in order
	titles   []string             // what they are called, where the workbook says it
	cell     int                  // the longest text that is taken out of a cell, in bytes
	styles   []cellKind
	strings  sharedStrings
	from1904 bool
	loaded   bool // strings and styles were read
	share    func(float64)
}

// openXLSX opens a workbook, nil for a zip that is none.
func openXLSX(ctx context.Context, raw *counted) (*xlsxBook, error) {
	if raw.total > maxXLSX {
		return nil, largeBook()
	}
	at := &boundedAt{ctx: ctx, in: raw.at, left: maxDirectory}
	archive, err := zip.NewReader(at, raw.total)
	at.left = -1
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, errLarge{}):
		return nil, largeBook()
	case errors.Is(err, zip.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, truncated() // the table of contents stands at the end
	case err != nil:
		return nil, damagedBook(err)
	}
	b := &xlsxBook{ctx: ctx, parts: map[string]*zip.File{}, share: raw.share, cell: maxCell}
	for _, f := range archive.File {
		b.parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))] = f
	}
	if err := b.findSheets(); err != nil {
		return nil, err
	}
	if len(b.names) == 0 {
		return nil, nil
	}
	return b, nil
}

func (b *xlsxBook) sheets() int { return len(b.names) }

func (b *xlsxBook) open(i int) (sheetRows, error) {
	if !b.loaded {
		if err := errors.Join(b.readStyles(), b.readStrings()); err != nil {
			return nil, err
		}
		b.loaded = true
	}
	in, err := b.part(b.names[i], maxPart)
	if err != nil {
		return nil, err
	}
	return &xlsxSheet{book: b, in: in, text: cellText{most: b.cell}}, nil
}

// findSheets lists the parts of the sheets: as the workbook names them, else
// what lies in the folder of the sheets.
func (b *xlsxBook) findSheets() error {
	workbook := "xl/workbook.xml"
	targets, err := b.relations("_rels/.rels", "")
	if err != nil {
		return err
	}
	for _, r := range targets {
		if strings.HasSuffix(r.kind, "/officedocument") {
			workbook = r.target
		}
	}
	dir, name := path.Split(workbook)
	parts, err := b.relations(dir+"_rels/"+name+".rels", dir)
	if err != nil {
		return err
	}
	err = b.each(workbook, func(el xml.StartElement) {
		switch el.Name.Local {
		case "workbookPr":
			b.from1904 = isTrue(attr(el, "date1904"))
		case "sheet":
			if r, ok := parts[attr(el, "id")]; ok && strings.HasSuffix(r.kind, "/worksheet") && b.parts[r.target] != nil {
				b.names, b.titles = append(b.names, r.target), append(b.titles, attr(el, "name"))
			}
		}
	})
	if err != nil || len(b.names) > 0 {
		return err
	}
	for name := range b.parts {
		if strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml") {
			b.names = append(b.names, name)
		}
	}
	slices.Sort(b.names)
	return nil
}

// relation is what an ID of one part stands for.
type relation struct{ kind, target string }

// relations reads what the IDs in a part stand for; none where the workbook
// does not say it. Targets are relative to the folder of the part.
func (b *xlsxBook) relations(name, dir string) (map[string]relation, error) {
	out := map[string]relation{}
	err := b.each(name, func(el xml.StartElement) {
		if el.Name.Local != "Relationship" {
			return
		}
		target := strings.ReplaceAll(attr(el, "Target"), `\`, "/")
		if rest, ok := strings.CutPrefix(target, "/"); ok {
			target = rest
		} else {
			target = path.Join(dir, target)
		}
		out[attr(el, "Id")] = relation{kind: strings.ToLower(attr(el, "Type")), target: strings.ToLower(target)}
	})
	return out, err
}

// readStyles reads what kind of number the cells of each style hold.
func (b *xlsxBook) readStyles() error {
	codes := map[int]cellKind{}
	inside := false
	return b.each("xl/styles.xml", func(el xml.StartElement) {
		switch el.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(el, "numFmtId")); err == nil {
				codes[id] = formatKind(attr(el, "formatCode"))
			}
		case "cellXfs":
			inside = true
		case "cellStyles", "cellStyleXfs", "dxfs":
			inside = false
		case "xf":
			if !inside {
				return
			}
			id, _ := strconv.Atoi(attr(el, "numFmtId"))
			kind, ok := codes[id]
			if !ok {
				kind = builtinKind(id)
			}
			b.styles = append(b.styles, kind)
		}
	})
}

// readStrings reads the shared texts.
func (b *xlsxBook) readStrings() error {
	in, err := b.part("xl/sharedstrings.xml", maxPart)
	if in == nil || err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // it was only read
	text := cellText{most: b.cell}
	for {
		token, err := in.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if text.take(token, "t"); isEnd(token, "si") {
			if !b.strings.add(text.bytes, b.cell) {
				return largeBook()
			}
			text.reset()
		}
	}
}

// each calls back for every start tag of a part; there may be no such part.
func (b *xlsxBook) each(name string, do func(el xml.StartElement)) error {
	in, err := b.part(name, maxSmallPart)
	if in == nil || err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // it was only read
	for {
		token, err := in.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if el, ok := token.(xml.StartElement); ok {
			do(el)
		}
	}
}

// part opens a part, nil where there is none of that name. At most so many
// bytes of it are read.
func (b *xlsxBook) part(name string, most int64) (*xlsxPart, error) {
	f := b.parts[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	in, err := f.Open()
	if err != nil {
		return nil, damagedBook(err)
	}
	p := &xlsxPart{ctx: b.ctx, in: in, size: f.UncompressedSize64, total: most}
	p.decoder = xml.NewDecoder(p)
	return p, nil
}
