package journal_test

import (
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
)

// TestFormatUnknownHints: each kind of foreign file has its own next step, and
// an unknown kind has one too.
func TestFormatUnknownHints(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		seen := map[string]string{}
		for _, kind := range []string{"xlsx", "html", "zip", "sqlite", "pdf", "sms", "vcard", "json", "text"} {
			e := p.Explain(domain.E("x", domain.Invalid, "import.format_unknown", domain.Args{"File": "f.bin", "Kind": kind}, nil))
			if seen[e.Hint] != "" || e.Hint == "" || strings.Contains(e.Hint+e.Message, "{{") || !strings.Contains(e.Message, "f.bin") {
				t.Errorf("%s: %q, hint %q (also of %q)", kind, e.Message, e.Hint, seen[e.Hint])
			}
			seen[e.Hint] = kind
		}
		for _, kind := range []string{"", "image", "xls", "binary"} {
			e := p.Explain(domain.E("x", domain.Invalid, "import.format_unknown", domain.Args{"File": "f", "Kind": kind}, nil))
			if seen[e.Hint] == "" {
				t.Errorf("%q: hint %q", kind, e.Hint)
			}
		}
	})
}

// TestReasonsHaveWords: every reason that an import gives can be said.
func TestReasonsHaveWords(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		for prefix, reasons := range map[string]string{
			journal.RejectWords: "time time_range year columns too_long quotes damaged rounded own_side",
			journal.SkipWords:   "total filler sms data deleted other_app",
			journal.NoteWords:   "duration direction",
		} {
			for _, reason := range strings.Fields(reasons) {
				if !p.Has(prefix + reason) {
					t.Errorf("no words for %q", prefix+reason)
				}
			}
		}
	})
}
