package insight

import "quietline/internal/domain"

// campaign finds a holder code behind many calls: several people in the
// family, or several numbers. It is the one rule that looks at all people
// together, and it needs no more of them than who called whom when.
//
// A campaign goes on into the next week. What the windows that begin in one week
// hold is told by the alert of that week, to the end of their last day; the alert
// of the next week tells what comes after, provided that is many calls again.
type campaign struct {
	s     Settings
	start int64
	draft *draft
	// before finds what the week before tells; own are the calls that this one finds.
	before, here spread
	own          []Call
}

func newCampaign(s Settings, p period, code string) *campaign {
	g := &campaign{s: s, start: p.start, draft: newDraft(KindCampaign, p, code)}
	g.before, g.here = newSpread(s, p.start, func(*Call) {}), newSpread(s, p.end, func(c *Call) { g.own = append(g.own, *c) })
	return g
}

func (g *campaign) see(c *Call) {
	g.before.see(c)
	if c.At >= g.start {
		g.here.see(c)
	}
}

func (g *campaign) found() []Alert {
	for i := range g.own {
		if c := &g.own[i]; Day(c.At) > g.before.lastDay {
			g.draft.add(c)
		}
	}
	if !g.s.many(g.draft.Calls, len(g.draft.People), len(g.draft.numbers)) {
		return nil
	}
	severity, why := domain.SeverityCaution, "campaign.numbers"
	if len(g.draft.People) >= g.s.CampaignPeople {
		why = "campaign.people"
	}
	if g.draft.Calls >= muchMore*g.s.CampaignCalls {
		severity = domain.SeverityDanger
	}
	g.draft.Facts.Days, g.draft.Facts.Talk = g.s.CampaignDays, 0
	return []Alert{g.draft.finished(severity, why)}
}

// many says whether calls under a holder code are a campaign.
func (s Settings) many(calls, people, numbers int) bool {
	return calls >= s.CampaignCalls && (people >= s.CampaignPeople || numbers >= s.CampaignNumbers)
}

// spread takes the calls in windows with many of them that begin before the end of
// a week, each once, and what else comes on the last of their days.
type spread struct {
	s      Settings
	window window
	take   func(*Call)
	// people and numbers count the calls of each in the window.
	people  map[domain.PersonID]int
	numbers map[string]int
	// seen is the ordinal of the last call that was taken, lastDay its day.
	seen    int
	lastDay int64
}

func newSpread(s Settings, end int64, take func(*Call)) spread {
	return spread{
		s: s, window: window{length: int64(s.CampaignDays) * dayLength, end: end}, take: take,
		people: map[domain.PersonID]int{}, numbers: map[string]int{},
	}
}

func (g *spread) see(c *Call) {
	if c.At >= g.window.end && len(g.window.calls) == 0 {
		return
	}
	before := g.window.calls
	begins := g.window.push(c)
	g.people[c.Person]++
	g.numbers[c.Number]++
	for i := range len(before) + 1 - len(g.window.calls) {
		if g.people[before[i].Person]--; g.people[before[i].Person] == 0 {
			delete(g.people, before[i].Person)
		}
		if g.numbers[before[i].Number]--; g.numbers[before[i].Number] == 0 {
			delete(g.numbers, before[i].Number)
		}
	}
	whole := begins && g.s.many(len(g.window.calls), len(g.people), len(g.numbers))
	if whole || g.seen > 0 && Day(c.At) == g.lastDay {
		g.seen = g.window.since(g.seen, g.take)
		g.lastDay = Day(c.At)
	}
}
