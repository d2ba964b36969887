package evidence_test

import (
	"bytes"
	"encoding/binary"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/evidence"
)

func both(marker byte) [][]byte {
	withMark := func(b []byte) []byte { return append([]byte("Exif\x00\x00"), b...) }
	return [][]byte{
		app(marker, withMark(exif(binary.BigEndian, 6))),
		app(marker, withMark(exif(binary.LittleEndian, 6))),
	}
}

// What says where a picture was taken is gone, the picture itself is the same
// byte for byte, and it is turned as before.
func TestStripJPEG(t *testing.T) {
	jfif := app(0xe0, []byte("JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00"))
	icc := app(0xe2, []byte("ICC_PROFILE\x00\x01\x01profile"))
	adobe := app(0xee, []byte("Adobe\x00\x64\x00\x00\x00\x00\x00"))
	plain := jpegWith(t, nil)
	minimal := func(o byte) []byte {
		return app(0xe1, append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), o, 0, 0, 0, 0, 0, 0))
	}
	second := append([]byte("....Exif\x00\x00"), exif(binary.BigEndian, 1)...)
	for _, tc := range []struct {
		name              string
		in, want          []byte
		location, details bool
	}{
		{"nothing", plain, plain, false, false},
		{"colours stay", jpegWith(t, nil, jfif, icc, adobe), jpegWith(t, nil, jfif, icc, adobe), false, false},
		{"exif, big end first", jpegWith(t, nil, jfif, both(0xe1)[0]), jpegWith(t, nil, jfif, minimal(6)), true, true},
		{"exif, little end first", jpegWith(t, nil, both(0xe1)[1], jfif), jpegWith(t, nil, minimal(6), jfif), true, true},
		{"upright", jpegWith(t, nil, app(0xe1, append([]byte("Exif\x00\x00"), exif(binary.BigEndian, 1)...))), plain, true, true},
		{"only turned", jpegWith(t, nil, minimal(8)), jpegWith(t, nil, minimal(8)), false, false},
		{"xmp", jpegWith(t, nil, app(0xe1, append([]byte("http://ns.adobe.com/xap/1.0/\x00"), xmp()...))), plain, true, true},
		{"iptc", jpegWith(t, nil, app(0xed, iptc())), plain, true, true},
		{"comment", jpegWith(t, nil, app(0xfe, []byte(markOwner))), plain, false, true},
		{"a maker's own", jpegWith(t, nil, app(0xe4, []byte(markPlace))), plain, false, true},
		{"small copy", jpegWith(t, nil, app(0xe0, []byte("JFXX\x00\x10"+markPlace))), plain, false, true},
		{"small copy in the head", jpegWith(t, nil, app(0xe0, []byte("JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x01\x01abc"))), jpegWith(t, nil, jfif), false, true},
		{"second picture", jpegWith(t, second, app(0xe2, []byte("MPF\x00II*\x00"))), plain, true, true},
		{"far behind", jpegWith(t, append(make([]byte, 200_000), second...)), plain, true, true},
		{"filled up", append([]byte{0xff, 0xd8, 0xff, 0xff}, both(0xe1)[0][1:]...), nil, false, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			out, location, details, err := evidence.Strip(domain.MediaJPEG, tc.in)
			if tc.want == nil {
				if err == nil {
					t.Fatalf("a picture that ends before it begins: %d bytes", len(out))
				}
				return
			}
			if err != nil || !bytes.Equal(out, tc.want) {
				t.Fatalf("%v\n got %x\nwant %x", err, out, tc.want)
			}
			if location != tc.location || details != tc.details {
				t.Errorf("location %v, details %v", location, details)
			}
			clean(t, out)
			same(t, tc.in, out)
			again, _, details, err := evidence.Strip(domain.MediaJPEG, out)
			if err != nil || details || !bytes.Equal(again, out) {
				t.Errorf("once more: %v, details %v", err, details)
			}
		})
	}
}

func clean(t *testing.T, out []byte) {
	t.Helper()
	for _, mark := range []string{markPlace, markOwner, "GPS"} {
		if bytes.Contains(out, []byte(mark)) {
			t.Errorf("%q is still there", mark)
		}
	}
}

// same decodes both and compares every pixel.
func same(t *testing.T, a, b []byte) {
	t.Helper()
	decode := jpeg.Decode
	if bytes.HasPrefix(a, []byte("\x89PNG")) {
		decode = png.Decode
	}
	x, err := decode(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	y, err := decode(bytes.NewReader(b))
	if err != nil || x.Bounds() != y.Bounds() {
		t.Fatalf("%v", err)
	}
	for i := range x.Bounds().Dx() {
		for j := range x.Bounds().Dy() {
			if x.At(i, j) != y.At(i, j) {
				t.Fatalf("pixel %d,%d: %v, was %v", i, j, y.At(i, j), x.At(i, j))
			}
		}
	}
}

// A picture that is cut off within is taken as it is; one that is cut off in
// front of it is not, because nobody knows what stood there.
func TestStripJPEGCutOff(t *testing.T) {
	whole := jpegWith(t, nil, both(0xe1)[0])
	scan := bytes.Index(whole, []byte{0xff, 0xda})
	for n := range whole {
		out, _, _, err := evidence.Strip(domain.MediaJPEG, whole[:n])
		if n > scan+20 && err != nil || n < scan && err == nil {
			t.Fatalf("%d of %d bytes: %v", n, len(whole), err)
		}
		if bytes.Contains(out, []byte(markPlace)) {
			t.Fatalf("%d bytes: the place is there", n)
		}
	}
}

func TestStripPNG(t *testing.T) {
	phys := pngChunk("pHYs", make([]byte, 9))
	plain := pngWith(t, phys)
	turned := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00")
	for _, tc := range []struct {
		name              string
		in, want          []byte
		location, details bool
	}{
		{"nothing", plain, plain, false, false},
		{"exif", pngWith(t, phys, pngChunk("eXIf", exif(binary.BigEndian, 6))), pngWith(t, phys, pngChunk("eXIf", turned)), true, true},
		{"exif, upright", pngWith(t, phys, pngChunk("eXIf", exif(binary.LittleEndian, 1))), plain, true, true},
		{"only turned", pngWith(t, pngChunk("eXIf", turned)), pngWith(t, pngChunk("eXIf", turned)), false, false},
		{"text", pngWith(t, phys, pngChunk("tEXt", []byte("Author\x00"+markOwner))), plain, false, true},
		{"xmp", pngWith(t, phys, pngChunk("iTXt", append([]byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00"), xmp()...))), plain, true, true},
		{"time", pngWith(t, phys, pngChunk("tIME", make([]byte, 7))), plain, false, true},
		{"a maker's own", pngWith(t, phys, pngChunk("prVt", []byte(markPlace))), plain, false, true},
		{"long", pngWith(t, phys, pngChunk("zTXt", make([]byte, 3<<20))), plain, false, true},
		{"behind", append(pngWith(t, phys), append([]byte("Exif\x00\x00"), exif(binary.BigEndian, 1)...)...), plain, true, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			out, location, details, err := evidence.Strip(domain.MediaPNG, tc.in)
			if err != nil || !bytes.Equal(out, tc.want) {
				t.Fatalf("%v\n got %x\nwant %x", err, out, tc.want)
			}
			if location != tc.location || details != tc.details {
				t.Errorf("location %v, details %v", location, details)
			}
			clean(t, out)
			same(t, tc.in, out)
		})
	}
	for n := range plain {
		if _, _, _, err := evidence.Strip(domain.MediaPNG, plain[:n]); err == nil {
			t.Fatalf("cut off after %d bytes", n)
		}
	}
}

func TestStripWebP(t *testing.T) {
	turned := riffChunk("EXIF", []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"))
	for _, tc := range []struct {
		name              string
		in, want          []byte
		location, details bool
	}{
		{"nothing", webpWith(0x10), webpWith(0x10), false, false},
		{"exif", webpWith(0x1c, riffChunk("EXIF", exif(binary.LittleEndian, 6)), riffChunk("XMP ", xmp())), webpWith(0x18, turned), true, true},
		{"exif with the mark of JPEG", webpWith(0x18, riffChunk("EXIF", append([]byte("Exif\x00\x00"), exif(binary.BigEndian, 6)...))), webpWith(0x18, turned), true, true},
		{"upright", webpWith(0x18, riffChunk("EXIF", exif(binary.BigEndian, 1))), webpWith(0x10), true, true},
		{"only turned", webpWith(0x18, turned), webpWith(0x18, turned), false, false},
		{"a maker's own", webpWith(0x10, riffChunk("abcd", []byte(markPlace))), webpWith(0x10), false, true},
		{"behind", append(webpWith(0x10), markPlace...), webpWith(0x10), false, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			out, location, details, err := evidence.Strip(domain.MediaWebP, tc.in)
			if err != nil || !bytes.Equal(out, tc.want) {
				t.Fatalf("%v\n got %x\nwant %x", err, out, tc.want)
			}
			if location != tc.location || details != tc.details {
				t.Errorf("location %v, details %v", location, details)
			}
			clean(t, out)
		})
	}
	whole := webpWith(0x10)
	for n := range len(whole) - 1 { // the last byte only fills up
		if _, _, _, err := evidence.Strip(domain.MediaWebP, whole[:n]); err == nil {
			t.Fatalf("cut off after %d bytes", n)
		}
	}
}

// Whatever the bytes are, nothing panics, a second time changes nothing, and no
// place that was there by its mark is left.
func FuzzStrip(f *testing.F) {
	f.Add(uint8(0), jpegWith(f, nil, both(0xe1)[0]))
	f.Add(uint8(1), pngWith(f, pngChunk("eXIf", exif(binary.BigEndian, 6))))
	f.Add(uint8(2), webpWith(0x1c, riffChunk("EXIF", exif(binary.LittleEndian, 6)), riffChunk("XMP ", xmp())))
	f.Add(uint8(3), heic(heicPlaces{exif: exif(binary.BigEndian, 6), xmp: xmp()}))
	f.Add(uint8(3), heic(heicPlaces{exif: exif(binary.LittleEndian, 1), xmp: xmp(), inside: true}))
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		media := []string{domain.MediaJPEG, domain.MediaPNG, domain.MediaWebP, domain.MediaHEIC}[kind%4]
		out, _, _, err := evidence.Strip(media, data)
		if err != nil {
			return
		}
		again, _, details, err := evidence.Strip(media, out)
		if err != nil || details || !bytes.Equal(again, out) {
			t.Fatalf("%s: a second time: %v, details %v\n%x\n%x", media, err, details, out, again)
		}
		if len(out) > len(data)+64 {
			t.Fatalf("%d bytes became %d", len(data), len(out))
		}
	})
}

func FuzzSniff(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A mp42\x00\x00\x00\x08moov"))
	f.Add([]byte("录音文字"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := evidence.Sniff(data); err != nil && len(data) > 0 {
			t.Fatal(err)
		}
	})
}

// endless is a picture of hundreds of megabytes that needs no memory: its
// compressed part is zeros.
type endless struct {
	head []byte
	size int64
	at   int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.at >= e.size {
		return 0, io.EOF
	}
	n := int(min(int64(len(p)), e.size-e.at))
	clear(p[:n])
	if e.at < int64(len(e.head)) {
		copy(p[:n], e.head[e.at:])
	}
	e.at += int64(n)
	return n, nil
}

func (e *endless) Seek(at int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		at += e.at
	case io.SeekEnd:
		at += e.size
	}
	e.at = at
	return at, nil
}

func TestStripReadsNoPictureIntoMemory(t *testing.T) {
	const size = 300 << 20
	whole := jpegWith(t, nil, both(0xe1)[0])
	scan := bytes.Index(whole, []byte{0xff, 0xda}) + 14
	webp := webpWith(0x10)
	at := strings.Index(string(webp), "VP8L") + 4
	binary.LittleEndian.PutUint32(webp[at:], uint32(size-at-4))
	binary.LittleEndian.PutUint32(webp[4:], uint32(size-8))
	for media, head := range map[string][]byte{domain.MediaJPEG: whole[:scan], domain.MediaWebP: webp[:at+4]} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := evidence.StripTo(media, io.Discard, &endless{head: head, size: size})
		runtime.ReadMemStats(&after)
		if err != nil {
			t.Fatalf("%s: %v", media, err)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 2<<20 {
			t.Errorf("%s: %d bytes of memory for a picture of %d", media, used, size)
		}
	}
}
