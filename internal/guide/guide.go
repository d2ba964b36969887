// Package guide is the guide to the program: a few topics in both languages,
// with steps, pictures and links. Its texts are Markdown files which name what
// stands on buttons by the keys of their messages, so that the guide says what
// the program says.
package guide

import (
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// The topics.
const (
	Check           = "check"
	Log             = "log"
	Complain        = "complain"
	Parent          = "parent"
	Sheet           = "sheet"
	Troubleshooting = "troubleshooting"
	Privacy         = "privacy"
)

// IDs lists the topics in the order of the guide.
func IDs() []string {
	return []string{Check, Log, Complain, Parent, Sheet, Troubleshooting, Privacy}
}

// Kind is what a block is.
type Kind string

// The kinds of blocks.
const (
	// Paragraph is running text.
	Paragraph Kind = "paragraph"
	// Note is what must not be missed.
	Note Kind = "note"
	// Step is one of several things to do in their order.
	Step Kind = "step"
	// Bullet is one of several things in no order.
	Bullet Kind = "bullet"
	// Picture shows a page of the program; its text is the caption.
	Picture Kind = "picture"
	// ToTopic, ToPage and ToWeb lead to a topic, to a page of the program, and to
	// an address on the web.
	ToTopic Kind = "topic"
	ToPage  Kind = "page"
	ToWeb   Kind = "web"
)

// Block is one part of a topic.
type Block struct {
	Kind Kind
	Text string
	// Number is that of a step.
	Number int
	// Target is the name of a picture, or where a link leads.
	Target string
}

// Section is a heading and what stands under it. The first of a topic has none.
type Section struct {
	Heading string
	Blocks  []Block
}

// Topic is one page of the guide.
type Topic struct {
	ID       string
	Title    string
	Sections []Section
}

// About is what the topic begins with.
func (t Topic) About() string {
	for _, s := range t.Sections {
		for _, b := range s.Blocks {
			if b.Kind == Paragraph {
				return b.Text
			}
		}
	}
	return ""
}

// Book is the guide in one language. It does not change.
type Book struct{ topics []Topic }

// Read reads the guide in the language that the printer speaks at this moment:
// the files guide/LANGUAGE/TOPIC.md.
func Read(files fs.FS, p *l10n.Printer) (*Book, error) {
	const op = "guide.Read"
	b := &Book{}
	for _, id := range IDs() {
		source, err := fs.ReadFile(files, "guide/"+string(p.Language())+"/"+id+".md")
		if err != nil {
			return nil, domain.E(op, domain.Internal, "internal", nil, err)
		}
		t, err := parse(id, source, p)
		if err != nil {
			return nil, domain.E(op, domain.Internal, "internal", nil, err)
		}
		b.topics = append(b.topics, t)
	}
	return b, nil
}

// Topics gives all of them, which must not be changed.
func (b *Book) Topics() []Topic { return b.topics }

// Topic gives the one with the ID.
func (b *Book) Topic(id string) (Topic, error) {
	for _, t := range b.topics {
		if t.ID == id {
			return t, nil
		}
	}
	return Topic{}, domain.E("guide.Topic", domain.NotFound, "guide.topic_unknown",
		domain.Args{"Value": id, "Topics": strings.Join(IDs(), ", ")}, nil)
}

// Hit is a section of a topic that a search found; its heading may be empty.
type Hit struct {
	Topic   Topic
	Section int
}

// Heading is that of the section, empty where it has none.
func (h Hit) Heading() string { return h.Topic.Sections[h.Section].Heading }

// Search gives the sections in which every word of the query stands, those that
// have it in their heading first. An empty query finds every topic once.
func (b *Book) Search(query string) []Hit {
	words := strings.Fields(fold(query))
	var headed, others []Hit
	for _, t := range b.topics {
		for i, s := range t.Sections {
			heading := fold(t.Title + " " + s.Heading)
			switch {
			case len(words) == 0 && i > 0:
			case holds(heading, words):
				headed = append(headed, Hit{t, i})
			case holds(heading+" "+fold(said(s)), words):
				others = append(others, Hit{t, i})
			}
			if len(words) > 0 && holds(fold(t.Title), words) {
				break // the whole topic is about it
			}
		}
	}
	return append(headed, others...)
}

func holds(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

// said is all that a section says, without where its links lead.
func said(s Section) string {
	var words []string
	for _, b := range s.Blocks {
		words = append(words, b.Text)
	}
	return strings.Join(words, "\n")
}

// fold makes spellings alike that mean the same: case, and full-width signs.
func fold(s string) string { return strings.ToLower(width.Fold.String(s)) }
