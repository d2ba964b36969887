package filing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"quietline/internal/domain"
)

// ComplaintInput is what a user enters, in the form, on the command line or as
// a row of a sheet.
type ComplaintInput struct {
	// ID names an existing draft to change; empty for a new complaint.
	ID domain.ComplaintID
	// CallIDs are logged calls, all from one number of one person. Without
	// them Number and At are used.
	CallIDs   []domain.CallID
	Number    string
	At        time.Time
	Duration  *time.Duration
	Direction domain.Direction

	Category    domain.Category
	Techniques  []domain.Technique
	Harm        domain.Harm
	Description string
	RefusedAt   time.Time
	// OnBehalfOf is the name of a person; empty means for oneself, or for the
	// person whose call it is.
	OnBehalfOf string
	// ConsentGiven says whether the complainant had agreed to be called; nil
	// where nothing was said of it, which is not the same as no.
	ConsentGiven *bool
	// LossAmount is a decimal in yuan, empty for none.
	LossAmount string
	Demands    []domain.Demand
	// Channel is a name; empty means the default.
	Channel string
	// Language is the language the complaint is written in, a BCP 47 tag.
	Language string
	// Draft keeps the complaint back instead of queueing it.
	Draft bool
}

// New validates a complaint and puts it into the outbox, or, as a draft, only
// keeps it. Every problem at a field is in the returned domain.Problems.
// A second complaint about the same call is refused with Conflict
// "complaint.duplicate".
func (s *Service) New(ctx context.Context, in ComplaintInput) (domain.Complaint, error) {
	c, err := s.build(ctx, in)
	if err != nil {
		return domain.Complaint{}, err
	}
	now := s.p.Clock.Now()
	if in.Draft {
		c.SendState = domain.SendDraft
		if err := s.p.Store.SaveDraft(ctx, c, now); err != nil {
			return domain.Complaint{}, err
		}
		return s.p.Store.Complaint(ctx, string(c.ID))
	}
	return s.queue(ctx, c, now)
}

// Validate says every problem of a complaint and stores nothing. It is the
// same code that New runs.
func (s *Service) Validate(ctx context.Context, in ComplaintInput) error {
	c, err := s.build(ctx, in)
	if err != nil || in.Draft {
		return err
	}
	return s.refuseDuplicate(ctx, c)
}

func (s *Service) refuseDuplicate(ctx context.Context, c domain.Complaint) error {
	for _, call := range c.Body.Calls {
		id, found, err := s.p.Store.FindDuplicate(ctx, c.PersonID, c.Body.Caller.Number, call.StartedAt)
		if err != nil {
			return err
		}
		if found && id != c.ID {
			return domain.E("filing.Validate", domain.Conflict, "complaint.duplicate",
				domain.Args{"ID": id.Short()}, nil)
		}
	}
	return nil
}

// queue freezes the payload under a new idempotency key. From here on the
// bytes never change: "same body" means the same bytes (intake-api.md).
func (s *Service) queue(ctx context.Context, c domain.Complaint, now time.Time) (domain.Complaint, error) {
	payload, err := json.Marshal(c.Body)
	if err != nil {
		return domain.Complaint{}, domain.E("filing.queue", domain.Internal, "internal", nil, err)
	}
	sum := sha256.Sum256(payload)
	c.SendState = domain.SendQueued
	err = s.p.Store.Queue(ctx, QueueRequest{
		Complaint: c, Key: s.p.Source.UUID(), Payload: payload,
		PayloadSHA256: hex.EncodeToString(sum[:]), Now: now,
	})
	if err != nil {
		return domain.Complaint{}, err
	}
	s.p.Queued()
	return s.p.Store.Complaint(ctx, string(c.ID))
}

// build turns input into a complaint and collects every problem.
func (s *Service) build(ctx context.Context, in ComplaintInput) (domain.Complaint, error) {
	b := builder{ctx: ctx, s: s, in: in, now: s.p.Clock.Now()}
	b.c.Body = domain.ComplaintBody{
		Schema: domain.ComplaintSchema, Language: in.Language,
		Category: in.Category, Techniques: once(in.Techniques), Harm: in.Harm,
		Description: strings.TrimSpace(in.Description), ConsentGiven: in.ConsentGiven,
		Demands: once(in.Demands), Evidence: []domain.Evidence{},
	}
	for _, step := range []func() error{b.identify, b.calls, b.people, b.caller, b.channel} {
		if err := step(); err != nil {
			return domain.Complaint{}, err
		}
	}
	b.contents()
	if err := b.problems.Err(); err != nil {
		return domain.Complaint{}, err
	}
	return b.c, nil
}

// builder collects what one complaint needs and what is wrong with it.
type builder struct {
	ctx      context.Context //nolint:containedctx // lives for one call of build
	s        *Service
	in       ComplaintInput
	now      time.Time
	c        domain.Complaint
	display  string
	owner    domain.Person // whose calls these are
	problems domain.Problems
}

func (b *builder) problem(pointer, key string, args domain.Args) {
	b.problems = append(b.problems, domain.E("filing.build", domain.Invalid, key, args, nil).At(pointer))
}

// identify gives a new complaint its ID, or checks that the old one is a draft.
func (b *builder) identify() error {
	if b.in.ID == "" {
		b.c.ID = domain.ComplaintID(b.s.p.Source.UUID())
	} else {
		old, err := b.s.p.Store.Complaint(b.ctx, string(b.in.ID))
		if err != nil {
			return err
		}
		if old.SendState != domain.SendDraft {
			return domain.E("filing.build", domain.Conflict, "complaint.not_draft", nil, nil)
		}
		b.c.ID, b.c.CreatedAt, b.c.Batch = old.ID, old.CreatedAt, old.Batch
	}
	b.c.Body.ClientReference = b.c.ID
	return nil
}

// calls takes over the logged calls, or makes one of number and time.
func (b *builder) calls() error {
	if len(b.in.CallIDs) == 0 {
		b.display = strings.TrimSpace(b.in.Number)
		b.typedCall()
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
			StartedAt: call.StartedAt, DurationSeconds: seconds(call.Duration),
			RingSeconds: seconds(call.Ring), Direction: call.Direction,
		})
		b.callTime(call.StartedAt)
	}
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
	direction := b.in.Direction
	if direction == "" {
		direction = domain.DirectionIncoming
	}
	if b.in.At.IsZero() {
		b.problem("/calls/0/started_at", "complaint.at_required", nil)
	} else {
		b.callTime(b.in.At)
	}
	if d := b.in.Duration; d != nil && (*d < 0 || *d > domain.MaxTalk) {
		b.problem("/calls/0/duration_seconds", "complaint.duration_range", domain.Args{"Hours": int(domain.MaxTalk.Hours())})
	}
	b.c.Body.Calls = []domain.CallRef{{
		StartedAt: b.in.At, DurationSeconds: seconds(b.in.Duration), Direction: direction,
	}}
}

func seconds(d *time.Duration) *int64 {
	if d == nil {
		return nil
	}
	n := int64(*d / time.Second)
	return &n
}

// people says who complains and for whom.
func (b *builder) people() error {
	list, err := b.s.p.People.People(b.ctx)
	if err != nil {
		return err
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
		if b.owner.ID != 0 && b.owner.ID != p.ID {
			b.problem("/complainant/on_behalf_of/name", "complaint.not_their_call", nil)
		}
		b.owner = p
	}
	if b.owner.ID == 0 {
		b.owner = self
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
		// received, not where the helper lives.
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
	if len(check.Holders) > 0 {
		b.c.Body.Caller.ListedHolder = check.Holders[0].NameZH
	}
	switch check.Family {
	case domain.FamilyHidden:
		b.problem("/caller/number", "complaint.number_required", nil)
	case domain.FamilyMalformed:
		b.problem("/caller/number", "complaint.number_malformed", nil)
	default:
	}
	for _, own := range b.owner.Numbers {
		if own == check.Number {
			b.problem("/caller/number", "complaint.number_is_own", nil)
		}
	}
	return nil
}

// channel picks the channel; a draft may do without.
func (b *builder) channel() error {
	ch, err := b.s.pickChannel(b.ctx, b.in.Channel)
	if err != nil {
		if b.in.Draft && domain.KeyOf(err) == "channel.none" {
			return nil
		}
		return err
	}
	b.c.ChannelID, b.c.Channel = ch.ID, ch.Name
	if ch.Capabilities != nil && !b.in.Draft {
		b.capabilities(*ch.Capabilities)
	}
	return nil
}
