package calls

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// The fields of the form of a call, as JSON pointers: a reason at or below a
// pointer belongs to its field.
const (
	AtNumber     = "/number"
	AtStarted    = "/started_at"
	AtDuration   = "/duration"
	AtDirection  = "/direction"
	AtPerson     = "/person"
	AtCategory   = "/category"
	AtTechniques = "/techniques"
	AtNote       = "/note"
)

// LogFields lists the fields from top to bottom.
func LogFields() []string {
	return []string{AtNumber, AtStarted, AtDuration, AtDirection, AtPerson, AtCategory, AtTechniques, AtNote}
}

// LogForm is a call while it is typed in. Time and duration are kept as typed.
type LogForm struct {
	Number, At, Duration string
	Direction            domain.Direction
	Person               domain.PersonID
	Category             domain.Category
	Techniques           []domain.Technique
	Note                 string

	// Check is the live verdict of the number.
	Check domain.Check
	// Err is what is wrong, nil for nothing.
	Err error
	// Busy says that it is being stored.
	Busy bool

	// What the form began with.
	number string
	person domain.PersonID
}

// Typed says whether anything was entered beyond what the form began with.
func (f *LogForm) Typed() bool {
	return f.Number != f.number || f.Person != f.person || f.Direction != domain.DirectionIncoming || f.Category != "" ||
		f.At != "" || f.Duration != "" || f.Note != "" || len(f.Techniques) > 0
}

// Log is the call that is being typed in, nil for none.
func (m *Model) Log() *LogForm { return m.log }

// OpenLog begins to type in a call from the number, which may be empty.
func (m *Model) OpenLog(number string) {
	m.logs++
	m.log = &LogForm{
		Number: number, Direction: domain.DirectionIncoming, Person: m.whose(),
		number: number, person: m.whose(),
	}
	m.judgeLog()
	m.p.Events.Log()
}

// whose is the person that the list is about, else the owner.
func (m *Model) whose() domain.PersonID {
	if m.filter.Person != 0 {
		return m.filter.Person
	}
	return domain.SelfID
}

// CloseLog throws the form away.
func (m *Model) CloseLog() {
	m.logs++
	m.log = nil
}

// EditLog changes the form.
func (m *Model) EditLog(change func(*LogForm)) {
	if m.log == nil {
		return
	}
	number, person := m.log.Number, m.log.Person
	change(m.log)
	if m.log.Number != number || m.log.Person != person {
		m.judgeLog()
	}
}

func (m *Model) judgeLog() {
	m.log.Check = m.p.Checker.Check(m.log.Number, m.province(m.log.Person))
	m.p.Events.LogVerdict()
}

// input turns the form into the use case's input. What cannot be read is in
// the list of problems.
func (f *LogForm) input(readTime func(string) (time.Time, error)) (journal.CallInput, domain.Problems) {
	var unread domain.Problems
	blame := func(err error, pointer string) {
		var e *domain.Error
		if errors.As(err, &e) {
			unread = append(unread, e.At(pointer))
		}
	}
	in := journal.CallInput{
		PersonID: f.Person, Number: f.Number, Direction: f.Direction, Category: f.Category,
		Techniques: slices.Clone(f.Techniques), Note: f.Note,
	}
	if strings.TrimSpace(f.At) != "" {
		t, err := readTime(f.At)
		blame(err, AtStarted)
		in.StartedAt = t
	}
	if strings.TrimSpace(f.Duration) != "" {
		d, err := domain.ParseDuration(f.Duration)
		blame(err, AtDuration)
		in.Duration = &d
	}
	return in, unread
}

// StoreLog stores the call that was typed in. A problem is shown in the form,
// which stays then.
func (m *Model) StoreLog() {
	f := m.log
	if f == nil || f.Busy {
		return
	}
	in, unread := f.input(m.p.ReadTime)
	if len(unread) > 0 {
		f.Err = unread
		m.p.Events.Log()
		return
	}
	f.Busy = true
	m.p.Events.Log()
	log := m.logs
	var c domain.Call
	m.p.Write(func(ctx context.Context) (err error) {
		c, err = m.p.Journal.AddCall(ctx, in)
		return err
	}, func(err error) {
		f.Busy, f.Err = false, err
		mine := log == m.logs
		switch {
		case err == nil:
			if mine {
				m.CloseLog()
			}
			m.p.Events.Logged(c)
			m.p.Events.Stored()
		case mine:
			m.p.Events.Log()
		default:
			m.p.Events.Failed(err)
		}
	})
}
