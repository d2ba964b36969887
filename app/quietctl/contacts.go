package main

import (
	"context"
	"path/filepath"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/progress"
	"quietline/internal/workspace"
)

// contactJSON is a contact as the command line shows one.
type contactJSON struct {
	Name   string             `json:"name"`
	Number string             `json:"number"`
	Person string             `json:"person"`
	Source string             `json:"source"`
	Mark   domain.ContactMark `json:"mark"`
}

// contactImportJSON is what an import of contacts did.
type contactImportJSON struct {
	File       string       `json:"file"`
	Encoding   string       `json:"encoding"`
	Cards      int          `json:"cards"`
	Imported   int          `json:"imported"`
	Duplicates int          `json:"duplicates"`
	Skipped    int          `json:"skipped"`
	Rejected   int          `json:"rejected"`
	Rejects    []rejectJSON `json:"rejects"`
	Numbers    int          `json:"numbers"`
	Person     string       `json:"person"`
	DryRun     bool         `json:"dry_run"`
	Notes      []rejectJSON `json:"notes,omitempty"`
}

func (c *cli) contactsCommand() *cobra.Command {
	return c.group("contacts", c.contactsImport(), c.contactsList(), c.contactsAdd(), c.contactsRemove())
}

func (c *cli) contactsImport() *cobra.Command {
	var r journal.ContactImport
	cmd := &cobra.Command{Use: "import FILE", Short: c.T("cli.contacts.import"), Args: between(1, 1)}
	cmd.Flags().StringVar(&r.Person, "person", "", c.T("cli.contacts.person"))
	cmd.Flags().BoolVar(&r.DryRun, "dry-run", false, c.T("cli.calls.dry_run"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		r.Path = args[0]
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			report, err := c.importContacts(cmd.Context(), w, r)
			if err != nil && report.Cards == 0 {
				// The command line was right, the file was not.
				c.fault = domain.KeyOf(err) != "person.not_found"
				return err
			}
			c.partial = c.partial || report.Rejected > 0
			if eerr := c.emitContactImport(filepath.Base(r.Path), report); eerr != nil {
				return eerr
			}
			c.fault = err != nil
			return err
		})
	}
	return cmd
}

func (c *cli) importContacts(ctx context.Context, w *workspace.Workspace, r journal.ContactImport) (journal.ContactReport, error) {
	var counter progress.Counter
	stop := c.showProgress(&counter)
	defer stop()
	return w.Journal.ImportContacts(ctx, r, &counter)
}

func (c *cli) emitContactImport(file string, r journal.ContactReport) error {
	v := contactImportJSON{
		File: file, Encoding: r.Encoding, Cards: r.Cards, Imported: r.Imported, Duplicates: r.Duplicates,
		Skipped: r.Skipped, Rejected: r.Rejected, Rejects: []rejectJSON{}, Numbers: r.Numbers, Person: r.Person, DryRun: r.DryRun,
	}
	for _, x := range r.Rejects {
		v.Rejects = append(v.Rejects, rejectJSON{Line: x.Line, Reason: c.T(journal.ContactRejectWords + x.Reason), Text: x.Text})
	}
	for _, x := range r.Notes {
		v.Notes = append(v.Notes, rejectJSON{Line: x.Line, Reason: c.T(journal.ContactRejectWords + x.Reason), Text: x.Text})
	}
	return c.emit(v, func() string {
		text := c.T("cli.contacts.imported", map[string]any{
			"File": plain(v.File), "Cards": v.Cards, "Imported": v.Imported, "Duplicates": v.Duplicates,
			"Skipped": v.Skipped, "Rejected": v.Rejected,
		})
		text += c.lineText(v.Rejects, v.Notes)
		if v.DryRun {
			text += "\n  " + c.T("cli.calls.dry")
		}
		return text
	})
}

func (c *cli) contactsList() *cobra.Command {
	var person string
	cmd := &cobra.Command{Use: "list", Short: c.T("cli.contacts.list"), Args: between(0, 0)}
	cmd.Flags().StringVar(&person, "person", "", c.T("cli.contacts.list_person"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			list, err := w.Journal.Contacts(cmd.Context(), person)
			for _, x := range list {
				if err == nil {
					err = c.emitContact(x)
				}
			}
			return err
		})
	}
	return cmd
}

func (c *cli) contactsAdd() *cobra.Command {
	var in journal.ContactInput
	var mark string
	cmd := &cobra.Command{Use: "add", Short: c.T("cli.contacts.add"), Args: between(0, 0)}
	f := cmd.Flags()
	f.StringVar(&in.Number, "number", "", c.T("cli.contacts.number"))
	f.StringVar(&in.Name, "name", "", c.T("cli.contacts.name"))
	f.StringVar(&in.Person, "person", "", c.T("cli.contacts.person"))
	f.StringVar(&mark, "mark", string(domain.ContactKnown), c.T("cli.contacts.mark"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		in.Mark = domain.ContactMark(mark)
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			got, err := w.Journal.AddContact(cmd.Context(), in)
			if err != nil {
				return err
			}
			return c.emitContact(got)
		})
	}
	return cmd
}

func (c *cli) emitContact(x domain.Contact) error {
	v := contactJSON{Name: x.Name, Number: x.Number, Person: x.Person, Source: x.Source, Mark: x.Mark}
	return c.emit(v, func() string {
		person := x.Person
		if x.PersonID == 0 {
			person = c.T("cli.contacts.everybody")
		}
		return row([]int{20, 16, 12}, dash(x.Name), x.Number, person, c.Term("mark", string(x.Mark)))
	})
}

// contactGoneJSON says which number is no contact any longer.
type contactGoneJSON struct {
	Removed string `json:"removed"`
	Person  string `json:"person"`
}

func (c *cli) contactsRemove() *cobra.Command {
	var number, person string
	cmd := &cobra.Command{Use: "remove", Short: c.T("cli.contacts.remove"), Args: between(0, 0)}
	cmd.Flags().StringVar(&number, "number", "", c.T("cli.contacts.number"))
	cmd.Flags().StringVar(&person, "person", "", c.T("cli.contacts.person"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			removed, err := w.Journal.RemoveContact(cmd.Context(), number, person)
			if err != nil {
				return err
			}
			return c.emit(contactGoneJSON{Removed: removed, Person: person}, func() string {
				return c.T("cli.contacts.removed", map[string]any{"Number": removed})
			})
		})
	}
	return cmd
}
