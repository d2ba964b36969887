package l10n

import (
	"context"
	"errors"

	"quietline/internal/domain"
)

// Explanation is an error in words.
type Explanation struct {
	// Code is the message key, stable in every language.
	Code string
	// Message is one sentence that says what is wrong.
	Message string
	// Hint is one sentence that says what to do next.
	Hint string
	// Field is the JSON pointer of the field to blame, or empty.
	Field string
	Kind  domain.Kind
}

// Explain puts an error into words. An error without a key becomes "internal",
// a stopped context "cancelled". It returns the zero Explanation for nil.
func (p *Printer) Explain(err error) Explanation {
	if err == nil {
		return Explanation{}
	}
	var e *domain.Error
	switch {
	case errors.As(err, &e):
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		e = domain.E("", domain.Cancelled, "cancelled", nil, err)
	default:
		e = domain.E("", domain.Internal, "internal", nil, err)
	}
	return Explanation{
		Code:    e.Key,
		Message: p.T("err."+e.Key, Args(e.Args)),
		Hint:    p.T("err."+e.Key+".hint", Args(e.Args)),
		Field:   e.Field,
		Kind:    e.Kind,
	}
}

// ExplainAll puts every field problem of an error into words; an error that
// is not about fields gives one Explanation.
func (p *Printer) ExplainAll(err error) []Explanation {
	var list domain.Problems
	if !errors.As(err, &list) {
		if err == nil {
			return nil
		}
		return []Explanation{p.Explain(err)}
	}
	out := make([]Explanation, len(list))
	for i, e := range list {
		out[i] = p.Explain(e)
	}
	return out
}

// Term gives the word of an enumeration: Term("category", "loan"). The empty
// code has no word and gives the empty string.
func (p *Printer) Term(kind, code string) string {
	if code == "" {
		return ""
	}
	if key := "term." + kind + "." + code; p.Has(key) {
		return p.T(key)
	}
	return code // a word of somebody else's: an endpoint's own case state
}
