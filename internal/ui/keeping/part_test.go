package keeping_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/testkit"
	"quietline/internal/ui/keeping"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// fake is the workspace: it notes what was asked.
type fake struct {
	backups []custody.BackupRequest
	asked   []custody.RestoreRequest
	erased  []custody.EraseRequest
	toll    custody.Toll
	err     error
	ready   *ready
	taken   []keeping.Ready
	inFile  bool
}

func (f *fake) Backup(_ context.Context, r custody.BackupRequest) (custody.Backup, error) {
	f.backups = append(f.backups, r)
	r.Counter.SetTotal(80 << 20)
	r.Counter.SetDone(20 << 20)
	return custody.Backup{File: r.File, Bytes: 80 << 20, Encrypted: r.Passphrase != ""}, f.err
}

// ready is a verified backup.
type ready struct{ dropped int }

func (r *ready) TakenAt() time.Time { return testkit.Epoch() }

func (r *ready) Replace(context.Context) (custody.Restored, error) { return custody.Restored{}, nil }

func (r *ready) Drop() { r.dropped++ }

func (f *fake) PrepareRestore(_ context.Context, r custody.RestoreRequest) (keeping.Ready, error) {
	f.asked = append(f.asked, r)
	if f.err != nil {
		return nil, f.err
	}
	return f.ready, nil
}

func (f *fake) Outlook(context.Context, string) (custody.Toll, error) { return f.toll, f.err }

func people(context.Context) ([]domain.Person, error) {
	return []domain.Person{{ID: 1, Name: "本人"}, {ID: 2, Name: "王桂芳"}}, nil
}

func someToll() custody.Toll {
	return custody.Toll{
		Person: "王桂芳", Calls: 1213, OthersCalls: 4, Contacts: 1, Alerts: 12, Complaints: 5, Open: 2, Waiting: 1,
		Unsettled: 1, Mentions: 3, Evidence: []string{"a", "b"}, Copies: 3,
	}
}

type page struct {
	*uitest.Harness
	*fake
	part *keeping.Part
}

func show(t *testing.T, o uitest.Options, last *keeping.Outcome) *page {
	t.Helper()
	h := uitest.New(t, o)
	p := &page{Harness: h, fake: &fake{toll: someToll(), ready: &ready{}}}
	p.part = keeping.New(h.Env, keeping.Params{
		Custody: p, People: people, Last: last, TokensInFile: func() (bool, error) { return p.inFile, nil },
		Replace: func(r keeping.Ready) { p.taken = append(p.taken, r) },
		Erase:   func(r custody.EraseRequest) { p.erased = append(p.erased, r) },
	})
	p.rebuild()
	return p
}

func (p *page) rebuild() {
	p.ShowObject(kit.Frame(kit.FrameParams{Title: p.Env.T("prefs.title"), Body: p.part.Content()}))
}

// entries are the fields of the dialog, from above.
func (p *page) entries() (out []*kit.Entry) {
	p.Walk(func(s uitest.Seen) {
		if e, ok := s.Object.(*kit.Entry); ok {
			out = append(out, e)
		}
	})
	return out
}

// choose picks an option by its words.
func choose(p *page, words string) {
	p.Walk(func(s uitest.Seen) {
		if c, ok := s.Object.(*kit.Choice[string]); ok {
			c.SetSelected(words)
		}
	})
	p.Layout()
}

func check(p *page) (out *kit.Check) {
	p.Walk(func(s uitest.Seen) {
		if c, ok := s.Object.(*kit.Check); ok {
			out = c
		}
	})
	return out
}

func large(o uitest.Options) uitest.Options {
	o.Size = fyne.NewSize(900, 900)
	if o.TextSize == settings.TextLargest {
		o.Size = fyne.NewSize(900, 1400)
	}
	return o
}

func TestPartFits(t *testing.T) {
	taken := testkit.Epoch()
	for name, last := range map[string]*keeping.Outcome{
		"first": nil,
		"restored": {Restored: &custody.Restored{
			TakenAt: taken, Settled: custody.Settled{ByKey: 2, ByPerson: 1, Drafts: 3, NoToken: 1},
			Kept: "/home/lin/.local/share/quietline/before-restore-20240520T010000Z",
		}},
		"failed": {Err: domain.E("test", domain.Conflict, "workspace.in_use", domain.Args{"Path": "/home/lin/quietline"}, nil)},
	} {
		t.Run(name, func(t *testing.T) {
			uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
				p := show(t, large(o), last)
				p.inFile = name == "failed"
				p.rebuild()
				p.Check()
				p.Golden(name)
				p.Draw("keeping-" + name)
			})
		})
	}
}

func TestDialogsFit(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		p := show(t, large(o), nil)
		p.Press("keeping.backup.do")
		p.Check()
		p.Golden("backup")
		p.Draw("keeping-backup")
		p.Press("kit.cancel")
		p.part.Restore("/media/stick/quietline-2024-05-20.age")
		p.Layout()
		p.Check()
		p.Golden("restore")
		p.Draw("keeping-restore")
		p.Press("keeping.restore.verify")
		p.Check()
		p.Golden("sound")
		p.Draw("keeping-sound")
		p.Press("kit.cancel")
		p.Press("keeping.erase.do")
		choose(p, "王桂芳")
		p.Check()
		p.Golden("erase")
		p.Draw("keeping-erase")
	})
}

// While it works, the page says how far it is, and closing the window asks.
func TestWorkFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		t.Setenv("HOME", t.TempDir())
		p := show(t, large(o), nil)
		p.Hold = true
		p.part.Restore("/media/stick/quietline-2024-05-20.tar.gz")
		p.Press("keeping.restore.verify")
		p.Check()
		p.Golden("verifying")
		p.Draw("keeping-verifying")
		p.Key(fyne.KeyEscape)
		p.Ask(p.part.Working)
		p.Check()
		p.Golden("halt")
		p.Draw("keeping-halt")
		p.Press("keeping.backup.halt.no")
		p.Press("keeping.backup.do")
		p.Press("keeping.backup.where")
		p.Press("kit.save.do")
		p.Check()
		p.Golden("running")
		p.Draw("keeping-running")
	})
}

// The passphrase is typed twice, the file chosen, and the page says where it is.
func TestBackupJourney(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	p := show(t, uitest.Options{}, nil)
	p.Press("keeping.backup.do")
	fields := p.entries()
	p.Type(fields[0], "correct horse")
	p.Type(fields[1], "correct house")
	p.Press("keeping.backup.where")
	if !p.Shows("err.backup.passphrase_differs") || len(p.backups) > 0 {
		t.Fatalf("%q", p.Texts())
	}
	fields[0].SetText("short")
	fields[1].SetText("short")
	p.Press("keeping.backup.where")
	if !p.Reads("8") || len(p.backups) > 0 {
		t.Fatalf("%q", p.Texts())
	}
	fields[0].SetText("correct horse")
	fields[1].SetText("correct horse")
	p.Press("keeping.backup.where")
	name := p.entries()[0]
	if !strings.HasSuffix(name.Text, ".age") {
		t.Errorf("name %q", name.Text)
	}
	p.Press("kit.save.do")
	if len(p.backups) != 1 || p.backups[0].Passphrase != "correct horse" {
		t.Fatalf("%+v", p.backups)
	}
	if !p.Shows("keeping.backup.made", map[string]any{"File": p.backups[0].File}) || !p.Shows("keeping.backup.made.encrypted") {
		t.Errorf("%q", p.Texts())
	}
}

// A wrong passphrase is said at the field and nothing typed is lost; what is
// sound is asked about once, in words.
func TestRestoreJourney(t *testing.T) {
	p := show(t, uitest.Options{}, nil)
	p.part.Restore("/media/b.age")
	p.err = domain.E("test", domain.Invalid, "backup.passphrase_wrong", nil, nil).At("/passphrase")
	p.Type(p.entries()[0], "wrong one")
	p.Press("keeping.restore.verify")
	if !p.Shows("err.backup.passphrase_wrong") || p.entries()[0].Text != "wrong one" || len(p.taken) > 0 {
		t.Fatalf("%q", p.Texts())
	}
	p.err = nil
	p.Press("keeping.restore.verify")
	if len(p.taken) > 0 {
		t.Fatal("replaced without a question")
	}
	p.Press("keeping.restore.yes")
	if len(p.taken) != 1 || p.ready.dropped > 0 || kit.Dialogs(p.Window.Canvas()) {
		t.Errorf("%v, dropped %d", p.taken, p.ready.dropped)
	}
	p.part.Restore("/media/b.age")
	p.Press("keeping.restore.verify")
	p.Press("kit.cancel")
	if len(p.taken) != 1 || p.ready.dropped != 1 {
		t.Errorf("%v, dropped %d", p.taken, p.ready.dropped)
	}
}

// Nothing is erased before the name was typed, nor complaints given up without a
// word.
func TestEraseJourney(t *testing.T) {
	p := show(t, uitest.Options{}, nil)
	p.Press("keeping.erase.do")
	yes := p.Button(p.Env.T("keeping.erase.yes"))
	if !yes.Disabled() {
		t.Fatal("it can be pressed at once")
	}
	choose(p, "王桂芳")
	if !p.Reads("1,213") {
		t.Errorf("what goes is not said: %q", p.Texts())
	}
	p.Type(p.entries()[0], "王桂")
	if !yes.Disabled() {
		t.Error("half a name is enough")
	}
	p.Type(p.entries()[0], "王桂芳")
	if !yes.Disabled() {
		t.Error("complaints that may have arrived are given up without a word")
	}
	check(p).SetChecked(true)
	p.Press("keeping.erase.yes")
	if len(p.erased) != 1 || p.erased[0].Person != "王桂芳" || !p.erased[0].GiveUp {
		t.Errorf("%+v", p.erased)
	}
	p.Press("keeping.erase.do")
	choose(p, p.Env.T("keeping.erase.everything"))
	p.Type(p.entries()[0], p.Env.T("keeping.erase.word"))
	p.Press("keeping.erase.yes")
	if len(p.erased) != 2 || p.erased[1].Person != "" {
		t.Errorf("%+v", p.erased)
	}
}

// The owner is called as on every other page, by what can be typed in the language.
func TestErasingOneself(t *testing.T) {
	p := show(t, uitest.Options{Language: l10n.English}, nil)
	p.toll = custody.Toll{Person: domain.SelfName}
	p.Press("keeping.erase.do")
	choose(p, p.Env.T("calls.person.self"))
	if len(p.entries()) == 0 {
		t.Fatalf("%q", p.Texts())
	}
	p.Type(p.entries()[0], p.Env.T("calls.person.self"))
	p.Press("keeping.erase.yes")
	if len(p.erased) != 1 || p.erased[0].Person != domain.SelfName {
		t.Errorf("%+v", p.erased)
	}
}
