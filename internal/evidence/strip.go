package evidence

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"quietline/internal/domain"
)

// The libraries that take data out of pictures (go-exif-remove, exif-terminator
// and what they rest on) read a picture into memory, and lose its orientation
// in PNG and WebP. These files do what is needed here segment by segment; the
// compressed picture itself is passed on byte for byte.

// errDamaged is a picture that does not keep the rules of its format, so that
// nobody can say where in it a place may stand.
var errDamaged = errors.New("evidence: the picture is damaged")

// removed says what was taken out of a picture.
type removed struct {
	// location: a place stood there. details: anything besides the picture
	// did, such as the camera, its owner, or a text.
	location, details bool
	// unsure: a part of it could not be looked into, and may tell a place.
	unsure bool
}

// metadata notes a piece that is left out.
func (r *removed) metadata(data []byte) {
	r.details = true
	r.location = r.location || tellsPlace(data)
}

// tellsPlace says whether a piece of metadata names a place: coordinates in
// Exif or XMP, or a city or country in IPTC.
func tellsPlace(data []byte) bool {
	if t, ok := exifOf(data); ok {
		return t.place
	}
	for _, mark := range []string{"GPSLatitude", "GPSLongitude", "GPSPosition", "photoshop:City", "LocationCreated", "LocationShown", "Iptc4xmpCore:Location"} {
		if bytes.Contains(data, []byte(mark)) {
			return true
		}
	}
	if !bytes.Contains(data, []byte("8BIM")) {
		return false
	}
	for _, set := range []byte{90, 92, 95, 101} { // city, place in it, province, country (IPTC IIM 4.2, record 2)
		if bytes.Contains(data, []byte{0x1c, 2, set}) {
			return true
		}
	}
	return false
}

// upright looks at Exif data: what is to stand in its place, nil for nothing. It
// notes what goes, unless that is what stands there already.
func (r *removed) upright(data []byte) []byte {
	t, ok := exifOf(data)
	say := turned(t.orientation)
	if ok && say != nil && bytes.Equal(bytes.TrimPrefix(data, []byte(exifMark)), say) {
		return say
	}
	r.metadata(data)
	return say
}

// strip copies a picture without what is not the picture. What it cannot be
// sure of fails with errDamaged.
func strip(mediaType string, dst io.Writer, src io.ReadSeeker) (removed, error) {
	w := bufio.NewWriterSize(dst, 64<<10)
	var r removed
	var err error
	switch mediaType {
	case domain.MediaJPEG:
		r, err = stripJPEG(w, bufio.NewReaderSize(src, 64<<10))
	case domain.MediaPNG:
		r, err = stripPNG(w, bufio.NewReaderSize(src, 64<<10))
	case domain.MediaWebP:
		r, err = stripWebP(w, src)
	case domain.MediaHEIC:
		r, err = stripHEIC(w, src)
	case domain.MediaMP4, domain.Media3GPP:
		r.unsure = true
		_, err = io.Copy(w, src)
	default:
		_, err = io.Copy(w, src)
	}
	if err == nil {
		err = w.Flush()
	}
	return r, err
}

// cut is io.EOF where a picture goes on as errDamaged.
func cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errDamaged
	}
	return err
}

// copyN passes on n bytes.
func copyN(w io.Writer, r io.Reader, n int64) error {
	_, err := io.CopyN(w, r, n)
	return cut(err)
}

// skip leaves out n bytes.
func skip(r io.Reader, n int64) error { return copyN(io.Discard, r, n) }

// tiff is what is read of the directory of Exif data.
type tiff struct {
	orientation uint16 // 1 to 8
	place       bool
}

// The tags of the first directory (TIFF 6.0; Exif 2.32, 4.6.3).
const (
	tagOrientation = 0x0112
	tagGPS         = 0x8825
	exifMark       = "Exif\x00\x00"
)

// exifOf reads Exif data, with or without its mark in front; ok is false where
// it is none.
func exifOf(data []byte) (t tiff, ok bool) {
	data = bytes.TrimPrefix(data, []byte(exifMark))
	if len(data) < 8 {
		return tiff{}, false
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(data[:4]) {
	case "II*\x00":
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return tiff{}, false
	}
	t.orientation = 1
	at := uint64(order.Uint32(data[4:]))
	if at+2 > uint64(len(data)) {
		return t, true
	}
	entries := data[at+2:]
	for n := int(order.Uint16(data[at:])); n > 0 && len(entries) >= 12; n, entries = n-1, entries[12:] {
		switch order.Uint16(entries) {
		case tagGPS:
			t.place = true
		case tagOrientation:
			if v := order.Uint16(entries[8:]); order.Uint16(entries[2:]) == 3 && v >= 1 && v <= 8 {
				t.orientation = v
			}
		}
	}
	return t, true
}

// turned is Exif data that says nothing but how the picture is to be turned;
// nil where it is upright anyway.
func turned(orientation uint16) []byte {
	if orientation <= 1 || orientation > 8 {
		return nil
	}
	return []byte{
		'M', 'M', 0, '*', 0, 0, 0, 8, // the directory begins at 8
		0, 1, // and has one entry:
		tagOrientation >> 8, tagOrientation & 0xff, 0, 3, 0, 0, 0, 1, 0, byte(orientation), 0, 0,
		0, 0, 0, 0, // no further directory
	}
}
