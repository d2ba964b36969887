package evidence_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

// marks are texts that stand in the metadata of the pictures made here and in
// none of what is kept.
const (
	markPlace = "39.9042N-116.4074E"
	markOwner = "OWNER-NAME"
)

// exif is Exif data with an orientation, an owner and coordinates, in either
// byte order.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	b := []byte("II*\x00")
	if order == binary.BigEndian {
		b = []byte("MM\x00*")
	}
	entry := func(tag, kind uint16, n, value uint32) {
		b = order.AppendUint16(b, tag)
		b = order.AppendUint16(b, kind)
		b = order.AppendUint32(b, n)
		if kind == 3 { // a short stands in the first two bytes
			b = order.AppendUint16(b, uint16(value))
			b = order.AppendUint16(b, 0)
			return
		}
		b = order.AppendUint32(b, value)
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 3)
	entry(0x0112, 3, 1, uint32(orientation))
	entry(0x013b, 2, uint32(len(markOwner)), 100)
	entry(0x8825, 4, 1, 120)
	b = order.AppendUint32(b, 0)
	b = append(b, make([]byte, 100-len(b))...)
	b = append(b, markOwner...)
	b = append(b, make([]byte, 120-len(b))...)
	b = order.AppendUint16(b, 1)
	entry(0x0002, 2, uint32(len(markPlace)), 150)
	b = append(b, make([]byte, 150-len(b))...)
	return append(b, markPlace...)
}

func xmp() []byte {
	return []byte(`<x:xmpmeta><rdf:Description exif:GPSLatitude="` + markPlace + `" dc:creator="` + markOwner + `"/></x:xmpmeta>`)
}

func iptc() []byte {
	b := append([]byte("Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x17"), 0x1c, 2, 90, 0, byte(len(markPlace)))
	return append(b, markPlace...)
}

// picture is an image with something in it.
func picture() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 48, 32))
	for y := range 32 {
		for x := range 48 {
			img.Set(x, y, color.RGBA{R: uint8(x * 5), G: uint8(y * 7), B: uint8(x ^ y), A: 255})
		}
	}
	return img
}

func app(marker byte, body []byte) []byte {
	n := len(body) + 2
	return append([]byte{0xff, marker, byte(n >> 8), byte(n)}, body...)
}

// jpegWith is a JPEG with segments behind its beginning and bytes behind its
// end.
func jpegWith(t testing.TB, tail []byte, segments ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(), nil); err != nil {
		t.Fatal(err)
	}
	out := append([]byte{}, b.Bytes()[:2]...)
	for _, s := range segments {
		out = append(out, s...)
	}
	return append(append(out, b.Bytes()[2:]...), tail...)
}

func pngChunk(kind string, data []byte) []byte {
	body := append([]byte(kind), data...)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	return binary.BigEndian.AppendUint32(append(out, body...), crc32.ChecksumIEEE(body))
}

// pngWith is a PNG with chunks behind its head.
func pngWith(t testing.TB, chunks ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture()); err != nil {
		t.Fatal(err)
	}
	const head = 8 + 25
	out := append([]byte{}, b.Bytes()[:head]...)
	for _, c := range chunks {
		out = append(out, c...)
	}
	return append(out, b.Bytes()[head:]...)
}

func riffChunk(kind string, data []byte) []byte {
	out := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(data)))
	out = append(out, data...)
	if len(data)%2 == 1 {
		out = append(out, 0)
	}
	return out
}

// onePixel is a lossless WebP picture of one pixel.
func onePixel() []byte {
	return []byte{0x2f, 0x00, 0x00, 0x00, 0x00, 0x07, 0xd0, 0xff, 0xfe, 0xf7, 0xbf, 0xff, 0x81, 0x88, 0xe8, 0x7f, 0x00}
}

// webpWith is a WebP file with an extended head and chunks behind the picture.
func webpWith(flags byte, chunks ...[]byte) []byte {
	body := append([]byte("WEBP"), riffChunk("VP8X", []byte{flags, 0, 0, 0, 0, 0, 0, 0, 0, 0})...)
	body = append(body, riffChunk("VP8L", onePixel())...)
	for _, c := range chunks {
		body = append(body, c...)
	}
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}
