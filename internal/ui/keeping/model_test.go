package keeping_test

import (
	"context"
	"errors"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/ui/keeping"
)

func TestModel(t *testing.T) {
	for _, tt := range []struct{ phrase, again, key string }{
		{"", "", ""},
		{"", "x", "backup.passphrase_differs"},
		{"1234567", "1234567", "backup.passphrase_short"},
		{"12345678", "12345679", "backup.passphrase_differs"},
		{"一二三四五六七八", "一二三四五六七八", ""},
	} {
		if err := keeping.CheckPhrases(tt.phrase, tt.again); domain.KeyOf(err) != tt.key {
			t.Errorf("%q, %q: %v", tt.phrase, tt.again, err)
		}
	}
	if keeping.Confirmed("", "") || keeping.Confirmed("x", "y") || !keeping.Confirmed(" Li NA ", "Li Na") {
		t.Error("confirmed")
	}
}

// A backup that is stopped leaves no file and says so; the window asks before it
// closes on one.
func TestBackupStops(t *testing.T) {
	p := &fake{err: errors.New("x")}
	var cancelled, changed int
	var finish func(error)
	m := keeping.NewModel(keeping.Params{
		Custody: p, Changed: func() { changed++ },
		Run: func(work func(context.Context) error, done func(error)) func() {
			finish = func(error) { done(work(context.Background())) }
			return func() { cancelled++ }
		},
	})
	m.Backup("/tmp/b", "")
	m.Backup("/tmp/again", "")
	m.Stop()
	if cancelled != 1 || changed != 1 {
		t.Errorf("cancelled %d, changed %d", cancelled, changed)
	}
	finish(nil)
	if m.Err == nil || len(p.backups) != 1 || p.backups[0].File != "/tmp/b" {
		t.Errorf("%v, %+v", m.Err, p.backups)
	}
	m.Stop()
	if cancelled != 1 {
		t.Error("stopped what had ended")
	}
}
