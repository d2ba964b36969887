package calls

import (
	"slices"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// stage is the page on the real use cases over a store in memory.
type stage struct {
	*uitest.Harness
	page  *Page
	store *journaltest.Store
	files *journaltest.Importers
	pick  string // the path that the next file dialog gives
	out   shelf  // the files that were written
	desk  desk   // the complaints that were made
}

func show(t *testing.T, o uitest.Options, calls []domain.Call) *stage {
	t.Helper()
	s := &stage{Harness: uitest.New(t, o), files: &journaltest.Importers{Files: files()}, pick: "/home/me/通话记录.csv"}
	s.store = journaltest.NewStore(domain.SelfName, testkit.Epoch())
	grandma := uitest.People()[1]
	if err := s.store.AddPerson(t.Context(), &grandma); err != nil {
		t.Fatal(err)
	}
	calls = slices.Clone(calls)
	slices.Reverse(calls) // the IDs of the store are then those of the samples
	if _, err := s.store.AddCalls(t.Context(), calls, false); err != nil {
		t.Fatal(err)
	}
	checker := &uitest.Checker{}
	service := journal.New(journal.Params{
		People: s.store, Calls: s.store, Cards: s.store, Checker: checker, Importers: s.files, Clock: s.Clock,
	})
	s.page = New(Params{
		Env: s.Env, Journal: service, Checker: checker, Registry: uitest.Registry, Province: checker.Province,
		Files: &s.out, Filing: &s.desk,
		OpenFile: func(chosen func(string)) { chosen(s.pick) },
		SaveFile: func(name string, chosen func(string)) { chosen("/home/me/" + name) },
	})
	s.Show(s.page, kit.Route{Page: kit.PageCalls})
	return s
}

func files() map[string]journaltest.File {
	at := testkit.Epoch().Add(-2 * time.Hour)
	talk := 40 * time.Second
	good := func(line int, number string) journal.Record {
		return journal.Record{
			Line: line, Number: number, StartedAt: at.Add(time.Duration(line) * time.Minute),
			Duration: &talk, Direction: domain.DirectionIncoming,
		}
	}
	return map[string]journaltest.File{
		"/home/me/通话记录.csv": {Records: []journal.Record{
			good(2, "95013000"), good(3, "95588"),
			{Line: 4, Skip: "total", Text: "total"},
			{Line: 5, Reject: "time", Text: "95013000,yesterday,40"},
		}},
		"/home/me/账单.csv": {
			Records: []journal.Record{good(12, "95777")},
			Err:     domain.E("test", domain.Corrupt, "import.truncated", nil, nil),
		},
		"/home/me/坏.csv": {Records: append(bad(kit.MostRemarks+20), good(999, "95013000"))},
	}
}

// bad are rows that cannot be read.
func bad(n int) (out []journal.Record) {
	for i := range n {
		out = append(out, journal.Record{Line: i + 2, Reject: "time", Text: "95013000,yesterday,40"})
	}
	return out
}

func (s *stage) rows() []domain.Call {
	var out []domain.Call
	for i := range s.page.list.rows.Count() {
		c, ok := s.page.list.rows.Row(i)
		if ok {
			out = append(out, c)
		}
	}
	return out
}

func (s *stage) numbers() string {
	var out []string
	for _, c := range s.rows() {
		out = append(out, c.Display)
	}
	return strings.Join(out, " ")
}

func (s *stage) open(id domain.CallID) {
	s.T.Helper()
	for _, c := range s.rows() {
		if c.ID == id {
			s.page.model.Open(c)
			s.Layout()
			return
		}
	}
	s.T.Fatalf("no call %d in the list", id)
}
