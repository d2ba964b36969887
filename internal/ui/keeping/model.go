// Package keeping is the part of the Settings page about the workspace as a
// whole: backup, restoration, erasure.
package keeping

import (
	"context"
	"strings"
	"time"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/progress"
	"quietline/internal/ui/task"
)

// Ready is a verified backup (custody.Ready).
type Ready interface {
	// TakenAt is when it was made.
	TakenAt() time.Time
	// Replace puts it in the place of the workspace, which nobody may have open.
	Replace(ctx context.Context) (custody.Restored, error)
	// Drop gives it up.
	Drop()
}

// Custody is what can be done while the workspace is open (workspace.Workspace).
type Custody interface {
	Backup(ctx context.Context, r custody.BackupRequest) (custody.Backup, error)
	PrepareRestore(ctx context.Context, r custody.RestoreRequest) (Ready, error)
	Outlook(ctx context.Context, person string) (custody.Toll, error)
}

// Outcome is what became of something for which the window had to put the
// workspace down.
type Outcome struct {
	// Restored or Erased is what was done; Everything says that all was erased.
	Restored   *custody.Restored
	Erased     *custody.Toll
	Everything bool
	// Err is why it was not, or nil.
	Err error
}

// Params is what NewModel needs.
type Params struct {
	Custody Custody
	// People lists those who can be erased.
	People func(ctx context.Context) ([]domain.Person, error)
	// TokensInFile says whether tokens lie in a file instead of a keyring.
	TokensInFile func() (bool, error)
	// Replace and Erase put the workspace down, do it, and take up what is there
	// then; the window is built anew by them.
	Replace func(Ready)
	Erase   func(custody.EraseRequest)
	// Last is what the last of these gave, or nil.
	Last *Outcome
	// Run does what may wait and outlasts the page.
	Run task.Runner
	// Changed is called when the view has to show the model anew.
	Changed func()
}

// Model is the state of the part.
type Model struct {
	p Params
	// Last is what was done before the window was built anew, or nil.
	Last *Outcome
	// Stage is how far the backup has come, Made what it gave and Err why there
	// is none.
	Stage   task.Stage
	Made    custody.Backup
	Err     error
	Counter *progress.Counter

	cancel func()
}

// NewModel makes a Model.
func NewModel(p Params) *Model { return &Model{p: p, Last: p.Last} }

// CheckPhrases says what is wrong with a passphrase and its repetition; two empty
// ones are none.
func CheckPhrases(phrase, again string) error {
	if phrase != "" {
		if err := custody.CheckPassphrase(phrase); err != nil {
			return err
		}
	}
	if phrase != again {
		return domain.E("keeping.CheckPhrases", domain.Invalid, "backup.passphrase_differs", nil, nil).At("/again")
	}
	return nil
}

// Backup writes a backup; a file of that name was asked about.
func (m *Model) Backup(file, phrase string) {
	if m.Stage == task.Running {
		return
	}
	m.Stage, m.Err, m.Counter = task.Running, nil, &progress.Counter{}
	r := custody.BackupRequest{File: file, Passphrase: phrase, Force: true, Counter: m.Counter}
	var made custody.Backup
	m.cancel = m.p.Run(func(ctx context.Context) (err error) {
		made, err = m.p.Custody.Backup(ctx, r)
		return err
	}, func(err error) {
		m.Stage, m.Made, m.Err = task.Done, made, err
		m.p.Changed()
	})
	m.p.Changed()
}

// Stop ends the backup under way; no file is left then.
func (m *Model) Stop() {
	if m.Stage == task.Running && m.cancel != nil {
		m.cancel()
	}
}

// Prepare verifies a backup; done gets what to hand to Replace.
func (m *Model) Prepare(file, phrase string, c *progress.Counter, done func(Ready, error)) (cancel func()) {
	var ready Ready
	return m.p.Run(func(ctx context.Context) (err error) {
		ready, err = m.p.Custody.PrepareRestore(ctx, custody.RestoreRequest{File: file, Passphrase: phrase, Counter: c})
		return err
	}, func(err error) { done(ready, err) })
}

// Replace puts what was prepared in the place of the workspace.
func (m *Model) Replace(r Ready) { m.p.Replace(r) }

// People lists those who can be erased.
func (m *Model) People(done func([]domain.Person, error)) {
	var list []domain.Person
	m.p.Run(func(ctx context.Context) (err error) {
		list, err = m.p.People(ctx)
		return err
	}, func(err error) { done(list, err) })
}

// Outlook says what erasing a person would take.
func (m *Model) Outlook(person string, done func(custody.Toll, error)) {
	var toll custody.Toll
	m.p.Run(func(ctx context.Context) (err error) {
		toll, err = m.p.Custody.Outlook(ctx, person)
		return err
	}, func(err error) { done(toll, err) })
}

// Confirmed says whether what was typed is what has to be typed.
func Confirmed(typed, word string) bool {
	return word != "" && strings.EqualFold(strings.TrimSpace(typed), word)
}

// Erase erases a person, or everything where the name is empty.
func (m *Model) Erase(person string, giveUp bool) {
	m.p.Erase(custody.EraseRequest{Person: person, GiveUp: giveUp})
}

// TokensInFile says whether tokens lie in a file; what cannot be read is the
// business of the diagnostics.
func (m *Model) TokensInFile() bool {
	in, err := m.p.TokensInFile()
	return err == nil && in
}
