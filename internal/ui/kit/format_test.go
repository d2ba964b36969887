package kit_test

import (
	"testing"
	"time"

	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// Lengths, moments and counts are written as people write them, in each language.
func TestFiguresAsPeopleWriteThem(t *testing.T) {
	for l, want := range map[l10n.Language][]string{
		l10n.Chinese: {"40 秒", "1 分 5 秒", "2 小时 0 分", "共 1,234,567 个来电"},
		l10n.English: {"40 s", "1 min 5 s", "2 h 0 min", "1,234,567 calls"},
	} {
		e := uitest.New(t, uitest.Options{Language: l}).Env
		got := []string{
			kit.FormatSeconds(e, 40), kit.FormatSeconds(e, 65), kit.FormatSeconds(e, 7200), e.N("calls.count", 1234567),
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: %q, want %q", l, got[i], want[i])
			}
		}
	}
	// One way for both: the one in which times are typed in, on the clock of China.
	at := time.Date(2024, 5, 20, 1, 15, 3, 0, time.UTC)
	if got := kit.FormatTime(at); got != "2024-05-20 09:15" {
		t.Errorf("%q", got)
	}
	if got := kit.FormatTime(time.Time{}); got != "—" {
		t.Errorf("%q", got)
	}
}
