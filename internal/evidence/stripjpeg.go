package evidence

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// The markers of a JPEG file (ITU-T T.81, table B.1).
const (
	jpegSOI   = 0xd8
	jpegEOI   = 0xd9
	jpegSOS   = 0xda
	jpegTEM   = 0x01
	jpegRST0  = 0xd0
	jpegRST7  = 0xd7
	jpegAPP0  = 0xe0
	jpegAPP1  = 0xe1
	jpegAPP2  = 0xe2
	jpegAPP14 = 0xee
	jpegAPP15 = 0xef
	jpegCOM   = 0xfe
)

// jfifHead is the size of the head of a JFIF file; its last two bytes are those
// of a small copy that follows (JFIF 1.02).
const jfifHead = 14

// stripJPEG passes on what the picture is made of. Application segments go,
// apart from those that tell its colours; so does all that stands behind its
// end, where phones put a second picture or a film with a place of its own.
func stripJPEG(w *bufio.Writer, r *bufio.Reader) (gone removed, err error) {
	var start [2]byte
	if _, err := io.ReadFull(r, start[:]); err != nil || start[0] != 0xff || start[1] != jpegSOI {
		return gone, errors.Join(errDamaged, err)
	}
	if _, err := w.Write(start[:]); err != nil {
		return gone, err
	}
	said := false  // how the picture is turned
	begun := false // the next marker's first byte is read
	for {
		marker, err := nextMarker(r, begun)
		begun = false
		if err != nil {
			return gone, err
		}
		if marker == jpegEOI {
			return gone, endJPEG(w, r, &gone)
		}
		if marker == jpegTEM || marker >= jpegRST0 && marker <= jpegRST7 {
			if err := writeAll(w, []byte{0xff, marker}); err != nil {
				return gone, err
			}
			continue
		}
		body, err := segment(r)
		if err != nil {
			return gone, err
		}
		if body = keptOf(marker, body, &said, &gone); body == nil {
			continue
		}
		if err := writeSegment(w, marker, body); err != nil {
			return gone, err
		}
		if marker == jpegSOS {
			ended, err := scan(w, r)
			if ended || err != nil {
				return gone, err
			}
			begun = true
		}
	}
}

// keptOf is what stays of a segment, nil for nothing.
func keptOf(marker byte, body []byte, said *bool, gone *removed) []byte {
	switch {
	case marker == jpegAPP0 && keepsJPEG(marker, body) && len(body) > jfifHead:
		// A small copy, perhaps from before the picture was cut.
		gone.details = true
		return append(body[:jfifHead-2:jfifHead-2], 0, 0)
	case keepsJPEG(marker, body):
		return body
	case marker == jpegAPP1 && bytes.HasPrefix(body, []byte(exifMark)) && !*said:
		if say := gone.upright(body); say != nil {
			*said = true
			return append([]byte(exifMark), say...)
		}
		return nil
	}
	gone.metadata(body)
	return nil
}

// keepsJPEG says whether a segment is part of the picture.
func keepsJPEG(marker byte, body []byte) bool {
	switch {
	case marker == jpegAPP0:
		return bytes.HasPrefix(body, []byte("JFIF\x00")) // JFXX holds a small copy
	case marker == jpegAPP2:
		return bytes.HasPrefix(body, []byte("ICC_PROFILE\x00"))
	case marker == jpegAPP14:
		return bytes.HasPrefix(body, []byte("Adobe"))
	case marker >= jpegAPP0 && marker <= jpegAPP15, marker == jpegCOM:
		return false
	}
	return true
}

// nextMarker reads the marker that must come now; begun says that its first byte
// is read already.
func nextMarker(r *bufio.Reader, begun bool) (b byte, err error) {
	if !begun {
		if b, err = r.ReadByte(); err != nil {
			return 0, cut(err)
		}
		if b != 0xff {
			return 0, errDamaged
		}
	}
	for b = 0xff; b == 0xff; { // any number of them may fill up
		if b, err = r.ReadByte(); err != nil {
			return 0, cut(err)
		}
	}
	if b == 0 || b == jpegSOI {
		return 0, errDamaged
	}
	return b, nil
}

// segment reads the contents of a segment: at most 64 KiB.
func segment(r *bufio.Reader) ([]byte, error) {
	var size [2]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return nil, cut(err)
	}
	n := int(binary.BigEndian.Uint16(size[:])) - 2
	if n < 0 {
		return nil, errDamaged
	}
	body := make([]byte, n)
	_, err := io.ReadFull(r, body)
	return body, cut(err)
}

func writeSegment(w *bufio.Writer, marker byte, body []byte) error {
	n := len(body) + 2
	return writeAll(w, []byte{0xff, marker, byte(n >> 8), byte(n)}, body)
}

func writeAll(w *bufio.Writer, parts ...[]byte) error {
	for _, p := range parts {
		if _, err := w.Write(p); err != nil {
			return err
		}
	}
	return nil
}

// scan passes on compressed data up to the next marker that ends it, of which
// the first byte is read then. A picture that ends within is as good as whole to whoever
// looks at it, so that is no damage.
func scan(w *bufio.Writer, r *bufio.Reader) (ended bool, err error) {
	for {
		chunk, err := r.ReadSlice(0xff)
		if errors.Is(err, io.EOF) {
			return true, writeAll(w, chunk)
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return false, err
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			if err := writeAll(w, chunk); err != nil {
				return false, err
			}
			continue
		}
		if err := writeAll(w, chunk[:len(chunk)-1]); err != nil {
			return false, err
		}
		next, err := r.Peek(1)
		switch {
		case errors.Is(err, io.EOF):
			return true, writeAll(w, []byte{0xff})
		case err != nil:
			return false, err
		case next[0] == 0 || next[0] >= jpegRST0 && next[0] <= jpegRST7:
			if err := writeAll(w, []byte{0xff, next[0]}); err != nil {
				return false, err
			}
			_, _ = r.Discard(1)
		default: // a marker, or one more that fills up
			return false, nil
		}
	}
}

// endJPEG ends the picture and notes what stands behind it.
func endJPEG(w *bufio.Writer, r *bufio.Reader, gone *removed) error {
	if _, err := r.Peek(1); err == nil {
		gone.details = true
		if err := lookFor(r, gone); err != nil {
			return err
		}
	} else if !errors.Is(err, io.EOF) {
		return err
	}
	return writeAll(w, []byte{0xff, jpegEOI})
}

// lookFor reads what is left out behind a picture and notes whether a place
// stands there. It is looked at in pieces that overlap.
func lookFor(r io.Reader, gone *removed) error {
	const most, overlap = 64 << 10, 64
	piece := make([]byte, 0, most+overlap)
	for {
		n, err := io.ReadFull(r, piece[len(piece):len(piece)+most])
		piece = piece[:len(piece)+n]
		if i := bytes.Index(piece, []byte(exifMark)); i >= 0 && tellsPlace(piece[i:]) || tellsPlace(piece) {
			gone.location = true
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return nil
		case err != nil:
			return err
		}
		keep := min(overlap, len(piece))
		piece = append(piece[:0], piece[len(piece)-keep:]...)
	}
}
