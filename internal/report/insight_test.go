package report_test

import (
	"strings"
	"testing"

	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
)

// A name in Latin letters does not run into the Chinese words around it.
func TestNamesAmongChineseWords(t *testing.T) {
	a := insight.Alert{Why: "long_stranger_call", Number: "95013000", Calls: 2}
	for name, want := range map[string]string{"Mum": "与 Mum 通话", "妈妈": "与妈妈通话", "小 J": "与小 J 通话"} {
		if got := report.AlertText(testkit.Printer(t, l10n.Chinese), a, name); !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
	if got := report.AlertText(testkit.Printer(t, l10n.English), a, "Mum"); !strings.Contains(got, "with Mum 2") {
		t.Errorf("%q", got)
	}
}
