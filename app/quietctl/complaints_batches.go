package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/report"
	"quietline/internal/workspace"
)

// batchJSON is a batch and what became of it.
type batchJSON struct {
	ID          string                   `json:"id"`
	File        string                   `json:"file"`
	Sheet       string                   `json:"sheet"`
	Channel     string                   `json:"channel"`
	CreatedAt   string                   `json:"created_at"`
	FinishedAt  *string                  `json:"finished_at"`
	PausedAt    *string                  `json:"paused_at"`
	CancelledAt *string                  `json:"cancelled_at"`
	Rows        int                      `json:"rows"`
	Queued      int                      `json:"queued"`
	Duplicates  int                      `json:"duplicates"`
	Rejected    int                      `json:"rejected"`
	Open        int                      `json:"open"`
	SendStates  map[domain.SendState]int `json:"send_states"`
}

func (c *cli) emitBatch(b filing.Batch) error {
	return c.emit(batchJSON{
		ID: b.ID, File: b.File, Sheet: b.Sheet, Channel: b.Channel, CreatedAt: c.timeOut(b.CreatedAt), FinishedAt: c.timePtr(b.FinishedAt),
		PausedAt: c.timePtr(b.PausedAt), CancelledAt: c.timePtr(b.CancelledAt), Rows: b.Rows, Queued: b.Queued,
		Duplicates: b.Duplicates, Rejected: b.Rejected, Open: b.Open(), SendStates: b.States,
	}, func() string {
		text := row([]int{12, 19, 16}, b.ID, c.timeText(b.CreatedAt), b.Channel, b.File) + "\n  " +
			c.T("cli.complaints.batch_line", map[string]any{
				"Rows": b.Rows, "Queued": b.Queued, "Duplicates": b.Duplicates, "Rejected": b.Rejected,
			})
		notes := []string{c.T("cli.complaints.batch_done", map[string]any{
			"Done": b.States[domain.SendSent] + b.States[domain.SendToken], "All": b.Queued,
		})}
		switch {
		case !b.CancelledAt.IsZero():
			notes = append(notes, c.T("cli.complaints.batch_is_cancelled"))
		case b.FinishedAt.IsZero():
			notes = append(notes, c.T("cli.complaints.batch_unfinished"))
		}
		if !b.PausedAt.IsZero() {
			notes = append(notes, c.T("cli.complaints.batch_paused"))
		}
		return text + "\n  " + strings.Join(notes, " · ")
	})
}

func (c *cli) complaintsBatches() *cobra.Command {
	return &cobra.Command{
		Use: "batches", Short: c.T("cli.complaints.batches"), Args: between(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				list, err := w.Filing.Batches(cmd.Context())
				for _, b := range list {
					if err == nil {
						err = c.emitBatch(b)
					}
				}
				return err
			})
		},
	}
}

// complaintsPauseBatch makes the commands that pause a batch and let it go on.
func (c *cli) complaintsPauseBatch() *cobra.Command {
	return c.batchCommand("pause-batch", c.T("cli.complaints.pause_batch"), (*filing.Service).PauseBatch)
}

func (c *cli) complaintsResumeBatch() *cobra.Command {
	return c.batchCommand("resume-batch", c.T("cli.complaints.resume_batch"), (*filing.Service).ResumeBatch)
}

func (c *cli) batchCommand(
	name, short string, do func(s *filing.Service, ctx context.Context, id string) (filing.Batch, error),
) *cobra.Command {
	return &cobra.Command{
		Use: name + " BATCH", Short: short, Args: between(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				b, err := do(w.Filing, cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return c.emitBatch(b)
			})
		},
	}
}

// cancelledJSON says what a cancelled batch took back.
type cancelledJSON struct {
	Batch     string `json:"batch"`
	TakenBack int    `json:"taken_back"`
	Filed     int    `json:"filed"`
	Uncertain int    `json:"uncertain"`
}

func (c *cli) complaintsCancelBatch() *cobra.Command {
	return &cobra.Command{
		Use: "cancel-batch BATCH", Short: c.T("cli.complaints.cancel_batch"), Args: between(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				done, err := w.Filing.CancelBatch(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				stay := done.Filed + done.Uncertain
				c.partial = stay > 0
				v := cancelledJSON{Batch: args[0], TakenBack: done.TakenBack, Filed: done.Filed, Uncertain: done.Uncertain}
				return c.emit(v, func() string {
					text := c.T("cli.complaints.batch_cancelled", map[string]any{"Batch": plain(v.Batch), "TakenBack": v.TakenBack})
					if stay > 0 {
						text += "\n" + c.T("cli.complaints.batch_stays", map[string]any{"Filed": v.Filed, "Uncertain": v.Uncertain})
					}
					return text
				})
			})
		},
	}
}

// resultsJSON says where the results of a batch were written.
type resultsJSON struct {
	Batch string `json:"batch"`
	File  string `json:"file"`
	Rows  int    `json:"rows"`
}

func (c *cli) complaintsResults() *cobra.Command {
	var force bool
	cmd := &cobra.Command{Use: "results BATCH FILE", Short: c.T("cli.complaints.results"), Args: between(2, 2)}
	cmd.Flags().BoolVar(&force, "force", false, c.T("cli.complaints.results_force"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			return c.writeResults(cmd.Context(), w, args[0], args[1], force)
		})
	}
	return cmd
}

func (c *cli) writeResults(ctx context.Context, w *workspace.Workspace, id, path string, force bool) error {
	rows, err := report.WriteResults(ctx, report.BatchFileParams{
		Batches: w.Filing, ID: id, Path: path, Replace: force, Printer: c.Printer, Zone: c.zone,
	})
	if err != nil {
		return err
	}
	v := resultsJSON{Batch: id, File: path, Rows: rows}
	return c.emit(v, func() string {
		return c.N("cli.complaints.results_written", v.Rows, map[string]any{"File": plain(path)})
	})
}

// complaintsSheet writes an empty sheet to be filled in.
func (c *cli) complaintsSheet() *cobra.Command {
	var force bool
	cmd := &cobra.Command{Use: "sheet FILE", Short: c.T("cli.complaints.sheet"), Args: between(1, 1)}
	cmd.Flags().BoolVar(&force, "force", false, c.T("cli.complaints.results_force"))
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		if err := report.CreateTemplate(args[0], force, c.Printer); err != nil {
			return err
		}
		return c.emit(map[string]string{"file": args[0]}, func() string {
			return c.T("cli.complaints.sheet_written", map[string]any{"File": plain(args[0])})
		})
	}
	return cmd
}
