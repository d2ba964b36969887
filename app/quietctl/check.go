package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/numbers"
	"quietline/internal/platform"
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
	checker, info := own.Checker, own.Registry.Info()
	a := asker{ctx: ctx, checker: checker, in: c.in, numbers: p.numbers}
	if p.province != "" {
		found, ok := checker.Province(p.province)
		if !ok {
			return usage("cli.province_unknown", domain.Args{"Value": p.province})
		}
		a.province = found.NameZH
	}
	if p.export != "" {
		return c.exportChecks(a, p, info)
	}
	s := &stream{ctx: ctx, in: c.in, out: c.out}
	a.in = s
	if c.json {
		s.render = newCheckJSON(c.Printer, info).append
	} else {
		s.render = newCheckText(c.Printer, info, checker.Province).append
	}
	return s.finish(a.each(s.emit))
}

// asker puts the numbers of one run to the checker.
type asker struct {
	ctx      context.Context //nolint:containedctx // lives as long as the run
	checker  *numbers.Checker
	province string // Chinese name, or empty
	in       io.Reader
	numbers  []string
}

// each hands over the answer about every number, in the order of the input.
func (a asker) each(f func(domain.Check) error) error {
	one := func(number string) error {
		if err := a.ctx.Err(); err != nil {
			return err
		}
		return f(a.checker.Check(number, a.province))
	}
	list := a.numbers
	if len(list) == 0 {
		list = []string{"-"}
	}
	for _, number := range list {
		var err error
		if number == "-" {
			err = eachLine(a.in, one)
		} else {
			err = one(number)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
