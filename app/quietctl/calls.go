package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/report"
	"quietline/internal/workspace"
)

// nextJSON is the last line of a list that goes on.
type nextJSON struct {
	Next string `json:"next"`
}

func (c *cli) callsCommand() *cobra.Command {
	return c.group("calls", c.callsImport(), c.callsWatch(), c.callsPreview(), c.callsAdd(), c.callsList(), c.callsExport(), c.callsNumber(),
		c.callsNote(), c.callsRemove(), c.callsFormats())
}

func (c *cli) emitCall(k domain.Call) error {
	return c.emit(report.NewCallObject(k, c.zone), func() string {
		duration := "-"
		if k.Duration != nil {
			duration = k.Duration.String()
		}
		number := k.Display
		if number == "" {
			number = c.Term("family", string(domain.FamilyHidden))
		}
		return row([]int{6, 19, 18, 10, 7, 26, 8}, "#"+itoa(int64(k.ID)), c.timeText(k.StartedAt), number,
			c.Term("direction", string(k.Direction)), duration, c.Term("verdict", string(k.Verdict)), k.Person, k.Note)
	})
}

func (c *cli) callsAdd() *cobra.Command {
	var number, at, person, direction, category, note string
	var duration, ring durationValue
	var techniques []string
	cmd := &cobra.Command{Use: "add", Short: c.T("cli.calls.add"), Args: between(0, 0)}
	f := cmd.Flags()
	f.StringVar(&number, "number", "", c.T("cli.calls.number"))
	f.StringVar(&at, "at", "", c.T("cli.calls.at"))
	f.Var(&duration, "duration", c.T("cli.calls.duration"))
	f.Var(&ring, "ring", c.T("cli.calls.ring"))
	f.StringVar(&direction, "direction", string(domain.DirectionIncoming), c.T("cli.calls.direction"))
	f.StringVar(&person, "person", "", c.T("cli.calls.person"))
	f.StringVar(&category, "category", "", c.T("cli.calls.category", codes(domain.Categories())))
	f.StringArrayVar(&techniques, "technique", nil, c.T("cli.calls.technique", codes(domain.Techniques())))
	f.StringVar(&note, "note", "", c.T("cli.calls.note"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if !cmd.Flags().Changed("number") {
			return usage("cli.flag_required", domain.Args{"Flag": "--number", "Help": cmd.CommandPath() + " --help"})
		}
		started, err := c.timeIn("--at", at)
		if err != nil {
			return err
		}
		in := journal.CallInput{
			Person: person, Number: number, StartedAt: started, Direction: domain.Direction(direction),
			Category: domain.Category(category), Techniques: split[domain.Technique](techniques), Note: note,
			Duration: duration.d, Ring: ring.d,
		}
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			call, err := w.Journal.AddCall(cmd.Context(), in)
			if err != nil {
				return err
			}
			return c.emitCall(call)
		})
	}
	return cmd
}

func (c *cli) callsNote() *cobra.Command {
	return &cobra.Command{
		Use: "note ID TEXT", Short: c.T("cli.calls.note_short"), Args: between(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := callID(args[0])
			if err != nil {
				return err
			}
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				call, err := w.Journal.Call(cmd.Context(), id)
				if err != nil {
					return err
				}
				if err := w.Journal.MarkCall(cmd.Context(), id, call.Category, call.Techniques, args[1]); err != nil {
					return err
				}
				if call, err = w.Journal.Call(cmd.Context(), id); err != nil {
					return err
				}
				return c.emitCall(call)
			})
		},
	}
}

// formatJSON names one import format.
type formatJSON struct {
	Format string `json:"format"`
	Name   string `json:"name"`
}

func (c *cli) callsFormats() *cobra.Command {
	return &cobra.Command{
		Use: "formats", Short: c.T("cli.calls.formats"), Args: between(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				for _, name := range w.Journal.Formats() {
					v := formatJSON{Format: name, Name: c.T("format." + name)}
					if err := c.emit(v, func() string { return row([]int{20}, v.Format, v.Name) }); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

// callFilterFlags are the filters of calls list.
type callFilterFlags struct {
	person, number, code, from, to, direction, family, verdict, text, after string
	limit                                                                   int
}

func (c *cli) callsList() *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: c.T("cli.calls.list"), Args: between(0, 0)}
	p := &callFilterFlags{}
	f := cmd.Flags()
	c.callFilters(f, p)
	f.IntVar(&p.limit, "limit", 100, c.T("cli.limit"))
	f.StringVar(&p.after, "after", "", c.T("cli.after"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			return c.listCalls(cmd, w, p)
		})
	}
	return cmd
}

// callFilters adds the flags that pick calls.
func (c *cli) callFilters(f *pflag.FlagSet, p *callFilterFlags) {
	f.StringVar(&p.person, "person", "", c.T("cli.calls.only_person"))
	f.StringVar(&p.number, "number", "", c.T("cli.calls.number"))
	f.StringVar(&p.code, "code", "", c.T("cli.calls.code"))
	f.StringVar(&p.from, "from", "", c.T("cli.calls.from"))
	f.StringVar(&p.to, "to", "", c.T("cli.calls.to"))
	f.StringVar(&p.direction, "direction", "", c.T("cli.calls.direction"))
	f.StringVar(&p.family, "family", "", c.T("cli.calls.family", codes(domain.Families())))
	f.StringVar(&p.verdict, "verdict", "", c.T("cli.calls.verdict", codes(domain.Verdicts())))
	f.StringVar(&p.text, "text", "", c.T("cli.text"))
}

func (c *cli) listCalls(cmd *cobra.Command, w *workspace.Workspace, p *callFilterFlags) error {
	ctx := cmd.Context()
	filter, err := c.callFilter(cmd, w, p)
	if err != nil {
		return err
	}
	return c.list(p.limit, p.after, "cli.calls.none", func(page domain.Page) (int, string, error) {
		got, err := w.Journal.Calls(ctx, filter, page)
		if err != nil {
			return 0, "", err
		}
		for _, call := range got.Calls {
			if err := c.emitCall(call); err != nil {
				return 0, "", err
			}
		}
		return len(got.Calls), got.Next, nil
	})
}

func (c *cli) callFilter(cmd *cobra.Command, w *workspace.Workspace, p *callFilterFlags) (domain.CallFilter, error) {
	filter := domain.CallFilter{
		Code: p.code, Direction: domain.Direction(p.direction),
		Family: domain.Family(p.family), Verdict: domain.Verdict(p.verdict), Text: p.text,
	}
	if p.number != "" {
		// A number is searched in the form in which it is stored.
		filter.Number = w.Checker.Check(p.number, "").Number
		if filter.Number == "" {
			filter.Number = p.number
		}
	}
	var err error
	if filter.From, err = c.dayIn("--from", p.from, false); err != nil {
		return filter, err
	}
	if filter.To, err = c.dayIn("--to", p.to, true); err != nil {
		return filter, err
	}
	if p.person != "" {
		person, err := w.Journal.PersonByName(cmd.Context(), p.person)
		if err != nil {
			return filter, err
		}
		filter.PersonID = person.ID
	}
	return filter, nil
}

// list asks for pages until limit rows are out, and says where to go on. Where
// there is no row at all a reader of text is told so with the message none.
func (c *cli) list(limit int, after, none string, page func(domain.Page) (n int, next string, err error)) error {
	if limit < 1 {
		return usage("cli.limit_range", nil)
	}
	for first := true; limit > 0; first = false {
		n, next, err := page(domain.Page{Limit: min(limit, domain.MaxPageSize), After: after})
		if err == nil && first && n == 0 && next == "" && !c.json {
			c.say(c.T(none))
		}
		if err != nil || next == "" {
			return err
		}
		after, limit = next, limit-n
	}
	return c.emit(nextJSON{Next: after}, func() string { return c.T("cli.more", map[string]any{"Cursor": after}) })
}

// split takes a flag that may be given several times or hold a comma list.
func split[T ~string](values []string) []T {
	var out []T
	for _, v := range values {
		for part := range strings.SplitSeq(v, ",") {
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, T(part))
			}
		}
	}
	return out
}
