package complaints

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// civic is an office with a civic server as a channel and three complaints in it:
// the answer to the first was lost, that to the second came without a number, and
// the third is filed.
func civic(o *office) {
	o.desk.channels = append(o.desk.channels, domain.Channel{
		ID: 3, Name: "市民服务", Kind: domain.ChannelOpen311, URL: "https://311.example.cn/v2", ServiceCode: "NOISE",
	})
	for n, state := range []domain.SendState{domain.SendUnknown, domain.SendSent, domain.SendSent} {
		c := o.file(state, n+1)
		c.ChannelID, c.Channel, c.ChannelKind = 3, "市民服务", domain.ChannelOpen311
		c.NextAttemptAt, c.ReceiptNumber, c.Attempts = time.Time{}, "", 1
		if n == 2 {
			c.ReceiptNumber = "293944"
		}
		a := domain.Attempt{N: 1, StartedAt: c.QueuedAt, EndedAt: c.QueuedAt.Add(12 * time.Second), Outcome: domain.AttemptSent, HTTPStatus: 200}
		if state == domain.SendUnknown {
			c.LastError = "channel.no_answer"
			a.Outcome, a.HTTPStatus, a.ErrorKey = domain.AttemptUnknown, 0, c.LastError
		}
		o.desk.attempts[c.ID] = []domain.Attempt{a}
	}
}

func TestUnsettledPages(t *testing.T) {
	high := fyne.NewSize(1200, 1600)
	draw(
		t, civic,
		picture{"unsettled", kit.RouteComplaint("00000001"), high, nil, true},
		picture{"unsettled_wrong", kit.RouteComplaint("00000001"), high, func(s *stage) { s.Press("complaints.unsettled.filed") }, false},
		picture{"unsettled_again", kit.RouteComplaint("00000001"), fyne.Size{}, func(s *stage) { s.Press("complaints.unsettled.again") }, true},
		picture{"unsettled_list", kit.RouteComplaints("outbox"), fyne.Size{}, nil, true},
		picture{"numberless", kit.RouteComplaint("00000002"), fyne.NewSize(1200, 1200), nil, false},
	)
}

// What nobody can be asked about is the user's to say, and nothing offers to send
// it.
func TestSettlingWhatIsThere(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000001"), civic)
	if !s.Shows("unsettled.state") || !s.Shows("complaints.unsettled.text") || !s.Reads("00000001-0000-4000-8000-000000000000") {
		t.Errorf("%q", s.Texts())
	}
	if s.Shows("complaints.try_now") || s.Shows("complaints.standing.unknown") || s.Shows("complaints.send_now") || s.Shows("complaints.cancel") {
		t.Errorf("nothing is to be sent: %q", s.Texts())
	}
	s.Press("complaints.unsettled.filed")
	if !s.Shows("err.complaint.receipt_required") {
		t.Errorf("a number is wanted: %q", s.Texts())
	}
	s.Type(s.page.list.detail.receiptEntry, " 311-7 ")
	s.Press("complaints.unsettled.filed")
	c := s.desk.complaints[0]
	if c.SendState != domain.SendSent || c.ReceiptNumber != "311-7" {
		t.Fatalf("%+v", c)
	}
	if !s.Shows("event.settled_filed") || s.Shows("complaints.unsettled") || !s.Reads("311-7") {
		t.Errorf("%q", s.Texts())
	}
}

func TestSettlingWhatIsNotThere(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000001"), civic)
	s.Press("complaints.unsettled.again")
	if !s.Shows("complaints.unsettled.again.text") {
		t.Fatalf("it is asked back about: %q", s.Texts())
	}
	s.Press("complaints.unsettled.again.no")
	if c := s.desk.complaints[0]; c.SendState != domain.SendUnknown {
		t.Fatalf("%+v", c)
	}
	s.Press("complaints.unsettled.again")
	confirm := s.Buttons("complaints.unsettled.again")
	test.Tap(confirm[len(confirm)-1])
	s.Layout()
	if c := s.desk.complaints[0]; c.SendState != domain.SendQueued || s.kicks == 0 {
		t.Errorf("%+v, %d kicks", c, s.kicks)
	}
	if !s.Shows("event.settled_again") || s.Shows("complaints.unsettled.text") {
		t.Errorf("%q", s.Texts())
	}
}

// owed is a complaint that a civic server took over without giving its number yet.
func owed(o *office) {
	civic(o)
	c := &o.desk.complaints[0]
	c.SendState, c.Token, c.NextAttemptAt = domain.SendToken, "T-1", c.QueuedAt.Add(time.Hour)
}

// A number that is owed can be entered, but the complaint never filed again.
func TestNumberForAToken(t *testing.T) {
	draw(t, owed, picture{"token", kit.RouteComplaint("00000001"), fyne.NewSize(1200, 1200), nil, true})
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaint("00000001"), owed)
	if !s.Shows("complaints.token.text") || s.Shows("complaints.unsettled.again") {
		t.Errorf("%q", s.Texts())
	}
	s.Type(s.page.list.detail.receiptEntry, "311-8")
	s.Press("complaints.token.store")
	if c := s.desk.complaints[0]; c.SendState != domain.SendSent || c.ReceiptNumber != "311-8" {
		t.Fatalf("%+v", c)
	}
	if s.Shows("complaints.token.text") {
		t.Errorf("%q", s.Texts())
	}
}

func TestUnsettledIsCounted(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaints("outbox"), civic)
	if !s.Reads(s.Env.N("complaints.unsettled.count", 1)) || s.Shows("complaints.send_now") {
		t.Errorf("%q", s.Texts())
	}
}
