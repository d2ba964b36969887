package insight

import "quietline/internal/domain"

// campaign finds a holder code behind many calls: several people in the
// family, or several numbers. It is the one rule that looks at all people
// together, and it needs no more of them than who called whom when.
type campaign struct {
	s      Settings
	window window
	draft  *draft
	// people and numbers count the calls of each in the window.
	people  map[domain.PersonID]int
	numbers map[string]int
}

func newCampaign(s Settings, p period, code string) *campaign {
	return &campaign{
		s: s, window: window{length: int64(s.CampaignDays) * dayLength, end: p.end},
		draft: newDraft(KindCampaign, p, code), people: map[domain.PersonID]int{}, numbers: map[string]int{},
	}
}

func (g *campaign) see(c *Call) {
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
	if begins && len(g.window.calls) >= g.s.CampaignCalls &&
		(len(g.people) >= g.s.CampaignPeople || len(g.numbers) >= g.s.CampaignNumbers) {
		g.window.into(g.draft)
	}
}

func (g *campaign) found() []Alert {
	if g.draft.Calls == 0 {
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
