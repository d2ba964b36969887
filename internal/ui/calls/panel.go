package calls

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// Panel is what the side of the list shows of one call and its number.
type Panel struct {
	Call domain.Call
	// Check is the verdict of the number today, with the province of the
	// person who was called.
	Check domain.Check
	// Card is what the log knows of the number; Known says that it is loaded.
	// Of a number that was withheld it never is.
	Card  journal.Card
	Known bool
	// Category, Techniques and Note are what the user is writing.
	Category   domain.Category
	Techniques []domain.Technique
	Note       string
	// Saving says that it is being stored.
	Saving bool

	then []func() // to be done once it is stored
}

// Changed says whether something is written that is not stored.
func (p *Panel) Changed() bool {
	return p.Category != p.Call.Category || strings.TrimSpace(p.Note) != p.Call.Note || !p.sameTechniques()
}

// sameTechniques says whether those written are those stored, in any order.
func (p *Panel) sameTechniques() bool {
	return len(p.Techniques) == len(p.Call.Techniques) &&
		!slices.ContainsFunc(p.Techniques, func(t domain.Technique) bool { return !slices.Contains(p.Call.Techniques, t) })
}

// NoteLength is the length of the note in characters, and whether that is too
// much.
func (p *Panel) NoteLength() (n int, tooLong bool) {
	n = utf8.RuneCountInString(strings.TrimSpace(p.Note))
	return n, n > domain.MaxNoteLength
}

// Panel is the open call, nil for none.
func (m *Model) Panel() *Panel { return m.panel }

// Open shows a call at the side. What was written about another one is stored;
// where that is too long to be stored, the other one stays.
func (m *Model) Open(c domain.Call) {
	if m.panel != nil && m.panel.Call.ID == c.ID {
		return
	}
	m.leavePanel(func() {
		m.setPanel(c)
		m.p.Events.Panel()
		m.lookUp(c)
	})
}

// OpenID is Open for a call that is only known by its ID.
func (m *Model) OpenID(id domain.CallID) { m.leavePanel(func() { m.fetchPanel(id) }) }

// ClosePanel shows no call; what was written about it is stored.
func (m *Model) ClosePanel() {
	m.leavePanel(func() {
		m.panels++
		m.panel = nil
		m.p.Events.Panel()
	})
}

// leavePanel goes on to something else and then stores what was written, so
// that a panel whose note could not be stored can come back.
func (m *Model) leavePanel(goOn func()) {
	p := m.panel
	if !m.storable() {
		m.p.Events.Panel()
		return
	}
	goOn()
	m.save(p)
}

func (m *Model) setPanel(c domain.Call) {
	m.panels++
	m.panel = &Panel{Call: c, Category: c.Category, Techniques: c.Techniques, Note: c.Note, Check: m.judge(c)}
}

// judge asks with the number as displayed: the area code and the prefixes of
// a forged number are part of the answer.
func (m *Model) judge(c domain.Call) domain.Check {
	return m.p.Checker.Check(c.Display, m.province(c.PersonID))
}

// fetchPanel shows a call as it is stored now, without touching what the user
// is writing about it.
func (m *Model) fetchPanel(id domain.CallID) {
	m.panels++
	load := m.panels
	var c domain.Call
	m.p.Run(func(ctx context.Context) (err error) {
		c, err = m.p.Journal.Call(ctx, id)
		return err
	}, func(err error) {
		if load != m.panels {
			return
		}
		if err != nil {
			// The open one may have gone with its person.
			gone := domain.KindOf(err) == domain.NotFound && m.panel != nil && m.panel.Call.ID == id && !m.panel.Changed()
			m.panel = nil
			if !gone {
				m.p.Events.Failed(err)
			}
			m.p.Events.Panel()
			return
		}
		m.update(c)
		m.p.Events.Panel()
		m.lookUp(c)
	})
}

// update takes over a call as it is stored now. The panel stays the same, and
// with it what the user is writing.
func (m *Model) update(c domain.Call) {
	p := m.panel
	if p == nil || p.Call.ID != c.ID {
		m.setPanel(c)
		return
	}
	if !p.Changed() {
		p.Category, p.Techniques = c.Category, c.Techniques // perhaps marked elsewhere
		if strings.TrimSpace(p.Note) != c.Note {
			p.Note = c.Note
		}
	}
	p.Call, p.Check = c, m.judge(c)
}

// lookUp finds out what the log knows of the number.
func (m *Model) lookUp(c domain.Call) {
	if c.Number == "" {
		return
	}
	load, province := m.panels, m.province(c.PersonID)
	var card journal.Card
	m.p.Run(func(ctx context.Context) (err error) {
		card, err = m.p.Journal.Card(ctx, c.Display, province)
		return err
	}, func(err error) {
		if load != m.panels || m.panel == nil {
			return
		}
		if err != nil {
			m.p.Events.Failed(err)
			return
		}
		m.panel.Card, m.panel.Known = card, true
		m.p.Events.Panel()
	})
}

// Write takes over what the user writes about the open call.
func (m *Model) Write(category domain.Category, techniques []domain.Technique, note string) {
	if m.panel != nil {
		m.panel.Category, m.panel.Techniques, m.panel.Note = category, techniques, note
	}
}

// Save stores what was written about the open call, if anything.
func (m *Model) Save() {
	if m.storable() {
		m.save(m.panel)
	}
}

// storable says whether what was written can be stored; where not, Failed has
// heard why.
func (m *Model) storable() bool {
	if m.panel == nil || !m.panel.Changed() {
		return true
	}
	n, tooLong := m.panel.NoteLength()
	if tooLong {
		m.p.Events.Failed(domain.E("calls.Save", domain.Invalid, "call.note_long",
			domain.Args{"Most": domain.MaxNoteLength, "Length": n}, nil))
	}
	return !tooLong
}

func (m *Model) save(p *Panel) {
	if p != nil && p.Changed() && !p.Saving {
		m.store(p)
	}
}

func (m *Model) store(p *Panel) {
	p.Saving = true
	before, after := p.Call, p.Call
	after.Category, after.Techniques, after.Note = p.Category, slices.Clone(p.Techniques), strings.TrimSpace(p.Note)
	m.p.Write(func(ctx context.Context) error {
		return m.p.Journal.MarkCall(ctx, after.ID, after.Category, after.Techniques, after.Note)
	}, func(err error) {
		p.Saving = false
		if err != nil {
			// What was written must not be lost with the panel.
			p.then = nil
			m.panels++
			m.panel = p
			m.p.Events.Failed(err)
			m.p.Events.Panel()
			return
		}
		p.Call.Category, p.Call.Techniques, p.Call.Note = after.Category, after.Techniques, after.Note
		m.noteChange(before, after)
		if p.Changed() { // written while it was being stored
			m.store(p)
			return
		}
		m.p.Events.Stored()
		then := p.then
		p.then = nil
		for _, do := range then {
			do()
		}
	})
}

// OnlyNumber shows the calls of one number alone.
func (m *Model) OnlyNumber(number string) { m.SetFilter(Filter{Number: number}) }

// OnlyCode shows the calls of one holder code alone.
func (m *Model) OnlyCode(code string) { m.SetFilter(Filter{Code: code}) }
