package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
)

// Tone is the mood of a badge, card or banner. A tone never stands alone:
// words and an icon say the same.
type Tone string

// The tones. There is none for "safe": no look-up can know that.
const (
	// Neutral is for plain facts.
	Neutral Tone = "neutral"
	// Info is the calm blue of a number that public lists name, and of
	// explanations.
	Info Tone = "info"
	// Caution asks to look twice.
	Caution Tone = "caution"
	// Danger is for what cannot be right, and for failures.
	Danger Tone = "danger"
	// Unknown is for what nobody can say.
	Unknown Tone = "unknown"
	// Done is for our own work that is finished, such as a sent complaint. It
	// is never used for a number.
	Done Tone = "done"
)

// Tones lists every tone.
func Tones() []Tone { return []Tone{Neutral, Info, Caution, Danger, Unknown, Done} }

// Text is the colour of words and icons in the tone.
func (t Tone) Text() fyne.ThemeColorName { return "quietline.tone." + fyne.ThemeColorName(t) + ".text" }

// Back is the colour behind them.
func (t Tone) Back() fyne.ThemeColorName { return "quietline.tone." + fyne.ThemeColorName(t) + ".back" }

// Line is the colour of the outline.
func (t Tone) Line() fyne.ThemeColorName { return "quietline.tone." + fyne.ThemeColorName(t) + ".line" }

// Icon is the sign of the tone, in its colour.
func (t Tone) Icon() fyne.Resource {
	var base fyne.Resource
	switch t {
	case Info, Neutral:
		base = theme.Icon(theme.IconNameInfo)
	case Caution:
		base = theme.Icon(theme.IconNameWarning)
	case Danger:
		base = theme.Icon(theme.IconNameError)
	case Done:
		base = theme.Icon(theme.IconNameConfirm)
	case Unknown:
		base = theme.Icon(theme.IconNameQuestion)
	}
	return theme.NewColoredResource(base, t.Text())
}

// ToneOfVerdict is the tone in which a verdict is shown. Listed is blue, not
// green: a number on a display can be forged.
func ToneOfVerdict(v domain.Verdict) Tone {
	switch v {
	case domain.VerdictListed, domain.VerdictListedExtension:
		return Info
	case domain.VerdictUnlisted:
		return Caution
	case domain.VerdictInvalid:
		return Danger
	case domain.VerdictNotServiceLine, domain.VerdictHidden:
		return Unknown
	}
	return Unknown
}

// ToneOfSeverity is the tone in which a reason is shown.
func ToneOfSeverity(s domain.Severity) Tone {
	switch s {
	case domain.SeverityDanger:
		return Danger
	case domain.SeverityCaution:
		return Caution
	case domain.SeverityInfo:
	}
	return Info
}

// ToneOfSendState is the tone in which a send state is shown.
func ToneOfSendState(s domain.SendState) Tone {
	switch s {
	case domain.SendSent:
		return Done
	case domain.SendQueued, domain.SendSending, domain.SendToken:
		return Info
	case domain.SendRetry, domain.SendUnknown:
		return Caution
	case domain.SendFailed:
		return Danger
	case domain.SendDraft, domain.SendSkipped, domain.SendCancelled:
	}
	return Neutral
}

// ToneOfCaseState is the tone in which a case state is shown.
func ToneOfCaseState(s domain.CaseState) Tone {
	switch s {
	case domain.CaseActionTaken, domain.CaseClosed:
		return Done
	case domain.CaseReceived, domain.CaseAccepted, domain.CaseTransferred,
		domain.CaseInvestigating, domain.CaseReopened:
		return Info
	case domain.CaseRejectedInsufficient, domain.CaseRejectedOutOfScope:
		return Caution
	case domain.CaseNone, domain.CaseNoAction, domain.CaseDuplicate:
	}
	return Neutral
}
