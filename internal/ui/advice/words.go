package advice

import (
	"cmp"
	"strings"

	"quietline/internal/advice"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// say gives a text in the language of the moment.
func say(e *kit.Env, t advice.Text) string { return t.In(e.Printer.Language() == l10n.English) }

// toneOf is the tone of a mark; what is unverified asks to look twice.
func toneOf(c advice.Certainty) look.Tone {
	switch c {
	case advice.Verified:
		return look.Info
	case advice.Unverified:
		return look.Caution
	case advice.VerifiedOld, advice.VerifiedDraft, advice.Single, advice.Own:
	}
	return look.Neutral
}

func markText(e *kit.Env, c advice.Certainty) string { return e.T("advice.certainty." + string(c)) }

// sourceText says where something comes from; empty where it is our own.
func sourceText(e *kit.Env, source string) string {
	if source == "" {
		return ""
	}
	return e.T("advice.source", l10n.Args{"Source": cmp.Or(advice.Published(source), e.T("advice.source.none"))})
}

// smsText says which text message to send.
func smsText(e *kit.Env, value string) string {
	if number, text, ok := strings.Cut(value, " "); ok {
		return e.T("advice.sms", l10n.Args{"Number": number, "Text": text})
	}
	return e.T("advice.sms.text", l10n.Args{"Text": value})
}

// smsCode is what is typed into the message.
func smsCode(value string) string {
	if _, text, ok := strings.Cut(value, " "); ok {
		return text
	}
	return value
}

// pointText is a statement in one line.
func pointText(e *kit.Env, p advice.Point) string {
	text := say(e, p.Text)
	value := p.Value
	switch {
	case value == "":
		return text
	case p.Part == advice.PartSMS:
		value = smsText(e, value)
	}
	return e.T("advice.value", l10n.Args{"Value": value, "Text": text})
}

// shareText is an entry as a text that can be sent to somebody, with its marks
// and sources.
func shareText(e *kit.Env, x advice.Entry) string {
	marked := func(text string, c advice.Certainty) string {
		return e.T("advice.marked", l10n.Args{"Text": text, "Mark": markText(e, c)})
	}
	out := []string{marked(say(e, x.Title), x.Certainty)}
	if source := sourceText(e, x.Source); source != "" {
		out = append(out, source)
	}
	for _, part := range advice.Parts() {
		points := x.Of(part)
		if len(points) == 0 {
			continue
		}
		out = append(out, "", e.T("advice.part."+string(part)))
		for _, p := range points {
			line := marked(pointText(e, p), p.Certainty)
			if source := sourceText(e, p.Source); source != "" && p.Source != x.Source {
				line += "\n" + source
			}
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

// scriptText is what to say on the phone, without marks, to be read out.
func scriptText(e *kit.Env, points []advice.Point) string {
	out := make([]string, len(points))
	for i, p := range points {
		out[i] = say(e, p.Text)
	}
	return strings.Join(out, "\n")
}
