package main

import (
	"context"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
)

// first claims a folder that nobody has.
func first(t *testing.T, dir string) *instance {
	t.Helper()
	i, err := claim(t.Context(), claimParams{dir: dir, answer: answerTime})
	if err != nil || i == nil {
		t.Fatal(i, err)
	}
	t.Cleanup(i.close)
	return i
}

// impatient is a context for a start that waits for nobody.
func impatient(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

func TestSecondStartRaisesTheFirst(t *testing.T) {
	dir := t.TempDir()
	one := first(t, dir)
	raised := make(chan []string, 4)
	one.onRaise(kit.Inline, func(files []string) bool { raised <- files; return true })
	// The last name is one of GB 18030, as unpacking leaves them on Linux.
	files := []string{"/tmp/王 桂芳\n.csv", strings.Repeat("/long", 2000), "/tmp/\xcd\xa8\xbb\xb0.csv"}
	second, err := claim(impatient(t), claimParams{dir: dir, answer: time.Minute, files: files})
	if err != nil || second != nil {
		t.Fatal(second, err)
	}
	if len(raised) != 1 {
		t.Fatalf("raised %d times", len(raised))
	}
	if diff := cmp.Diff(files, <-raised); diff != "" {
		t.Fatal(diff)
	}
	info, err := os.Stat(filepath.Join(dir, socketFile))
	if err != nil || info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		t.Errorf("others may reach the socket: %v %v", info, err)
	}
	one.close()
	third := first(t, dir)
	if third.listener == nil {
		t.Fatal("the folder is not free after the first closed")
	}
}

// overdue is a connection whose deadline passes when it is told so.
type overdue struct {
	net.Conn
	passed bool
}

func (c *overdue) SetDeadline(time.Time) error {
	c.passed = false
	return nil
}

func (c *overdue) Write(b []byte) (int, error) {
	if c.passed {
		return 0, os.ErrDeadlineExceeded
	}
	return c.Conn.Write(b)
}

// A window that takes its time to come to the front says so all the same: who is not
// told asks again, and the files would be opened twice.
func TestLateAnswerIsTold(t *testing.T) {
	one := first(t, t.TempDir())
	here, there := net.Pipe()
	c := &overdue{Conn: here}
	one.onRaise(kit.Inline, func([]string) bool {
		c.passed = true
		return true
	})
	go one.answer(c)
	if _, err := there.Write([]byte(raiseWord + "[]\n")); err != nil {
		t.Fatal(err)
	}
	word, err := io.ReadAll(there)
	if string(word) != raisedWord || err != nil {
		t.Fatalf("%q, %v", word, err)
	}
}

// Nothing is raised by a window that is not there yet, that is going, or whose
// event loop has ended; then the second start must not believe it.
func TestOnlyWhatWasRaisedIsAnswered(t *testing.T) {
	for name, prepare := range map[string]func(*instance){
		"not there yet":  func(*instance) {},
		"the loop ended": func(i *instance) { i.onRaise(func(func()) {}, func([]string) bool { return true }) },
		"closed":         func(i *instance) { i.onRaise(kit.Inline, func([]string) bool { return false }) },
		"hushed": func(i *instance) {
			i.onRaise(kit.Inline, func([]string) bool { return true })
			i.hush()
		},
	} {
		dir := t.TempDir()
		prepare(first(t, dir))
		if second, err := claim(impatient(t), claimParams{dir: dir, answer: time.Millisecond}); domain.KeyOf(err) != "app.data_in_use" {
			t.Errorf("%s: %v %v", name, second, err)
		}
	}
}

// Who starts the program while it is ending gets a window of their own.
func TestSecondStartWaitsForTheEndOfTheFirst(t *testing.T) {
	dir := t.TempDir()
	one := first(t, dir)
	asked := make(chan struct{}, 64)
	one.onRaise(func(func()) { asked <- struct{}{} }, func([]string) bool { return true })
	second := make(chan *instance)
	go func() {
		i, err := claim(t.Context(), claimParams{dir: dir, answer: time.Minute})
		if err != nil {
			t.Error(err)
		}
		second <- i
	}()
	<-asked // it knows that it is not the first
	one.hush()
	one.close()
	two := <-second
	if two == nil || two.listener == nil {
		t.Fatalf("%+v: no window is open, and none will be", two)
	}
	two.close()
}

func TestClaimAfterACrash(t *testing.T) {
	dir := t.TempDir()
	// What a killed process leaves: a socket nobody listens on.
	l, err := net.Listen("unix", filepath.Join(dir, socketFile))
	if err != nil {
		t.Fatal(err)
	}
	l.(*net.UnixListener).SetUnlinkOnClose(false)
	_ = l.Close()
	if first(t, dir).listener == nil {
		t.Fatal("nobody listens")
	}
}

func TestStrangersAreNotAnswered(t *testing.T) {
	dir := t.TempDir()
	first(t, dir).onRaise(kit.Inline, func([]string) bool { t.Error("raised by a stranger"); return true })
	c, err := net.DialTimeout("unix", filepath.Join(dir, socketFile), time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, _ = c.Write([]byte(strings.Repeat("x", 200) + "\n"))
	if n, err := c.Read(make([]byte, 8)); err == nil {
		t.Fatalf("%d bytes of answer", n)
	}
}

func TestLongPathDoesWithoutASocket(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("long", 30))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	first(t, dir)
	if _, err := claim(impatient(t), claimParams{dir: dir, answer: time.Minute}); domain.KeyOf(err) != "app.data_in_use" {
		t.Fatalf("got %v", err)
	}
}
