package main

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/wording"
	"quietline/internal/workspace"
)

// templateJSON is a text that is proposed for a complaint.
type templateJSON struct {
	Text      string         `json:"text"`
	Cited     []ruleJSON     `json:"cited"`
	LeftOut   []ruleJSON     `json:"left_out"`
	Recording *recordingJSON `json:"recording"`
}

type ruleJSON struct {
	Rule      string            `json:"rule"`
	Name      string            `json:"name"`
	Certainty wording.Certainty `json:"certainty"`
	Since     string            `json:"since"`
	Calls     int               `json:"calls"`
	Caveat    string            `json:"caveat"`
	Source    string            `json:"source"`
}

// recordingJSON is until when the operator has to keep the recording.
type recordingJSON struct {
	KeptUntil string `json:"kept_until"`
	DaysLeft  int    `json:"days_left"`
	Over      bool   `json:"over"`
}

// recording is the clock of a complaint's calls, nil where none runs.
func (c *cli) recording(body domain.ComplaintBody) *recordingJSON {
	r, ok := wording.KeptUntil(body.Caller.Family, body.Calls, c.clock.Now())
	if !ok {
		return nil
	}
	return &recordingJSON{KeptUntil: r.Until.Format(time.DateOnly), DaysLeft: max(0, r.Days), Over: r.Over()}
}

func (c *cli) complaintsTemplate() *cobra.Command {
	cmd := &cobra.Command{
		Use: "template [ID]", Short: c.T("cli.complaints.template"), Long: c.T("cli.complaints.template_long"), Args: between(0, 1),
	}
	p := c.complaintFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			body, err := c.templateBody(cmd, w, p, args)
			if err != nil {
				return err
			}
			return c.emitTemplate(body)
		})
	}
	return cmd
}

// templateBody is the record that a text is made of: a complaint that is there,
// or what the flags say.
func (c *cli) templateBody(cmd *cobra.Command, w *workspace.Workspace, p *newFlags, args []string) (domain.ComplaintBody, error) {
	ctx := cmd.Context()
	if len(args) == 1 {
		d, err := w.Filing.Show(ctx, args[0])
		return d.Complaint.Body, err
	}
	in, err := c.complaintInput(cmd, p)
	if err != nil {
		return domain.ComplaintBody{}, err
	}
	k, err := w.Filing.Preview(ctx, in)
	return k.Body, err
}

func (c *cli) emitTemplate(body domain.ComplaintBody) error {
	t := wording.Propose(c.Printer, body, c.clock.Now())
	v := templateJSON{Text: t.Text, Cited: c.rules(t.Cited), LeftOut: c.rules(t.Left), Recording: c.recording(body)}
	return c.emit(v, func() string {
		lines := []string{t.Text}
		add := func(title string, rules []ruleJSON) {
			if len(rules) == 0 {
				return
			}
			lines = append(lines, "", c.T(title))
			for _, r := range rules {
				lines = append(lines, "  "+r.Name+" ["+c.Term("certainty", string(r.Certainty))+"]", "    "+r.Caveat)
			}
		}
		add("complaints.propose.cited", v.Cited)
		add("complaints.propose.left", v.LeftOut)
		if r, ok := wording.KeptUntil(body.Caller.Family, body.Calls, c.clock.Now()); ok {
			lines = append(lines, "", r.Sentence(c.Printer))
		}
		return strings.Join(lines, "\n")
	})
}

func (c *cli) rules(list []wording.Citation) []ruleJSON {
	out := make([]ruleJSON, len(list))
	for i, r := range list {
		out[i] = ruleJSON{
			Rule: r.Key, Name: c.T("rule." + r.Key), Certainty: r.Certainty, Since: r.Since.Format(time.DateOnly),
			Calls: r.Calls, Caveat: c.T("rule." + r.Key + ".caveat"), Source: r.Source,
		}
	}
	return out
}
