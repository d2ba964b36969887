package digest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/lookout"
	"quietline/internal/report"
	"quietline/internal/testkit"
)

// tower stands for the use cases, and for the files.
type tower struct {
	digest insight.Digest
	asked  []string
	saved  []string
	err    error
}

func (w *tower) DigestOf(_ context.Context, _ domain.PersonID, week lookout.Week) (insight.Digest, error) {
	w.asked = append(w.asked, week.String())
	return w.digest, w.err
}

func (w *tower) ThisWeek() lookout.Week { return lookout.WeekOf(testkit.Epoch()) }
func (w *tower) LastWeek() lookout.Week { return w.ThisWeek().Plus(-1) }

func (w *tower) Save(_ context.Context, path string, f Format, d report.Document) error {
	w.saved = append(w.saved, path+" "+string(f)+" "+d.Title)
	return w.err
}

// bench holds a Model whose reading waits for read.
type bench struct {
	*Model
	tower   *tower
	pending []func()
	failed  []error
}

func newBench(t *testing.T) *bench {
	b := &bench{tower: &tower{}}
	at := func(work func(context.Context) error, done func(error)) func() {
		done(work(t.Context()))
		return func() {}
	}
	b.Model = NewModel(ModelParams{
		Lookout: b.tower, Files: b.tower, Person: domain.Person{ID: 2},
		Words: func(_ insight.Digest, w lookout.Week) report.Document { return report.Document{Title: w.String()} },
		Run: func(work func(context.Context) error, done func(error)) func() {
			err := work(t.Context())
			b.pending = append(b.pending, func() { done(err) })
			return func() {}
		},
		Write: at, Changed: func() {}, Failed: func(err error) { b.failed = append(b.failed, err) },
	})
	b.Load()
	return b
}

func (b *bench) read() {
	for _, f := range b.pending {
		f()
	}
	b.pending = nil
}

func TestWeeksGoToAndFro(t *testing.T) {
	b := newBench(t)
	b.read()
	if d, ok := b.Document(); !ok || d.Title != "2024-W20" || !b.Later() || !b.Earlier() {
		t.Errorf("%+v %v: the week that is over comes first", d, ok)
	}
	b.Step(1)
	if _, ok := b.Document(); ok || b.Later() {
		t.Error("the week before stands for this one")
	}
	b.Step(1) // there is none
	b.read()
	b.Step(-2)
	b.read()
	if d := cmp.Diff([]string{"2024-W20", "2024-W21", "2024-W19"}, b.tower.asked); d != "" {
		t.Error(d)
	}
	b.GoTo(lookout.Week{Year: 1981, Number: 1})
	b.read()
	b.Step(-1)
	if b.Earlier() || b.Week().Year != 1981 {
		t.Error(b.Week())
	}
}

func TestAnAnswerThatComesLateDoesNotCount(t *testing.T) {
	b := newBench(t)
	b.Step(-1)
	slices.Reverse(b.pending)
	b.read()
	if d, _ := b.Document(); d.Title != "2024-W19" {
		t.Errorf("%+v", d)
	}
}

func TestWhatIsShownIsSaved(t *testing.T) {
	b := newBench(t)
	b.Save("/a.pdf", PDF)
	if len(b.tower.saved) != 0 {
		t.Error("saved before it was read")
	}
	b.read()
	b.Save("/a.pdf", PDF)
	if path, f := b.Saved(); path != "/a.pdf" || f != PDF || b.tower.saved[0] != "/a.pdf .pdf 2024-W20" {
		t.Errorf("%s %s %q", path, f, b.tower.saved)
	}
	b.tower.err = errors.New("disk")
	b.Save("/b.txt", Text)
	if path, _ := b.Saved(); path != "/a.pdf" || len(b.failed) != 1 {
		t.Errorf("%s %v", path, b.failed)
	}
	b.Step(-1)
	if path, _ := b.Saved(); path != "" {
		t.Error("another week is not saved")
	}
	b.read()
	if b.Fault() == nil {
		t.Error("no fault")
	}
}

func TestFileName(t *testing.T) {
	week := lookout.Week{Year: 2024, Number: 9}
	for name, want := range map[string]string{
		"奶奶":                   "奶奶-2024-W09.pdf",
		"Ann Lee":              "Ann-Lee-2024-W09.pdf",
		"../../etc/x:y\\z\x00": "etc-x-y-z-2024-W09.pdf",
		"":                     "-2024-W09.pdf",
	} {
		if got := FileName(name, week, PDF); got != want {
			t.Errorf("%q: %s", name, got)
		}
	}
	if got := FileName("很长的名字很长的名字很长的名字很长的名字很长的名字很长的名字很长的名字", week, Text); len([]rune(got)) > mostName+14 {
		t.Error(got)
	}
}
