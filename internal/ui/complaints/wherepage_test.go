package complaints

import (
	"testing"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestChannelDecidesAboutPractice(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplainAbout(9), nil)
	before := s.Refreshes
	s.page.form.channel.SetSelected("省通信管理局")
	s.Layout()
	if s.page.Practice() || s.Refreshes == before || !s.Reads("https://intake.example/") {
		t.Errorf("practice %v, %q", s.page.Practice(), s.Texts())
	}
	s.Press("complaints.file")
	if !s.Shows("complaints.confirm.real.hint") || s.Shows("complaints.confirm.practice") {
		t.Errorf("%q", s.Texts())
	}
}

// The list shows the channel that would be filed to, or none.
func TestChannelListShowsTheDefault(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplainAbout(9), nil)
	for _, marked := range []int{1, -1, 0} {
		for i := range s.desk.channels {
			s.desk.channels[i].Default = i == marked
		}
		s.page.Changed("channels")
		s.Layout()
		name, ok := s.page.form.channel.Get()
		if ok != (marked >= 0) || ok && name != s.desk.channels[marked].Name {
			t.Errorf("%d is the default, %q is shown", marked, name)
		}
	}
}

func TestNoChannel(t *testing.T) {
	s := show(t, uitest.Options{}, kit.RouteComplainAbout(9), func(o *office) { o.desk.channels = nil })
	if !s.Shows("complaints.no_channel.hint") || s.page.Practice() {
		t.Errorf("%q", s.Texts())
	}
	s.Press("complaints.file")
	if !s.Shows("err.channel.none.hint") || kit.Dialogs(s.Window.Canvas()) {
		t.Errorf("%q", s.Texts())
	}
	s.Press("complaints.save_draft")
	if len(s.desk.complaints) != 1 || s.desk.complaints[0].SendState != domain.SendDraft {
		t.Errorf("a draft does without a channel: %+v", s.desk.complaints)
	}
}

func TestTheComplaintsOfABatch(t *testing.T) {
	s := show(t, uitest.Options{Language: l10n.English}, kit.RouteComplaintsOfBatch("filed", "20240520-1"), nil)
	if m := s.page.model; m.Segment() != SegmentFiled || m.Filter() != (Filter{Batch: "20240520-1"}) || !s.Reads("20240520-1") {
		t.Errorf("%s %+v %q", m.Segment(), m.Filter(), s.Texts())
	}
}
