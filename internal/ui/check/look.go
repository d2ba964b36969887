package check

import (
	"context"

	"quietline/internal/registrar"
	"quietline/internal/ui/task"
)

// LookStage is how far looking for a newer list has come.
type LookStage string

// The stages of looking for a newer list.
const (
	LookClosed     LookStage = ""
	LookSource     LookStage = "source" // where from is asked
	LookSaving     LookStage = "saving"
	LookLooking    LookStage = "looking"
	LookFound      LookStage = "found"
	LookFault      LookStage = "fault"
	LookInstalling LookStage = "installing"
)

// Look is the way to a newer list. Nothing counts before Install.
type Look struct {
	p      ModelParams
	stored func(Change, registrar.Effect)
	stage  LookStage
	source registrar.Source // as stored
	draft  registrar.Source // as typed
	fault  error
	update *registrar.Update
	steps  int // counts steps; the answer of an older one is dropped
	halt   func()
	again  func() // what looks once more, as it was looked last
}

func newLook(p ModelParams, stored func(Change, registrar.Effect)) *Look {
	return &Look{p: p, stored: stored}
}

// Stage is how far it has come.
func (l *Look) Stage() LookStage { return l.stage }

// Draft is where from, as typed.
func (l *Look) Draft() registrar.Source { return l.draft }

// Changed says whether something is typed that is not stored.
func (l *Look) Changed() bool { return l.draft != l.source }

// Fault is what is wrong with the draft, or why looking or installing failed.
func (l *Look) Fault() error { return l.fault }

// Update is what was found.
func (l *Look) Update() *registrar.Update { return l.update }

// Open begins: it looks at once where an address is set, else asks for one.
func (l *Look) Open() {
	if l.stage != LookClosed {
		l.p.Events.Look()
		return
	}
	l.again = l.open
	l.open()
}

func (l *Look) open() {
	var source registrar.Source
	l.step(LookLooking, l.p.Run, func(ctx context.Context) (err error) {
		source, err = l.p.Registry.Source(ctx)
		return err
	}, LookFault, func() {
		l.source, l.draft = source, source
		if source.URL == "" {
			l.to(LookSource)
			return
		}
		l.look()
	})
}

// step does one step of the way: it moves to the stage, does the work, and goes
// on, or to the stage for failures.
func (l *Look) step(stage LookStage, run task.Runner, work func(context.Context) error, failed LookStage, then func()) {
	l.steps++
	turn := l.steps
	l.fault, l.stage = nil, stage
	l.p.Events.Look()
	l.halt = run(work, func(err error) {
		if turn != l.steps {
			return
		}
		l.halt = nil
		if err != nil {
			l.fault = err
			l.to(failed)
			return
		}
		then()
	})
}

func (l *Look) to(stage LookStage) {
	l.stage = stage
	l.p.Events.Look()
}

// AskSource asks for the address and the key again.
func (l *Look) AskSource() {
	l.steps++
	l.fault = nil
	l.to(LookSource)
}

// Write takes over what is typed.
func (l *Look) Write(s registrar.Source) { l.draft = s }

// SaveSource stores the address and the key as typed, and looks there.
func (l *Look) SaveSource() { l.save(l.look) }

func (l *Look) save(then func()) {
	draft := l.draft
	l.step(LookSaving, l.p.Write, func(ctx context.Context) error {
		return l.p.Registry.SetSource(ctx, draft)
	}, LookSource, func() {
		l.source = draft
		then()
	})
}

// Again looks once more, where it looked last.
func (l *Look) Again() {
	if l.stage == LookFault && l.again != nil {
		l.again()
	}
}

func (l *Look) look() { l.fetch(l.p.Registry.Look) }

// LookIn looks into a file: the manifest of a list. A key that was typed is
// stored before, because without it no list can be checked.
func (l *Look) LookIn(path string) {
	look := func() {
		l.fetch(func(ctx context.Context) (*registrar.Update, error) { return l.p.Registry.LookIn(ctx, path) })
	}
	if l.stage == LookSource && l.Changed() {
		l.save(look)
		return
	}
	look()
}

func (l *Look) fetch(look func(context.Context) (*registrar.Update, error)) {
	l.again = func() { l.fetch(look) }
	var update *registrar.Update
	l.step(LookLooking, l.p.Run, func(ctx context.Context) (err error) {
		update, err = look(ctx)
		return err
	}, LookFault, func() {
		l.update = update
		l.to(LookFound)
	})
}

// Install makes the list that was found the one that counts.
func (l *Look) Install() {
	if l.stage != LookFound || l.update == nil || l.update.UpToDate {
		return
	}
	update := l.update
	var effect registrar.Effect
	var late error
	l.step(LookInstalling, l.p.Write, func(ctx context.Context) (err error) {
		effect, err = l.p.Registry.Install(ctx, update)
		if err != nil && l.p.Registry.Info() == update.To {
			// The list counts, but not all of the log could be judged by it.
			late, err = err, nil
		}
		return err
	}, LookFault, func() {
		l.close()
		l.stored(ChangeInstalled, effect)
		if late != nil {
			l.p.Events.Failed(late)
		}
	})
}

// Close ends it; nothing is installed. What is being installed goes on.
func (l *Look) Close() {
	if l.stage == LookClosed || l.stage == LookInstalling {
		return
	}
	l.close()
}

func (l *Look) close() {
	l.steps++
	if l.halt != nil {
		l.halt()
		l.halt = nil
	}
	l.update, l.fault = nil, nil
	l.to(LookClosed)
}
