package guide

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"quietline/internal/l10n"
)

// key is where the words of a message stand.
var key = regexp.MustCompile(`\{\{([a-z0-9_.]+)\}\}`)

// reader makes a topic of a Markdown file. Of Markdown it takes what the guide
// needs, and refuses the rest instead of leaving it out.
type reader struct {
	source  []byte
	printer *l10n.Printer
	topic   Topic
	err     error
}

func parse(id string, source []byte, p *l10n.Printer) (Topic, error) {
	r := &reader{source: source, printer: p, topic: Topic{ID: id, Sections: make([]Section, 1)}}
	doc := goldmark.DefaultParser().Parse(text.NewReader(source))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		r.block(n)
	}
	if r.topic.Title == "" {
		r.fail("no title")
	}
	return r.topic, r.err
}

func (r *reader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%s.md: %s", r.topic.ID, fmt.Sprintf(format, args...))
	}
}

func (r *reader) add(b Block) {
	s := &r.topic.Sections[len(r.topic.Sections)-1]
	s.Blocks = append(s.Blocks, b)
}

func (r *reader) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		switch {
		case n.Level == 1 && r.topic.Title == "":
			r.topic.Title = r.words(n)
		case n.Level == 2:
			r.topic.Sections = append(r.topic.Sections, Section{Heading: r.words(n)})
		default:
			r.fail("a heading of level %d", n.Level)
		}
	case *ast.Paragraph:
		r.paragraph(n)
	case *ast.Blockquote:
		r.add(Block{Kind: Note, Text: r.only(n)})
	case *ast.List:
		r.list(n)
	default:
		r.fail("%s is not understood", n.Kind())
	}
}

// paragraph is running text, or a picture or a link alone.
func (r *reader) paragraph(n ast.Node) {
	if first := n.FirstChild(); first == n.LastChild() {
		switch first := first.(type) {
		case *ast.Image:
			name := path.Base(string(first.Destination))
			r.add(Block{Kind: Picture, Text: r.words(first), Target: strings.TrimSuffix(name, path.Ext(name))})
			return
		case *ast.Link:
			kind, target := r.target(string(first.Destination))
			r.add(Block{Kind: kind, Text: r.words(first), Target: target})
			return
		}
	}
	r.add(Block{Kind: Paragraph, Text: r.words(n)})
}

// target says where a link leads: "privacy.md", "page:calls", or an address.
func (r *reader) target(to string) (Kind, string) {
	if page, ok := strings.CutPrefix(to, "page:"); ok {
		return ToPage, page
	}
	if strings.HasPrefix(to, "https://") {
		return ToWeb, to
	}
	topic, ok := strings.CutSuffix(to, ".md")
	if !ok {
		r.fail("a link to %q", to)
	}
	return ToTopic, topic
}

func (r *reader) list(n *ast.List) {
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		b := Block{Kind: Bullet, Text: r.only(item)}
		if n.IsOrdered() {
			b.Kind, b.Number = Step, number
			number++
		}
		r.add(b)
	}
}

// only gives the words of what holds one paragraph and nothing else.
func (r *reader) only(n ast.Node) string {
	inner := n.FirstChild()
	if inner == nil || inner != n.LastChild() {
		r.fail("%s holds something else than one paragraph", n.Kind())
		return ""
	}
	return r.words(inner)
}

// words gives the text of a paragraph, with the words of messages in it.
func (r *reader) words(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(c.Value(r.source))
			if c.SoftLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.CodeSpan:
			b.WriteString(r.words(c))
		default:
			r.fail("%s within text", c.Kind())
		}
	}
	return key.ReplaceAllStringFunc(b.String(), func(m string) string {
		name := key.FindStringSubmatch(m)[1]
		if !r.printer.Has(name) {
			r.fail("no message %q", name)
		}
		return r.printer.T(name)
	})
}
