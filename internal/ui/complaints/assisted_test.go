package complaints

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// papers keeps what was saved.
type papers struct {
	paths []string
	forms []report.AssistedForm
	err   error
}

func (p *papers) Save(_ context.Context, path string, f Format, form report.AssistedForm) error {
	if p.err == nil {
		p.paths, p.forms = append(p.paths, path+" as "+string(f)), append(p.forms, form)
	}
	return p.err
}

// byHand is an office with a channel of the user's own filing, and two
// complaints in it; the first is long overdue.
func byHand(o *office) {
	o.desk.channels = append(o.desk.channels, domain.Channel{ID: 3, Name: "12321", Kind: domain.ChannelAssisted})
	for n, at := range []time.Duration{-96 * time.Hour, 0} {
		c := o.file(domain.SendQueued, n+1)
		c.ChannelID, c.Channel, c.ChannelKind = 3, "12321", domain.ChannelAssisted
		c.QueuedAt = c.QueuedAt.Add(at)
		c.Body.Complainant.Phone = "13800001111"
	}
}

// picture is a page in a state of its own.
type picture struct {
	name   string
	route  kit.Route
	size   fyne.Size
	do     func(*stage)
	golden bool
}

// draw checks and draws each page, in both languages, at both sizes.
func draw(t *testing.T, arrange func(*office), pictures ...picture) {
	t.Helper()
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for _, c := range pictures {
			t.Run(c.name, func(t *testing.T) {
				o := o
				if c.size.Width > 0 {
					o.Size = c.size
				}
				s := show(t, o, c.route, arrange)
				if c.do != nil {
					c.do(s)
				}
				s.Check()
				s.Draw("complaints." + c.name)
				if c.golden {
					s.Golden(c.name)
				}
			})
		}
	})
}

func TestByHandPages(t *testing.T) {
	high := fyne.NewSize(1200, 1900)
	draw(
		t, func(o *office) {
			byHand(o)
			o.desk.complaints[0].Body.Category = domain.CategoryFraud
			o.desk.complaints[0].Body.Complainant.Phone = ""
		},
		picture{"by_hand", kit.RouteComplaint("00000002"), high, nil, true},
		picture{"by_hand_fraud", kit.RouteComplaint("00000001"), fyne.Size{}, nil, false},
		picture{"by_hand_overdue", kit.RouteComplaints("outbox"), fyne.Size{}, nil, true},
		picture{"by_hand_wrong", kit.RouteComplaint("00000002"), high, func(s *stage) { s.Press("complaints.by_hand.filed") }, false},
		picture{"by_hand_form", kit.RouteComplainAbout(9), fyne.Size{}, chooseByHand, false},
		picture{"by_hand_confirm", kit.RouteComplainAbout(9), fyne.Size{}, func(s *stage) {
			chooseByHand(s)
			s.Press("complaints.file")
		}, true},
	)
}

func chooseByHand(s *stage) {
	s.page.form.channel.SetSelected("12321")
}

// What the user files is theirs from the form to the receipt number.
func TestFilingByHand(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplainAbout(9), func(o *office) {
		o.desk.channels = append(o.desk.channels, domain.Channel{ID: 3, Name: "12321", Kind: domain.ChannelAssisted})
	})
	chooseByHand(s)
	if !s.Shows("complaints.by_hand.text") {
		t.Errorf("where it goes: %q", s.Texts())
	}
	s.Press("complaints.file")
	s.Press("complaints.confirm.prepare")
	c := s.desk.complaints[0]
	if c.SendState != domain.SendQueued || !c.ByHand() || s.page.model.OpenID() != c.ID {
		t.Fatalf("%+v", c)
	}
	if !s.Shows("by_hand.state") || s.Shows("complaints.standing.queued") || s.Shows("complaints.try_now") || s.Shows("complaints.send_now") {
		t.Errorf("the outbox has nothing to do with it: %q", s.Texts())
	}
	form := report.Assisted(s.Env.Printer, c)
	at := -1
	for _, f := range form.Fields {
		all := strings.Join(s.Texts(), "\n")
		next := strings.Index(all, f.Label)
		if next <= at || f.Text != "" && !s.Reads(f.Text) {
			t.Errorf("%s (%q) is missing or not in its place: %q", f.Heading(), f.Text, all)
		}
		at = next
	}
	copies := s.page.list.detail.copies
	for _, f := range form.Fields {
		if f.Text == "" {
			continue
		}
		test.Tap(copies[0])
		copies = copies[1:]
		if got := fyne.CurrentApp().Clipboard().Content(); got != f.Text {
			t.Errorf("%s: copied %q", f.Key, got)
		}
	}

	s.Press("complaints.by_hand.filed")
	if !s.Shows("err.complaint.receipt_required") || s.desk.complaints[0].SendState != domain.SendQueued {
		t.Errorf("%q", s.Texts())
	}
	entry := s.page.list.detail.receiptEntry
	if s.Window.Canvas().Focused() != entry {
		t.Error("the keyboard goes where something is missing")
	}
	test.Type(entry, "JB-7")
	if s.Shows("err.complaint.receipt_required") {
		t.Error("what is being corrected is no longer wrong")
	}
	s.page.Changed("complaints") // the outbox did something else meanwhile
	s.page.Changed("channels")
	if got := s.page.list.detail.receiptEntry.Text; got != "JB-7" {
		t.Errorf("what was typed is lost: %q", got)
	}
	s.Press("complaints.by_hand.filed")
	c = s.desk.complaints[0]
	if c.SendState != domain.SendSent || c.ReceiptNumber != "JB-7" || !s.Shows("event.filed_by_hand") || s.Shows("complaints.by_hand.filed") {
		t.Errorf("%+v, %q", c, s.Texts())
	}
}

func TestSavingWhatToEnter(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.Chinese}, kit.RouteComplaint("00000002"), byHand)
	var asked, opened []string
	s.page.p.SaveFile = func(name string, chosen func(string)) {
		asked = append(asked, name)
		chosen("/tmp/" + name)
	}
	s.page.p.OpenFile = func(path string) { opened = append(opened, path) }
	s.Press("complaints.by_hand.pdf")
	s.Press("digest.open")
	s.Press("complaints.by_hand.mail")
	s.Press("complaints.by_hand.open_mail")
	want(t, "asked", strings.Join(asked, " "), "complaint-00000002.pdf complaint-00000002.eml")
	want(t, "saved", strings.Join(s.papers.paths, ", "), "/tmp/complaint-00000002.pdf as .pdf, /tmp/complaint-00000002.eml as .eml")
	want(t, "opened", strings.Join(opened, " "), "/tmp/complaint-00000002.pdf /tmp/complaint-00000002.eml")
	s.page.model.Open("00000001-0000-4000-8000-000000000000")
	if s.Shows("digest.saved") {
		t.Error("another complaint was saved, not this one")
	}
	s.papers.err = domain.E("test", domain.Unavailable, "report.failed", domain.Args{"File": "x"}, nil)
	s.Press("complaints.by_hand.pdf")
	if s.Shows("digest.saved") {
		t.Error("nothing was saved")
	}
}

func TestReminderOfWhatWaits(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaints("outbox"), byHand)
	text := s.Env.N("complaints.overdue", 1)
	if !strings.Contains(strings.Join(s.Texts(), "\n"), text) || s.page.model.Sendable() != 0 {
		t.Errorf("%q", s.Texts())
	}
	if _, err := s.service.SetReceipt(t.Context(), "00000001", "1"); err != nil {
		t.Fatal(err)
	}
	s.page.model.Refresh()
	if strings.Contains(strings.Join(s.Texts(), "\n"), text) {
		t.Errorf("it is filed: %q", s.Texts())
	}
}

// Two windows: the number is entered in the other one first.
func TestReceiptThatIsThereAlready(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000002"), byHand)
	s.page.list.detail.receiptEntry.SetText("2")
	if _, err := s.service.SetReceipt(t.Context(), "00000002", "1"); err != nil {
		t.Fatal(err)
	}
	s.Press("complaints.by_hand.filed")
	if c := s.desk.complaints[1]; c.ReceiptNumber != "1" || s.page.list.detail.receiptEntry != nil {
		t.Errorf("%+v", c)
	}
}
