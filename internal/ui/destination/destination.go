// Package destination says where complaints go before they do.
package destination

import (
	"fyne.io/fyne/v2"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// Notice says where n complaints go; the zero Channel is none at all. hint stands
// below the name and address of an endpoint that files in earnest.
func Notice(e *kit.Env, n int, ch domain.Channel, hint string) fyne.CanvasObject {
	switch {
	case ch.ID == 0:
		return kit.Notice(look.Danger, e.N("complaints.many.nowhere", n), e.T("complaints.no_channel.hint"))
	case filing.IsPractice(ch):
		return kit.Notice(look.Caution, e.N("complaints.many.practice", n), e.T("complaints.confirm.practice.hint"))
	case ch.Kind == domain.ChannelAssisted:
		return kit.Notice(look.Info, e.N("complaints.many.by_hand", n), e.T("complaints.by_hand.text"))
	}
	return kit.Notice(look.Info, e.N("complaints.many.real", n, l10n.Args{"Channel": ch.Name, "URL": ch.URL}), hint)
}

// Name is how a channel is called in a list of channels.
func Name(e *kit.Env, ch domain.Channel) string {
	if ch.URL != domain.PracticeURL && filing.IsPractice(ch) {
		return e.T("complaints.channel.is_practice", l10n.Args{"Name": ch.Name})
	}
	return kit.ChannelName(e, ch)
}
