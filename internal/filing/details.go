package filing

import (
	"slices"
	"strings"

	"quietline/internal/domain"
)

// joined names codes in a sentence.
func joined[T ~string](codes []T) string {
	list := make([]string, len(codes))
	for i, c := range codes {
		list[i] = string(c)
	}
	return strings.Join(list, ", ")
}

// fraud takes over the kind of fraud, which belongs to that category alone.
func (b *builder) fraud() {
	kind := b.in.FraudKind
	switch {
	case kind == "":
		return
	case !slices.Contains(domain.FraudKinds(), kind):
		b.problem("/fraud_kind", "complaint.fraud_kind_unknown", unknown(kind, domain.FraudKinds()))
	case b.in.Category != domain.CategoryFraud:
		b.problem("/fraud_kind", "complaint.fraud_kind_elsewhere", nil)
	}
	code := string(kind)
	b.c.Body.FraudKind = &code
}

// currency is that of the loss; what none is is a problem.
func (b *builder) currency() string {
	code := strings.ToUpper(strings.TrimSpace(b.in.LossCurrency))
	if code == "" {
		return domain.Yuan
	}
	if !slices.Contains(domain.Currencies(), code) {
		b.problem("/loss/currency", "complaint.currency_unknown", unknown(domain.Clip(code, 10), domain.Currencies()))
	}
	return code
}

// further adds the calls that stand in no log. Two of one second are one call,
// as everywhere.
func (b *builder) further() {
	for _, ref := range b.in.Further {
		if slices.ContainsFunc(b.c.Body.Calls, func(c domain.CallRef) bool { return c.StartedAt.Unix() == ref.StartedAt.Unix() }) {
			continue
		}
		i := len(b.c.Body.Calls)
		if ref.Direction == "" {
			ref.Direction = domain.DirectionIncoming
		}
		b.c.Body.Calls = append(b.c.Body.Calls, ref)
		b.callTime(i, ref.StartedAt)
	}
}
