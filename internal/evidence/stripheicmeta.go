package evidence

import (
	"encoding/binary"
	"io"
)

// item is a part of the picture as its description names it.
type item struct {
	kind string // "Exif", "mime" and "uri " are metadata
}

// meta reads the description of the picture.
func (h *heic) meta(at span) error {
	if at.size > maxHEICMeta || at.size < 4 {
		return errDamaged
	}
	b := make([]byte, at.size)
	if _, err := h.src.Seek(at.at, io.SeekStart); err != nil {
		return err
	}
	if _, err := io.ReadFull(h.src, b); err != nil {
		return cut(err)
	}
	items := map[uint32]item{}
	var places []byte
	var inside span
	err := h.inner(b[4:], at.at+4, func(kind string, box []byte, at int64) error {
		switch kind {
		case "hdlr", "pitm", "iref", "grpl", "dinf", "ipro", "free", "skip":
		case "iinf":
			return readItems(box, items)
		case "iloc":
			places = box
		case "idat":
			inside = span{at: at, size: int64(len(box))}
		case "iprp":
			return h.properties(box, at)
		default:
			h.spans = append(h.spans, span{at: at, size: int64(len(box))})
		}
		return nil
	})
	if err != nil || len(items) == 0 {
		return err
	}
	return h.places(places, inside, items)
}

// properties blanks out what people wrote about the picture.
func (h *heic) properties(b []byte, at int64) error {
	return h.inner(b, at, func(kind string, box []byte, at int64) error {
		if kind != "ipco" {
			return nil
		}
		return h.inner(box, at, func(kind string, box []byte, at int64) error {
			if kind == "udes" || kind == "uuid" {
				h.spans = append(h.spans, span{at: at, size: int64(len(box))})
			}
			return nil
		})
	})
}

// inner visits the boxes in b, which stands at a place of the file.
func (h *heic) inner(b []byte, at int64, visit func(kind string, box []byte, at int64) error) error {
	for len(b) > 0 {
		kind, head, size, ok := nextBox(b, int64(len(b)))
		if !ok {
			return errDamaged
		}
		if err := visit(kind, b[head:size], at+head); err != nil {
			return err
		}
		b, at = b[size:], at+size
	}
	return nil
}

// readItems reads which parts there are (ISO/IEC 14496-12, 8.11.6).
func readItems(b []byte, items map[uint32]item) error {
	r := reader{b: b}
	if wide := r.next(4)>>24 > 0; wide {
		r.next(4)
	} else {
		r.next(2)
	}
	for len(r.b) > 0 && !r.failed {
		_, head, size, ok := nextBox(r.b, int64(len(r.b)))
		if !ok {
			return errDamaged
		}
		e := reader{b: r.b[head:size]}
		version := e.next(4) >> 24
		width := 2
		if version > 2 {
			width = 4
		}
		id := uint32(e.next(width)) //nolint:gosec // at most four bytes
		e.next(2)
		kind := binary.BigEndian.AppendUint32(nil, uint32(e.next(4))) //nolint:gosec // four bytes
		if e.failed || version < 2 {
			return errDamaged // without its kind nobody can say what it is
		}
		items[id] = item{kind: string(kind)}
		r.b = r.b[size:]
	}
	return nil
}

// places reads where the parts are (ISO/IEC 14496-12, 8.11.3) and blanks out the
// metadata.
func (h *heic) places(b []byte, inside span, items map[uint32]item) error {
	r := reader{b: b}
	version := r.next(4) >> 24
	sizes := r.next(2)
	offsetSize, lengthSize, baseSize, indexSize := int(sizes>>12), int(sizes>>8&15), int(sizes>>4&15), int(sizes&15)
	idSize := 2
	if version == 2 {
		idSize = 4
	}
	if version == 0 {
		indexSize = 0
	}
	for n := r.next(idSize); n > 0 && !r.failed; n-- {
		it := items[uint32(r.next(idSize))] //nolint:gosec // at most four bytes; the kind of an unknown one is ""
		within := uint64(0)
		if version > 0 {
			within = r.next(2) & 15
		}
		elsewhere := r.next(2) != 0
		base := r.next(baseSize)
		extents := r.next(2)
		for i := extents; i > 0 && !r.failed; i-- {
			r.next(indexSize)
			offset, length := base+r.next(offsetSize), r.next(lengthSize)
			if elsewhere || !it.metadata() {
				continue
			}
			s := span{size: int64(length), exif: it.kind == "Exif" && extents == 1} //nolint:gosec // checked by blankPart
			if err := h.blankPart(s, offset, within, inside); err != nil {
				return err
			}
		}
	}
	if r.failed {
		return errDamaged
	}
	return nil
}

func (i item) metadata() bool { return i.kind == "Exif" || i.kind == "mime" || i.kind == "uri " }

// blankPart blanks out a part at an offset of the file or of the data inside the
// description.
func (h *heic) blankPart(s span, offset, within uint64, inside span) error {
	parts := h.data
	switch within {
	case 0:
		s.at = int64(offset) //nolint:gosec // checked by blankPart
	case 1:
		s.at, parts = inside.at+int64(offset), []span{inside} //nolint:gosec // checked by blankPart
	default:
		return errDamaged
	}
	for _, p := range parts {
		if s.size > 0 && s.size <= p.size && s.at >= p.at && s.at-p.at <= p.size-s.size {
			h.spans = append(h.spans, s)
			return nil
		}
	}
	return errDamaged
}

// reader reads big-endian numbers and notes where there are no more.
type reader struct {
	b      []byte
	failed bool
}

func (r *reader) next(n int) (v uint64) {
	if n > 8 || n > len(r.b) {
		r.failed = true
		return 0
	}
	for _, c := range r.b[:n] {
		v = v<<8 | uint64(c)
	}
	r.b = r.b[n:]
	return v
}
