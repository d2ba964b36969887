package evidence_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/evidence"
	"quietline/internal/filing"
)

type place struct {
	t          *testing.T
	dir, vault string
	v          *evidence.Vault
}

func newPlace(t *testing.T) *place {
	t.Helper()
	dir := t.TempDir()
	vault := filepath.Join(dir, "vault")
	return &place{t: t, dir: dir, vault: vault, v: evidence.New(evidence.Params{Dir: vault})}
}

func (p *place) write(name string, data []byte) string {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		p.t.Fatal(err)
	}
	return path
}

func (p *place) take(name string, data []byte) filing.TakenEvidence {
	p.t.Helper()
	got, err := p.v.Take(p.t.Context(), p.write(name, data))
	if err != nil {
		p.t.Fatal(err)
	}
	return got
}

// files are all that is in the vault but its lock.
func (p *place) files() []string {
	p.t.Helper()
	var list []string
	err := filepath.WalkDir(p.vault, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || d.IsDir() || d.Name() == ".lock" {
			return err
		}
		info, err := d.Info()
		if err == nil && runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			p.t.Errorf("%s is %v", path, info.Mode())
		}
		list = append(list, d.Name())
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return list
}

func wantKey(t *testing.T, err error, key string) {
	t.Helper()
	if domain.KeyOf(err) != key {
		t.Fatalf("%v, want %s", err, key)
	}
}

// What is kept is the picture without the place, under the digest of just
// that; the user's own file is as it was.
func TestTake(t *testing.T) {
	p := newPlace(t)
	original := jpegWith(t, nil, both(0xe1)[0])
	path := p.write("聊天记录.png", original)
	got, err := p.v.Take(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join(p.vault, got.SHA256[:2], got.SHA256))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(kept)
	if got.SHA256 != hex.EncodeToString(sum[:]) || got.Bytes != int64(len(kept)) || bytes.Contains(kept, []byte(markPlace)) {
		t.Errorf("%+v of %d bytes", got, len(kept))
	}
	if got.FileName != "聊天记录.png.jpg" || !got.NameDiffers || got.MediaType != domain.MediaJPEG || !got.LocationRemoved || !got.DetailsRemoved || got.MayTellPlace {
		t.Errorf("%+v", got)
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, original) {
		t.Errorf("the user's file changed: %v", err)
	}
	if runtime.GOOS != "windows" {
		info, err := os.Stat(filepath.Join(p.vault, got.SHA256[:2]))
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%v %v", info.Mode(), err)
		}
	}
	if again := p.take("other.jpg", original); again.SHA256 != got.SHA256 || len(p.files()) != 1 {
		t.Errorf("%+v, %q", again, p.files())
	}
	film := append(heic(heicPlaces{exif: exif(binary.BigEndian, 6), xmp: xmp()}), "\x00\x00\x00\x08moov"...)
	if got := p.take("a.heic", film); !got.MayTellPlace || !got.LocationRemoved {
		t.Errorf("%+v", got)
	}
}

func TestTakeRefuses(t *testing.T) {
	p := newPlace(t)
	large := p.write("large.txt", []byte("text"))
	if err := os.Truncate(large, domain.MaxEvidenceBytes+1); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(p.dir, "link.txt")
	if err := os.Symlink(p.write("real.txt", []byte("text")), link); err != nil {
		t.Log(err)
		link = p.dir
	}
	for path, key := range map[string]string{
		filepath.Join(p.dir, "none.txt"): "evidence.not_found", p.dir: "evidence.not_file", link: "evidence.not_file",
		os.DevNull: "evidence.not_file", large: "evidence.too_large",
		p.write("empty.png", nil):                                   "evidence.empty",
		p.write("a.zip", []byte("PK\x03\x04\x14\x00")):              "evidence.type_unknown",
		p.write("cut.png", pngWith(t)[:40]):                         "evidence.damaged",
		p.write("cut.webp", webpWith(0)[:len(webpWith(0))-4]):       "evidence.damaged",
		p.write("odd.jpg", []byte("\xff\xd8\xff\xe1\x00\x01Exif.")): "evidence.damaged",
	} {
		if runtime.GOOS == "windows" && path == os.DevNull {
			continue
		}
		_, err := p.v.Take(t.Context(), path)
		wantKey(t, err, key)
		var e *domain.Error
		if errors.As(err, &e) && e.Args["Name"] != filepath.Base(path) {
			t.Errorf("%v", e.Args)
		}
	}
	if got := p.files(); len(got) != 0 {
		t.Errorf("%q is left", got)
	}
}

// A copy that is stopped in the middle leaves nothing, whatever stops it.
func TestTakeLeavesNothingHalf(t *testing.T) {
	data := append([]byte("ID3"), make([]byte, 1<<20)...)
	for after := 0; after < 1<<20; after += 200_000 {
		for _, cause := range []error{diskFull(), errors.New("broken disk")} {
			p := newPlace(t)
			p.v.Failing(after, cause)
			_, err := p.v.Take(t.Context(), p.write("a.mp3", data))
			if errors.Is(cause, diskFull()) {
				wantKey(t, err, "evidence.disk_full")
			} else {
				wantKey(t, err, "evidence.unwritable")
			}
			if got := p.files(); len(got) != 0 {
				t.Errorf("%q is left", got)
			}
		}
	}
	p := newPlace(t)
	ctx := &lateContext{Context: t.Context(), left: 3}
	_, err := p.v.Take(ctx, p.write("a.mp3", data))
	if domain.KindOf(err) != domain.Cancelled || len(p.files()) != 0 {
		t.Errorf("%v, %q", err, p.files())
	}
}

// lateContext ends after it was asked some times.
type lateContext struct {
	context.Context
	left int
}

func (c *lateContext) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// Whoever reads a file that was changed never has the whole of it.
func TestOpenTellsChangesBeforeTheEnd(t *testing.T) {
	p := newPlace(t)
	data := append([]byte("ID3"), bytes.Repeat([]byte{7}, 300_000)...)
	e := p.take("a.mp3", data).Evidence
	path := filepath.Join(p.vault, e.SHA256[:2], e.SHA256)
	r, err := p.v.Open(e)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(got, data) || r.Close() != nil || p.v.Check(t.Context(), e) != nil {
		t.Fatalf("%v", err)
	}
	changed := bytes.Clone(data)
	changed[5]++
	if err := os.WriteFile(path, changed, 0o600); err != nil {
		t.Fatal(err)
	}
	if r, err = p.v.Open(e); err != nil {
		t.Fatal(err)
	}
	got, err = io.ReadAll(r)
	wantKey(t, err, "evidence.changed")
	if len(got) >= len(data) || r.Close() != nil {
		t.Errorf("%d bytes of %d", len(got), len(data))
	}
	wantKey(t, p.v.Check(t.Context(), e), "evidence.changed")
	wantKey(t, p.v.Export(t.Context(), e, filepath.Join(p.dir, "out.mp3")), "evidence.changed")
	if _, err := os.Stat(filepath.Join(p.dir, "out.mp3")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
	if err := os.Truncate(path, 10); err != nil {
		t.Fatal(err)
	}
	wantKey(t, p.v.Look(e), "evidence.changed")
	if err := p.v.Remove(e.SHA256); err != nil {
		t.Fatal(err)
	}
	wantKey(t, p.v.Look(e), "evidence.missing")
	if again := p.take("b.mp3", data); again.SHA256 != e.SHA256 || p.v.Check(t.Context(), e) != nil {
		t.Error("attached again, it is there again")
	}
}

func TestNoNameLeadsOutOfTheVault(t *testing.T) {
	p := newPlace(t)
	for _, digest := range []string{"", "../../etc/passwd", "ab", "AB" + string(make([]byte, 62))} {
		if err := p.v.Look(domain.Evidence{SHA256: digest}); domain.KeyOf(err) != "evidence.missing" {
			t.Errorf("%q: %v", digest, err)
		}
		if err := p.v.Remove(digest); err != nil {
			t.Errorf("%q: %v", digest, err)
		}
	}
}

func TestExport(t *testing.T) {
	p := newPlace(t)
	e := p.take("chat.txt", []byte("她说：转账。")).Evidence
	out := p.write("out.txt", []byte("before"))
	if err := p.v.Export(t.Context(), e, out); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(out); err != nil || string(got) != "她说：转账。" {
		t.Errorf("%q %v", got, err)
	}
	path, err := p.v.ExportToOpen(t.Context(), e)
	if err != nil || filepath.Base(path) != "chat.txt" {
		t.Fatalf("%s %v", path, err)
	}
	if err := p.v.Tidy(time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Errorf("it is still looked at: %v", err)
	}
	half := filepath.Join(p.vault, ".part-1")
	if err := os.WriteFile(half, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := p.v.Tidy(time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := p.files(); len(got) != 1 || got[0] != e.SHA256 {
		t.Errorf("%q", got)
	}
}

func TestStoredAndRemoved(t *testing.T) {
	p := newPlace(t)
	if list, err := p.v.Stored(t.Context()); err != nil || list != nil {
		t.Errorf("%v %v", list, err)
	}
	a, b := p.take("a.txt", []byte("one")), p.take("b.txt", []byte("two"))
	list, err := p.v.Stored(t.Context())
	if err != nil || len(list) != 2 || list[0].Bytes != 3 || time.Since(list[0].At) > time.Minute {
		t.Fatalf("%+v %v", list, err)
	}
	for range 2 {
		if err := p.v.Remove(a.SHA256); err != nil {
			t.Fatal(err)
		}
	}
	if got := p.files(); len(got) != 1 || got[0] != b.SHA256 {
		t.Errorf("%q", got)
	}
}

// Several programs take the same files at once.
func TestTakeAtOnce(t *testing.T) {
	p := newPlace(t)
	path := p.write("a.png", pngWith(t, pngChunk("eXIf", exif(binary.BigEndian, 3))))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			v := evidence.New(evidence.Params{Dir: p.vault})
			e, err := v.Take(t.Context(), path)
			if err == nil {
				err = v.Check(t.Context(), e.Evidence)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := p.files(); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

func TestLockKeepsOthersOut(t *testing.T) {
	p := newPlace(t)
	unlock, err := p.v.Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Millisecond)
	defer cancel()
	if _, err := evidence.New(evidence.Params{Dir: p.vault}).Lock(ctx); domain.KindOf(err) != domain.Cancelled {
		t.Errorf("%v", err)
	}
	unlock()
	again, err := evidence.New(evidence.Params{Dir: p.vault}).Lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	again()
}
