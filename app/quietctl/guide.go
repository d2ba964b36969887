package main

import (
	"strings"

	"github.com/spf13/cobra"

	"quietline/i18n"
	"quietline/internal/guide"
)

// guideCommand shows the guide of the window. It needs no workspace, so that it
// can be read where that cannot be opened.
func (c *cli) guideCommand() *cobra.Command {
	return &cobra.Command{
		Use: "guide [TOPIC]", Short: c.T("cli.guide.short"), Args: between(0, 1), ValidArgs: guide.IDs(),
		RunE: func(_ *cobra.Command, args []string) error {
			book, err := guide.Read(i18n.Guide(), c.Printer)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return c.guideTopics(book)
			}
			t, err := book.Topic(args[0])
			if err != nil {
				return err
			}
			return c.emit(c.toGuideJSON(t), func() string { return c.guideText(book, t) })
		},
	}
}

// guideTopicJSON is a topic in a list.
type guideTopicJSON struct {
	ID       string `json:"id"`
	Language string `json:"language"`
	Title    string `json:"title"`
}

// guideJSON is a topic with all that it says.
type guideJSON struct {
	guideTopicJSON
	Sections []guideSectionJSON `json:"sections"`
}

type guideSectionJSON struct {
	Heading string           `json:"heading"`
	Blocks  []guideBlockJSON `json:"blocks"`
}

type guideBlockJSON struct {
	Kind   guide.Kind `json:"kind"`
	Number int        `json:"number,omitempty"`
	Text   string     `json:"text"`
	Target string     `json:"target,omitempty"`
}

func (c *cli) guideTopic(t guide.Topic) guideTopicJSON {
	return guideTopicJSON{t.ID, string(c.Language()), t.Title}
}

func (c *cli) toGuideJSON(t guide.Topic) guideJSON {
	v := guideJSON{guideTopicJSON: c.guideTopic(t), Sections: []guideSectionJSON{}}
	for _, s := range t.Sections {
		if len(s.Blocks) == 0 {
			continue
		}
		blocks := make([]guideBlockJSON, len(s.Blocks))
		for i, b := range s.Blocks {
			blocks[i] = guideBlockJSON{b.Kind, b.Number, b.Text, b.Target}
		}
		v.Sections = append(v.Sections, guideSectionJSON{s.Heading, blocks})
	}
	return v
}

func (c *cli) guideTopics(book *guide.Book) error {
	for _, t := range book.Topics() {
		if err := c.emit(c.guideTopic(t), func() string { return row([]int{16}, t.ID, t.Title) }); err != nil {
			return err
		}
	}
	return nil
}

// guideText is a topic for people, without what a terminal cannot show or do:
// pictures, and the pages of the window.
func (c *cli) guideText(book *guide.Book, t guide.Topic) string {
	paragraphs := []string{t.Title}
	for _, s := range t.Sections {
		if s.Heading != "" {
			paragraphs = append(paragraphs, s.Heading)
		}
		var before guide.Kind
		for _, b := range s.Blocks {
			text := c.guideLine(book, b)
			if text == "" {
				continue
			}
			if b.Kind == before && (b.Kind == guide.Step || b.Kind == guide.Bullet) {
				paragraphs[len(paragraphs)-1] += "\n" + text
			} else {
				paragraphs = append(paragraphs, text)
			}
			before = b.Kind
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

func (c *cli) guideLine(book *guide.Book, b guide.Block) string {
	switch b.Kind {
	case guide.Step:
		return c.Number(int64(b.Number)) + ". " + b.Text
	case guide.Bullet:
		return "- " + b.Text
	case guide.Note:
		return "! " + b.Text
	case guide.ToTopic:
		if t, err := book.Topic(b.Target); err == nil {
			return c.T("cli.guide.more", map[string]any{"Topic": t.ID, "Title": t.Title})
		}
		return ""
	case guide.ToWeb:
		return b.Text + "\n" + b.Target
	case guide.Picture, guide.ToPage:
		return ""
	case guide.Paragraph:
	}
	return b.Text
}
