package main

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/progress"
	"quietline/internal/report"
	"quietline/internal/workspace"
)

// complaintFilterFlags are the flags that pick complaints.
type complaintFilterFlags struct {
	f           domain.ComplaintFilter
	send, state string
}

func (c *cli) complaintFilters(flags *pflag.FlagSet, p *complaintFilterFlags) {
	flags.StringVar(&p.send, "send-state", "", c.T("cli.complaints.send_state"))
	flags.StringVar(&p.state, "case-state", "", c.T("cli.complaints.case_state"))
	flags.StringVar(&p.f.Batch, "batch", "", c.T("cli.complaints.batch"))
	flags.StringVar(&p.f.Number, "number", "", c.T("cli.calls.number"))
	flags.BoolVar(&p.f.Stuck, "stuck", false, c.T("cli.complaints.stuck"))
	flags.StringVar(&p.f.Text, "text", "", c.T("cli.text"))
}

// filter reads the flags; a number counts in its normalised form.
func (p *complaintFilterFlags) filter(w *workspace.Workspace) (domain.ComplaintFilter, error) {
	f := p.f
	f.SendState, f.CaseState = domain.SendState(p.send), domain.CaseState(p.state)
	if err := knownStates(f); err != nil {
		return f, err
	}
	if n := w.Checker.Check(f.Number, "").Number; f.Number != "" && n != "" {
		f.Number = n
	}
	return f, nil
}

func (c *cli) complaintsExport() *cobra.Command {
	var force bool
	p := &complaintFilterFlags{}
	cmd := &cobra.Command{Use: "export FILE", Short: c.T("cli.complaints.export"), Args: between(1, 1)}
	c.complaintFilters(cmd.Flags(), p)
	cmd.Flags().BoolVar(&force, "force", false, c.T("cli.calls.force"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			f, err := p.filter(w)
			if err != nil {
				return err
			}
			return c.exportComplaints(cmd.Context(), w, filing.Selection{Filter: f}, args[0], force)
		})
	}
	return cmd
}

// exportComplaints writes complaints into a file, newest first. A file that was
// stopped half-way does not appear.
func (c *cli) exportComplaints(ctx context.Context, w *workspace.Workspace, what filing.Selection, path string, force bool) error {
	f, err := report.CreateComplaints(path, force, report.ComplaintsParams{Printer: c.Printer, Zone: c.zone})
	if err != nil {
		return err
	}
	defer f.Discard()
	if err := c.eachRecord(ctx, w, what, f.Write); err != nil {
		return err
	}
	if err := f.Commit(); err != nil {
		return err
	}
	return c.emit(exportJSON{File: path, Rows: f.Rows()}, func() string {
		return c.N("cli.complaints.exported", f.Rows(), map[string]any{"File": plain(path)})
	})
}

// eachRecord goes through complaints and shows how far it has come.
func (c *cli) eachRecord(ctx context.Context, w *workspace.Workspace, what filing.Selection, take func(filing.Detail) error) error {
	var counter progress.Counter
	stop := c.showProgress(&counter)
	defer stop()
	return w.Filing.EachRecord(ctx, what, take, &counter)
}

func (c *cli) complaintsReceipt() *cobra.Command {
	var force bool
	p := &complaintFilterFlags{}
	cmd := &cobra.Command{
		Use: "receipt [ID] FILE", Short: c.T("cli.complaints.receipt"), Long: c.T("cli.complaints.receipt_long"), Args: between(1, 2),
	}
	c.complaintFilters(cmd.Flags(), p)
	cmd.Flags().BoolVar(&force, "force", false, c.T("cli.calls.force"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if picked := (p.f != domain.ComplaintFilter{}) || p.send != "" || p.state != ""; picked == (len(args) == 2) {
			return usage("cli.complaints.receipt_of_what", nil)
		}
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			how := report.ReceiptParams{Printer: c.Printer, Zone: c.zone, At: w.Clock.Now()}
			if len(args) == 1 {
				return c.receiptsOfMany(cmd.Context(), w, p, args[0], force, how)
			}
			d, err := w.Filing.Show(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if err := report.CreateReceipt(args[1], force, d, how); err != nil {
				return err
			}
			return c.emitReceipts(args[1], 1)
		})
	}
	return cmd
}

// receiptsOfMany writes the receipts of all complaints that the flags pick into
// one file, in the order in which they were written.
func (c *cli) receiptsOfMany(
	ctx context.Context, w *workspace.Workspace, p *complaintFilterFlags, path string, force bool, how report.ReceiptParams,
) error {
	filter, err := p.filter(w)
	if err != nil {
		return err
	}
	ids, err := w.Filing.IDs(ctx, filing.Selection{Filter: filter})
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return domain.E("quietctl.receipts", domain.NotFound, "complaint.none_match", nil, nil)
	}
	title := c.T("receipt.cover.title")
	if filter.Batch != "" {
		title = c.T("receipt.cover.batch", map[string]any{"Batch": filter.Batch})
	}
	f, err := report.CreateReceipts(path, force, title, how)
	if err != nil {
		return err
	}
	defer f.Discard()
	if err := c.eachRecord(ctx, w, filing.Selection{IDs: ids}, f.Write); err != nil {
		return err
	}
	if err := f.Commit(); err != nil {
		return err
	}
	return c.emitReceipts(path, f.Rows())
}

// receiptsJSON says where receipts are.
type receiptsJSON struct {
	File     string `json:"file"`
	Receipts int    `json:"receipts"`
}

func (c *cli) emitReceipts(path string, n int) error {
	return c.emit(receiptsJSON{File: path, Receipts: n}, func() string {
		return c.N("cli.complaints.receipts", n, map[string]any{"File": plain(path)})
	})
}
