// Package help is the page with the guide: its topics, their steps and pictures,
// and the way from there to the page that a topic is about.
package help

import (
	"quietline/internal/guide"
	"quietline/internal/ui/task"
)

// Events tell the page what changed; none may be nil.
type Events struct {
	// List: which topics are shown.
	List func()
	// Topic: the open topic.
	Topic func()
}

// Model is the state of the page.
type Model struct {
	read    func() (*guide.Book, error)
	events  Events
	book    *guide.Book
	query   string
	shown   task.Held[guide.Hit]
	open    string
	section int
}

// NewModel makes a Model; read reads the guide in the language of the moment.
func NewModel(read func() (*guide.Book, error), e Events) *Model {
	return &Model{read: read, events: e, book: &guide.Book{}}
}

// Read reads the guide again, because the language may be another one. What was
// searched for and what is open stay.
func (m *Model) Read() error {
	b, err := m.read()
	if err == nil {
		m.book = b
	}
	m.shown.Set(m.book.Search(m.query))
	return err
}

// Query is what is searched for.
func (m *Model) Query() string { return m.query }

// Shown are the topics, or the parts of topics that a search found.
func (m *Model) Shown() []guide.Hit { return m.shown.All() }

// Search searches for something else.
func (m *Model) Search(query string) {
	if query != m.query {
		m.query = query
		m.shown.Set(m.book.Search(query))
		m.events.List()
	}
}

// All shows every topic again.
func (m *Model) All() { m.Search("") }

// Open opens a topic at its beginning; an unknown one closes what is open.
func (m *Model) Open(id string) {
	if _, err := m.book.Topic(id); err != nil {
		id = ""
	}
	m.open, m.section = id, 0
	m.events.Topic()
}

// OpenAt opens a topic at a part of it.
func (m *Model) OpenAt(h guide.Hit) {
	m.open, m.section = h.Topic.ID, h.Section
	m.events.Topic()
}

// Close closes the open topic.
func (m *Model) Close() { m.Open("") }

// Opened is the open topic and the part at which it is read.
func (m *Model) Opened() (t guide.Topic, section int, ok bool) {
	t, err := m.book.Topic(m.open)
	return t, m.section, err == nil
}
