package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/numbers"
	"quietline/internal/registry"
)

// checkJSON is the answer about one number.
type checkJSON struct {
	Input     string              `json:"input"`
	Number    string              `json:"number"`
	Family    domain.Family       `json:"family"`
	Verdict   domain.Verdict      `json:"verdict"`
	Code      string              `json:"code"`
	Extension string              `json:"extension"`
	AreaCode  string              `json:"area_code"`
	Province  string              `json:"province"`
	Country   string              `json:"country"`
	Holders   []domain.Holder     `json:"holders"`
	Warnings  []warningJSON       `json:"warnings"`
	Registry  domain.RegistryInfo `json:"registry"`
}

type warningJSON struct {
	Rule     domain.Rule     `json:"rule"`
	Severity domain.Severity `json:"severity"`
	Text     string          `json:"text"`
}

func (c *cli) checkCommand() *cobra.Command {
	var province string
	cmd := &cobra.Command{
		Use: "check [NUMBER...]", Short: c.T("cli.check.short"), Long: c.T("cli.check.long"),
		RunE: func(cmd *cobra.Command, args []string) error { return c.check(cmd.Context(), province, args) },
	}
	cmd.Flags().StringVar(&province, "province", "", c.T("cli.check.province"))
	return cmd
}

// check needs no workspace: the registry is part of the program.
func (c *cli) check(ctx context.Context, provinceName string, args []string) error {
	snap, err := registry.Load(assets.Registry())
	if err != nil {
		return err
	}
	checker := numbers.New(numbers.Params{Registry: snap})
	province := ""
	if provinceName != "" {
		p, ok := checker.Province(provinceName)
		if !ok {
			return usage("cli.province_unknown", domain.Args{"Value": provinceName})
		}
		province = p.NameZH
	}
	one := func(input string) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return c.emitCheck(checker.Check(input, province), snap.Info())
	}
	if len(args) == 0 {
		args = []string{"-"}
	}
	for _, a := range args {
		if a == "-" {
			err = eachLine(c.in, one)
		} else {
			err = one(a)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// maxLine bounds a line of standard input, in bytes; a number is far shorter.
const maxLine = 64 << 10

// eachLine calls f with every line, however it ends; a line that is too long
// is handed over cut, so that the answers stay in step with the input.
func eachLine(r io.Reader, f func(string) error) error {
	in := bufio.NewReaderSize(r, maxLine)
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		text := string(line)
		for err == bufio.ErrBufferFull { //nolint:errorlint // bufio returns it as it is
			_, err = in.ReadSlice('\n')
		}
		if err == io.EOF && text == "" { //nolint:errorlint // bufio returns it as it is
			return nil
		}
		if errors.Is(err, context.Canceled) {
			return err
		}
		if err != nil && err != io.EOF { //nolint:errorlint // bufio returns it as it is
			return domain.E("quietctl.eachLine", domain.Unavailable, "cli.input_failed", nil, err)
		}
		if first {
			text = strings.TrimPrefix(text, "\ufeff")
		}
		if err := f(strings.TrimRight(text, "\r\n")); err != nil {
			return err
		}
		if err == io.EOF { //nolint:errorlint // bufio returns it as it is
			return nil
		}
	}
}

func (c *cli) emitCheck(k domain.Check, info domain.RegistryInfo) error {
	v := checkJSON{
		Input: k.Input, Number: k.Number, Family: k.Family, Verdict: k.Verdict, Code: k.Code,
		Extension: k.Extension, AreaCode: k.AreaCode, Province: k.Province, Country: k.Country,
		Holders: k.Holders, Warnings: make([]warningJSON, 0, len(k.Rules)), Registry: info,
	}
	if v.Holders == nil {
		v.Holders = []domain.Holder{}
	}
	for _, r := range k.Rules {
		v.Warnings = append(v.Warnings, warningJSON{Rule: r, Severity: r.Severity(), Text: c.T("rule." + string(r))})
	}
	return c.emit(v, func() string { return c.checkText(k, info) })
}

func (c *cli) checkText(k domain.Check, info domain.RegistryInfo) string {
	var b strings.Builder
	b.WriteString(dash(plain(k.Input)) + "  " + c.T("verdict."+k.Words()+".title") + "\n")
	line := c.labelled(&b, "  ")
	line("family", c.Term("family", string(k.Family)))
	line("code", strings.TrimSpace(k.Code+" "+k.Extension))
	line("province", strings.TrimSpace(k.AreaCode+" "+k.Province))
	for _, h := range k.Holders {
		confidence := c.T("verdict_card.two_sources")
		if h.Confidence == registry.SingleSource {
			confidence = c.T("verdict_card.one_source")
		}
		line("holder", strings.Join([]string{
			h.NameZH, c.Term("registry_category", h.Category), confidence,
			c.T("cli.registry_date", map[string]any{"Date": info.Date}),
		}, c.T("verdict_card.separator")))
		line("info", h.Note)
	}
	for _, r := range k.Rules {
		line(string(r.Severity()), c.T("rule."+string(r)))
	}
	return strings.TrimRight(b.String(), "\n")
}
