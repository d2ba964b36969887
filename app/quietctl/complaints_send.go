package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/progress"
	"quietline/internal/workspace"
)

// resultJSON is one complaint as it ends.
type resultJSON struct {
	ID            domain.ComplaintID `json:"id"`
	SendState     domain.SendState   `json:"send_state"`
	ReceiptNumber string             `json:"receipt_number"`
	Attempts      int                `json:"attempts"`
	Error         *sendErrorJSON     `json:"error"`
}

// sendErrorJSON is why a complaint did not get through; Detail and Errors are
// the endpoint's own words.
type sendErrorJSON struct {
	Code    string                `json:"code"`
	Message string                `json:"message"`
	Hint    string                `json:"hint"`
	Detail  string                `json:"detail,omitempty"`
	Errors  []domain.FieldProblem `json:"errors,omitempty"`
}

// summaryJSON is the last line of complaints send.
type summaryJSON struct {
	Summary struct {
		Sent      int     `json:"sent"`
		Token     int     `json:"token"`
		Failed    int     `json:"failed"`
		Unknown   int     `json:"unknown"`
		Retry     int     `json:"retry"`
		Skipped   int     `json:"skipped"`
		Remaining int     `json:"remaining"`
		Paused    int     `json:"paused"`
		ByHand    int     `json:"by_hand"`
		NextAt    *string `json:"next_attempt_at"`
		Unsettled int     `json:"unsettled"`
		ElapsedMS int64   `json:"elapsed_ms"`
		Evidence  struct {
			Uploaded int `json:"uploaded"`
			Waiting  int `json:"waiting"`
			Failed   int `json:"failed"`
		} `json:"evidence"`
	} `json:"summary"`
}

func (c *cli) complaintsSend() *cobra.Command {
	var o filing.RunOptions
	cmd := &cobra.Command{Use: "send", Short: c.T("cli.complaints.send"), Long: c.T("cli.complaints.send_long"), Args: between(0, 0)}
	f := cmd.Flags()
	f.StringVar(&o.Channel, "channel", "", c.T("cli.complaints.only_channel"))
	f.StringVar(&o.Batch, "batch", "", c.T("cli.complaints.batch"))
	f.IntVar(&o.Concurrency, "concurrency", 4, c.T("cli.complaints.concurrency"))
	f.Float64Var(&o.Rate, "rate", 0, c.T("cli.channels.rate"))
	f.BoolVar(&o.Now, "now", false, c.T("cli.complaints.now"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			return c.send(cmd.Context(), w, o)
		})
	}
	return cmd
}

func (c *cli) send(ctx context.Context, w *workspace.Workspace, o filing.RunOptions) error {
	c.sayOutlook(ctx, w, o)
	var counter progress.Counter
	stop := c.showProgress(&counter)
	defer stop()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var outErr error
	o.OnResult = func(r filing.Result, ended bool) {
		if !ended {
			return
		}
		counter.AddItems(1)
		if err := c.emitResult(r); err != nil && outErr == nil {
			// Nobody reads any more: stop cleanly, what is sent is recorded.
			outErr = err
			cancel()
		}
	}
	s, err := w.Outbox.Run(ctx, o)
	stop()
	if outErr != nil {
		return outErr
	}
	if err != nil && domain.KindOf(err) != domain.Cancelled {
		return err
	}
	c.partial = !s.Complete()
	if serr := w.Filing.SweepEvidence(context.WithoutCancel(ctx)); serr != nil {
		c.logger().Warn("sweep of evidence", "err", serr)
	}
	if serr := c.emitSummary(s); serr != nil {
		return serr
	}
	return err
}

func (c *cli) emitResult(r filing.Result) error {
	v := resultJSON{ID: r.ComplaintID, SendState: r.State, ReceiptNumber: r.ReceiptNumber, Attempts: r.AttemptN}
	if r.ErrorKey != "" {
		err := r.Err
		if err == nil {
			err = domain.E("", domain.Unavailable, r.ErrorKey, domain.Args{"Status": r.HTTPStatus}, nil)
		}
		e := c.Explain(err)
		v.Error = &sendErrorJSON{Code: e.Code, Message: e.Message, Hint: e.Hint, Detail: r.Detail, Errors: r.Problems}
	}
	return c.emit(v, func() string {
		text := row([]int{8, 20}, string(r.ComplaintID[:min(8, len(r.ComplaintID))]),
			c.Term("send_state", string(r.State)), r.ReceiptNumber)
		if v.Error != nil {
			text += "  " + plain(v.Error.Message) + "\n  " + plain(v.Error.Hint)
			text += c.reasons("  ", r.Detail, r.Problems)
		}
		if !r.DueAt.IsZero() {
			text += "\n  " + c.T("cli.complaints.next_at", map[string]any{"Time": c.timeText(r.DueAt)})
		}
		return text
	})
}

// reasons are the endpoint's own words, a line each.
func (c *cli) reasons(indent, detail string, problems []domain.FieldProblem) string {
	text := ""
	if detail != "" {
		text += "\n" + indent + c.T("cli.complaints.endpoint_says", map[string]any{"Words": plain(detail)})
	}
	for _, p := range problems {
		text += "\n" + indent + plain(p.Pointer+"  "+p.Detail)
	}
	return text
}

func (c *cli) emitSummary(s filing.Summary) error {
	var v summaryJSON
	v.Summary.Sent, v.Summary.Token, v.Summary.Failed = s.Sent, s.Token, s.Failed
	v.Summary.Unknown, v.Summary.Retry, v.Summary.Skipped = s.Unknown, s.Retry, s.Skipped
	v.Summary.Remaining, v.Summary.Paused, v.Summary.ByHand = s.Remaining, s.Paused, s.ByHand
	v.Summary.Unsettled = s.Unsettled
	up := s.Uploads
	v.Summary.Evidence.Uploaded, v.Summary.Evidence.Waiting, v.Summary.Evidence.Failed = up.Done, up.Waiting, up.Failed
	v.Summary.NextAt = c.timePtr(s.NextAt)
	v.Summary.ElapsedMS = s.Elapsed.Milliseconds()
	return c.emit(v, func() string {
		text := c.T("cli.complaints.summary", map[string]any{
			"Sent": s.Sent, "Token": s.Token, "Failed": s.Failed, "Unknown": s.Unknown,
			"Retry": s.Retry, "Remaining": s.Remaining,
		})
		if up != (filing.UploadSummary{}) {
			text += "\n" + c.T("cli.complaints.uploads", map[string]any{"Done": up.Done, "Waiting": up.Waiting, "Failed": up.Failed})
		}
		if !s.NextAt.IsZero() {
			text += "\n" + c.T("cli.complaints.next", map[string]any{"Time": c.timeText(s.NextAt)})
		}
		if s.Paused > 0 {
			text += "\n" + c.N("cli.complaints.paused", s.Paused)
		}
		if s.ByHand > 0 {
			text += "\n" + c.N("cli.complaints.wait_for_you", s.ByHand)
		}
		if s.Unsettled > 0 {
			text += "\n" + c.N("cli.complaints.wait_to_settle", s.Unsettled)
		}
		return text
	})
}

// showProgress draws a line on standard error while work goes on, if that is a
// terminal.
func (c *cli) showProgress(counter *progress.Counter) (stop func()) {
	if !terminal(c.err) {
		return func() {}
	}
	return counter.Report(func(s progress.Snapshot) {
		text := c.T("cli.progress", map[string]any{"Items": s.Items})
		if s.Total > 0 {
			text = fmt.Sprintf("%3.0f %%  %s", 100*s.Fraction(), text)
		}
		end := "\r"
		if s.Final {
			end = "\r\x1b[K"
		}
		_, _ = fmt.Fprint(c.err, "\r"+text+"\x1b[K"+end)
	})
}
