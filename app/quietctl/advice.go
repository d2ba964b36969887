package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/advice"
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/workspace"
)

func (c *cli) adviceCommand() *cobra.Command {
	// Advice comes with a list: looking for the one is looking for the other.
	update := c.registryUpdate()
	update.Short = c.T("cli.advice.update")
	return c.group("advice", c.adviceList(), c.adviceShow(), update)
}

// adviceJSON is an entry of advice in a list.
type adviceJSON struct {
	ID        string           `json:"id"`
	Group     advice.Group     `json:"group"`
	TitleZH   string           `json:"title_zh"`
	TitleEN   string           `json:"title_en"`
	Certainty advice.Certainty `json:"certainty"`
	Source    string           `json:"source"`
}

func toAdviceJSON(e advice.Entry) adviceJSON {
	return adviceJSON{e.ID, e.Group, e.Title.ZH, e.Title.EN, e.Certainty, e.Source}
}

// pointJSON is one statement of an entry.
type pointJSON struct {
	Part      advice.Part      `json:"part"`
	Value     string           `json:"value,omitempty"`
	ZH        string           `json:"zh"`
	EN        string           `json:"en"`
	Certainty advice.Certainty `json:"certainty"`
	Source    string           `json:"source"`
}

// adviceShownJSON is an entry with all that it says.
type adviceShownJSON struct {
	adviceJSON
	Points []pointJSON `json:"points"`
	// Lines are those of the bank that was asked for.
	Lines []entryJSON `json:"lines,omitempty"`
}

func (c *cli) adviceList() *cobra.Command {
	var group string
	cmd := c.onRegistry("list [TEXT...]", 0, 64, func(_ *cobra.Command, w *workspace.Workspace, args []string) error {
		if group != "" && !slices.Contains(advice.Groups(), advice.Group(group)) {
			return usage("cli.advice.group_unknown", domain.Args{"Value": group, "Codes": adviceGroups()})
		}
		found := w.Advice.List(strings.Join(args, " "), advice.Group(group))
		for _, e := range found {
			if err := c.emit(toAdviceJSON(e), func() string { return c.adviceLine(e) }); err != nil {
				return err
			}
		}
		if len(found) == 0 && !c.json {
			c.say(c.T("cli.advice.nothing"))
		}
		return nil
	})
	cmd.Short = c.T("cli.advice.list")
	cmd.Flags().StringVar(&group, "group", "", c.T("cli.advice.group", map[string]any{"Codes": adviceGroups()}))
	return cmd
}

func adviceGroups() string {
	var out []string
	for _, g := range advice.Groups() {
		out = append(out, string(g))
	}
	return strings.Join(out, ", ")
}

func (c *cli) adviceLine(e advice.Entry) string {
	return row([]int{20, 18, 24}, e.ID, c.T("advice.group."+string(e.Group)), c.T("advice.certainty."+string(e.Certainty)), c.inWords(e.Title))
}

// inWords gives a text in the language of the moment.
func (c *cli) inWords(t advice.Text) string { return t.In(c.Language() == l10n.English) }

// mostLines bounds the lines of banks that are shown.
const mostLines = 20

func (c *cli) adviceShow() *cobra.Command {
	var bank string
	cmd := c.onRegistry("show ID", 1, 1, func(_ *cobra.Command, w *workspace.Workspace, args []string) error {
		e, err := w.Advice.Show(args[0])
		if err != nil {
			return err
		}
		v := adviceShownJSON{adviceJSON: toAdviceJSON(e), Points: make([]pointJSON, len(e.Points))}
		for i, p := range e.Points {
			v.Points[i] = pointJSON{p.Part, p.Value, p.Text.ZH, p.Text.EN, p.Certainty, p.Source}
		}
		lines := w.Advice.Lines(bank, mostLines)
		for _, l := range lines {
			v.Lines = append(v.Lines, entryJSON{Code: l.Code, Holder: l.Holder, Listed: l.Listed})
		}
		return c.emit(v, func() string {
			text := c.adviceText(e)
			if bank != "" {
				text += "\n\n" + c.linesText(lines)
			}
			return text
		})
	})
	cmd.Short = c.T("cli.advice.show")
	cmd.Flags().StringVar(&bank, "bank", "", c.T("cli.advice.bank"))
	return cmd
}

// adviceText is an entry for people: its statements under a word for what they
// are, each with its mark.
func (c *cli) adviceText(e advice.Entry) string {
	var b strings.Builder
	b.WriteString(c.marked(c.inWords(e.Title), e.Certainty) + "\n")
	if e.Source != "" {
		b.WriteString(c.adviceSource(e.Source) + "\n")
	}
	for _, part := range advice.Parts() {
		points := e.Of(part)
		if len(points) == 0 {
			continue
		}
		b.WriteString("\n" + c.T("advice.part."+string(part)) + "\n")
		for _, p := range points {
			text := c.inWords(p.Text)
			if p.Value != "" {
				text = c.pointValue(p) + "  " + text
			}
			b.WriteString("  " + c.marked(text, p.Certainty) + "\n")
			if p.Source != "" && p.Source != e.Source {
				b.WriteString("    " + c.adviceSource(p.Source) + "\n")
			}
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// adviceSource says where a statement comes from.
func (c *cli) adviceSource(source string) string {
	return c.T("advice.source", map[string]any{"Source": cmp.Or(advice.Published(source), c.T("advice.source.none"))})
}

func (c *cli) marked(text string, mark advice.Certainty) string {
	return c.T("advice.marked", map[string]any{"Text": text, "Mark": c.T("advice.certainty." + string(mark))})
}

// pointValue says what to call, send or open.
func (c *cli) pointValue(p advice.Point) string {
	if p.Part != advice.PartSMS {
		return p.Value
	}
	if number, text, ok := strings.Cut(p.Value, " "); ok {
		return c.T("advice.sms", map[string]any{"Number": number, "Text": text})
	}
	return c.T("advice.sms.text", map[string]any{"Text": p.Value})
}

func (c *cli) linesText(lines []domain.RegistryEntry) string {
	if len(lines) == 0 {
		return c.T("cli.advice.lines_none")
	}
	out := []string{c.T("cli.advice.lines")}
	for _, l := range lines {
		out = append(out, c.entryText(l))
	}
	return strings.Join(out, "\n")
}
