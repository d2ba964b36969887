package report

import (
	"encoding/binary"
	"errors"
	"slices"
	"sort"
)

// trueType reads what a PDF needs of a TrueType font with outlines: widths,
// which glyph draws a character, and the outlines of those that are used.
type trueType struct {
	tables  map[string][]byte
	groups  []glyphRun
	units   int
	metrics int // how many glyphs have a width of their own
	glyphs  int
	long    bool // offsets of outlines have four bytes
}

// glyphRun says which glyphs draw the characters from first to last.
type glyphRun struct{ first, last, glyph uint32 }

var errFont = errors.New("report: the font cannot be read")

func parseTrueType(font []byte) (*trueType, error) {
	if len(font) < 12 {
		return nil, errFont
	}
	f := &trueType{tables: map[string][]byte{}}
	for i := range int(binary.BigEndian.Uint16(font[4:])) {
		entry := font[12+16*i:]
		at, size := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		f.tables[string(entry[:4])] = font[at : at+size]
	}
	for _, name := range []string{"head", "hhea", "hmtx", "maxp", "cmap", "loca", "glyf"} {
		if f.tables[name] == nil {
			return nil, errFont
		}
	}
	f.units = int(binary.BigEndian.Uint16(f.tables["head"][18:]))
	f.long = binary.BigEndian.Uint16(f.tables["head"][50:]) == 1
	f.metrics = int(binary.BigEndian.Uint16(f.tables["hhea"][34:]))
	f.glyphs = int(binary.BigEndian.Uint16(f.tables["maxp"][4:]))
	f.readGroups(f.tables["cmap"])
	if len(f.groups) == 0 {
		return nil, errFont
	}
	return f, nil
}

// readGroups reads the segmented coverage (format 12) of the character map,
// which every font with more than a few characters has.
func (f *trueType) readGroups(cmap []byte) {
	for i := range int(binary.BigEndian.Uint16(cmap[2:])) {
		part := cmap[binary.BigEndian.Uint32(cmap[4+8*i+4:]):]
		if binary.BigEndian.Uint16(part) != 12 || len(f.groups) > 0 {
			continue
		}
		for n := range int(binary.BigEndian.Uint32(part[12:])) {
			e := part[16+12*n:]
			f.groups = append(f.groups, glyphRun{
				binary.BigEndian.Uint32(e), binary.BigEndian.Uint32(e[4:]), binary.BigEndian.Uint32(e[8:]),
			})
		}
	}
}

// glyph is the glyph of a character, 0 for one that the font cannot draw.
func (f *trueType) glyph(r rune) int {
	i := sort.Search(len(f.groups), func(i int) bool { return f.groups[i].last >= uint32(r) })
	if i == len(f.groups) || uint32(r) < f.groups[i].first {
		return 0
	}
	return int(f.groups[i].glyph + uint32(r) - f.groups[i].first)
}

// width is how wide a glyph is, in thousandths of the size of the font.
func (f *trueType) width(glyph int) int {
	at := 4 * min(glyph, f.metrics-1)
	return int(binary.BigEndian.Uint16(f.tables["hmtx"][at:])) * 1000 / f.units
}

func (f *trueType) outline(glyph int) []byte {
	from, to := f.place(glyph), f.place(glyph+1)
	return f.tables["glyf"][from:to]
}

func (f *trueType) place(glyph int) uint32 {
	if f.long {
		return binary.BigEndian.Uint32(f.tables["loca"][4*glyph:])
	}
	return 2 * uint32(binary.BigEndian.Uint16(f.tables["loca"][2*glyph:]))
}

// subset is the font with the outlines of these glyphs alone. Glyphs keep their
// numbers; what is empty packs well.
func (f *trueType) subset(glyphs map[int]bool) []byte {
	used := map[int]bool{0: true}
	for g := range glyphs {
		f.gather(used, g)
	}
	var glyf []byte
	loca := make([]byte, 0, 4*(f.glyphs+1))
	for g := range f.glyphs {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		if used[g] {
			glyf = append(glyf, f.outline(g)...)
			glyf = append(glyf, make([]byte, -len(glyf)&3)...)
		}
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
	head := slices.Clone(f.tables["head"])
	binary.BigEndian.PutUint16(head[50:], 1)
	tables := map[string][]byte{"glyf": glyf, "loca": loca, "head": head}
	for _, name := range []string{"hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep"} {
		if t := f.tables[name]; t != nil {
			tables[name] = t
		}
	}
	return joinTables(tables)
}

// gather takes a glyph and, where it is put together from others, those too.
func (f *trueType) gather(used map[int]bool, glyph int) {
	if used[glyph] || glyph >= f.glyphs {
		return
	}
	used[glyph] = true
	data := f.outline(glyph)
	if len(data) < 10 || int16(binary.BigEndian.Uint16(data)) >= 0 {
		return
	}
	const words, scale, more, scale2, matrix = 1, 8, 32, 64, 128
	for at := 10; ; {
		flags := binary.BigEndian.Uint16(data[at:])
		f.gather(used, int(binary.BigEndian.Uint16(data[at+2:])))
		at += 6
		if flags&words != 0 {
			at += 2
		}
		switch {
		case flags&scale != 0:
			at += 2
		case flags&scale2 != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if flags&more == 0 {
			return
		}
	}
}

// joinTables writes a font file.
func joinTables(tables map[string][]byte) []byte {
	names := make([]string, 0, len(tables))
	for name := range tables {
		names = append(names, name)
	}
	slices.Sort(names)
	n := uint16(len(names))
	power := uint16(1)
	log := uint16(0)
	for power*2 <= n {
		power, log = power*2, log+1
	}
	out := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, v := range []uint16{n, power * 16, log, n*16 - power*16} {
		out = binary.BigEndian.AppendUint16(out, v)
	}
	at := len(out) + 16*len(names)
	for _, name := range names {
		out = append(out, name...)
		for _, v := range []uint32{checksum(tables[name]), uint32(at), uint32(len(tables[name]))} {
			out = binary.BigEndian.AppendUint32(out, v)
		}
		at += (len(tables[name]) + 3) &^ 3
	}
	for _, name := range names {
		out = append(out, tables[name]...)
		out = append(out, make([]byte, -len(tables[name])&3)...)
	}
	return out
}

func checksum(table []byte) (sum uint32) {
	for len(table) >= 4 {
		sum += binary.BigEndian.Uint32(table)
		table = table[4:]
	}
	var last [4]byte
	copy(last[:], table)
	return sum + binary.BigEndian.Uint32(last[:])
}
