package main

import (
	"context"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/workspace"
)

// changeJSON is a complaint of which something new is known. At and Note are the
// endpoint's; they are null and empty where it said nothing of the kind.
type changeJSON struct {
	ID            domain.ComplaintID `json:"id"`
	SendState     domain.SendState   `json:"send_state"`
	ReceiptNumber string             `json:"receipt_number"`
	CaseState     domain.CaseState   `json:"case_state"`
	Before        domain.CaseState   `json:"case_state_before"`
	At            *string            `json:"at"`
	Note          string             `json:"note"`
}

// syncSummaryJSON is the last line of complaints sync.
type syncSummaryJSON struct {
	Summary struct {
		Changed   int               `json:"changed"`
		Numbers   int               `json:"numbers"`
		Withdrawn int               `json:"withdrawn"`
		Missing   int               `json:"missing"`
		Resting   int               `json:"resting"`
		Waiting   int               `json:"waiting"`
		Failed    []syncFailureJSON `json:"failed"`
		ElapsedMS int64             `json:"elapsed_ms"`
	} `json:"summary"`
}

type syncFailureJSON struct {
	Channel string `json:"channel"`
	errorJSON
}

func (c *cli) complaintsSync() *cobra.Command {
	var o filing.SyncOptions
	cmd := &cobra.Command{Use: "sync", Short: c.T("cli.complaints.sync"), Long: c.T("cli.complaints.sync_long"), Args: between(0, 0)}
	f := cmd.Flags()
	f.StringVar(&o.Channel, "channel", "", c.T("cli.complaints.only_channel"))
	f.Float64Var(&o.Rate, "rate", 0, c.T("cli.channels.rate"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			return c.sync(cmd.Context(), w, o)
		})
	}
	return cmd
}

func (c *cli) sync(ctx context.Context, w *workspace.Workspace, o filing.SyncOptions) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var outErr error
	o.OnChange = func(k filing.CaseChange) {
		if err := c.emitChange(k); err != nil && outErr == nil {
			outErr = err // nobody reads any more; what was heard is kept
			cancel()
		}
	}
	s, err := w.Outbox.Sync(ctx, o)
	if outErr != nil {
		return outErr
	}
	if err != nil && domain.KindOf(err) != domain.Cancelled {
		return err
	}
	c.partial = !s.Complete()
	if serr := c.emitSyncSummary(s); serr != nil {
		return serr
	}
	return err
}

func (c *cli) emitChange(k filing.CaseChange) error {
	v := changeJSON{
		ID: k.ID, SendState: k.SendState, ReceiptNumber: k.ReceiptNumber, CaseState: k.After, Before: k.Before,
		At: c.timePtr(k.Last.At), Note: k.Last.Note,
	}
	return c.emit(v, func() string {
		state := c.Term("case_state", string(k.After))
		if !k.Last.At.IsZero() {
			state = c.T("cli.complaints.sync_line", map[string]any{"State": state, "Time": c.timeText(k.Last.At)})
		}
		text := row([]int{8, 22}, k.ID.Short(), k.ReceiptNumber, state)
		if k.Last.Note != "" {
			text += "\n  " + c.T("cli.complaints.endpoint_says", map[string]any{"Words": plain(k.Last.Note)})
		}
		return text
	})
}

func (c *cli) emitSyncSummary(s filing.SyncSummary) error {
	var v syncSummaryJSON
	v.Summary.Changed, v.Summary.Numbers, v.Summary.Withdrawn = s.Changed, s.Numbers, s.Withdrawn
	v.Summary.Missing, v.Summary.Resting, v.Summary.Waiting = s.Missing, s.Resting, s.Waiting
	v.Summary.Failed, v.Summary.ElapsedMS = []syncFailureJSON{}, s.Elapsed.Milliseconds()
	for _, f := range s.Failed {
		v.Summary.Failed = append(v.Summary.Failed, syncFailureJSON{f.Channel, toErrorJSON(c.Explain(f.Err))})
	}
	return c.emit(v, func() string {
		text := c.T("cli.complaints.sync_summary", map[string]any{
			"Changed": s.Changed, "Numbers": s.Numbers, "Withdrawn": s.Withdrawn, "Missing": s.Missing, "Waiting": s.Waiting,
		})
		if s.Resting > 0 {
			text += "\n" + c.N("cli.complaints.resting", s.Resting)
		}
		for _, f := range v.Summary.Failed {
			text += "\n" + c.T("cli.complaints.sync_failed", map[string]any{"Channel": plain(f.Channel), "Message": plain(f.Message)})
			text += "\n  " + plain(f.Hint)
		}
		return text
	})
}
