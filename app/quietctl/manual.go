package main

import (
	"io"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"quietline/internal/platform"
)

// manualCommand writes the manual page quietctl(1) in the language of --lang,
// from the texts of the help. It is for those who make packages, so the help
// does not list it.
func (c *cli) manualCommand() *cobra.Command {
	return &cobra.Command{
		Use: "manual", Short: c.T("cli.manual.short"), Hidden: true, Args: between(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.write(func(w io.Writer) error {
				_, err := io.WriteString(w, c.manual(cmd.Root()))
				return err
			})
		},
	}
}

// manual is the page as roff source.
func (c *cli) manual(root *cobra.Command) string {
	var m roff
	m.line(".TH QUIETCTL 1 ", quoted(platform.Date()), " ", quoted("Quietline "+platform.Version()), " ", quoted("Quietline"))
	m.line(".ad l")
	m.section(c.T("cli.manual.name"))
	m.line("quietctl \\- ", escaped(strings.TrimRightFunc(root.Short, unicode.IsPunct)))
	m.section(c.T("cli.manual.synopsis"))
	m.line(".B quietctl")
	m.line(escaped("[--data-dir DIR] [--lang zh-Hans|en] [--json] COMMAND"))
	m.section(c.T("cli.manual.description"))
	m.text(root.Long)
	m.section(c.T("cli.manual.commands"))
	walk(root, func(cmd *cobra.Command) {
		if cmd.HasSubCommands() || cmd.Hidden {
			return
		}
		m.line(".SS ", quoted(strings.TrimPrefix(cmd.UseLine(), "quietctl ")))
		text := cmd.Long
		if text == "" {
			text = cmd.Short
		}
		m.text(text)
		c.manualFlags(&m, cmd.LocalNonPersistentFlags())
	})
	m.section(c.T("cli.manual.global"))
	c.manualFlags(&m, root.PersistentFlags())
	m.section(c.T("cli.manual.exit"))
	for _, code := range []string{"0", "1", "2", "3"} {
		m.item(code, c.T("cli.manual.exit."+code))
	}
	m.section(c.T("cli.manual.environment"))
	m.item(platform.DataDirEnv, c.T("cli.flag.data_dir"))
	m.item(secretsEnv+"=file", c.T("cli.manual.secrets"))
	m.section(c.T("cli.manual.files"))
	m.item("~/.local/share/quietline", c.T("cli.manual.data"))
	return m.String()
}

// manualFlags lists flags, all but --help, which every command has.
func (c *cli) manualFlags(m *roff, flags *pflag.FlagSet) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name != "help" {
			name, text := c.flagUsage(f)
			m.item(strings.TrimSpace(name), text)
		}
	})
}

// roff is the source of a manual page in the making.
type roff struct{ strings.Builder }

func (m *roff) line(parts ...string) {
	for _, part := range parts {
		m.WriteString(part)
	}
	m.WriteByte('\n')
}

func (m *roff) section(title string) { m.line(".SH ", quoted(title)) }

// item is a term and what it means.
func (m *roff) item(term, text string) {
	m.line(".TP")
	m.line(".B ", quoted(term))
	m.text(text)
}

// text is running text; an empty line begins a paragraph, an indented one
// stays as it is.
func (m *roff) text(s string) {
	for line := range strings.Lines(s) {
		switch line = strings.TrimRight(line, "\n"); {
		case line == "":
			m.line(".PP")
		case strings.HasPrefix(line, " "):
			m.line(".nf")
			m.line("\\&", escaped(line))
			m.line(".fi")
		default:
			m.line(escaped(line))
		}
	}
}

// escaped is text that roff takes literally.
func escaped(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		return `\&` + s
	}
	return s
}

// quoted is one argument of a macro.
func quoted(s string) string { return `"` + strings.ReplaceAll(escaped(s), `"`, `\(dq`) + `"` }
