package main

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/wording"
	"quietline/internal/workspace"
)

// writingFlags are what a complaint says beyond the call and its category.
func (c *cli) writingFlags(f *pflag.FlagSet, p *newFlags) {
	f.StringVar(&p.fraudKind, "fraud-kind", "", c.T("cli.complaints.fraud_kind", codes(domain.FraudKinds())))
	f.StringVar(&p.currency, "currency", "", c.T("cli.complaints.currency", codes(domain.Currencies())))
	f.BoolVar(&p.template, "template", false, c.T("cli.complaints.template_flag"))
}

// file makes complaints of an input and says what becomes of them.
func (c *cli) file(ctx context.Context, w *workspace.Workspace, in filing.ComplaintInput, p *newFlags) error {
	if p.template {
		if err := c.describe(ctx, w, &in, ""); err != nil {
			return err
		}
	}
	list, err := c.newWithEvidence(ctx, w, &in, p.evidence)
	if err != nil {
		return err
	}
	return c.filed(ctx, w, list, c.related(ctx, w, in, list[0]))
}

// filed shows complaints that were stored, and says what should be known of
// them.
func (c *cli) filed(ctx context.Context, w *workspace.Workspace, list []domain.Complaint, related string) error {
	first := list[0]
	if err := c.sayWhere(ctx, w, first); err != nil {
		return err
	}
	if first.Body.Complainant.Name == "" {
		c.say(c.T("cli.complaints.no_name", map[string]any{"Self": c.T("cli.self")}))
	}
	if len(list) > 1 {
		c.say(c.N("complaints.split", len(list)))
		if ch, ok, err := w.Filing.ChannelOf(ctx, first); err == nil && ok {
			c.sayPace(filing.Pace(len(list), ch))
		}
	}
	if r, ok := wording.KeptUntil(first.Body.Caller.Family, callsOf(list), c.clock.Now()); ok {
		c.say(r.Sentence(c.Printer))
	}
	if related != "" {
		c.say(related)
	}
	for _, k := range list {
		if err := c.emitComplaint(k); err != nil {
			return err
		}
	}
	return nil
}

func callsOf(list []domain.Complaint) []domain.CallRef {
	var calls []domain.CallRef
	for _, k := range list {
		calls = append(calls, k.Body.Calls...)
	}
	return calls
}

// sayPace says how long the channel's rate makes it take, where that is worth
// a word.
func (c *cli) sayPace(d time.Duration) {
	if d >= 2*time.Second {
		c.say(c.T("complaints.pace", map[string]any{"Time": wording.Length(c.Printer, int64(d.Round(time.Second).Seconds()))}))
	}
}

// sayOutlook says how long sending takes at least, where a rate makes it long.
func (c *cli) sayOutlook(ctx context.Context, w *workspace.Workspace, o filing.RunOptions) {
	list, err := w.Filing.Outlook(ctx, o.Channel, o.Batch)
	if err != nil {
		return // sending says what is wrong
	}
	for _, l := range list {
		if o.Rate > 0 { // asked for with the flag
			l.Channel.Rate = o.Rate
		}
		c.sayPace(filing.Pace(l.Due, l.Channel))
	}
}

// related names the drafts about the same number and person as a new complaint,
// and how to put them together; empty where there is none.
func (c *cli) related(ctx context.Context, w *workspace.Workspace, in filing.ComplaintInput, k domain.Complaint) string {
	in.ID = k.ID
	list, err := w.Filing.Related(ctx, in)
	if err != nil { // a hint is no reason to fail
		return ""
	}
	ids := []string{k.ID.Short()}
	for _, other := range list {
		if other.SendState == domain.SendDraft && other.Body.Caller.Number == k.Body.Caller.Number {
			ids = append(ids, other.ID.Short())
		}
	}
	switch {
	case len(ids) == 1:
		return ""
	case k.SendState == domain.SendDraft:
		return c.T("cli.complaints.merge_hint", map[string]any{"IDs": strings.Join(ids, " ")})
	}
	return c.T("cli.complaints.drafts_left", map[string]any{"IDs": strings.Join(ids[1:], " ")})
}

// describe puts a proposed text behind the description, in place of the one
// that was proposed before.
func (c *cli) describe(ctx context.Context, w *workspace.Workspace, in *filing.ComplaintInput, before string) error {
	k, err := w.Filing.Preview(ctx, *in)
	if err != nil {
		return err
	}
	in.Description = wording.Insert(in.Description, before, wording.Propose(c.Printer, k.Body, c.clock.Now()).Text)
	return nil
}

func (c *cli) complaintsEdit() *cobra.Command {
	cmd := &cobra.Command{Use: "edit ID", Short: c.T("cli.complaints.edit"), Long: c.T("cli.complaints.edit_long"), Args: between(1, 1)}
	p := c.complaintFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		return c.withWorkspace(ctx, func(w *workspace.Workspace) error {
			d, err := w.Filing.Show(ctx, args[0])
			if err != nil {
				return err
			}
			files := filing.ComplaintInput{}
			edit := func(in *filing.ComplaintInput) error {
				in.Evidence = append(in.Evidence, files.Evidence...)
				if err := c.change(cmd.Flags(), p, in); err != nil || !p.template {
					return err
				}
				return c.describe(ctx, w, in, wording.Propose(c.Printer, d.Complaint.Body, c.clock.Now()).Text)
			}
			list, err := c.withFiles(ctx, w, &files, p.evidence, func() ([]domain.Complaint, error) {
				return w.Filing.Edit(ctx, string(d.Complaint.ID), edit)
			})
			if err != nil {
				return err
			}
			return c.filed(ctx, w, list, "")
		})
	}
	return cmd
}

// forWhom says for whom a complaint is, also one that a sheet stated: what one is
// to somebody, and how they allowed it, is not true of another.
func forWhom(in *filing.ComplaintInput, name string) {
	if c := in.Complainant; c != nil {
		if c.OnBehalfOf != name {
			c.OnBehalfOf, c.Relation, c.Authority = name, "", ""
		}
		return
	}
	in.OnBehalfOf = name
}

// change takes over the flags that were given, and no others.
func (c *cli) change(f *pflag.FlagSet, p *newFlags, in *filing.ComplaintInput) error {
	for flag, set := range map[string]func(){
		"category": func() { in.Category = domain.Category(p.category) }, "technique": func() { in.Techniques = split[domain.Technique](p.techniques) },
		"harm": func() { in.Harm = domain.Harm(p.harm) }, "description": func() { in.Description = p.description },
		"on-behalf-of": func() { forWhom(in, p.onBehalf) }, "consent-given": func() { in.ConsentGiven = &p.consent },
		"loss": func() { in.LossAmount = p.loss }, "currency": func() { in.LossCurrency = p.currency },
		"fraud-kind": func() { in.FraudKind = domain.FraudKind(p.fraudKind) }, "demand": func() { in.Demands = split[domain.Demand](p.demands) },
		"channel": func() { in.Channel = p.channel }, "draft": func() { in.Draft = p.draft }, "anyway": func() { in.Anyway = p.anyway },
	} {
		if f.Changed(flag) {
			set()
		}
	}
	if f.Changed("category") && in.Category != domain.CategoryFraud && !f.Changed("fraud-kind") {
		in.FraudKind = "" // it was about what it is no longer
	}
	if f.Changed("refused-at") {
		var err error
		if in.RefusedAt, err = c.optionalTime("--refused-at", p.refusedAt); err != nil {
			return err
		}
	}
	return c.changeCalls(f, p, in)
}

// changeCalls puts other calls in the place of those that were there, or
// corrects a typed one.
func (c *cli) changeCalls(f *pflag.FlagSet, p *newFlags, in *filing.ComplaintInput) error {
	switch {
	case f.Changed("call") && f.Changed("number"):
		return usage("cli.complaints.call_or_number", nil)
	case f.Changed("call"):
		in.CallIDs, in.Number, in.At, in.Further = nil, "", time.Time{}, nil
		for _, text := range split[string](p.calls) {
			id, err := callID(text)
			if err != nil {
				return err
			}
			in.CallIDs = append(in.CallIDs, id)
		}
	case f.Changed("number"):
		if len(in.CallIDs) > 0 { // they have another number
			in.CallIDs, in.Further = nil, nil
		}
		in.Number = p.number
	}
	typed := len(in.CallIDs) == 0 && len(in.Further) == 0
	for _, name := range []string{"at", "direction", "duration"} {
		if f.Changed(name) && !typed {
			return usage("cli.complaints.of_the_call", domain.Args{"Flag": "--" + name})
		}
	}
	if f.Changed("direction") {
		in.Direction = domain.Direction(p.direction)
	}
	if f.Changed("duration") {
		in.Duration = p.duration.d
	}
	if !f.Changed("at") {
		return nil
	}
	var err error
	in.At, err = c.timeIn("--at", p.at)
	return err
}

func (c *cli) complaintsMerge() *cobra.Command {
	return &cobra.Command{
		Use: "merge ID ID…", Short: c.T("cli.complaints.merge"), Long: c.T("cli.complaints.merge_long"), Args: between(2, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				m, err := w.Filing.Merge(cmd.Context(), args...)
				if err != nil {
					return err
				}
				return c.emitComplaint(m.Complaint)
			})
		},
	}
}
