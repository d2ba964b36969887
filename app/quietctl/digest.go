package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/lookout"
	"quietline/internal/report"
	"quietline/internal/workspace"
)

// digestJSON is what a person's week was like, and its words.
type digestJSON struct {
	Person  string       `json:"person"`
	Week    string       `json:"week"`
	From    string       `json:"from"`
	To      string       `json:"to"`
	Calls   int          `json:"calls"`
	Before  int          `json:"calls_before"`
	Strange int          `json:"strangers"`
	Night   int          `json:"night"`
	Talk    int64        `json:"stranger_talk_seconds"`
	Talks   []talkJSON   `json:"long_talks"`
	Codes   []codeJSON   `json:"codes"`
	Alerts  int          `json:"alerts"`
	Do      []digestDeed `json:"do"`
	Text    string       `json:"text"`
	File    string       `json:"file,omitempty"`
}

type talkJSON struct {
	Number  string `json:"number"`
	Code    string `json:"code"`
	At      string `json:"at"`
	Seconds int64  `json:"duration_seconds"`
}

type digestDeed struct {
	Deed string `json:"deed"`
	Text string `json:"text"`
}

// digestParams are the flags of digest.
type digestParams struct {
	person, week, pdf string
	force             bool
}

func (c *cli) digestCommand() *cobra.Command {
	var p digestParams
	cmd := &cobra.Command{Use: "digest", Short: c.T("cli.digest.short"), Args: between(0, 0)}
	f := cmd.Flags()
	f.StringVar(&p.person, "person", "", c.T("cli.digest.person"))
	f.StringVar(&p.week, "week", "", c.T("cli.digest.week"))
	f.StringVar(&p.pdf, "pdf", "", c.T("cli.digest.pdf"))
	f.BoolVar(&p.force, "force", false, c.T("cli.digest.force"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error { return c.digest(cmd.Context(), w, p) })
	}
	return cmd
}

func (c *cli) digest(ctx context.Context, w *workspace.Workspace, p digestParams) error {
	week := w.Lookout.LastWeek()
	var err error
	if p.week != "" {
		if week, err = lookout.ParseWeek(p.week); err != nil {
			return err
		}
	}
	d, err := w.Lookout.Digest(ctx, p.person, week)
	if err != nil {
		return err
	}
	doc := report.Digest(c.Printer, d, week.String(), func(code string) string { return c.listedAs(w, code) })
	v := digestJSON{
		Person: d.Person, Week: week.String(), From: c.timeOut(d.From), To: c.timeOut(d.To), Calls: d.Now.Calls, Before: d.Before.Calls,
		Strange: d.Now.Strangers, Night: d.Now.Night, Talk: int64(d.Now.StrangerTalk.Seconds()), Alerts: d.AlertCount,
		Talks: make([]talkJSON, len(d.Talks)), Codes: make([]codeJSON, len(d.Codes)), Do: make([]digestDeed, len(d.Do)),
		Text: doc.Text(),
	}
	for i, t := range d.Talks {
		v.Talks[i] = talkJSON{t.Number, t.Code, c.timeOut(t.At), int64(t.Length.Seconds())}
	}
	for i, k := range d.Codes {
		v.Codes[i] = codeJSON{k.Code, k.Calls, k.Numbers, c.listedAs(w, k.Code)}
	}
	for i, deed := range d.Do {
		v.Do[i] = digestDeed{string(deed), c.T("digest.do." + string(deed))}
	}
	if p.pdf == "" {
		return c.emit(v, func() string { return strings.TrimRight(v.Text, "\n") })
	}
	err = report.CreatePDF(p.pdf, p.force, doc, report.PDFParams{
		At: w.Clock.Now(), Page: func(n int) string { return c.T("digest.page", map[string]any{"Page": n}) },
	})
	if err != nil {
		return err
	}
	v.File = p.pdf
	return c.emit(v, func() string { return c.T("cli.digest.written", map[string]any{"File": plain(p.pdf)}) })
}
