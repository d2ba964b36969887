package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/registry"
	"quietline/internal/ui/look"
)

// VerdictParams says what a verdict is about.
type VerdictParams struct {
	Check domain.Check
	// Registry is the snapshot that answered.
	Registry domain.RegistryInfo
	// Province gives a province by its Chinese name, for its English name;
	// nil keeps the Chinese one.
	Province func(nameZH string) (domain.Province, bool)
	// Actions stand below the advice.
	Actions []fyne.CanvasObject
}

// VerdictHead says what a verdict means and what to do. It never says that a
// number is safe.
func VerdictHead(e *Env, p VerdictParams) fyne.CanvasObject { return verdictHead(e, p, true) }

// VerdictDetails say how the number reads, who holds it according to public
// lists, and the reasons for the verdict.
func VerdictDetails(e *Env, p VerdictParams) fyne.CanvasObject {
	parts := []fyne.CanvasObject{verdictFacts(e, p)}
	if reasons := verdictReasons(e, p.Check.Rules); reasons != nil {
		parts = append(parts, TitledCard(e.T("verdict_card.reasons"), "", reasons))
	}
	return Stack(2, parts...)
}

// VerdictNote is the short form of both for the side of a list: what it means,
// what to do, who holds the number, and the reasons to be careful.
func VerdictNote(e *Env, p VerdictParams) fyne.CanvasObject {
	parts := []fyne.CanvasObject{verdictHead(e, p, false)}
	if len(p.Check.Holders) > 0 {
		parts = append(parts, holderList(e, p, 2))
	}
	careful := slices.DeleteFunc(slices.Clone(p.Check.Rules), func(r domain.Rule) bool {
		return r.Severity() == domain.SeverityInfo
	})
	if reasons := verdictReasons(e, careful); reasons != nil {
		parts = append(parts, reasons)
	}
	return Stack(1.5, parts...)
}

// VerdictLine is the verdict in one line with the holder, for below a field.
func VerdictLine(e *Env, c domain.Check) fyne.CanvasObject {
	objects := []fyne.CanvasObject{VerdictBadge(e, c.Verdict)}
	words := e.Printer.Term("family", string(c.Family))
	if len(c.Holders) > 0 {
		words = e.Printer.HolderInFull(c.Holders[0])
	}
	return TopRow(1, 1, append(objects, Pad(0.25, 0, Caption(words)))...)
}

func verdictHead(e *Env, p VerdictParams, long bool) fyne.CanvasObject {
	v, tone := p.Check.Words(), look.ToneOfVerdict(p.Check.Verdict)
	size, icon := theme.SizeNameSubHeadingText, float32(1.5)
	if !long {
		size, icon = theme.SizeNameText, 1.1
	}
	words := []fyne.CanvasObject{
		NewText(e.T("verdict."+v+".title"), TextParams{Size: size, Bold: true, Color: tone.Text(), Wrap: true}),
	}
	if long {
		// An invalid number is nobody's, whoever holds its first digits.
		if len(p.Check.Holders) > 0 && p.Check.Verdict != domain.VerdictInvalid {
			words = append(words, Strong(holderNames(e, p.Check.Holders)))
		}
		words = append(words, Body(e.T("verdict."+v+".text")))
	}
	words = append(words, Stack(0.25, Strong(e.T("verdict_card.advice")), Body(e.T("verdict."+v+".advice"))))
	if len(p.Actions) > 0 {
		words = append(words, Pad(0.5, 0, Flow(1, p.Actions...)))
	}
	return ToneCard(tone, TopRow(1.5, 1, Icon(tone.Icon(), icon), Stack(1, words...)))
}

// verdictFacts is how the number reads and who holds it.
func verdictFacts(e *Env, p VerdictParams) fyne.CanvasObject {
	c := p.Check
	var facts []fyne.CanvasObject
	add := func(key, value string) {
		if value != "" {
			facts = append(facts, Fact(e.T("verdict_card."+key), value))
		}
	}
	if c.Family != domain.FamilyHidden {
		add("number", c.Number)
	}
	add("family", e.Printer.Term("family", string(c.Family)))
	if c.Code != "" && c.Code != c.Number {
		add("code", c.Code)
	}
	add("extension", c.Extension)
	add("area_code", c.AreaCode)
	add("province", e.Printer.ProvinceNamed(c.Province, p.Province))
	if c.Family == domain.FamilyInternational {
		add("country", c.Country)
	}
	objects := []fyne.CanvasObject{Stack(0.75, facts...)}
	if len(c.Holders) > 0 {
		objects = append(objects, holderList(e, p, len(c.Holders)))
	}
	return TitledCard(e.T("verdict_card.reading"), "", objects...)
}

// holderList names the organisations, at most so many of them.
func holderList(e *Env, p VerdictParams, most int) fyne.CanvasObject {
	objects := []fyne.CanvasObject{Strong(e.T("verdict_card.holders"))}
	for i, h := range p.Check.Holders {
		if i == most {
			objects = append(objects, Caption(e.N("verdict_card.more", len(p.Check.Holders)-most)))
			break
		}
		objects = append(objects, holder(e, p, h))
	}
	return Stack(1, objects...)
}

func holder(e *Env, p VerdictParams, h domain.Holder) fyne.CanvasObject {
	kind := e.Printer.Term("registry_category", h.Category)
	switch h.Scope {
	case "national":
		kind += e.T("verdict_card.separator") + e.T("verdict_card.national")
	case "":
	default:
		kind += e.T("verdict_card.separator") + e.Printer.ProvinceNamed(h.Scope, p.Province)
	}
	words := []fyne.CanvasObject{Body(e.Printer.HolderInFull(h)), Caption(kind), Caption(provenance(e, p, h))}
	if h.Vintage != "" {
		words = append(words, Caption(e.T("verdict_card.stale", l10n.Args{"Years": h.Vintage})))
	}
	if h.Note != "" {
		words = append(words, Caption(e.T("verdict_card.note", l10n.Args{"Note": h.Note})))
	}
	if h.OwnNote != "" {
		words = append(words, Body(e.T("verdict_card.own_note", l10n.Args{"Note": h.OwnNote})))
	}
	return Stack(0.25, words...)
}

// provenance says who vouches for a holder.
func provenance(e *Env, p VerdictParams, h domain.Holder) string {
	if h.Own {
		return e.T("verdict_card.own")
	}
	confidence := e.T("verdict_card.two_sources")
	if h.Confidence == "single source" {
		confidence = e.T("verdict_card.one_source")
	}
	return confidence + e.T("verdict_card.separator") + e.T("verdict_card.source", l10n.Args{
		"Source": registry.ListNames(h.Source), "Date": p.Registry.Date,
	})
}

func verdictReasons(e *Env, rules []domain.Rule) fyne.CanvasObject {
	if len(rules) == 0 {
		return nil
	}
	objects := make([]fyne.CanvasObject, len(rules))
	for i, r := range rules {
		s := r.Severity()
		badge := NewBadge(look.ToneOfSeverity(s), e.Printer.Term("severity", string(s)))
		objects[i] = TopRow(1.5, 1, badge, Pad(0.25, 0, Body(e.T("rule."+string(r)))))
	}
	return Stack(1.25, objects...)
}

// holderNames are the first few organisations in one line.
func holderNames(e *Env, list []domain.Holder) string {
	const most = 2
	var names []string
	for _, h := range list[:min(len(list), most)] {
		names = append(names, e.Printer.HolderInFull(h))
	}
	text := strings.Join(names, e.T("verdict_card.separator"))
	if len(list) > most {
		text += e.T("verdict_card.separator") + e.N("verdict_card.more", len(list)-most)
	}
	return text
}
