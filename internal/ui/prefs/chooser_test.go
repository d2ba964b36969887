package prefs_test

import (
	"testing"

	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// Choices that come while another one is still being stored are all in force in the
// end, the last of each kind, and so they are stored.
func TestChoicesOneSoonAfterTheOther(t *testing.T) {
	p := show(t, uitest.Options{})
	var late []func()
	p.Env.Jobs = kit.NewJobs(kit.JobsParams{
		Base: t.Context(), Dispatch: func(f func()) { f() }, Start: func(f func()) { late = append(late, f) }, Log: p.Env.Log,
	})
	p.Press("prefs.size.largest")
	p.Press("prefs.theme.dark")
	p.Press("prefs.size.normal")
	for len(late) > 0 { // what was begun last ends first
		last := late[len(late)-1]
		late = late[:len(late)-1]
		last()
	}
	got := p.applied[len(p.applied)-1]
	if got.TextSize != settings.TextNormal || got.Theme != settings.ThemeDark {
		t.Errorf("in force: %+v", got)
	}
	if p.store["text_size"] != string(settings.TextNormal) || p.store["theme"] != string(settings.ThemeDark) {
		t.Errorf("stored: %v", p.store)
	}
}
