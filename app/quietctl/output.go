package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/term"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// emit writes one result: a JSON line, or what text gives.
func (c *cli) emit(v any, text func() string) error {
	var err error
	if c.json {
		enc := json.NewEncoder(c.out)
		enc.SetEscapeHTML(false)
		err = enc.Encode(v)
	} else {
		_, err = fmt.Fprintln(c.out, screen(text()))
	}
	if err == nil {
		// Every line is flushed as it goes, so that a reader at the other end
		// of a pipe sees it at once.
		err = c.out.Flush()
	}
	if err != nil {
		return domain.E("quietctl.emit", domain.Unavailable, "cli.output_failed", nil, err)
	}
	return nil
}

// say writes a message for a person to standard error.
func (c *cli) say(text string) { _, _ = fmt.Fprintln(c.err, screen(text)) }

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// timeOut is a time as cli.md writes it, empty for none.
func (c *cli) timeOut(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(c.zone).Format(time.RFC3339)
}

// timePtr is like timeOut, but nil for none, for fields that are null then.
func (c *cli) timePtr(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := c.timeOut(t)
	return &s
}

// timeText is a time for people to read.
func (c *cli) timeText(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.In(c.zone).Format("2006-01-02 15:04:05")
}

// row joins cells into columns of the given widths; the last cell is free.
func row(widths []int, cells ...string) string {
	var b strings.Builder
	for i, cell := range cells {
		cell = plain(cell)
		if i < len(widths) && i < len(cells)-1 {
			cell = l10n.Pad(cell, widths[i]) + "  "
		}
		b.WriteString(cell)
	}
	return strings.TrimRight(b.String(), " ")
}

// screen makes a text fit for a terminal: no control characters (escape
// sequences begin with one) but line breaks, and nothing that turns the
// direction of writing. Everything that is shown goes through it.
func screen(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case domain.Control(r) || r == utf8.RuneError:
			return '\uFFFD'
		}
		return r
	}, s)
}

// plain is one line for the screen: what comes from files, arguments and
// endpoints must not look like a line of ours.
func plain(s string) string { return strings.ReplaceAll(screen(s), "\n", " ") }

// labelled writes lines of a word and a value below each other; a value that is
// empty gets no line.
func (c *cli) labelled(b *strings.Builder, indent string) func(key, value string) {
	return func(key, value string) {
		if value != "" {
			b.WriteString(indent + l10n.Pad(c.T("cli.label."+key), 12) + "  " + plain(value) + "\n")
		}
	}
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
