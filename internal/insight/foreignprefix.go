package insight

import "quietline/internal/domain"

// foreignPrefix finds domestic service numbers with a foreign prefix: such
// lines do not call from abroad, so the number is forged.
type foreignPrefix struct {
	end    int64
	drafts drafts
}

func newForeignPrefix(p period) *foreignPrefix {
	return &foreignPrefix{end: p.end, drafts: newDrafts(KindForeignPrefix, p)}
}

func (f *foreignPrefix) see(c *Call) {
	if c.Forged && c.At < f.end {
		f.drafts.add(c)
	}
}

func (f *foreignPrefix) found() []Alert {
	return f.drafts.finished(func(*draft) (domain.Severity, string) {
		return domain.SeverityDanger, "foreign_prefix"
	})
}
