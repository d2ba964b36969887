package journal

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"quietline/internal/domain"
)

// CallInput is a call that is typed in.
type CallInput struct {
	// PersonID or else Person, a name, is whose call it was; without either it
	// was the owner's.
	PersonID domain.PersonID
	Person   string
	// Number is the number as the display showed it; empty where withheld.
	Number string
	// StartedAt is when the phone rang. Required.
	StartedAt time.Time
	// Duration is how long it was talked, at most domain.MaxTalk; nil where unknown.
	Duration *time.Duration
	// Ring is how long it rang, at most an hour; nil where unknown.
	Ring *time.Duration
	// Direction is "incoming" where empty.
	Direction domain.Direction
	// Category and Techniques are the user's own marks; empty where unset.
	Category   domain.Category
	Techniques []domain.Technique
	// Note is at most domain.MaxNoteLength characters.
	Note string
}

// maxRing is the longest that a phone can ring.
const maxRing = time.Hour

// AddCall stores a call that is typed in. It fails with domain.Problems that
// point at /person, /number, /started_at, /duration, /ring, /direction,
// /category, /techniques/0 … and /note; a call that is there already (same
// person, number, start and direction) is Conflict "call.exists".
func (s *Service) AddCall(ctx context.Context, in CallInput) (domain.Call, error) {
	const op = "journal.AddCall"
	if in.Direction == "" {
		in.Direction = domain.DirectionIncoming
	}
	in.Number = domain.Undirected(in.Number)
	problems := s.judgeCall(op, in)
	person, err := s.person(ctx, op, in.PersonID, in.Person)
	if err != nil {
		if domain.KeyOf(err) != "person.not_found" {
			return domain.Call{}, err
		}
		problems = append(problems, domain.E(op, domain.NotFound, "person.not_found",
			domain.Args{"Name": domain.Clip(in.Person, 40)}, err).At("/person"))
	}
	generation, err := s.registry.Fresh(ctx)
	if err != nil {
		return domain.Call{}, err
	}
	check := s.checker.Check(in.Number, person.Province)
	if check.Family == domain.FamilyMalformed {
		problems = append(problems, domain.E(op, domain.Invalid, "call.number_malformed", nil, nil).At("/number"))
	}
	if err := problems.Err(); err != nil {
		return domain.Call{}, err
	}
	c := domain.Call{
		PersonID: person.ID, Person: person.Name,
		Number: check.Number, Display: strings.TrimSpace(in.Number), AreaCode: check.AreaCode,
		Code: check.Code, Family: check.Family, Verdict: check.Verdict,
		StartedAt: in.StartedAt.Truncate(time.Millisecond), Duration: in.Duration, Ring: in.Ring,
		Direction: in.Direction, Category: in.Category, Techniques: in.Techniques,
		Note: cleanNote(in.Note), Source: domain.SourceManual,
	}
	result, err := s.calls.AddCalls(ctx, []domain.Call{c}, false)
	if err == nil {
		err = s.registry.Settle(ctx, generation)
	}
	if err != nil {
		return domain.Call{}, err
	}
	if result.Added == 0 {
		return domain.Call{}, domain.E(op, domain.Conflict, "call.exists", nil, nil)
	}
	return s.stored(ctx, op, c)
}

// stored reads back the call that was just added, because the store gave it
// its ID.
func (s *Service) stored(ctx context.Context, op string, c domain.Call) (domain.Call, error) {
	f := domain.CallFilter{
		PersonID: c.PersonID, Number: c.Number, Direction: c.Direction,
		From: c.StartedAt, To: c.StartedAt.Add(time.Millisecond),
	}
	for page := (domain.Page{Limit: domain.MaxPageSize}); ; {
		got, err := s.calls.Calls(ctx, f, page)
		if err != nil {
			return domain.Call{}, err
		}
		for _, k := range got.Calls {
			// An empty number does not restrict a filter.
			if k.Number == c.Number && k.Ordinal == c.Ordinal {
				return k, nil
			}
		}
		if got.Next == "" {
			// Somebody removed it in between.
			return domain.Call{}, domain.E(op, domain.NotFound, "call.not_found", domain.Args{"ID": int64(0)}, nil)
		}
		page.After = got.Next
	}
}

func (s *Service) judgeCall(op string, in CallInput) domain.Problems {
	wrong := fields{op: op}
	switch t := in.StartedAt; {
	case t.IsZero():
		wrong.add("/started_at", "call.time_missing", nil)
	case t.Before(domain.OldestCall()):
		wrong.add("/started_at", "call.time_early", nil)
	case t.After(s.latest()):
		wrong.add("/started_at", "call.time_future", nil)
	}
	if d := in.Duration; d != nil && (*d < 0 || *d > domain.MaxTalk) {
		wrong.add("/duration", "call.duration_range", domain.Args{"Hours": int(domain.MaxTalk.Hours())})
	}
	if d := in.Ring; d != nil && (*d < 0 || *d > maxRing) {
		wrong.add("/ring", "call.ring_range", domain.Args{"Minutes": int(maxRing.Minutes())})
	}
	if !slices.Contains(domain.Directions(), in.Direction) {
		wrong.value("/direction", "call.direction_unknown", string(in.Direction))
	}
	return append(wrong.problems, judgeMarks(op, in.Category, in.Techniques, in.Note)...)
}

// judgeMarks checks what users say of a call themselves.
func judgeMarks(op string, category domain.Category, techniques []domain.Technique, note string) domain.Problems {
	wrong := fields{op: op}
	if category != "" && !slices.Contains(domain.Categories(), category) {
		wrong.value("/category", "call.category_unknown", string(category))
	}
	for i, t := range techniques {
		switch {
		case !slices.Contains(domain.Techniques(), t):
			wrong.value("/techniques/"+strconv.Itoa(i), "call.technique_unknown", string(t))
		case slices.Contains(techniques[:i], t):
			wrong.add("/techniques/"+strconv.Itoa(i), "call.technique_twice", domain.Args{"Value": string(t)})
		}
	}
	if utf8.RuneCountInString(note) > domain.MaxNoteLength {
		wrong.add("/note", "call.note_long", domain.Args{"Most": domain.MaxNoteLength})
	}
	return wrong.problems
}

// cleanNote keeps line breaks and tabs of a note and drops other control
// characters and broken ones.
func cleanNote(note string) string {
	note = strings.ReplaceAll(note, "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if domain.Control(r) && !strings.ContainsRune("\t\n\u2028\u2029", r) {
			return -1
		}
		return r
	}, note))
}

// Call fails with NotFound "call.not_found".
func (s *Service) Call(ctx context.Context, id domain.CallID) (domain.Call, error) {
	return s.calls.Call(ctx, id)
}

// MarkCall stores the user's own category, techniques and note of a call; what
// is empty is cleared. It fails with domain.Problems that point at /category,
// /techniques/0 … and /note, and with NotFound "call.not_found".
func (s *Service) MarkCall(
	ctx context.Context, id domain.CallID, category domain.Category, techniques []domain.Technique, note string,
) error {
	if err := judgeMarks("journal.MarkCall", category, techniques, note).Err(); err != nil {
		return err
	}
	return s.calls.MarkCall(ctx, id, category, techniques, cleanNote(note))
}
