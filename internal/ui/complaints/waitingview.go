package complaints

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// reminders speak of what does not go on by itself, each with what to do next.
func (v *listView) reminders() []fyne.CanvasObject {
	m, e := v.p.model, v.env
	var out []fyne.CanvasObject
	for _, s := range m.Stopped() {
		out = append(out, v.stopped(s))
	}
	if n := m.Stuck(); n > 0 && (m.Segment() == SegmentOutbox || m.Segment() == SegmentStuck) {
		out = append(out, kit.Notice(look.Caution, e.N("complaints.stuck.count", n), e.T("complaints.stuck.next")))
	}
	if n := m.Unsettled(); n > 0 {
		out = append(out, kit.Notice(look.Caution, e.N("complaints.unsettled.count", n), e.T("complaints.unsettled.count.hint")))
	}
	if n := m.Overdue(); n > 0 {
		out = append(out, kit.Notice(look.Caution, e.N("complaints.overdue", n), e.T("complaints.overdue.hint")))
	}
	return out
}

// stopped speaks of a paused channel. What its user paused can go on from here;
// what the endpoint refused needs another token or a permission first.
func (v *listView) stopped(s filing.Stopped) fyne.CanvasObject {
	e, name := v.env, channelName(v.env, s.Channel)
	action := kit.NewButton(e.T("complaints.paused.settings"), theme.SettingsIcon(), func() {
		e.Navigate(kit.Route{Page: kit.PageSettings})
	})
	if s.Channel.Paused == domain.PausedByUser {
		action = kit.NewButton(e.T("complaints.stopped.resume"), theme.MediaPlayIcon(), func() {
			v.p.model.Resume(s.Channel.Name, func() {
				e.Toast(e.T("prefs.done.resume", l10n.Args{"Name": name}))
				e.Announce("channels")
			})
		})
	}
	return kit.Notice(look.Caution, e.N("complaints.stopped", s.Count, l10n.Args{"Channel": name}),
		e.T("prefs.channel.paused."+s.Channel.Paused), action)
}
