package filing

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"quietline/internal/domain"
)

// RelatedRequest asks for complaints about the same caller.
type RelatedRequest struct {
	PersonID domain.PersonID
	Number   string
	// Code is the holder code; empty where there is none.
	Code string
	// Except is left out; it may be empty.
	Except domain.ComplaintID
	Limit  int
}

// MergeRequest writes several drafts into one, or takes that back.
type MergeRequest struct {
	// Into is the draft that stays, with the contents that it gets.
	Into domain.Complaint
	// Away are the drafts that are set aside for it, or come back.
	Away []domain.ComplaintID
	Now  time.Time
}

// MergeStore keeps drafts that are put together.
type MergeStore interface {
	// Related finds complaints of a person about the number, or one of the same
	// holder code, newest first, that are neither skipped nor cancelled.
	Related(ctx context.Context, r RelatedRequest) ([]domain.Complaint, error)
	// MergeDrafts writes the contents and sets the others aside, in one
	// transaction. Fails with Conflict "complaint.not_draft" where one of them
	// is no draft.
	MergeDrafts(ctx context.Context, r MergeRequest) error
	// UnmergeDrafts undoes that: the contents come back, and so do those that
	// were set aside. Fails with Conflict "complaint.not_draft" where the first
	// is no draft any more, or one of the others is not set aside.
	UnmergeDrafts(ctx context.Context, r MergeRequest) error
}

// mostRelated is how many complaints about the same caller are shown.
const mostRelated = 5

// Related finds complaints about the caller of the input, for the same person:
// those about the same number and those about others of its holder code, newest
// first. Nothing is found for a number that is none.
func (s *Service) Related(ctx context.Context, in ComplaintInput) ([]domain.Complaint, error) {
	in.Draft = true
	b := builder{ctx: ctx, s: s, from: asked{s}, in: in, now: s.p.Clock.Now()}
	for _, step := range []func() error{b.calls, b.people, b.caller} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	if b.c.Body.Caller.Number == "" {
		return nil, nil
	}
	return s.p.Store.Related(ctx, RelatedRequest{
		PersonID: b.c.PersonID, Number: b.c.Body.Caller.Number, Code: b.c.Body.Caller.Code,
		Except: in.ID, Limit: mostRelated,
	})
}

// RelatedTo finds complaints about the caller of one that is stored, as Related
// does.
func (s *Service) RelatedTo(ctx context.Context, c domain.Complaint) ([]domain.Complaint, error) {
	if c.PersonID == 0 || c.Body.Caller.Number == "" {
		return nil, nil
	}
	return s.p.Store.Related(ctx, RelatedRequest{
		PersonID: c.PersonID, Number: c.Body.Caller.Number, Code: c.Body.Caller.Code, Except: c.ID, Limit: mostRelated,
	})
}

// Merge is one act of putting drafts together.
type Merge struct {
	// Complaint is the draft that stays, as it is now.
	Complaint domain.Complaint
	// Away are the drafts that were set aside.
	Away   []domain.ComplaintID
	before domain.Complaint
}

// Merge puts drafts about one number and person into the first that is named.
// The others are set aside. What they contradict each other in is not guessed:
// it fails with Conflict "complaint.merge_differs", and where it is about two
// callers or people, with "complaint.merge_caller" and "complaint.merge_person".
func (s *Service) Merge(ctx context.Context, ids ...string) (Merge, error) {
	const op = "filing.Merge"
	var drafts []domain.Complaint
	for _, id := range ids {
		c, err := s.p.Store.Complaint(ctx, id)
		if err != nil {
			return Merge{}, err
		}
		if !slices.ContainsFunc(drafts, func(d domain.Complaint) bool { return d.ID == c.ID }) {
			drafts = append(drafts, c)
		}
	}
	if len(drafts) < 2 {
		return Merge{}, domain.E(op, domain.Invalid, "complaint.merge_two", nil, nil)
	}
	in, err := s.draftInput(ctx, op, drafts[0])
	if err != nil {
		return Merge{}, err
	}
	m := Merge{before: drafts[0]}
	for _, c := range drafts[1:] {
		other, err := s.draftInput(ctx, op, c)
		if err == nil {
			err = s.sameCaller(op, drafts[0], c)
		}
		if err == nil {
			in, err = union(in, other)
		}
		if err != nil {
			return Merge{}, err
		}
		m.Away = append(m.Away, c.ID)
	}
	return s.merge(ctx, m, in)
}

// AddTo puts what the input says into a draft about the same number and person,
// instead of making another one. It fails as Merge does.
func (s *Service) AddTo(ctx context.Context, draft string, in ComplaintInput) (Merge, error) {
	const op = "filing.AddTo"
	in.Draft, in.ID = true, ""
	c, err := s.build(ctx, in)
	if err != nil {
		return Merge{}, err
	}
	in.Complainant = c.Stated
	into, err := s.p.Store.Complaint(ctx, draft)
	if err != nil {
		return Merge{}, err
	}
	old, err := s.draftInput(ctx, op, into)
	if err == nil {
		err = s.sameCaller(op, into, c)
	}
	if err == nil {
		in, err = union(old, in)
	}
	if err != nil {
		return Merge{}, err
	}
	return s.merge(ctx, Merge{before: into}, in)
}

func (s *Service) draftInput(ctx context.Context, op string, c domain.Complaint) (ComplaintInput, error) {
	if c.SendState != domain.SendDraft {
		return ComplaintInput{}, domain.E(op, domain.Conflict, "complaint.not_draft", nil, nil)
	}
	return s.inputOf(ctx, c)
}

// sameCaller says why two complaints are not about one number and person. A 96
// code is another line in another area.
func (s *Service) sameCaller(op string, a, b domain.Complaint) error {
	area := func(c domain.Complaint) string { return s.p.Checker.Check(c.Body.Caller.Displayed, "").AreaCode }
	switch {
	case a.Body.Caller.Number != b.Body.Caller.Number || area(a) != area(b):
		return domain.E(op, domain.Conflict, "complaint.merge_caller", nil, nil)
	case a.PersonID != b.PersonID, a.PersonID == 0 && a.Party() != b.Party():
		return domain.E(op, domain.Conflict, "complaint.merge_person", nil, nil)
	}
	return nil
}

func (s *Service) merge(ctx context.Context, m Merge, in ComplaintInput) (Merge, error) {
	c, err := s.build(ctx, in)
	if err != nil {
		return Merge{}, err
	}
	c.SendState = domain.SendDraft
	err = s.withEvidence(ctx, c.Body.Evidence, func() error {
		return s.p.Store.MergeDrafts(ctx, MergeRequest{Into: c, Away: m.Away, Now: s.p.Clock.Now()})
	})
	if err != nil {
		return Merge{}, err
	}
	m.Complaint, err = s.stored(ctx, c.ID)
	return m, err
}

// Unmerge undoes what Merge and AddTo did, as long as the draft has not been
// changed or filed since: Conflict "complaint.merge_changed".
func (s *Service) Unmerge(ctx context.Context, m Merge) error {
	c, err := s.p.Store.Complaint(ctx, string(m.before.ID))
	if err != nil {
		return err
	}
	if c.SendState != domain.SendDraft || !c.UpdatedAt.Equal(m.Complaint.UpdatedAt) {
		return domain.E("filing.Unmerge", domain.Conflict, "complaint.merge_changed", nil, nil)
	}
	return s.p.Store.UnmergeDrafts(ctx, MergeRequest{Into: m.before, Away: m.Away, Now: s.p.Clock.Now()})
}

// union adds what one draft says to another. Each call, technique, demand and file
// is kept once, a text is kept whole, the worse harm and the first refusal count.
// Where both say different things that cannot both be kept, it fails.
func union(into, from ComplaintInput) (ComplaintInput, error) {
	differ := func(pointer string) error {
		return domain.E("filing.union", domain.Conflict, "complaint.merge_differs", nil, nil).At(pointer)
	}
	out := into
	out.CallIDs = once(slices.Concat(into.CallIDs, from.CallIDs))
	out.Further = slices.Concat(into.Further, typedOf(into, out), from.Further, typedOf(from, out))
	if len(into.CallIDs) == 0 && len(out.CallIDs) > 0 {
		out.Number, out.At, out.Duration = "", time.Time{}, nil
	}
	out.Techniques = known(once(slices.Concat(into.Techniques, from.Techniques)))
	out.Demands = once(slices.Concat(into.Demands, from.Demands))
	out.Evidence = eachFile(slices.Concat(into.Evidence, from.Evidence))
	out.Harm = max(into.Harm, from.Harm)
	out.Description = bothTexts(into.Description, from.Description)
	if !from.RefusedAt.IsZero() && (into.RefusedAt.IsZero() || from.RefusedAt.Before(into.RefusedAt)) {
		out.RefusedAt = from.RefusedAt
	}
	if err := sameComplainant(into.Complainant, from.Complainant); err != nil {
		return out, err
	}
	var ok bool
	if out.Category, ok = agree(into.Category, from.Category); !ok {
		return out, differ("/category")
	}
	if out.FraudKind, ok = agree(into.FraudKind, from.FraudKind); !ok {
		return out, differ("/fraud_kind")
	}
	if out.LossAmount, ok = agree(into.LossAmount, from.LossAmount); !ok {
		return out, differ("/loss")
	}
	if into.LossAmount == "" {
		out.LossCurrency = from.LossCurrency
	} else if from.LossAmount != "" && cmp.Or(from.LossCurrency, domain.Yuan) != cmp.Or(into.LossCurrency, domain.Yuan) {
		return out, differ("/loss")
	}
	switch {
	case into.ConsentGiven == nil:
		out.ConsentGiven = from.ConsentGiven
	case from.ConsentGiven != nil && *from.ConsentGiven != *into.ConsentGiven:
		return out, differ("/consent_given")
	}
	return out, nil
}

// sameComplainant says why two complaints are not stated by one for one.
func sameComplainant(a, b *domain.StatedComplainant) error {
	const op = "filing.union"
	switch {
	case !a.SameParties(b):
		return domain.E(op, domain.Conflict, "complaint.merge_person", nil, nil)
	case a != b && (a == nil || b == nil || *a != *b):
		return domain.E(op, domain.Conflict, "complaint.merge_differs", nil, nil).At("/complainant")
	}
	return nil
}

// typedOf is the typed call of an input as one that stands in no log; none
// where it can stay the typed call of the result.
func typedOf(in, out ComplaintInput) []domain.CallRef {
	if in.At.IsZero() || len(in.CallIDs) > 0 || in.ID == out.ID && len(out.CallIDs) == 0 {
		return nil
	}
	direction := in.Direction
	if direction == "" {
		direction = domain.DirectionIncoming
	}
	return []domain.CallRef{{StartedAt: in.At, DurationSeconds: domain.WholeSeconds(in.Duration), Direction: direction}}
}

// agree takes what one of two says; ok is false where they differ.
func agree[T ~string](a, b T) (T, bool) {
	if a == "" {
		return b, true
	}
	return a, b == "" || a == b
}

// known leaves out that nothing is known where something is.
func known(list []domain.Technique) []domain.Technique {
	if len(list) < 2 {
		return list
	}
	return slices.DeleteFunc(list, func(t domain.Technique) bool { return t == domain.TechniqueUnknown })
}

// bothTexts keeps both, each once.
func bothTexts(a, b string) string {
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	switch {
	case b == "" || strings.Contains(a, b):
		return a
	case a == "" || strings.Contains(b, a):
		return b
	}
	return a + "\n\n" + b
}
