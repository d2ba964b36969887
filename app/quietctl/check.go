package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/platform"
	"quietline/internal/report"
	"quietline/internal/workspace"
)

// checkParams are the flags and arguments of check.
type checkParams struct {
	province string
	export   string
	force    bool
	// numbers are what to check; "-" stands for the lines of standard input.
	numbers []string
}

func (c *cli) checkCommand() *cobra.Command {
	var p checkParams
	cmd := &cobra.Command{
		Use: "check [NUMBER...]", Short: c.T("cli.check.short"), Long: c.T("cli.check.long"),
		RunE: func(cmd *cobra.Command, args []string) error {
			p.numbers = args
			return c.check(cmd.Context(), p)
		},
	}
	f := cmd.Flags()
	f.StringVar(&p.province, "province", "", c.T("cli.check.province"))
	f.StringVar(&p.export, "export", "", c.T("cli.check.export"))
	f.BoolVar(&p.force, "force", false, c.T("cli.check.force"))
	return cmd
}

// lookup needs no workspace: a registry is part of the program. Where there is
// one, its corrections and its list count; where it cannot be read, a check is
// still worth more than none.
func (c *cli) lookup(ctx context.Context) (workspace.Lookup, error) {
	dir, err := platform.DataDir(c.dataDir)
	if err != nil {
		return workspace.Lookup{}, err
	}
	l, err := workspace.OpenLookup(ctx, workspace.Params{Dir: dir, Printer: c.Printer, Log: c.logger(), Clock: c.clock})
	if err == nil && l.Problem != nil {
		x := c.Explain(l.Problem)
		c.say(c.T("cli.check.shipped_only", map[string]any{"Reason": x.Message}))
	}
	return l, err
}

func (c *cli) check(ctx context.Context, p checkParams) error {
	own, err := c.lookup(ctx)
	if err != nil {
		return err
	}
	checker, info, province := own.Checker, own.Registry.Info(), ""
	if p.province != "" {
		found, ok := checker.Province(p.province)
		if !ok {
			return usage("cli.province_unknown", domain.Args{"Value": p.province})
		}
		province = found.NameZH
	}
	ask := func(number string) domain.Check { return checker.Check(number, province) }
	if p.export != "" {
		rows := report.NewChecks(report.ChecksParams{Printer: c.Printer, Province: checker.Province, Registry: info})
		return c.exportChecks(ctx, p, rows, ask)
	}
	s := newStream(ctx, c.in, c.out, func() answerer {
		render := newCheckText(c.Printer, info, checker.Province).append
		if c.json {
			render = newCheckJSON(c.Printer, info).append
		}
		return func(buf []byte, number string) []byte { return render(buf, ask(number)) }
	})
	return s.finish(eachNumber(s, p.numbers, s.add))
}

// eachNumber hands over every number: the arguments, and for "-" or where there
// is none the lines of the input.
func eachNumber(in io.Reader, args []string, f func(string) error) error {
	if len(args) == 0 {
		args = []string{"-"}
	}
	for _, number := range args {
		var err error
		if number == "-" {
			err = eachLine(in, f)
		} else {
			err = f(number)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
