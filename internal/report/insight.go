package report

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/l10n"
)

// AlertText is the sentence that says why there is an alert, in the language of
// the moment. Person is the name of the person, for alerts of one.
func AlertText(p *l10n.Printer, a insight.Alert, person string) string {
	return p.N("alert."+a.Why, a.Calls, l10n.Args{
		"Number": numberWords(p, a.Number), "Code": a.Code, "Numbers": a.Facts.Numbers, "People": a.Facts.People,
		"Minutes": a.Facts.Minutes, "Person": amongWords(p, person), "Talk": talkText(p, time.Duration(a.Facts.Talk)*time.Second),
	})
}

// amongWords puts spaces around a name in Latin letters where the words are Chinese,
// which have none.
func amongWords(p *l10n.Printer, name string) string {
	latin := func(r rune) bool { return r < unicode.MaxLatin1 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
	if p.Language() != l10n.Chinese {
		return name
	}
	if r, _ := utf8.DecodeRuneInString(name); latin(r) {
		name = " " + name
	}
	if r, _ := utf8.DecodeLastRuneInString(name); latin(r) {
		name += " "
	}
	return name
}

// numberWords names a number in a sentence.
func numberWords(p *l10n.Printer, number string) string {
	if number == "" {
		return p.T("alert.withheld")
	}
	return number
}

// talkText is a length of time in whole minutes, or in seconds below one.
func talkText(p *l10n.Printer, d time.Duration) string {
	if d < time.Minute {
		return p.N("alert.seconds", int(d/time.Second))
	}
	return p.N("alert.minutes", int(d/time.Minute))
}

// ListedAs names whom public lists, or the user, name for a holder code; empty
// for nobody. It is what lists say, not who called.
func ListedAs(p *l10n.Printer, k domain.Check) string {
	var names []string
	for _, h := range k.Holders {
		names = append(names, holderName(p, h))
	}
	return strings.Join(names, p.T("verdict_card.separator"))
}

// holderName is the name of an organisation, with the mark of what the user
// added.
func holderName(p *l10n.Printer, h domain.Holder) string {
	name := p.HolderInFull(h)
	if h.Own {
		name = p.T("report.aside", l10n.Args{"Text": name, "Aside": p.T("check_table.own")})
	}
	return name
}

// Digest puts a person's week into words, in the language of the moment. Listed
// gives what is said of a holder code (ListedAs).
func Digest(p *l10n.Printer, d insight.Digest, week string, listed func(code string) string) Document {
	doc := Document{
		Language: string(p.Language()),
		Title:    p.T("digest.title", l10n.Args{"Person": d.Person}),
		Subtitle: p.T("digest.week", l10n.Args{
			"Week": week, "From": dayText(d.From), "To": dayText(d.To.AddDate(0, 0, -1)),
		}),
		Footer: p.T("digest.footer"),
	}
	doc.Parts = append(doc.Parts, digestDeeds(p, d), digestCounts(p, d), digestAlerts(p, d))
	if len(d.Talks) > 0 {
		doc.Parts = append(doc.Parts, digestTalks(p, d))
	}
	if len(d.Codes) > 0 {
		doc.Parts = append(doc.Parts, digestCodes(p, d, listed))
	}
	return doc
}

func dayText(t time.Time) string { return t.In(domain.China()).Format(time.DateOnly) }

func momentText(t time.Time) string { return t.In(domain.China()).Format("01-02 15:04") }

func digestDeeds(p *l10n.Printer, d insight.Digest) Part {
	part := Part{Heading: p.T("digest.steps")}
	for _, deed := range d.Do {
		part.List = append(part.List, p.T("digest.do."+string(deed)))
	}
	return part
}

func digestCounts(p *l10n.Printer, d insight.Digest) Part {
	g := &Grid{Head: []string{"", p.T("digest.this_week"), p.T("digest.week_before")}, Weights: []float64{2, 1, 1}}
	add := func(key string, now, before int) {
		g.Rows = append(g.Rows, []string{p.T("digest.count." + key), itoa(now), itoa(before)})
	}
	add("calls", d.Now.Calls, d.Before.Calls)
	add("answered", d.Now.Answered, d.Before.Answered)
	add("numbers", d.Now.Numbers, d.Before.Numbers)
	add("strangers", d.Now.Strangers, d.Before.Strangers)
	add("night", d.Now.Night, d.Before.Night)
	g.Rows = append(g.Rows, []string{p.T("digest.count.talk"), talkText(p, d.Now.StrangerTalk), talkText(p, d.Before.StrangerTalk)})
	return Part{Heading: p.T("digest.counts"), Paragraphs: []string{digestTrend(p, d)}, Table: g}
}

// digestTrend compares the week with the one before in a sentence.
func digestTrend(p *l10n.Printer, d insight.Digest) string {
	change := d.Now.Calls - d.Before.Calls
	switch {
	case d.Now.Calls == 0:
		return p.T("digest.trend.none")
	case change > 0:
		return p.N("digest.trend.more", d.Now.Calls, l10n.Args{"Change": change})
	case change < 0:
		return p.N("digest.trend.fewer", d.Now.Calls, l10n.Args{"Change": -change})
	}
	return p.N("digest.trend.same", d.Now.Calls)
}

func digestAlerts(p *l10n.Printer, d insight.Digest) Part {
	part := Part{Heading: p.T("digest.alerts")}
	if d.AlertCount == 0 {
		part.Paragraphs = []string{p.T("digest.no_alerts")}
		return part
	}
	for _, a := range d.Alerts {
		part.List = append(part.List, p.T("digest.alert", l10n.Args{
			"When": momentText(a.From), "Severity": p.Term("severity", string(a.Severity)), "Text": AlertText(p, a, d.Person),
		}))
	}
	if more := d.AlertCount - len(d.Alerts); more > 0 {
		part.After = p.N("digest.more_alerts", more)
	}
	return part
}

func digestTalks(p *l10n.Printer, d insight.Digest) Part {
	g := &Grid{
		Head:    []string{p.T("digest.talk.when"), p.T("digest.talk.number"), p.T("digest.talk.length")},
		Weights: []float64{3, 4, 2},
	}
	for _, t := range d.Talks {
		g.Rows = append(g.Rows, []string{momentText(t.At), numberWords(p, t.Number), talkText(p, t.Length)})
	}
	part := Part{Heading: p.T("digest.talks"), Table: g}
	if more := d.Now.LongTalks - len(d.Talks); more > 0 {
		part.After = p.N("digest.more_talks", more)
	}
	return part
}

func digestCodes(p *l10n.Printer, d insight.Digest, listed func(string) string) Part {
	g := &Grid{
		Head:    []string{p.T("digest.code.code"), p.T("digest.code.calls"), p.T("digest.code.numbers"), p.T("check_table.holders")},
		Weights: []float64{2, 2, 3, 6},
	}
	for _, c := range d.Codes {
		g.Rows = append(g.Rows, []string{c.Code, itoa(int(c.Calls)), itoa(int(c.Numbers)), listed(c.Code)})
	}
	return Part{Heading: p.T("digest.codes"), Table: g}
}

func itoa(n int) string { return strconv.Itoa(n) }
