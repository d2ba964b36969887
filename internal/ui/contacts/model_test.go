package contacts

import (
	"context"
	"errors"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/progress"
	"quietline/internal/ui/task"
	"quietline/internal/ui/uitest"
)

const anne = "Anne Smith, accounting and payroll office"

func TestWhatTheListIsAskedFor(t *testing.T) {
	b := newBench(newBook())
	b.Load()
	for _, tt := range []struct {
		text   string
		person domain.PersonID
		want   string
	}{
		{"", 0, anne + "|李阿姨|王医生|物业|95013000"},
		{"", 2, "李阿姨|王医生|物业|95013000"},
		{"", domain.SelfID, anne + "|王医生|物业"},
		{"医", 0, "王医生"},
		{"wys", 0, "王医生"},
		{" LiA ", 0, "李阿姨"},
		{"SMITH", 0, anne},
		{"oll", 0, anne},
		{"138-0000", 0, "李阿姨|王医生"},
		{"+86 138 0000 0002", 0, "李阿姨"},
		{"021 1234", 0, anne},
		{"9501", domain.SelfID, ""},
		{"nobody", 0, ""},
		{"·", 0, ""},
	} {
		b.SetFilter(Filter{Text: tt.text, Person: tt.person})
		want(t, tt.text, b.shown(), tt.want)
	}
}

// A filter that nobody can choose any more asks for nothing.
func TestFilterForgetsWhoIsGone(t *testing.T) {
	b := newBench(newBook())
	b.Load()
	b.SetFilter(Filter{Person: 2})
	b.book.people = uitest.People()[:1]
	b.Load()
	want(t, "person", b.Filter().Person, domain.PersonID(0))
	want(t, "shown", len(b.Shown()), 5)
}

func TestFaultOfTheList(t *testing.T) {
	b := newBench(newBook())
	b.book.err = errors.New("disk")
	b.Load()
	if b.Fault() == nil || b.Loaded() || b.Empty() {
		t.Errorf("fault %v, loaded %v, empty %v", b.Fault(), b.Loaded(), b.Empty())
	}
	b.book.err = nil
	b.Load()
	want(t, "fault", b.Fault(), nil)
	want(t, "shown", len(b.Shown()), 5)
}

func TestRemovedContactsComeBack(t *testing.T) {
	b := newBench(newBook())
	b.Load()
	before := b.shown()
	gone := b.Shown()[3:]
	b.Remove(gone)
	want(t, "left", len(b.book.contacts), 3)
	want(t, "removed", len(b.Removed()), 2)
	b.Restore()
	want(t, "back", b.shown(), before)
	want(t, "events", strings.Join(b.events, " "), "list removed stored removed restored stored")
	b.Restore()
	want(t, "once", b.shown(), before)
}

func TestRemovalThatFails(t *testing.T) {
	b := newBench(newBook())
	b.Load()
	b.book.err = errors.New("disk")
	b.Remove(b.Shown()[:1])
	want(t, "way back from nothing", len(b.Removed()), 0)
	b.book.err = nil
	b.Remove(b.Shown()[:1])
	b.book.err = errors.New("disk")
	b.Restore()
	want(t, "the way back stays", len(b.Removed()), 1)
	want(t, "faults", len(b.failed), 2)
}

func TestImportForAPerson(t *testing.T) {
	b := newBench(newBook())
	b.Load()
	b.SetFilter(Filter{Person: 2})
	b.book.report = journal.ContactReport{Cards: 3, Imported: 1, Numbers: 2, Duplicates: 1, Rejected: 1}
	b.OfferImport([]string{"/a/one.vcf"})
	b.OfferImport([]string{"/a/one.vcf", "/a/two.vcf"})
	job := b.Import()
	want(t, "person", job.Person, domain.PersonID(2))
	want(t, "files", strings.Join(job.Names(), " "), "one.vcf two.vcf")
	b.RunImport()
	want(t, "stage", job.Stage, task.Done)
	want(t, "asked", b.book.imports[1], journal.ContactImport{Path: "/a/two.vcf", Person: "奶奶"})
	want(t, "numbers", job.Total().Numbers, 4)
	want(t, "failed", job.Failed(), false)
	want(t, "stored", b.events[len(b.events)-1], "stored")
	b.DropImport()
	if b.Import() != nil {
		t.Error("the report was put away")
	}
}

// What is meant for one person must never become everybody's.
func TestImportForSomebodyWhoIsGone(t *testing.T) {
	b := newBench(newBook())
	b.Load()
	b.SetFilter(Filter{Person: 2})
	b.OfferImport([]string{"/a/one.vcf"})
	b.book.people = uitest.People()[:1]
	b.Load()
	b.RunImport()
	want(t, "imports", len(b.book.imports), 0)
	if r := b.Import().Reports[0]; !r.Untouched || domain.KeyOf(r.Err) != "person.not_found" {
		t.Errorf("%+v", r)
	}
	_, err := save(t.Context(), b.book, b.People(), Draft{Number: "1", Name: "x", Person: 2})
	want(t, "saving", domain.KeyOf(err), "person.not_found")
}

func TestImportIsStopped(t *testing.T) {
	b := newBook()
	x := newBench(b)
	ctx, cancel := context.WithCancel(t.Context())
	x.p.Write = func(work func(context.Context) error, done func(error)) func() {
		x.job.cancel = cancel
		done(work(ctx))
		return cancel
	}
	b.during = func(ctx context.Context, _ *progress.Counter) error {
		x.OfferImport([]string{"/a/three.vcf"})
		want(t, "files while reading", len(x.Import().Paths), 2)
		x.StopImport()
		return domain.E("t", domain.Cancelled, "cancelled", nil, ctx.Err())
	}
	x.OfferImport([]string{"/a/one.vcf", "/a/two.vcf"})
	x.RunImport()
	r := x.Import().Reports
	if len(b.imports) != 1 || domain.KindOf(r[0].Err) != domain.Cancelled || r[0].Untouched || !r[1].Untouched || r[1].File != "two.vcf" {
		t.Errorf("%d imports, %+v", len(b.imports), r)
	}
	want(t, "failed", x.Import().Failed(), true)
}
