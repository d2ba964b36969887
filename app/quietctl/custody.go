package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/platform"
	"quietline/internal/progress"
	"quietline/internal/report"
	"quietline/internal/workspace"
)

// backupJSON is a backup that was written.
type backupJSON struct {
	File      string `json:"file"`
	Bytes     int64  `json:"bytes"`
	Files     int    `json:"files"`
	Encrypted bool   `json:"encrypted"`
}

func (c *cli) backupCommand() *cobra.Command {
	var r custody.BackupRequest
	var phrase bool
	cmd := &cobra.Command{Use: "backup FILE", Short: c.T("cli.backup.short"), Long: c.T("cli.backup.long"), Args: between(1, 1)}
	cmd.Flags().BoolVar(&phrase, "passphrase-stdin", false, c.T("cli.backup.passphrase_stdin"))
	cmd.Flags().BoolVar(&r.Force, "force", false, c.T("cli.backup.force"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		r.File = args[0]
		if phrase {
			var err error
			if r.Passphrase, err = c.readPassphrase(); err != nil {
				return err
			}
		} else {
			c.say(c.T("cli.backup.plain"))
		}
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			r.Counter = &progress.Counter{}
			stop := c.showProgress(r.Counter)
			b, err := w.Backup(cmd.Context(), r)
			stop()
			if err != nil {
				return err
			}
			return c.emit(backupJSON(b), func() string {
				return c.T("cli.backup.done", map[string]any{"File": b.File, "MB": megabytes(b.Bytes)})
			})
		})
	}
	return cmd
}

func megabytes(n int64) int64 { return (n + 1<<20 - 1) >> 20 }

// readPassphrase takes the first line of standard input, blanks and all.
func (c *cli) readPassphrase() (string, error) {
	line, err := c.readLine()
	if err != nil || line == "" {
		return "", usage("cli.passphrase_missing", nil)
	}
	return line, nil
}

// restoredJSON is what a restoration brought.
type restoredJSON struct {
	TakenAt   string `json:"taken_at"`
	Program   string `json:"program"`
	Files     int    `json:"files"`
	ByKey     int    `json:"cleared_up_by_key"`
	ByPerson  int    `json:"wait_for_a_person"`
	Drafts    int    `json:"drafts"`
	NoToken   int    `json:"channels_without_token"`
	KeptAside string `json:"kept"`
}

func (c *cli) restoreCommand() *cobra.Command {
	var r custody.RestoreRequest
	var phrase bool
	cmd := &cobra.Command{Use: "restore FILE", Short: c.T("cli.restore.short"), Long: c.T("cli.restore.long"), Args: between(1, 1)}
	cmd.Flags().BoolVar(&phrase, "passphrase-stdin", false, c.T("cli.backup.passphrase_stdin"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		r.File = args[0]
		if phrase {
			var err error
			if r.Passphrase, err = c.readPassphrase(); err != nil {
				return err
			}
		}
		return c.withCustody(func(s *custody.Service) error {
			r.Counter = &progress.Counter{}
			stop := c.showProgress(r.Counter)
			out, err := s.Restore(cmd.Context(), r)
			stop()
			if err != nil {
				return err
			}
			return c.emit(restoredJSON{
				TakenAt: c.timeOut(out.TakenAt), Program: out.Program, Files: out.Files, ByKey: out.ByKey,
				ByPerson: out.ByPerson, Drafts: out.Drafts, NoToken: out.NoToken, KeptAside: out.Kept,
			}, func() string { return strings.Join(report.RestoredText(c.Printer, out, c.timeText(out.TakenAt)), "\n") })
		})
	}
	return cmd
}

// withCustody is for what works on a workspace that nobody has open.
func (c *cli) withCustody(f func(*custody.Service) error) error {
	p, err := c.workspaceParams()
	if err != nil {
		return err
	}
	if err := platform.MakeDataDir(p.Dir); err != nil {
		return err
	}
	s, err := workspace.Custody(p)
	if err != nil {
		return err
	}
	return f(s)
}

// erasedJSON is what an erasure took.
type erasedJSON struct {
	Erased      string   `json:"erased"`
	Calls       int64    `json:"calls"`
	OthersCalls int64    `json:"calls_of_others"`
	Contacts    int64    `json:"contacts"`
	Alerts      int64    `json:"alerts"`
	Complaints  int64    `json:"complaints"`
	Open        int64    `json:"complaints_open"`
	Cancelled   int64    `json:"complaints_cancelled"`
	Unsettled   int64    `json:"complaints_unsettled"`
	Evidence    int      `json:"evidence"`
	Mentions    int64    `json:"mentions"`
	Copies      int      `json:"copies"`
	Left        []string `json:"left"`
}

func (c *cli) eraseCommand() *cobra.Command {
	var r custody.EraseRequest
	var all, yes bool
	cmd := &cobra.Command{Use: "erase", Short: c.T("cli.erase.short"), Long: c.T("cli.erase.long"), Args: between(0, 0)}
	f := cmd.Flags()
	f.StringVar(&r.Person, "person", "", c.T("cli.erase.person"))
	f.BoolVar(&all, "all", false, c.T("cli.erase.all"))
	f.BoolVar(&r.GiveUp, "give-up", false, c.T("cli.erase.give_up"))
	f.BoolVar(&yes, "yes", false, c.T("cli.people.yes"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		r.Person = strings.TrimSpace(r.Person)
		if all == (r.Person != "") {
			return usage("cli.erase_whom", nil)
		}
		if !yes {
			if err := c.askToErase(cmd.Context(), r.Person); err != nil {
				return err
			}
		}
		return c.withCustody(func(s *custody.Service) error { return c.erase(cmd.Context(), s, r) })
	}
	return cmd
}

// askToErase says what would go before it asks.
func (c *cli) askToErase(ctx context.Context, person string) error {
	question := c.T("cli.erase.confirm_all")
	if person != "" {
		err := c.withWorkspace(ctx, func(w *workspace.Workspace) error {
			toll, err := w.Outlook(ctx, person)
			if err == nil {
				c.say(c.T("erase.goes") + "\n  " + strings.Join(report.TollText(c.Printer, toll), "\n  "))
			}
			return err
		})
		if err != nil {
			return err
		}
		question = c.T("cli.erase.confirm", map[string]any{"Name": person})
	}
	if !c.confirm(question) {
		return domain.E("quietctl.erase", domain.Cancelled, "cli.not_confirmed", nil, nil)
	}
	return nil
}

func (c *cli) erase(ctx context.Context, s *custody.Service, r custody.EraseRequest) error {
	r.Counter = &progress.Counter{}
	stop := c.showProgress(r.Counter)
	t, err := s.Erase(ctx, r)
	stop()
	if err != nil {
		return err
	}
	v := erasedJSON{
		Erased: r.Person, Calls: t.Calls, OthersCalls: t.OthersCalls, Contacts: t.Contacts, Alerts: t.Alerts,
		Complaints: t.Complaints, Open: t.Open, Cancelled: t.Waiting, Unsettled: t.Unsettled,
		Evidence: len(t.Evidence), Mentions: t.Mentions, Copies: t.Copies, Left: append([]string{}, t.Left...),
	}
	return c.emit(v, func() string {
		if r.Person == "" {
			text := c.T("erase.done_all")
			if len(t.Left) > 0 {
				text += "\n" + c.T("erase.left", map[string]any{"Files": strings.Join(t.Left, c.T("cli.list_separator"))})
			}
			return text
		}
		return c.T("erase.done", map[string]any{"Name": r.Person}) + "\n  " + strings.Join(report.TollText(c.Printer, t), "\n  ")
	})
}
