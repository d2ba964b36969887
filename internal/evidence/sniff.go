package evidence

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"quietline/internal/domain"
)

// headSize is how much of a file is looked at to tell what it is, in bytes.
const headSize = 4 << 10

// sniff tells what a file is by its bytes, empty for nothing that is taken. It
// leaves the file at its beginning.
func sniff(src io.ReadSeeker) (string, error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(src, head)
	if err != nil && n == 0 {
		return "", err
	}
	head = head[:n]
	kind := sniffHead(head)
	if kind == "" && len(head) >= 12 && string(head[4:8]) == "ftyp" {
		if kind, err = sniffBoxes(src, head); err != nil {
			return "", err
		}
	}
	_, err = src.Seek(0, io.SeekStart)
	return kind, err
}

func sniffHead(h []byte) string {
	begins := func(s string) bool { return bytes.HasPrefix(h, []byte(s)) }
	switch {
	case begins("\xff\xd8\xff"):
		return domain.MediaJPEG
	case begins(pngMark):
		return domain.MediaPNG
	case begins("RIFF") && len(h) >= 12 && string(h[8:12]) == "WEBP":
		return domain.MediaWebP
	case begins("RIFF") && len(h) >= 12 && string(h[8:12]) == "WAVE":
		return domain.MediaWAV
	case begins("#!AMR-WB\n"):
		return domain.MediaAMRWB
	case begins("#!AMR\n"):
		return domain.MediaAMR
	case begins("OggS"):
		if bytes.Contains(h, []byte("\x80theora")) { // a film
			return ""
		}
		return domain.MediaOgg
	case begins("ID3"), mp3Frame(h):
		return domain.MediaMP3
	case len(h) > 2 && h[0] == 0xff && h[1]&0xf6 == 0xf0: // ADTS
		return domain.MediaAAC
	case bytes.Contains(h[:min(len(h), 1024)], []byte("%PDF-")):
		return domain.MediaPDF
	case isText(h):
		return domain.MediaText
	}
	return ""
}

// mp3Frame says whether the bytes begin with the head of a frame of MPEG audio,
// layer III, with values that mean something.
func mp3Frame(h []byte) bool {
	return len(h) > 3 && h[0] == 0xff && h[1]&0xe6 == 0xe2 && h[1]&0x18 != 0x08 && h[2]>>4 != 0xf && h[2]>>4 != 0 && h[2]&0x0c != 0x0c
}

// isText says whether these bytes are the beginning of a text: in UTF-8, in
// UTF-16 with its mark, or in GB18030.
func isText(h []byte) bool {
	if bytes.HasPrefix(h, []byte{0xff, 0xfe}) || bytes.HasPrefix(h, []byte{0xfe, 0xff}) {
		return len(h)%2 == 0 && !bytes.Contains(h, []byte{0, 0, 0, 0})
	}
	if bytes.ContainsFunc(h, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\r\f", r) || r == 0x7f }) {
		return false
	}
	whole := h
	if len(h) == headSize { // the last character may be cut
		whole = h[:len(h)-4]
		for i := 0; i < 4 && !utf8.Valid(whole); i++ {
			whole = h[:len(whole)-1]
		}
	}
	if utf8.Valid(whole) {
		return true
	}
	if len(h) == headSize {
		whole = h[:bytes.LastIndexByte(h, '\n')+1]
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(whole)
	return err == nil && len(text) > 0 && !bytes.ContainsRune(text, utf8.RuneError)
}

// sniffBoxes tells what a file of the MPEG-4 family is (ISO/IEC 14496-12): a
// still picture, a recording, or a film, which is not taken.
func sniffBoxes(src io.ReadSeeker, head []byte) (string, error) {
	brand := string(head[8:12])
	switch brand {
	case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1":
		return domain.MediaHEIC, nil
	}
	size, err := src.Seek(0, io.SeekEnd)
	if err != nil {
		return "", err
	}
	sound, picture := false, false
	b := boxes{src: src, left: maxBoxes, handler: func(kind string) {
		sound = sound || kind == "soun"
		picture = picture || kind == "vide"
	}}
	if err := b.walk(0, size); err != nil {
		return "", err
	}
	switch {
	case picture, !sound:
		return "", nil
	case strings.HasPrefix(brand, "3g"):
		return domain.Media3GPP, nil
	}
	return domain.MediaMP4, nil
}

// maxBoxes is how many boxes are looked at before a file is given up.
const maxBoxes = 2000

// boxes looks for what the tracks of a file hold.
type boxes struct {
	src     io.ReadSeeker
	left    int
	handler func(kind string)
}

func (b *boxes) walk(at, end int64) error {
	for at+8 <= end && b.left > 0 {
		b.left--
		var h [16]byte
		if _, err := b.src.Seek(at, io.SeekStart); err != nil {
			return err
		}
		n, err := io.ReadAtLeast(b.src, h[:], 8)
		if err != nil {
			return nil //nolint:nilerr // what is cut off there holds no track
		}
		size, body := int64(binary.BigEndian.Uint32(h[:])), at+8
		switch {
		case size == 0:
			size = end - at
		case size == 1 && n == 16:
			size, body = int64(binary.BigEndian.Uint64(h[8:])), at+16 //nolint:gosec // checked below
		}
		if size < body-at || size > end-at {
			return nil
		}
		switch string(h[4:8]) {
		case "moov", "trak", "mdia":
			if err := b.walk(body, at+size); err != nil {
				return err
			}
		case "hdlr":
			var kind [12]byte
			if _, err := b.src.Seek(body, io.SeekStart); err != nil {
				return err
			}
			if _, err := io.ReadFull(b.src, kind[:]); err == nil {
				b.handler(string(kind[8:]))
			}
		}
		at += size
	}
	return nil
}

// endings are those of the names of files of a media type, the usual one first.
func endings(mediaType string) []string {
	switch mediaType {
	case domain.MediaJPEG:
		return []string{".jpg", ".jpeg", ".jpe", ".jfif"}
	case domain.MediaPNG:
		return []string{".png"}
	case domain.MediaWebP:
		return []string{".webp"}
	case domain.MediaHEIC:
		return []string{".heic", ".heif", ".hif"}
	case domain.MediaMP3:
		return []string{".mp3"}
	case domain.MediaMP4:
		return []string{".m4a", ".mp4", ".aac", ".m4b"}
	case domain.MediaAAC:
		return []string{".aac"}
	case domain.MediaAMR, domain.MediaAMRWB:
		return []string{".amr", ".awb"}
	case domain.Media3GPP:
		return []string{".3gp", ".3gpp", ".3ga"}
	case domain.MediaWAV:
		return []string{".wav"}
	case domain.MediaOgg:
		return []string{".ogg", ".oga", ".opus", ".spx"}
	case domain.MediaPDF:
		return []string{".pdf"}
	}
	return []string{".txt", ".log", ".md", ".csv", ".text"}
}
