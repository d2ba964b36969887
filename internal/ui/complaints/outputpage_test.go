package complaints

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// shelf keeps what was written out.
type shelf struct {
	path, batch string
	rows        []domain.ComplaintID
	done, gone  bool
	err         error // fails Commit and Receipt
}

func (f *shelf) Complaints(path string) (OutputFile, error) { return f.begin(path, "") }

func (f *shelf) Receipts(path, batch string) (OutputFile, error) { return f.begin(path, batch) }

func (f *shelf) begin(path, batch string) (OutputFile, error) {
	*f = shelf{path: path, batch: batch, err: f.err}
	return f, nil
}

func (f *shelf) Receipt(_ context.Context, path string, d filing.Detail) error {
	*f = shelf{path: path, rows: []domain.ComplaintID{d.Complaint.ID}, err: f.err}
	return f.err
}

func (f *shelf) Write(d filing.Detail) error {
	f.rows = append(f.rows, d.Complaint.ID)
	return nil
}

func (f *shelf) Rows() int     { return len(f.rows) }
func (f *shelf) Commit() error { f.done = f.err == nil; return f.err }
func (f *shelf) Discard()      { f.gone = !f.done }

func (f *shelf) numbers() string {
	var out []string
	for _, id := range f.rows {
		out = append(out, strings.TrimLeft(string(id[:8]), "0"))
	}
	return strings.Join(out, " ")
}

func TestExportOfWhatIsShown(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaints("outbox"), plenty)
	var f shelf
	s.page.p.Files = &f
	s.page.model.p.Files = &f
	var suggested []string
	s.page.p.SaveFile = func(name string, chosen func(string)) {
		suggested = append(suggested, name)
		chosen("/tmp/" + name)
	}
	save := func() {
		t.Helper()
		s.Press("calls.export.where")
	}
	s.Press("calls.export")
	save()
	want(t, "all, newest first", f.numbers(), "7 5 4 3")
	if !f.done || !s.Reads(f.path) {
		t.Errorf("%+v %q", f, s.Texts())
	}
	s.Press("kit.close")
	s.page.model.SetFilter(Filter{Number: "95588"})
	s.Layout()
	s.Press("calls.export")
	save()
	want(t, "filtered", f.numbers(), "7")
	s.Press("kit.close")
	s.page.model.ClearFilter()
	s.Layout()
	s.mark("7", "3")
	s.page.export(KindReceipts)
	s.Layout()
	save()
	want(t, "marked, in their order", f.numbers(), "3 7")
	want(t, "names", strings.Join(suggested, " "), "complaints-2024-05-20.xlsx complaints-2024-05-20.xlsx receipts-2024-05-20.pdf")
	s.Press("kit.close")
	s.page.list.table.Unmark()
	s.page.model.SetFilter(Filter{Batch: "街道五月"})
	s.Layout()
	s.page.export(KindReceipts)
	s.Layout()
	f.err = domain.E("test", domain.Unavailable, "report.failed", domain.Args{"File": "x"}, nil)
	save()
	want(t, "batch", f.batch, "街道五月")
	if f.done || !s.Shows("err.report.failed", l10n.Args{"File": "x"}) {
		t.Errorf("%q", s.Texts())
	}
	s.Press("calls.output.elsewhere")
	f.err = nil
	save()
	if !f.done || f.numbers() != "3" {
		t.Errorf("%+v", f)
	}
}

// Marks outlast a filter: receipts of what is marked are not all of the batch that
// is shown.
func TestMarkedReceiptsAreOfNoBatch(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplaints("outbox"), plenty)
	var f shelf
	s.page.model.p.Files = &f
	s.page.p.SaveFile = func(name string, chosen func(string)) { chosen("/tmp/" + name) }
	s.mark("7", "3")
	s.page.model.SetFilter(Filter{Batch: "街道五月"})
	s.Layout()
	s.page.export(KindReceipts)
	s.Layout()
	s.Press("calls.export.where")
	want(t, "receipts", f.numbers(), "3 7")
	want(t, "batch", f.batch, "")
}

func TestReceiptOfTheOpenComplaint(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000002"), plenty)
	var f shelf
	s.page.model.p.Files = &f
	s.page.p.SaveFile = func(name string, chosen func(string)) { chosen("/tmp/" + name) }
	var opened string
	s.page.p.OpenFile = func(path string) { opened = path }
	s.Press("complaints.print")
	want(t, "file", f.path+" "+f.numbers(), "/tmp/receipt-00000002.pdf 2")
	s.Press("digest.open")
	want(t, "opened", opened, f.path)
	f.err = errors.New("full")
	s.page.model.Open("00000001-0000-4000-8000-000000000000")
	s.Layout()
	s.Press("complaints.print")
	if s.Shows("digest.saved") {
		t.Error("nothing was saved")
	}
}

// Writing goes on when the page is left, can be stopped, and holds up the end of
// the program.
func TestWritingInTheBackground(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaints("outbox"), plenty)
	var f shelf
	s.page.model.p.Files = &f
	begin := func() {
		t.Helper()
		s.page.export(KindText)
		s.Hold = true
		s.page.model.RunOutput("/tmp/a.csv")
		if _, busy := s.page.Working(); !busy {
			t.Fatal("nothing is written")
		}
	}
	begin()
	if s.page.export(KindProgram); s.page.model.Output().Kind != KindText {
		t.Error("one at a time")
	}
	s.page.model.StopOutput()
	s.Release()
	if _, busy := s.page.Working(); busy || s.page.model.Output() != nil || f.done {
		t.Errorf("stopped: %+v", f)
	}
	begin()
	s.page.Leave()
	s.Release()
	if !f.done || !slices.Contains(s.Toasts, s.Env.T("calls.output.finished")) {
		t.Errorf("%+v %q", f, s.Toasts)
	}
	s.Show(s.page, kit.Route{})
	if !s.Reads("/tmp/a.csv") {
		t.Errorf("where it is, once the page is there again: %q", s.Texts())
	}
}
