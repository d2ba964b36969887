package report

import (
	"slices"
	"strconv"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// Particular is one thing that is known: what it is, and what it says.
type Particular struct{ Label, Text string }

// Endpoint puts what an endpoint says of itself into words: what a complaint may
// hold, and how fast it is taken. What it does not say is left out.
func Endpoint(p *l10n.Printer, c domain.Capabilities) []Particular {
	e := endpointWords{p: p}
	if c.Service != nil {
		e.service(*c.Service)
		return e.out
	}
	if c.Services != nil {
		e.add("services", p.N("endpoint.fact.services.text", len(c.Services)))
		return e.out
	}
	e.add("name", p.T("endpoint.fact.name.text", l10n.Args{"Name": oneLine(c.Name), "Version": oneLine(c.APIVersion)}))
	e.calls(c)
	e.add("categories", among(p, "category", c.Categories, domain.Categories()))
	e.add("techniques", among(p, "technique", c.Techniques, domain.Techniques()))
	behalf := "endpoint.fact.behalf.no"
	if c.OnBehalfAllowed {
		behalf = "endpoint.fact.behalf.yes"
	}
	e.add("behalf", p.T(behalf))
	e.rate(c.RateLimitPerSecond)
	e.evidence(c)
	return e.out
}

type endpointWords struct {
	p   *l10n.Printer
	out []Particular
}

func (e *endpointWords) add(what, text string) {
	e.out = append(e.out, Particular{e.p.T("endpoint.fact." + what), text})
}

func (e *endpointWords) calls(c domain.Capabilities) {
	most := e.p.T("endpoint.fact.calls.any")
	if n := c.MaxCallsPerComplaint; n > 0 {
		most = e.p.N("endpoint.fact.calls.most", n)
	}
	e.add("calls", most)
	age := e.p.T("endpoint.fact.age.any")
	if c.MaxCallAgeDays != nil {
		age = e.p.N("endpoint.fact.age.most", *c.MaxCallAgeDays)
	}
	e.add("age", age)
}

func (e *endpointWords) rate(limit *float64) {
	text := e.p.T("endpoint.fact.rate.any")
	switch {
	case limit == nil || *limit <= 0:
	case *limit < 1: // once in so many seconds says more than a fraction
		text = e.p.T("endpoint.fact.rate.slow", l10n.Args{"N": decimal(1 / *limit)})
	default:
		text = e.p.T("endpoint.fact.rate.most", l10n.Args{"N": decimal(*limit)})
	}
	e.add("rate", text)
}

func (e *endpointWords) evidence(c domain.Capabilities) {
	if !c.TakesEvidence() {
		e.add("evidence", e.p.T("endpoint.fact.evidence.none"))
		return
	}
	list := strings.Join(domain.MediaNames(c.EvidenceTypes), e.p.T("cli.list_separator"))
	e.add("evidence", e.p.T("endpoint.fact.evidence.some", l10n.Args{"Size": Size(e.p, c.MaxEvidenceBytes), "Types": oneLine(list)}))
}

// service is what an Open311 server says of the chosen service.
func (e *endpointWords) service(s domain.CivicService) {
	e.add("service", oneLine(s.Name)+e.p.T("endpoint.fact.service.code", l10n.Args{"Code": oneLine(s.Code)}))
	e.add("number", e.p.T("prefs.channel.service.type."+string(s.Type)))
	var asks []string
	for _, a := range s.Attributes {
		if a.Required {
			asks = append(asks, oneLine(a.Name()))
		}
	}
	text := e.p.T("endpoint.fact.asks.nothing")
	if len(asks) > 0 {
		text = strings.Join(asks, e.p.T("cli.list_separator"))
	}
	e.add("asks", text)
}

// among names the codes of a list that is taken, of all that there are. An empty
// list restricts nothing.
func among[T ~string](p *l10n.Printer, kind string, taken, all []T) string {
	missing := slices.DeleteFunc(slices.Clone(all), func(c T) bool { return slices.Contains(taken, c) })
	if len(taken) == 0 || len(missing) == 0 {
		return p.T("endpoint.fact.all")
	}
	names := func(codes []T) string {
		out := make([]string, len(codes))
		for i, c := range codes {
			out[i] = oneLine(p.Term(kind, string(c)))
		}
		return strings.Join(out, p.T("cli.list_separator"))
	}
	if len(missing) < len(taken) { // the shorter list says it sooner
		return p.T("endpoint.fact.all_but", l10n.Args{"List": names(missing)})
	}
	return names(taken)
}

// Size writes how large a file is as people read it.
func Size(p *l10n.Printer, n int64) string {
	switch {
	case n >= 1<<20:
		return p.T("evidence.size.mb", l10n.Args{"N": decimal(float64(n) / (1 << 20))})
	case n >= 1<<10:
		return p.T("evidence.size.kb", l10n.Args{"N": decimal(float64(n) / (1 << 10))})
	}
	return p.T("evidence.size.bytes", l10n.Args{"N": n})
}

// decimal writes a number with at most one digit behind the point.
func decimal(f float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(f, 'f', 1, 64), ".0")
}
