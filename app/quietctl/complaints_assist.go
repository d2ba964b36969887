package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/report"
	"quietline/internal/workspace"
)

// assistJSON is what was written for a complaint that a person files.
type assistJSON struct {
	ID     domain.ComplaintID `json:"id"`
	Files  []string           `json:"files"`
	Fields []assistFieldJSON  `json:"fields"`
	Urgent string             `json:"urgent"`
	Notes  []string           `json:"notes"`
}

type assistFieldJSON struct {
	Field string `json:"field"`
	Label string `json:"label"`
	Text  string `json:"text"`
	Hint  string `json:"hint"`
}

func (c *cli) complaintsAssist() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use: "assist ID DIR", Short: c.T("cli.complaints.assist"), Long: c.T("cli.complaints.assist_long"), Args: between(2, 2),
	}
	cmd.Flags().BoolVar(&force, "force", false, c.T("cli.complaints.assist_force"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			k, err := w.Filing.Assisted(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			form := report.Assisted(c.Printer, k)
			files, err := report.WriteAssisted(args[1], "complaint-"+k.ID.Short(), force, form, report.PDFParams{
				At: w.Clock.Now(), Page: func(n int) string { return c.T("digest.page", map[string]any{"Page": n}) },
				Lacking: report.Lacking(c.Printer),
			})
			if err != nil {
				return err
			}
			copies, err := exportEvidence(cmd.Context(), w, k, args[1], force)
			if err != nil {
				return err
			}
			return c.emitAssisted(k, form, append(files, copies...))
		})
	}
	return cmd
}

func (c *cli) emitAssisted(k domain.Complaint, form report.AssistedForm, files []string) error {
	v := assistJSON{ID: k.ID, Files: files, Fields: make([]assistFieldJSON, len(form.Fields)), Urgent: form.Urgent, Notes: form.Notes}
	for i, f := range form.Fields {
		v.Fields[i] = assistFieldJSON{Field: f.Key, Label: f.Label, Text: f.Text, Hint: f.Hint}
	}
	return c.emit(v, func() string {
		lines := []string{c.T("cli.complaints.assisted")}
		for _, path := range files {
			lines = append(lines, "  "+plain(path))
		}
		if form.Urgent != "" {
			lines = append([]string{form.Urgent}, lines...)
		}
		for _, note := range form.Notes {
			lines = append(lines, "- "+note)
		}
		if k.ByHand() {
			lines = append(lines, c.T("cli.complaints.then_receipt", map[string]any{"ID": k.ID.Short()}))
		}
		return strings.Join(lines, "\n")
	})
}

func (c *cli) complaintsSetReceipt() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{Use: "set-receipt ID NUMBER", Short: c.T("cli.complaints.set_receipt"), Args: between(2, 2)}
	cmd.Flags().BoolVar(&yes, "yes", false, c.T("cli.complaints.set_receipt_yes"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			k, err := w.Filing.SetReceipt(cmd.Context(), args[0], args[1])
			if domain.KeyOf(err) == "complaint.has_receipt" {
				k, err = c.correctReceipt(cmd.Context(), w, args[0], args[1], yes)
			}
			if err != nil {
				return err
			}
			return c.emitComplaint(k)
		})
	}
	return cmd
}

// correctReceipt replaces a number that is there, once it is certain that this
// is meant.
func (c *cli) correctReceipt(ctx context.Context, w *workspace.Workspace, id, number string, yes bool) (domain.Complaint, error) {
	d, err := w.Filing.Show(ctx, id)
	if err != nil {
		return domain.Complaint{}, err
	}
	was := d.Complaint.ReceiptNumber
	question := c.T("cli.complaints.replace_receipt", map[string]any{"Was": was, "Number": number})
	if !yes && was != strings.TrimSpace(number) && !c.confirm(question) {
		return domain.Complaint{}, domain.E("quietctl.setReceipt", domain.Cancelled, "cli.not_confirmed", nil, nil)
	}
	return w.Filing.CorrectReceipt(ctx, id, was, number)
}
