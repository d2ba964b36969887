package storetest

import "testing"

func settingTests() []test {
	return []test{{"settings", keepSettings}}
}

func keepSettings(t *testing.T, s Full) {
	got, err := s.Settings(t.Context())
	ok(t, err)
	same(t, got, map[string]string{})
	ok(t, s.SetSetting(t.Context(), "language", "en"))
	ok(t, s.SetSetting(t.Context(), "theme", ""))
	ok(t, s.SetSetting(t.Context(), "language", "zh-Hans"))
	got, err = s.Settings(t.Context())
	ok(t, err)
	same(t, got, map[string]string{"language": "zh-Hans", "theme": ""})
	ok(t, s.SetSettings(t.Context(), map[string]string{"language": "en", "alerts.ring_seconds": "4"}))
	got, err = s.Settings(t.Context())
	ok(t, err)
	same(t, got, map[string]string{"language": "en", "theme": "", "alerts.ring_seconds": "4"})
}
