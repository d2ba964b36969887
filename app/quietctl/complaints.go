package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/workspace"
)

// complaintJSON is a complaint as cli.md lists it.
type complaintJSON struct {
	ID            domain.ComplaintID `json:"id"`
	Batch         string             `json:"batch"`
	Channel       string             `json:"channel"`
	Number        string             `json:"number"`
	Category      domain.Category    `json:"category"`
	Description   string             `json:"description"`
	SendState     domain.SendState   `json:"send_state"`
	CaseState     domain.CaseState   `json:"case_state"`
	ReceiptNumber string             `json:"receipt_number"`
	Attempts      int                `json:"attempts"`
	NextAttemptAt *string            `json:"next_attempt_at"`
	Stuck         bool               `json:"stuck"`
	ByHand        bool               `json:"by_hand"`
	Unsettled     bool               `json:"unsettled"`
	CreatedAt     string             `json:"created_at"`
	UpdatedAt     string             `json:"updated_at"`
}

func (c *cli) toComplaintJSON(k domain.Complaint) complaintJSON {
	return complaintJSON{
		ID: k.ID, Batch: k.Batch, Channel: k.Channel, Number: k.Body.Caller.Number,
		Category: k.Body.Category, Description: k.Body.Description, SendState: k.SendState,
		CaseState: k.CaseState, ReceiptNumber: k.ReceiptNumber, Attempts: k.Attempts,
		NextAttemptAt: c.timePtr(k.NextAttemptAt), Stuck: k.Stuck(c.clock.Now()), ByHand: k.ByHand(), Unsettled: k.Unsettled(),
		CreatedAt: c.timeOut(k.CreatedAt), UpdatedAt: c.timeOut(k.UpdatedAt),
	}
}

func (c *cli) complaintsCommand() *cobra.Command {
	return c.group("complaints",
		c.complaintsNew(), c.complaintsEdit(), c.complaintsMerge(), c.complaintsTemplate(), c.complaintsList(), c.complaintsShow(),
		c.complaintsSend(), c.complaintsCancel(), c.complaintsAssist(), c.complaintsSetReceipt(), c.complaintsSettle(),
		c.complaintsSync(), c.complaintsWithdraw(), c.complaintsExport(), c.complaintsReceipt(), c.complaintsAttach(),
		c.complaintsSheet(), c.complaintsImport(), c.complaintsBatches(), c.complaintsResults(), c.complaintsPauseBatch(), c.complaintsResumeBatch(),
		c.complaintsCancelBatch())
}

func (c *cli) emitComplaint(k domain.Complaint) error {
	return c.emit(c.toComplaintJSON(k), func() string {
		return row([]int{8, 19, 14, 22, 18, 18}, string(k.ID[:min(8, len(k.ID))]), c.timeText(k.CreatedAt),
			k.Body.Caller.Number, c.Term("category", string(k.Body.Category)),
			c.stateWords(k), c.caseWords(k), dash(k.ReceiptNumber))
	})
}

// caseWords is what the endpoint made of a complaint, named as such, so that
// nobody takes it for how far the sending is.
func (c *cli) caseWords(k domain.Complaint) string {
	if k.CaseState == "" {
		return "-"
	}
	return c.T("cli.label.case_state") + c.T("cli.colon") + c.Term("case_state", string(k.CaseState))
}

// stateWords is how far a complaint is. What a person files is queued, but no
// queue will ever move it, and what a person has to settle is nobody else's.
func (c *cli) stateWords(k domain.Complaint) string {
	switch {
	case k.ByHand():
		return c.T("by_hand.state")
	case k.Unsettled():
		return c.T("unsettled.state")
	}
	return c.Term("send_state", string(k.SendState))
}

// newFlags are the flags of complaints new that need reading.
type newFlags struct {
	calls                               []string
	at, category, refusedAt, direction  string
	techniques, demands, evidence       []string
	duration                            durationValue
	harm                                int
	number, description, onBehalf, loss string
	channel, fraudKind, currency        string
	consent, draft, anyway, template    bool
}

// complaintFlags are those with which a complaint is written.
func (c *cli) complaintFlags(cmd *cobra.Command) *newFlags {
	p := &newFlags{}
	f := cmd.Flags()
	f.StringArrayVar(&p.calls, "call", nil, c.T("cli.complaints.call"))
	f.StringVar(&p.number, "number", "", c.T("cli.calls.number"))
	f.StringVar(&p.at, "at", "", c.T("cli.calls.at"))
	f.Var(&p.duration, "duration", c.T("cli.calls.duration"))
	f.StringVar(&p.direction, "direction", "", c.T("cli.calls.direction"))
	f.StringVar(&p.category, "category", "", c.T("cli.calls.category", codes(domain.Categories())))
	f.StringArrayVar(&p.techniques, "technique", nil, c.T("cli.calls.technique", codes(domain.Techniques())))
	f.IntVar(&p.harm, "harm", 0, c.T("cli.complaints.harm"))
	f.StringVar(&p.description, "description", "", c.T("cli.complaints.description"))
	f.StringVar(&p.refusedAt, "refused-at", "", c.T("cli.complaints.refused_at"))
	f.StringVar(&p.onBehalf, "on-behalf-of", "", c.T("cli.complaints.on_behalf_of"))
	f.BoolVar(&p.consent, "consent-given", false, c.T("cli.complaints.consent"))
	f.StringVar(&p.loss, "loss", "", c.T("cli.complaints.loss"))
	f.StringArrayVar(&p.demands, "demand", nil, c.T("cli.complaints.demand"))
	f.StringVar(&p.channel, "channel", "", c.T("cli.complaints.channel"))
	f.StringArrayVar(&p.evidence, "evidence", nil, c.T("cli.complaints.evidence"))
	f.BoolVar(&p.anyway, "anyway", false, c.T("cli.complaints.anyway"))
	f.BoolVar(&p.draft, "draft", false, c.T("cli.complaints.draft"))
	c.writingFlags(f, p)
	return p
}

func (c *cli) complaintsNew() *cobra.Command {
	cmd := &cobra.Command{Use: "new", Short: c.T("cli.complaints.new"), Long: c.T("cli.complaints.new_long"), Args: between(0, 0)}
	p := c.complaintFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		in, err := c.complaintInput(cmd, p)
		if err != nil {
			return err
		}
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			return c.file(cmd.Context(), w, in, p)
		})
	}
	return cmd
}

// sayWhere tells a reader of text where a new complaint goes, and what should
// be known before it does.
func (c *cli) sayWhere(ctx context.Context, w *workspace.Workspace, k domain.Complaint) error {
	if c.json || k.Channel == "" {
		return nil
	}
	d, err := w.Filing.Show(ctx, string(k.ID))
	if err != nil {
		return err
	}
	c.say(c.T("cli.complaints.through", map[string]any{"Channel": k.Channel}))
	if d.Practice {
		c.say(c.T("cli.channels.is_practice"))
	}
	if text := c.waitsForYou(k); text != "" {
		c.say(text)
	}
	if o := k.Body.Complainant.OnBehalf; o != nil && o.Authority == domain.AuthorityNone {
		c.say(c.T("complaints.no_authority", map[string]any{"Name": o.Name}))
		c.say(c.T("cli.complaints.no_authority", map[string]any{"Name": o.Name}))
	}
	return nil
}

func (c *cli) complaintInput(cmd *cobra.Command, p *newFlags) (filing.ComplaintInput, error) {
	in := filing.ComplaintInput{
		Number: p.number, Direction: domain.Direction(p.direction), Category: domain.Category(p.category),
		Techniques: split[domain.Technique](p.techniques), Harm: domain.Harm(p.harm), Description: p.description,
		OnBehalfOf: p.onBehalf, LossAmount: p.loss, Demands: split[domain.Demand](p.demands),
		FraudKind: domain.FraudKind(p.fraudKind), LossCurrency: p.currency,
		Channel: p.channel, Language: string(c.Language()), Draft: p.draft, Anyway: p.anyway, Duration: p.duration.d,
	}
	if cmd.Flags().Changed("consent-given") {
		in.ConsentGiven = &p.consent
	}
	if (len(p.calls) > 0) == (p.number != "") {
		return in, usage("cli.complaints.call_or_number", nil)
	}
	for _, name := range []string{"at", "direction", "duration"} {
		if len(p.calls) > 0 && cmd.Flags().Changed(name) {
			return in, usage("cli.complaints.of_the_call", domain.Args{"Flag": "--" + name})
		}
	}
	for _, text := range split[string](p.calls) {
		id, err := callID(text)
		if err != nil {
			return in, err
		}
		in.CallIDs = append(in.CallIDs, id)
	}
	var err error
	if p.number != "" {
		if in.At, err = c.timeIn("--at", p.at); err != nil {
			return in, err
		}
	}
	in.RefusedAt, err = c.optionalTime("--refused-at", p.refusedAt)
	return in, err
}

func (c *cli) complaintsList() *cobra.Command {
	p := &complaintFilterFlags{}
	var after string
	var limit int
	cmd := &cobra.Command{Use: "list", Short: c.T("cli.complaints.list"), Args: between(0, 0)}
	flags := cmd.Flags()
	c.complaintFilters(flags, p)
	flags.IntVar(&limit, "limit", 100, c.T("cli.limit"))
	flags.StringVar(&after, "after", "", c.T("cli.after"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			f, err := p.filter(w)
			if err != nil {
				return err
			}
			if err := c.sayWaiting(cmd.Context(), w); err != nil {
				return err
			}
			return c.list(limit, after, "cli.complaints.none", func(page domain.Page) (int, string, error) {
				got, err := w.Filing.Complaints(cmd.Context(), f, page)
				for _, k := range got.Complaints {
					if err == nil {
						err = c.emitComplaint(k)
					}
				}
				return len(got.Complaints), got.Next, err
			})
		})
	}
	return cmd
}

func knownStates(f domain.ComplaintFilter) error {
	if err := known("--send-state", f.SendState, domain.SendStates()); err != nil {
		return err
	}
	return known("--case-state", f.CaseState, domain.CaseStates())
}

// known refuses a code that is none; an empty one was not given.
func known[T ~string](flag string, code T, all []T) error {
	if code == "" || slices.Contains(all, code) {
		return nil
	}
	return usage("cli.code_unknown", domain.Args{"Flag": flag, "Value": string(code), "Known": joined(all)})
}

// codes fills the list of codes into a help text.
func codes[T ~string](list []T) map[string]any { return map[string]any{"Codes": joined(list)} }

func joined[T ~string](list []T) string {
	parts := make([]string, len(list))
	for i, v := range list {
		parts[i] = string(v)
	}
	return strings.Join(parts, ", ")
}

func (c *cli) complaintsCancel() *cobra.Command {
	return &cobra.Command{
		Use: "cancel ID", Short: c.T("cli.complaints.cancel"), Args: between(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				k, err := w.Filing.Cancel(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return c.emitComplaint(k)
			})
		},
	}
}
