package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/workspace"
)

// callsRemovedJSON says what a removal of calls did.
type callsRemovedJSON struct {
	Removed      []domain.CallID `json:"removed"`
	CallsRemoved int64           `json:"calls_removed"`
}

func (c *cli) callsRemove() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{Use: "remove ID...", Short: c.T("cli.calls.remove"), Args: between(1, -1)}
	cmd.Flags().BoolVar(&yes, "yes", false, c.T("cli.people.yes"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var ids []domain.CallID
		for _, text := range args {
			id, err := callID(text)
			if err != nil {
				return err
			}
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			return c.removeCalls(cmd.Context(), w, ids, yes)
		})
	}
	return cmd
}

func (c *cli) removeCalls(ctx context.Context, w *workspace.Workspace, ids []domain.CallID, yes bool) error {
	// What is not there is said before anything is asked.
	for _, id := range ids {
		if _, err := w.Journal.Call(ctx, id); err != nil {
			return err
		}
	}
	if !yes && !c.confirm(c.N("cli.calls.confirm_remove", len(ids))) {
		return domain.E("quietctl.removeCalls", domain.Cancelled, "cli.not_confirmed", nil, nil)
	}
	gone, err := w.Journal.RemoveCalls(ctx, ids)
	if err != nil {
		return err
	}
	return c.emit(callsRemovedJSON{Removed: ids, CallsRemoved: gone.Calls}, func() string {
		return c.N("cli.calls.removed", int(gone.Calls))
	})
}
