package main

import (
	"github.com/spf13/cobra"

	"quietline/internal/filing"
	"quietline/internal/workspace"
)

// withdrawalJSON is how far taking a complaint back has come; State is asked,
// done, closed or refused.
type withdrawalJSON struct {
	State   filing.WithdrawalState `json:"state"`
	Reason  string                 `json:"reason"`
	AskedAt string                 `json:"asked_at"`
	EndedAt *string                `json:"ended_at"`
	NextAt  *string                `json:"next_attempt_at"`
	Tries   int                    `json:"attempts"`
	// Unanswered says that a request ended without an answer, so that the
	// endpoint may have closed the case then.
	Unanswered bool   `json:"unanswered"`
	ErrorCode  string `json:"error_code"`
	Detail     string `json:"detail"`
}

func (c *cli) toWithdrawalJSON(w *filing.Withdrawal) *withdrawalJSON {
	if w == nil {
		return nil
	}
	return &withdrawalJSON{
		State: w.State, Reason: w.Reason, AskedAt: c.timeOut(w.AskedAt), EndedAt: c.timePtr(w.EndedAt), NextAt: c.timePtr(w.DueAt),
		Tries: w.Tries, Unanswered: w.Unanswered, ErrorCode: w.ErrorKey, Detail: w.Detail,
	}
}

// withdrawalText is the same in words, empty where nobody asked.
func (c *cli) withdrawalText(w *filing.Withdrawal) string {
	if w == nil {
		return ""
	}
	return c.T(w.Standing())
}

func (c *cli) complaintsWithdraw() *cobra.Command {
	var reason string
	cmd := &cobra.Command{Use: "withdraw ID", Short: c.T("cli.complaints.withdraw"), Long: c.T("cli.complaints.withdraw_long"), Args: between(1, 1)}
	cmd.Flags().StringVar(&reason, "reason", "", c.T("cli.complaints.reason"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			d, err := w.Filing.Withdraw(cmd.Context(), args[0], reason)
			if err != nil {
				return err
			}
			// Only what the endpoint has closed is over; the wish may still wait,
			// and it may be refused.
			s := d.Withdrawal.State
			c.partial = s != filing.WithdrawalDone && s != filing.WithdrawalClosed
			return c.emit(c.toDetailJSON(d), func() string { return c.withdrawnText(d) })
		})
	}
	return cmd
}

// withdrawnText says what came of asking, and why.
func (c *cli) withdrawnText(d filing.Detail) string {
	w := d.Withdrawal
	text := row([]int{8, 22}, d.Complaint.ID.Short(), d.Complaint.ReceiptNumber, c.withdrawalText(w))
	if w.ErrorKey != "" && w.State != filing.WithdrawalClosed {
		text += "\n  " + c.T("err."+w.ErrorKey) + "\n  " + c.T("err."+w.ErrorKey+".hint")
	}
	return text + c.reasons("  ", w.Detail, nil)
}
