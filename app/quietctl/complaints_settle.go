package main

import (
	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/workspace"
)

// complaintsSettle lets a person say what no endpoint can be asked.
func (c *cli) complaintsSettle() *cobra.Command {
	var number string
	var numberless, again bool
	cmd := &cobra.Command{
		Use: "settle ID", Short: c.T("cli.complaints.settle"), Long: c.T("cli.complaints.settle_long"), Args: between(1, 1),
	}
	f := cmd.Flags()
	f.StringVar(&number, "filed", "", c.T("cli.complaints.settle_filed"))
	f.BoolVar(&numberless, "filed-without-number", false, c.T("cli.complaints.settle_numberless"))
	f.BoolVar(&again, "again", false, c.T("cli.complaints.settle_again"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		filed, ways := cmd.Flags().Changed("filed"), 0
		for _, way := range []bool{filed, numberless, again} {
			if way {
				ways++
			}
		}
		if ways != 1 {
			return usage("cli.settle_how", nil)
		}
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) (err error) {
			var k domain.Complaint
			if again {
				k, err = w.Filing.SettleAgain(cmd.Context(), args[0])
			} else {
				k, err = w.Filing.SettleFiled(cmd.Context(), args[0], number)
			}
			if err != nil {
				return err
			}
			return c.emitComplaint(k)
		})
	}
	return cmd
}

// waitsForYou says what a person has to do about a complaint, or that a filed one
// has no number; empty where there is nothing to say.
func (c *cli) waitsForYou(k domain.Complaint) string {
	switch {
	case k.ByHand():
		return c.T("cli.complaints.by_hand", map[string]any{"ID": k.ID.Short()})
	case k.Unsettled():
		return c.T("cli.complaints.unsettled", map[string]any{"ID": k.ID.Short(), "Reference": k.ID})
	case k.Numberless():
		return c.T("cli.complaints.numberless")
	}
	return ""
}
