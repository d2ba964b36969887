package platform

import "testing"

func TestDateIsADayInUTC(t *testing.T) {
	was := date
	t.Cleanup(func() { date = was })
	for stamp, want := range map[string]string{
		"2026-11-28T23:30:00-02:00": "2026-11-29",
		"2026-11-28T17:05:36Z":      "2026-11-28",
		"yesterday":                 "",
		"":                          "",
	} {
		date = stamp
		if got := Date(); got != want {
			t.Errorf("%q: %q, want %q", stamp, got, want)
		}
	}
}
