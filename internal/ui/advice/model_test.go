package advice

import (
	"strings"
	"testing"

	"quietline/internal/advice"
)

func TestModelSearchesEverywhere(t *testing.T) {
	var heard []string
	hear := func(what string) func() { return func() { heard = append(heard, what) } }
	m := NewModel(newBook(t, sample), Events{List: hear("list"), Entry: hear("entry"), Urgent: hear("urgent"), Lines: hear("lines")})
	m.ShowGroup(advice.GroupRule)
	m.ShowGroup(advice.GroupRule)
	if len(m.Shown()) != 1 || len(heard) != 1 {
		t.Errorf("%d shown, heard %v", len(m.Shown()), heard)
	}
	m.Search("110")
	if m.Group() != "" || len(m.Shown()) < 2 {
		t.Errorf("%q, %d", m.Group(), len(m.Shown()))
	}
	// Narrowed by hand, it stays so while more is typed.
	m.ShowGroup(advice.GroupScam)
	m.Search("1100")
	m.Search("110")
	if m.Group() != advice.GroupScam || len(m.Shown()) != 1 {
		t.Errorf("%q, %d", m.Group(), len(m.Shown()))
	}
	m.Open("nothing")
	if _, ok := m.Opened(); ok {
		t.Error("opened what is not there")
	}
	m.Open(advice.Transferred)
	if !m.Urgent() || m.Transferred().ID != advice.Transferred {
		t.Error("money has gone, and the list is shown")
	}
}

// A newer table may lack the entry that is open.
func TestWhatIsGoneIsClosed(t *testing.T) {
	none := func() {}
	book := newBook(t, sample)
	m := NewModel(book, Events{List: none, Entry: none, Urgent: none, Lines: none})
	m.Open("boss")
	m.Reload()
	if _, open := m.Opened(); !open {
		t.Error("what is still there was closed")
	}
	book.set(t, strings.ReplaceAll(sample, "boss,scam", "chief,scam"))
	m.Reload()
	if x, open := m.Opened(); open {
		t.Errorf("%q is open", x.ID)
	}
}
