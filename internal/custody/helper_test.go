package custody_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/journal"
	"quietline/internal/platform"
	"quietline/internal/progress"
	"quietline/internal/secrets"
	"quietline/internal/store"
	"quietline/internal/testkit"
	"quietline/internal/workspace"
)

// The people of the fixture, and what is theirs alone.
const (
	aunt       = "王桂芳"
	auntNumber = "13800138777"
	auntCaller = "95013998877"
	friend     = "Zebedee Quill"
	other      = "Li Na"
	evidence   = "a photograph of the display"
)

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func wantKey(t *testing.T, err error, key string) {
	t.Helper()
	if domain.KeyOf(err) != key {
		t.Fatalf("%v, want %s", err, key)
	}
}

func params(t *testing.T, dir string) workspace.Params {
	t.Helper()
	return workspace.Params{Dir: dir, Printer: testkit.Printer(t, "en"), Clock: testkit.NewClock(), Source: &testkit.Source{}}
}

// open opens a workspace; shut closes it.
func open(t *testing.T, dir string) *workspace.Workspace {
	t.Helper()
	w, err := workspace.Open(t.Context(), params(t, dir))
	must(t, err)
	return w
}

func shut(t *testing.T, w *workspace.Workspace) {
	t.Helper()
	must(t, w.Close())
}

// lived is a closed workspace in which something has happened.
func lived(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "data")
	w := open(t, dir)
	for name, number := range map[string]string{aunt: auntNumber, other: "13900139000"} {
		_, err := w.Journal.AddPerson(t.Context(), journal.PersonInput{Name: name, Relation: domain.RelationRelative, Numbers: []string{number}})
		must(t, err)
	}
	// The calls of both take turns, so that rows move from page to page.
	for i := range 40 {
		call(t, w, aunt, auntCaller, "told "+friend+" about it", i)
		call(t, w, other, "95023112233", "plain note", i)
	}
	call(t, w, other, auntNumber, "talked with her", 60)
	call(t, w, other, "95023112244", "said "+aunt+" had one too", 61)
	_, err := w.Journal.AddContact(t.Context(), journal.ContactInput{Number: "13700137000", Name: friend, Person: aunt})
	must(t, err)
	_, err = w.Journal.AddContact(t.Context(), journal.ContactInput{Number: auntNumber, Name: aunt + "（手机）"})
	must(t, err)
	channel := filing.ChannelInput{Name: "centre", Kind: domain.ChannelIntake, URL: "https://intake.invalid/v1", Token: "secret-token-xyzzy"}
	_, err = w.Filing.AddChannel(t.Context(), channel)
	must(t, err)
	queue(t, w, aunt, auntCaller, "they asked for "+friend, 0)
	queue(t, w, other, "95023112233", "they called again", 0)
	must(t, w.Lookout.Refresh(t.Context(), &progress.Counter{}))
	must(t, err)
	shut(t, w)
	putEvidence(t, dir)
	for _, name := range []string{"quietline.log", "crash-last.txt", "quietline-backup-v3-20240101T000000.000Z.db"} {
		must(t, os.WriteFile(filepath.Join(dir, name), []byte("something about "+aunt+" "+auntNumber), 0o600))
	}
	return dir
}

func call(t *testing.T, w *workspace.Workspace, person, number, note string, minute int) {
	t.Helper()
	_, err := w.Journal.AddCall(t.Context(), journal.CallInput{
		Person: person, Number: number, Note: note, StartedAt: testkit.Epoch().Add(time.Duration(minute-100) * time.Minute),
	})
	must(t, err)
}

func queue(t *testing.T, w *workspace.Workspace, person, number, text string, hour int) domain.Complaint {
	t.Helper()
	c, err := w.Filing.New(t.Context(), filing.ComplaintInput{
		Number: number, At: testkit.Epoch().Add(-time.Duration(hour+3) * time.Hour), Category: domain.CategoryLoan, OnBehalfOf: person,
		Techniques: []domain.Technique{domain.TechniqueHuman}, Description: text, Channel: "centre", Language: "en",
	})
	must(t, err)
	return c
}

// putEvidence gives the complaint for the aunt a file, as its body says.
func putEvidence(t *testing.T, dir string) {
	t.Helper()
	sum := sha256.Sum256([]byte(evidence))
	digest := hex.EncodeToString(sum[:])
	folder := filepath.Join(dir, custody.EvidenceFolder, digest[:2])
	must(t, os.MkdirAll(folder, 0o700), os.WriteFile(filepath.Join(folder, digest+".txt"), []byte(evidence), 0o600))
	exec(t, dir, `UPDATE complaint SET body = json_set(body, '$.evidence', json(?)) WHERE instr(body, ?)`,
		`[{"sha256":"`+digest+`","media_type":"text/plain","bytes":27,"file_name":"`+aunt+`.txt"}]`, aunt)
}

// service is custody with the real store and quick passphrases.
func service(dir string, change ...func(*custody.Params)) *custody.Service {
	p := custody.Params{
		Dir: dir, Databases: store.NewFiles(store.Params{Clock: testkit.NewClock(), SelfName: domain.SelfName}),
		Tokens: box{dir}, Clock: testkit.NewClock(), Free: platform.FreeBytes, DiskFull: store.DiskFull, Program: "test", Work: 2,
	}
	for _, f := range change {
		f(&p)
	}
	return custody.New(p)
}

// anyRoom has custody believe that there is room, so that writing finds out.
func anyRoom(p *custody.Params) {
	p.Free = func(string) (uint64, error) { return math.MaxUint64, nil }
}

type box struct{ dir string }

func (b box) Keep(ctx context.Context, space string, ids []domain.ChannelID, anyway bool) error {
	return b.of(space).KeepOnly(ctx, ids, anyway)
}

func (b box) Have(ctx context.Context, space string, ids []domain.ChannelID) ([]domain.ChannelID, error) {
	return b.of(space).Have(ctx, ids)
}

func (b box) of(space string) *secrets.Box {
	return secrets.New(secrets.Params{Namespace: space, File: filepath.Join(b.dir, custody.TokensFile)})
}

// backup makes one of a closed workspace.
func backup(t *testing.T, dir, passphrase string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "backup")
	_, err := tryBackup(t, service(dir, anyRoom), dir, custody.BackupRequest{File: file, Passphrase: passphrase})
	must(t, err)
	return file
}

func tryBackup(t *testing.T, s *custody.Service, dir string, r custody.BackupRequest) (custody.Backup, error) {
	t.Helper()
	db, err := store.Open(t.Context(), store.Params{Path: filepath.Join(dir, custody.DatabaseFile), Clock: testkit.NewClock()})
	must(t, err)
	defer db.Close()
	r.Open = db
	return s.Backup(t.Context(), r)
}

// files are the contents of a folder by path, without what changes by being
// looked at.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	must(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".lock") {
			return err
		}
		text, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		if strings.HasSuffix(path, "-shm") || strings.HasSuffix(path, "-wal") && len(text) == 0 {
			return err // SQLite leaves them where it has no room to take them away
		}
		out[rel] = string(text)
		return err
	}))
	return out
}

// spellings are the bytes in which a word may stand in a file.
func spellings(word string) [][]byte {
	units := utf16.Encode([]rune(word))
	var le, be []byte
	escaped := ""
	for _, u := range units {
		le, be = append(le, byte(u), byte(u>>8)), append(be, byte(u>>8), byte(u))
		escaped += fmt.Sprintf(`\u%04x`, u)
	}
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String(word)
	spaced := strings.Join(strings.Split(word, ""), "  ") // in the index of texts
	return [][]byte{[]byte(word), le, be, []byte(gb), []byte(escaped), []byte(strings.ToUpper(escaped)), []byte(spaced)}
}

// readable are the files of a folder in which one of the words stands.
func readable(t *testing.T, dir string, words ...string) (found []string) {
	t.Helper()
	for path, text := range files(t, dir) {
		for _, w := range words {
			for _, s := range spellings(w) {
				if bytes.Contains([]byte(text), s) || strings.Contains(path, w) {
					found = append(found, path+": "+w)
				}
			}
		}
	}
	return found
}
