package complaints

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// toChannel makes the channel the one that complaints go to.
func toChannel(name string) func(*office) {
	return func(o *office) {
		byHand(o)
		o.desk.complaints = nil
		for i := range o.desk.channels {
			o.desk.channels[i].Default = o.desk.channels[i].Name == name
		}
		i := slices.IndexFunc(o.desk.channels, func(c domain.Channel) bool { return c.Default })
		o.desk.channels[0], o.desk.channels[i] = o.desk.channels[i], o.desk.channels[0]
	}
}

// everywhere is a draft for each kind of endpoint, and one for none.
func everywhere(o *office) {
	byHand(o)
	o.desk.complaints = nil
	for i, ch := range o.desk.channels {
		c := o.file(domain.SendDraft, i+1)
		c.ChannelID, c.Channel, c.ChannelKind = ch.ID, ch.Name, ch.Kind
	}
	nowhere := o.file(domain.SendDraft, 4)
	nowhere.ChannelID, nowhere.Channel = 9, "以前的端点"
	o.desk.channels[0].Default = false
}

// TestQuestionsInEarnest: what is said before something goes to a real endpoint, or
// on paper, in the name of somebody else, and what else dialogs say.
func TestQuestionsInEarnest(t *testing.T) {
	file := func(s *stage) { s.Press("complaints.file") }
	output := func(kind FileKind) func(*stage) {
		return func(s *stage) {
			s.page.export(kind)
			s.Layout()
		}
	}
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		for _, c := range []struct {
			name    string
			route   kit.Route
			prepare func(*office)
			do      func(*stage)
		}{
			{"confirm_real", kit.RouteComplainAbout(9), toChannel("省通信管理局"), file},
			{"confirm_stated", kit.RouteComplaint("00000001"), func(o *office) {
				toChannel("省通信管理局")(o)
				c := neighbours(o, "李大爷", 0)
				c.ChannelID, c.Channel = 2, "省通信管理局"
			}, func(s *stage) {
				s.Press("complaints.edit")
				file(s)
			}},
			{"confirm_no_authority", kit.RouteComplainAbout(9), func(o *office) {
				toChannel("省通信管理局")(o)
				for i := range o.log.people {
					o.log.people[i].Authority = domain.AuthorityNone
				}
				for i := range o.log.calls {
					o.log.calls[i].PersonID = o.log.people[1].ID
				}
			}, file},
			{"file_everywhere", kit.RouteComplaints("drafts"), everywhere, func(s *stage) {
				s.mark("1", "2", "3", "4")
				s.page.list.askFileDrafts(s.page.list.table.Marked())
			}},
			{"proposal_no_time", kit.RouteComplain("95013000"), nil, func(s *stage) { s.Press("complaints.propose") }},
			{"proposal_no_rule", kit.RouteComplainAbout(9), func(o *office) {
				for i := range o.log.calls { // before there were any of these rules
					o.log.calls[i].StartedAt = time.Date(2010, 5, 20, 8, 20, 0, 0, domain.China())
				}
			}, func(s *stage) { s.Press("complaints.propose") }},
			{"export_csv", kit.RouteComplaints("outbox"), history, output(KindText)},
			{"export_json", kit.RouteComplaints("outbox"), history, output(KindProgram)},
			{"export_pdf", kit.RouteComplaints("outbox"), history, output(KindReceipts)},
			{"exporting", kit.RouteComplaints("outbox"), history, func(s *stage) {
				s.page.model.p.Files = &shelf{}
				s.page.p.SaveFile = func(name string, chosen func(string)) { chosen("/home/lin/文档/" + name) }
				s.page.export("")
				s.Hold = true
				s.Press("calls.export.where")
			}},
			{"evidence_adding", kit.RouteComplain("95013000"), takesPictures, func(s *stage) {
				s.Options.Size = fyne.NewSize(1200, 1300)
				s.Layout()
				s.Hold = true
				s.page.Drop([]string{"/home/聊天记录.png"})
				s.page.form.scroll.ScrollToBottom()
			}},
		} {
			t.Run(c.name, func(t *testing.T) {
				s := show(t, o, c.route, c.prepare)
				c.do(s)
				s.Check()
				s.Draw("complaints." + c.name)
				s.Golden(c.name)
			})
		}
	})
}
