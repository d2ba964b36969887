package filing

import (
	"context"
	"slices"
	"strings"
	"time"

	"quietline/internal/domain"
)

// build turns input into a complaint and collects every problem.
func (s *Service) build(ctx context.Context, in ComplaintInput) (domain.Complaint, error) {
	return s.buildFrom(ctx, asked{s}, in)
}

// buildFrom is build with another memory of the workspace.
func (s *Service) buildFrom(ctx context.Context, from sources, in ComplaintInput) (domain.Complaint, error) {
	b := builder{ctx: ctx, s: s, from: from, in: in, now: s.p.Clock.Now()}
	b.c.Body = domain.ComplaintBody{
		Schema: domain.ComplaintSchema, Language: in.Language,
		Category: in.Category, Techniques: once(in.Techniques), Harm: in.Harm,
		Description: strings.TrimSpace(domain.Undirected(in.Description)), ConsentGiven: in.ConsentGiven,
		Demands: once(in.Demands), Evidence: []domain.Evidence{},
	}
	for _, step := range []func() error{b.identify, b.calls, b.people, b.caller, b.contents, b.channel, b.evidence} {
		if err := step(); err != nil {
			return domain.Complaint{}, err
		}
	}
	if err := b.problems.Err(); err != nil {
		return domain.Complaint{}, err
	}
	return b.c, nil
}

// builder collects what one complaint needs and what is wrong with it.
type builder struct {
	ctx      context.Context //nolint:containedctx // lives for one call of build
	s        *Service
	from     sources
	in       ComplaintInput
	now      time.Time
	c        domain.Complaint
	display  string
	owner    domain.Person // whose calls these are
	family   []domain.Person
	problems domain.Problems
}

func (b *builder) problem(pointer, key string, args domain.Args) {
	b.problems = append(b.problems, domain.E("filing.build", domain.Invalid, key, args, nil).At(pointer))
}

// identify gives a new complaint its ID, or checks that the old one can
// still be changed.
func (b *builder) identify() error {
	if b.in.ID == "" {
		b.c.ID = domain.ComplaintID(b.s.p.Source.UUID())
	} else {
		old, err := b.s.p.Store.Complaint(b.ctx, string(b.in.ID))
		if err != nil {
			return err
		}
		if !old.Editable() || (old.SendState == domain.SendQueued) != b.in.Queued {
			return domain.E("filing.build", domain.Conflict, "complaint.not_draft", nil, nil)
		}
		b.c.ID, b.c.CreatedAt, b.c.Batch, b.c.SendState = old.ID, old.CreatedAt, old.Batch, old.SendState
	}
	b.c.Body.ClientReference = b.c.ID
	return nil
}

// calls takes over the logged calls, or makes one of number and time.
func (b *builder) calls() error {
	if len(b.in.CallIDs) == 0 {
		b.display = strings.TrimSpace(domain.Undirected(b.in.Number))
		b.typedCall()
		b.further()
		return nil
	}
	var first domain.Call
	for i, id := range once(b.in.CallIDs) {
		call, err := b.s.p.Calls.Call(b.ctx, id)
		if err != nil {
			return err
		}
		if i == 0 {
			first = call
			b.c.PersonID, b.display = call.PersonID, call.Display
		}
		if call.Number != first.Number || call.AreaCode != first.AreaCode || call.PersonID != first.PersonID {
			b.problem("/calls", "complaint.calls_differ", nil)
			return nil
		}
		b.c.CallIDs = append(b.c.CallIDs, id)
		b.c.Body.Calls = append(b.c.Body.Calls, domain.CallRef{
			StartedAt: call.StartedAt, DurationSeconds: domain.WholeSeconds(call.Duration),
			RingSeconds: domain.WholeSeconds(call.Ring), Direction: call.Direction,
		})
		b.callTime(len(b.c.Body.Calls)-1, call.StartedAt)
	}
	b.further()
	return nil
}

// once leaves out what was named before; the result is never nil.
func once[T comparable](list []T) []T {
	out := make([]T, 0, len(list))
	for _, v := range list {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

func (b *builder) typedCall() {
	if b.in.At.IsZero() && len(b.in.Further) > 0 {
		return // it is about those
	}
	direction := b.in.Direction
	if direction == "" {
		direction = domain.DirectionIncoming
	}
	if !slices.Contains(domain.Directions(), direction) {
		b.problem("/calls/0/direction", "call.direction_unknown", domain.Args{"Value": domain.Clip(string(direction), 40)})
	}
	if b.in.At.IsZero() {
		b.problem("/calls/0/started_at", "complaint.at_required", nil)
	} else {
		b.callTime(0, b.in.At)
	}
	if d := b.in.Duration; d != nil && (*d < 0 || *d > domain.MaxTalk) {
		b.problem("/calls/0/duration_seconds", "complaint.duration_range", domain.Args{"Hours": int(domain.MaxTalk.Hours())})
	}
	b.c.Body.Calls = []domain.CallRef{{
		StartedAt: b.in.At, DurationSeconds: domain.WholeSeconds(b.in.Duration), Direction: direction,
	}}
}

// people says who complains and for whom.
func (b *builder) people() error {
	list, err := b.from.people(b.ctx)
	if err != nil {
		return err
	}
	b.family = list
	if b.in.Complainant != nil {
		b.stated(*b.in.Complainant)
		return nil
	}
	var self domain.Person
	for _, p := range list {
		if p.ID == domain.SelfID {
			self = p
		}
		if p.ID == b.c.PersonID {
			b.owner = p
		}
	}
	if b.in.OnBehalfOf != "" {
		p, err := b.s.p.People.PersonByName(b.ctx, b.in.OnBehalfOf)
		if err != nil {
			return err
		}
		if b.c.PersonID != 0 && b.c.PersonID != p.ID {
			b.problem("/complainant/on_behalf_of/name", "complaint.not_their_call", nil)
		}
		b.owner = p
	}
	switch {
	case b.owner.ID != 0:
	case b.c.PersonID == 0:
		b.owner = self
	default: // never in another one's name
		b.problem("/complainant/on_behalf_of/name", "complaint.person_removed", nil)
	}
	b.c.PersonID = b.owner.ID
	b.c.Body.Complainant = complainant(self, b.owner)
	return nil
}

func complainant(self, owner domain.Person) domain.Complainant {
	c := domain.Complainant{
		Name: filedName(self), Phone: firstNumber(self),
		Province: self.Province, Relation: domain.RelationSelf,
	}
	if owner.ID == self.ID {
		return c
	}
	c.Relation = owner.Relation
	c.OnBehalf = &domain.OnBehalf{
		Name: filedName(owner), Phone: firstNumber(owner), Authority: owner.Authority,
	}
	if owner.Province != "" {
		// The operator that carried the call is in the province where it was
		// received, not where the one who files lives.
		c.Province = owner.Province
	}
	return c
}

// filedName leaves out the placeholder that stands for an owner who gave no
// name: to an endpoint it would look like one.
func filedName(p domain.Person) string {
	if p.ID == domain.SelfID && p.Name == domain.SelfName {
		return ""
	}
	return p.Name
}

func firstNumber(p domain.Person) string {
	if len(p.Numbers) == 0 {
		return ""
	}
	return p.Numbers[0]
}

// caller judges the number, with the province in which it was received.
func (b *builder) caller() error {
	check := b.s.p.Checker.Check(b.display, b.owner.Province)
	b.c.Body.Caller = domain.Caller{
		Displayed: b.display, Number: check.Number, Family: check.Family, Code: check.Code,
	}
	listed := check.Verdict == domain.VerdictListed || check.Verdict == domain.VerdictListedExtension
	if listed && len(check.Holders) == 1 { // only where the lists leave no doubt
		b.c.Body.Caller.ListedHolder = check.Holders[0].NameZH
	}
	switch check.Family {
	case domain.FamilyHidden:
		b.problem("/caller/number", "complaint.number_required", nil)
	case domain.FamilyMalformed:
		b.problem("/caller/number", "complaint.number_malformed", nil)
	default:
	}
	if slices.Contains(b.owner.Numbers, check.Number) {
		b.problem("/caller/number", "complaint.number_is_own", nil)
		return nil // there is nothing to ask back about
	}
	return b.guard(check)
}

// channel picks the channel; a draft may do without.
func (b *builder) channel() error {
	ch, err := b.from.channel(b.ctx, b.in.Channel)
	if err != nil {
		key := domain.KeyOf(err)
		if b.in.Draft && (key == "channel.none" || key == "channel.no_default") {
			return nil
		}
		return err
	}
	b.c.ChannelID, b.c.Channel = ch.ID, ch.Name
	if b.in.Draft {
		return nil
	}
	if ch.Capabilities != nil {
		b.problems = append(b.problems, Refused(b.c.Body, *ch.Capabilities, b.now)...)
	}
	return b.composable(ch)
}
