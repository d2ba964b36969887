package main

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/platform"
	"quietline/internal/practice"
)

func (c *cli) practiceCommand() *cobra.Command {
	var addr, data, faults string
	var token bool
	cmd := &cobra.Command{Use: "serve", Short: c.T("cli.practice.serve"), Long: c.T("cli.practice.serve_long") + "\n\n" + c.faultHelp(), Args: between(0, 0)}
	f := cmd.Flags()
	f.StringVar(&addr, "addr", "127.0.0.1:0", c.T("cli.practice.addr"))
	f.StringVar(&data, "data", "", c.T("cli.practice.data"))
	f.StringVar(&faults, "faults", "", c.T("cli.practice.faults"))
	f.BoolVar(&token, "token-stdin", false, c.T("cli.practice.token_stdin"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		p := practice.Params{Path: data, Clock: c.clock, Source: platform.Source{}, Texts: c.Printer, Log: c.logger()}
		var err error
		if p.Faults, err = practice.ParseFaults(faults); err != nil {
			return err
		}
		if token {
			if p.Token, err = c.readToken(); err != nil {
				return err
			}
		}
		return c.serve(cmd.Context(), p, addr)
	}
	return c.group("practice", cmd)
}

// faultHelp lists what can be told to go wrong.
func (c *cli) faultHelp() string {
	return c.T("cli.practice.faults_all", map[string]any{"Names": strings.Join(practice.FaultNames(), " ")})
}

// serve runs until it is stopped; being stopped is its normal end.
func (c *cli) serve(ctx context.Context, p practice.Params, addr string) (err error) {
	if p.OpenAPI, err = fs.ReadFile(assets.OpenAPI(), "intake-v1.yaml"); err != nil {
		return domain.E("quietctl.serve", domain.Internal, "internal", nil, err)
	}
	s, err := practice.New(ctx, p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	url, wait, err := s.Serve(ctx, addr)
	if err != nil {
		return err
	}
	// The first line is JSON with or without --json: a script reads it.
	v := struct {
		URL string `json:"url"`
	}{url}
	asJSON := c.json
	c.json = true
	err = c.emit(v, nil)
	c.json = asJSON
	if err != nil {
		return err
	}
	c.say(c.T("cli.practice.running"))
	return wait()
}
