package evidence_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"quietline/internal/domain"
	"quietline/internal/evidence"
)

func box(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8)), kind...), body...)
}

// film is a file of the MPEG-4 family with tracks of these kinds; the index
// stands behind the data, as recorders write it.
func film(brand string, kinds ...string) []byte {
	var tracks [][]byte
	for _, k := range kinds {
		tracks = append(tracks, box("trak", box("mdia", box("hdlr", make([]byte, 8), []byte(k), make([]byte, 12)))))
	}
	return bytes.Join([][]byte{box("ftyp", []byte(brand), make([]byte, 8)), box("mdat", make([]byte, 9000)), box("moov", tracks...)}, nil)
}

func TestSniff(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(strings.Repeat("对方说我涉嫌诈骗，要我转账。\n", 400))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ name, data, want string }{
		{"jpeg", string(jpegWith(t, nil)), domain.MediaJPEG},
		{"png", string(pngWith(t)), domain.MediaPNG},
		{"webp", string(webpWith(0)), domain.MediaWebP},
		{"heic", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", domain.MediaHEIC},
		{"heif", "\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", domain.MediaHEIC},
		{"m4a", string(film("M4A ", "soun")), domain.MediaMP4},
		{"mp4 with sound alone", string(film("mp42", "soun")), domain.MediaMP4},
		{"3gpp", string(film("3gp4", "soun")), domain.Media3GPP},
		{"a film", string(film("mp42", "soun", "vide")), ""},
		{"cut off", string(film("M4A ", "soun")[:5000]), ""},
		{"mp3 with tags", "ID3\x04\x00\x00\x00\x00\x00\x00", domain.MediaMP3},
		{"mp3", "\xff\xfb\x90\x64\x00\x00", domain.MediaMP3},
		{"aac", "\xff\xf1\x50\x80\x00\x1f", domain.MediaAAC},
		{"amr", "#!AMR\n\x3c\x00", domain.MediaAMR},
		{"amr wide", "#!AMR-WB\n\x3c", domain.MediaAMRWB},
		{"wav", "RIFF\x24\x00\x00\x00WAVEfmt ", domain.MediaWAV},
		{"ogg", "OggS\x00\x02" + strings.Repeat("\x00", 22) + "\x01vorbis", domain.MediaOgg},
		{"ogg film", "OggS\x00\x02" + strings.Repeat("\x00", 22) + "\x80theora", ""},
		{"pdf", "%PDF-1.7\n", domain.MediaPDF},
		{"pdf behind rubbish", "\x00\x01\n%PDF-1.4\n", domain.MediaPDF},
		{"text", "She said: transfer the money.\r\n", domain.MediaText},
		{"Chinese text", "对方说我涉嫌诈骗，要我转账。镕", domain.MediaText},
		{"long Chinese text", strings.Repeat("她说：转账。", 3000), domain.MediaText},
		{"text in GB18030", gb, domain.MediaText},
		{"text in UTF-16", "\xff\xfe\x31\x4e", domain.MediaText},
		{"program", "MZ\x90\x00\x03\x00\x00\x00", ""},
		{"program of Linux", "\x7fELF\x02\x01\x01\x00", ""},
		{"archive", "PK\x03\x04\x14\x00", ""},
		{"gif", "GIF89a\x01\x00\x01\x00\x80\x00\x00", ""},
	} {
		got, err := evidence.Sniff([]byte(tc.data))
		if err != nil || got != tc.want {
			t.Errorf("%s: %q %v, want %q", tc.name, got, err, tc.want)
		}
	}
}

func TestNameOf(t *testing.T) {
	long := strings.Repeat("镕", 100)
	for _, tc := range []struct {
		path, media, want string
		other             bool
	}{
		{"/home/me/朱镕基.png", domain.MediaPNG, "朱镕基.png", false},
		{"/home/me/Photo.JPEG", domain.MediaJPEG, "Photo.JPEG", false},
		{"chat.png", domain.MediaJPEG, "chat.png.jpg", true},
		{"chat.docx", domain.MediaText, "chat.docx.txt", false},
		{"chat", domain.MediaPDF, "chat.pdf", false},
		{`C:\Users\me\a.mp3`, domain.MediaMP3, "a.mp3", false},
		{"a\x00b\nc\u202egnp.txt", domain.MediaText, "abcgnp.txt", false},
		{"\xff\xfe.txt", domain.MediaText, "evidence.txt", false},
		{`a<b>:"|?*.txt`, domain.MediaText, "a_b______.txt", false},
		{".txt", domain.MediaText, "evidence.txt", false},
		{"...", domain.MediaText, "evidence.txt", false},
		{"con.txt", domain.MediaText, "evidencecon.txt", false},
		{long + ".wav", domain.MediaWAV, strings.Repeat("镕", 38) + ".wav", false},
	} {
		got, other := evidence.NameOf(tc.path, tc.media)
		if got != tc.want || other != tc.other || len(got) > domain.MaxEvidenceName || !utf8.ValidString(got) {
			t.Errorf("%q: %q %v, want %q %v", tc.path, got, other, tc.want, tc.other)
		}
		if again, _ := evidence.NameOf(got, tc.media); again != got {
			t.Errorf("%q: a second time %q", got, again)
		}
	}
}
