package evidence

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"io"
	"slices"
)

// maxHEICMeta bounds the description of a picture, which names its parts and
// holds none of any size.
const maxHEICMeta = 8 << 20

// span is a part of a file that is blanked out: everything else refers to places
// in the file, so that nothing may move.
type span struct {
	at, size int64
	// exif is a part that readers expect to find Exif data in.
	exif bool
}

// blank is what stands in the place of a span: nothing, or Exif data that says
// nothing (the length of what comes before it, then an empty directory).
func (s span) blank() []byte {
	empty := []byte{0, 0, 0, 0, 'M', 'M', 0, '*', 0, 0, 0, 8, 0, 0, 0, 0, 0, 0}
	if !s.exif || s.size < int64(len(empty)) {
		return nil
	}
	return empty
}

// stripHEIC blanks out what is not the picture (ISO/IEC 23008-12, on the boxes of
// 14496-12). How the picture is turned is a property of it there, and stays.
func stripHEIC(w *bufio.Writer, src io.ReadSeeker) (gone removed, err error) {
	size, err := src.Seek(0, io.SeekEnd)
	if err != nil {
		return gone, err
	}
	h := heic{src: src, size: size}
	if err := h.file(); err != nil {
		return gone, err
	}
	gone.unsure = h.film
	slices.SortFunc(h.spans, func(a, b span) int { return cmp.Compare(a.at, b.at) })
	at := int64(0)
	for _, s := range h.spans {
		if s.at < at {
			return gone, errDamaged // two things in one place
		}
		if err := copyAt(w, src, at, s.at-at); err != nil {
			return gone, err
		}
		if err := h.blank(w, s, &gone); err != nil {
			return gone, err
		}
		at = s.at + s.size
	}
	return gone, copyAt(w, src, at, size-at)
}

func copyAt(w io.Writer, src io.ReadSeeker, at, n int64) error {
	if _, err := src.Seek(at, io.SeekStart); err != nil {
		return err
	}
	return copyN(w, src, n)
}

// heic finds what is to be blanked out of a picture.
type heic struct {
	src  io.ReadSeeker
	size int64
	// film says that a film is in it, whose own description is left alone.
	film  bool
	spans []span
	// data are the parts in which pictures and metadata lie.
	data []span
}

// blank writes what stands in the place of a span and notes what stood there.
func (h *heic) blank(w *bufio.Writer, s span, gone *removed) error {
	put := s.blank()
	now := make([]byte, min(s.size, maxHEICMeta))
	if _, err := h.src.Seek(s.at, io.SeekStart); err != nil {
		return err
	}
	if _, err := io.ReadFull(h.src, now); err != nil {
		return cut(err)
	}
	if rest := bytes.TrimPrefix(now, put); len(rest) != len(now)-len(put) || bytes.ContainsFunc(rest, func(r rune) bool { return r != 0 }) {
		if s.exif && len(now) > 4 { // its length of what comes before the Exif data
			at := 4 + int64(binary.BigEndian.Uint32(now))
			gone.metadata(now[min(at, int64(len(now))):])
		}
		gone.metadata(now)
	}
	if err := writeAll(w, put); err != nil {
		return err
	}
	_, err := io.CopyN(w, zeros{}, s.size-int64(len(put)))
	return err
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// file goes over the boxes of the file. What is not known to be needed for the
// picture is blanked out.
func (h *heic) file() error {
	var metas []span
	for at := int64(0); at < h.size; {
		kind, head, size, err := h.box(at)
		if err != nil {
			return err
		}
		inner := span{at: at + head, size: size - head}
		switch kind {
		case "ftyp", "free", "skip", "wide":
		case "mdat":
			h.data = append(h.data, inner)
		case "meta":
			metas = append(metas, inner)
		case "moov", "moof", "mfra", "sidx", "styp":
			h.film = true
		default:
			h.spans = append(h.spans, inner)
		}
		at += size
	}
	for _, m := range metas { // they refer to parts that may follow them
		if err := h.meta(m); err != nil {
			return err
		}
	}
	return nil
}

// box reads the head of the box at a place of the file.
func (h *heic) box(at int64) (kind string, head, size int64, err error) {
	var b [16]byte
	if _, err := h.src.Seek(at, io.SeekStart); err != nil {
		return "", 0, 0, err
	}
	n, err := io.ReadFull(h.src, b[:min(int64(len(b)), h.size-at)])
	if err != nil {
		return "", 0, 0, cut(err)
	}
	kind, inner, rest, ok := nextBox(b[:n], h.size-at)
	if !ok {
		return "", 0, 0, errDamaged
	}
	return kind, inner, rest, nil
}

// nextBox reads the head of a box that has at most limit bytes: how long the head
// is, and all of it.
func nextBox(b []byte, limit int64) (kind string, head, size int64, ok bool) {
	if len(b) < 8 {
		return "", 0, 0, false
	}
	head, size = 8, int64(binary.BigEndian.Uint32(b))
	switch size {
	case 0: // to the end
		size = limit
	case 1:
		if len(b) < 16 {
			return "", 0, 0, false
		}
		large := binary.BigEndian.Uint64(b[8:])
		if large > uint64(limit) {
			return "", 0, 0, false
		}
		head, size = 16, int64(large)
	}
	return string(b[4:8]), head, size, size >= head && size <= limit
}
