package filing

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"quietline/internal/domain"
)

const (
	// MaxDescription is the longest description, in characters.
	MaxDescription = 4000
	// clockSkew is how far in the future a call may lie, because the clocks of
	// phone and computer differ.
	clockSkew = 5 * time.Minute
)

// lossPattern is a decimal with at most two places (intake-api.md, loss).
var lossPattern = regexp.MustCompile(`^\d{1,12}(\.\d{1,2})?$`)

// contents checks everything that needs neither store nor registry.
func (b *builder) contents() error {
	body := &b.c.Body
	switch {
	case body.Category == "" && b.in.Draft:
	case body.Category == "":
		b.problem("/category", "complaint.category_required", nil)
	case !slices.Contains(domain.Categories(), body.Category):
		b.problem("/category", "complaint.category_unknown", unknown(body.Category, domain.Categories()))
	}
	if len(body.Techniques) == 0 {
		body.Techniques = []domain.Technique{domain.TechniqueUnknown}
	}
	for _, t := range body.Techniques {
		if !slices.Contains(domain.Techniques(), t) {
			b.problem("/techniques", "complaint.technique_unknown", unknown(t, domain.Techniques()))
		}
	}
	for _, d := range body.Demands {
		if !slices.Contains(domain.Demands(), d) {
			b.problem("/demands", "complaint.demand_unknown", unknown(d, domain.Demands()))
		}
	}
	if body.Harm < 0 || body.Harm > domain.MaxHarm {
		b.problem("/harm", "complaint.harm_range", domain.Args{"Max": int(domain.MaxHarm)})
	}
	if n := utf8.RuneCountInString(body.Description); n > MaxDescription {
		b.problem("/description", "complaint.description_long", domain.Args{"Max": MaxDescription, "Length": n})
	}
	if strings.ContainsFunc(body.Description, func(r rune) bool { return domain.Control(r) && !strings.ContainsRune("\t\n\r\u2028\u2029", r) }) {
		b.problem("/description", "complaint.description_control", nil)
	}
	b.fraud()
	b.refusal()
	b.loss()
	return nil
}

// unknown names a code that is none, and those that are.
func unknown[T ~string](code T, known []T) domain.Args {
	return domain.Args{"Code": string(code), "Known": joined(known)}
}

// callTime checks when the call at the index was.
func (b *builder) callTime(i int, at time.Time) {
	switch {
	case at.After(b.now.Add(clockSkew)):
		b.problem(startPointer(i), "complaint.at_in_future", nil)
	case at.Before(domain.OldestCall()):
		b.problem(startPointer(i), "complaint.at_too_old", nil)
	}
}

func startPointer(i int) string { return "/calls/" + strconv.Itoa(i) + "/started_at" }

func (b *builder) refusal() {
	if b.in.RefusedAt.IsZero() {
		return
	}
	at := b.in.RefusedAt
	b.c.Body.RefusedAt = &at
	switch {
	case at.After(b.now.Add(clockSkew)):
		b.problem("/refused_at", "complaint.refused_in_future", nil)
	case at.Before(domain.OldestCall()):
		b.problem("/refused_at", "complaint.at_too_old", nil)
	}
}

func (b *builder) loss() {
	if strings.TrimSpace(b.in.LossAmount) == "" {
		return
	}
	amount, ok := Amount(b.in.LossAmount)
	if !ok {
		b.problem("/loss/amount", "complaint.loss_invalid", nil)
		return
	}
	b.c.Body.Loss = &domain.Loss{Amount: amount, Currency: b.currency()}
}

// Amount reads an amount of money as people type it and writes it with two
// places; ok is false where it is none.
func Amount(text string) (amount string, ok bool) {
	text = strings.TrimSpace(text)
	if !lossPattern.MatchString(text) {
		return "", false
	}
	whole, cents, _ := strings.Cut(text, ".")
	return whole + "." + (cents + "00")[:2], true
}
