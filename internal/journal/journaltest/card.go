package journaltest

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// NumberLog counts the calls of the number and of its holder code.
func (s *Store) NumberLog(ctx context.Context, number, code string, most int) (journal.NumberLog, error) {
	defer s.mu.Unlock()
	var log journal.NumberLog
	if err := s.begin(ctx, "NumberLog"); err != nil {
		return log, err
	}
	people, areas := map[domain.PersonID]journal.PersonCalls{}, map[string]int64{}
	for _, c := range s.matching(domain.CallFilter{Number: number}) {
		if log.Last.IsZero() {
			log.Last = c.StartedAt
		}
		log.First = c.StartedAt
		areas[c.AreaCode]++
		if (c.Note != "" || c.Category != "") && len(log.Notes) < most {
			log.Notes = append(log.Notes, journal.CallMark{
				CallID: c.ID, PersonID: c.PersonID, Person: c.Person, StartedAt: c.StartedAt, Category: c.Category, Note: c.Note,
			})
		}
		if c.Direction == domain.DirectionOutgoing {
			log.Outgoing++
			continue
		}
		log.Calls++
		log.Hours[c.StartedAt.In(domain.China()).Hour()]++
		p := people[c.PersonID]
		if p.Calls++; p.Calls == 1 {
			p.PersonID, p.Person, p.Last = c.PersonID, c.Person, c.StartedAt
		}
		people[c.PersonID] = p
	}
	log.People = slices.SortedFunc(maps.Values(people), func(a, b journal.PersonCalls) int {
		return cmp.Or(cmp.Compare(b.Calls, a.Calls), cmp.Compare(a.PersonID, b.PersonID))
	})
	if len(areas) > 1 || len(areas) == 1 && areas[""] == 0 {
		for area, n := range areas {
			log.AreaCodes = append(log.AreaCodes, journal.AreaCalls{AreaCode: area, Calls: n})
		}
		slices.SortFunc(log.AreaCodes, func(a, b journal.AreaCalls) int {
			return cmp.Or(cmp.Compare(b.Calls, a.Calls), cmp.Compare(a.AreaCode, b.AreaCode))
		})
	}
	if code != "" {
		s.siblings(&log, number, code, most)
	}
	return log, nil
}

func (s *Store) siblings(log *journal.NumberLog, number, code string, most int) {
	found := map[string]journal.Sibling{}
	for _, c := range s.matching(domain.CallFilter{Code: code}) {
		if c.Number == number || c.Direction == domain.DirectionOutgoing {
			continue
		}
		log.SiblingCalls++
		k := found[c.Number]
		if k.Calls++; k.Calls == 1 {
			k.Number, k.Last = c.Number, c.StartedAt
		}
		found[c.Number] = k
	}
	log.SiblingNumbers = int64(len(found))
	log.Siblings = slices.SortedFunc(maps.Values(found), func(a, b journal.Sibling) int {
		return cmp.Or(cmp.Compare(b.Calls, a.Calls), cmp.Compare(a.Number, b.Number))
	})
	log.Siblings = log.Siblings[:min(len(log.Siblings), most)]
}
