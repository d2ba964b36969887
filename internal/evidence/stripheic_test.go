package evidence_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/evidence"
)

// heicPlaces says what stands where in a picture.
type heicPlaces struct {
	exif, xmp []byte
	// inside puts the Exif data into the description itself.
	inside bool
	// method is how the XMP is found, tail what follows the picture.
	method byte
	tail   []byte
}

func bmff(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(body))), kind...), body...)
}

func infe(id uint16, kind string) []byte {
	b := binary.BigEndian.AppendUint16([]byte{2, 0, 0, 0}, id)
	return bmff("infe", append(b, 0, 0), []byte(kind), []byte{0})
}

const codedPicture = "-- the coded picture --"

// heic is a picture of one coded item, with Exif and XMP.
func heic(p heicPlaces) []byte {
	exif := append([]byte{0, 0, 0, 6, 'E', 'x', 'i', 'f', 0, 0}, p.exif...)
	outside := exif
	if p.inside {
		outside = nil
	}
	// Twice, because the places of the data depend on the length of what names them.
	var all []byte
	for range 2 {
		data := len(all) - len(codedPicture) - len(outside) - len(p.xmp) - len(p.tail)
		extent := func(id, method uint16, at, n int) []byte {
			b := binary.BigEndian.AppendUint16(nil, id)
			b = binary.BigEndian.AppendUint16(b, method)
			b = append(b, 0, 0, 0, 1)
			b = binary.BigEndian.AppendUint32(b, uint32(max(0, at)))
			return binary.BigEndian.AppendUint32(b, uint32(n))
		}
		ofExif := extent(2, 0, data+len(codedPicture), len(exif))
		if p.inside {
			ofExif = extent(2, 1, 0, len(exif))
		}
		iloc := bmff("iloc", []byte{1, 0, 0, 0, 0x44, 0, 0, 3}, extent(1, 0, data, len(codedPicture)), ofExif,
			extent(3, uint16(p.method), data+len(codedPicture)+len(outside), len(p.xmp)))
		idat := []byte{}
		if p.inside {
			idat = bmff("idat", exif)
		}
		meta := bmff("meta", []byte{0, 0, 0, 0}, bmff("hdlr", make([]byte, 24)), bmff("pitm", make([]byte, 6)),
			bmff("iinf", []byte{0, 0, 0, 0, 0, 3}, infe(1, "hvc1"), infe(2, "Exif"), infe(3, "mime")),
			bmff("iprp", bmff("ipco", bmff("irot", []byte{1}), bmff("udes", []byte(markOwner)))),
			iloc, idat, bmff("udta", []byte(markPlace)))
		all = append(bmff("ftyp", []byte("heic\x00\x00\x00\x00heicmif1")), meta...)
		all = append(all, bmff("mdat", []byte(codedPicture), outside, p.xmp)...)
		all = append(all, p.tail...)
	}
	return all
}

// What says where a picture was taken is gone, and everything else is the same and
// where it was.
func TestStripHEIC(t *testing.T) {
	for name, p := range map[string]heicPlaces{
		"beside the picture":     {exif: exif(binary.BigEndian, 6), xmp: xmp()},
		"in its description":     {exif: exif(binary.LittleEndian, 1), xmp: xmp(), inside: true},
		"a part of its own":      {exif: exif(binary.BigEndian, 1), xmp: xmp(), tail: bmff("uuid", []byte(markPlace+markOwner))},
		"a part that goes on":    {exif: exif(binary.BigEndian, 1), xmp: xmp(), tail: append([]byte{0, 0, 0, 0}, "sefd"+markPlace...)},
		"a part with a far size": {exif: exif(binary.BigEndian, 1), xmp: xmp(), tail: append([]byte{0, 0, 0, 1, 'm', 'p', 'v', 'd', 0, 0, 0, 0, 0, 0, 0, byte(16 + len(markPlace))}, markPlace...)},
	} {
		in := heic(p)
		if !bytes.Contains(in, []byte(markPlace)) {
			t.Fatalf("%s: the picture tells no place", name)
		}
		out, location, details, err := evidence.Strip(domain.MediaHEIC, in)
		if err != nil || !location || !details {
			t.Fatalf("%s: %v, location %v, details %v", name, err, location, details)
		}
		for _, mark := range []string{markPlace, markOwner} {
			if bytes.Contains(out, []byte(mark)) {
				t.Errorf("%s: %q is still there", name, mark)
			}
		}
		if len(out) != len(in) || bytes.Index(out, []byte(codedPicture)) != bytes.Index(in, []byte(codedPicture)) {
			t.Errorf("%s: the picture has moved", name)
		}
		if again, location, details, err := evidence.Strip(domain.MediaHEIC, out); err != nil || location || details || !bytes.Equal(again, out) {
			t.Errorf("%s: a second time: %v, location %v, details %v", name, err, location, details)
		}
	}
}

// Where nobody can say what stands where, it is not taken.
func TestStripHEICRefuses(t *testing.T) {
	good := heic(heicPlaces{exif: exif(binary.BigEndian, 6), xmp: xmp()})
	change := func(old, by string) []byte { return bytes.Replace(good, []byte(old), []byte(by), 1) }
	for name, in := range map[string][]byte{
		"cut":                        good[:len(good)-1],
		"a box that ends beyond":     change("\x00\x00\x00\x18ftyp", "\xff\x00\x00\x18ftyp"),
		"metadata at the head":       change("\x00\x02\x00\x00\x00\x00\x00\x01", "\x00\x02\x00\x00\x00\x00\xff\xff"),
		"found through another item": heic(heicPlaces{exif: exif(binary.BigEndian, 6), xmp: xmp(), method: 2}),
		"items without a kind":       change("\x02\x00\x00\x00\x00\x02\x00\x00Exif", "\x01\x00\x00\x00\x00\x02\x00\x00Exif"),
	} {
		if _, _, _, err := evidence.Strip(domain.MediaHEIC, in); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
