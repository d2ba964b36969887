package main

import (
	"bufio"
	"cmp"
	"context"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/workspace"
)

// personJSON is a person as the command line shows one.
type personJSON struct {
	ID        domain.PersonID  `json:"id"`
	Name      string           `json:"name"`
	Relation  domain.Relation  `json:"relation"`
	Province  string           `json:"province"`
	Numbers   []string         `json:"numbers"`
	Authority domain.Authority `json:"authority"`
	CreatedAt string           `json:"created_at"`
	// Folders are the watched folders, in the list of people only.
	Folders []folderJSON `json:"folders,omitempty"`
}

func (c *cli) peopleCommand() *cobra.Command {
	return c.group("people", c.peopleAdd(), c.peopleSet(), c.peopleList(), c.peopleRemove(), c.peopleWatch(), c.peopleUnwatch())
}

// personFlags are the particulars of a person.
type personFlags struct {
	relation, province, authority string
	numbers                       []string
}

func (c *cli) personFlags(cmd *cobra.Command) *personFlags {
	p := &personFlags{}
	f := cmd.Flags()
	f.StringVar(&p.relation, "relation", "", c.T("cli.people.relation"))
	f.StringVar(&p.province, "province", "", c.T("cli.people.province"))
	f.StringArrayVar(&p.numbers, "number", nil, c.T("cli.people.number"))
	f.StringVar(&p.authority, "authority", "", c.T("cli.people.authority"))
	return p
}

func (c *cli) peopleAdd() *cobra.Command {
	cmd := &cobra.Command{Use: "add NAME", Short: c.T("cli.people.add"), Args: between(1, 1)}
	p := c.personFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			got, err := w.Journal.AddPerson(cmd.Context(), journal.PersonInput{
				Name: args[0], Relation: cmp.Or(domain.Relation(p.relation), domain.RelationRelative), Province: p.province,
				Numbers: p.numbers, Authority: domain.Authority(p.authority),
			})
			if err != nil {
				return err
			}
			return c.emitPerson(got)
		})
	}
	return cmd
}

func (c *cli) peopleSet() *cobra.Command {
	var name string
	cmd := &cobra.Command{Use: "set NAME", Short: c.T("cli.people.set"), Args: between(1, 1)}
	p := c.personFlags(cmd)
	cmd.Flags().StringVar(&name, "name", "", c.T("cli.people.name"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			old, err := w.Journal.PersonByName(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			in := journal.PersonInput{
				Name: old.Name, Relation: old.Relation, Province: old.Province,
				Numbers: old.Numbers, Authority: old.Authority,
			}
			changed := cmd.Flags().Changed
			if changed("name") {
				in.Name = name
			}
			if changed("relation") {
				in.Relation = domain.Relation(p.relation)
			}
			if changed("province") {
				in.Province = p.province
			}
			if changed("number") {
				in.Numbers = p.numbers
			}
			if changed("authority") {
				in.Authority = domain.Authority(p.authority)
			}
			got, err := w.Journal.UpdatePerson(cmd.Context(), old.ID, in)
			if err != nil {
				return err
			}
			return c.emitPerson(got)
		})
	}
	return cmd
}

func (c *cli) peopleList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: c.T("cli.people.list"), Args: between(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				list, err := w.Journal.People(cmd.Context())
				if err != nil {
					return err
				}
				watched, err := w.Folders.List(cmd.Context())
				if err != nil {
					return err
				}
				of := map[domain.PersonID][]folderJSON{}
				for _, f := range watched {
					of[f.PersonID] = append(of[f.PersonID], c.folderOut(f))
				}
				for _, p := range list {
					if err := c.emitPerson(p, of[p.ID]...); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

func (c *cli) emitPerson(p domain.Person, watched ...folderJSON) error {
	v := personJSON{
		ID: p.ID, Name: p.Name, Relation: p.Relation, Province: p.Province,
		Numbers: p.Numbers, Authority: p.Authority, CreatedAt: c.timeOut(p.CreatedAt), Folders: watched,
	}
	if v.Numbers == nil {
		v.Numbers = []string{}
	}
	return c.emit(v, func() string {
		name, relation := p.Name, c.Term("relation", string(p.Relation))
		if name == domain.SelfName {
			name = c.T("cli.self")
		}
		if p.ID != domain.SelfID {
			relation = c.T("cli.people.you_are", map[string]any{"Relation": relation})
		}
		return row([]int{16, 22, 8, 12}, name, relation, dash(p.Province),
			dash(c.Term("authority", string(p.Authority))), dash(strings.Join(p.Numbers, ", "))) + c.folderLines(watched)
	})
}

// removedJSON says what a removal did.
type removedJSON struct {
	Removed      string `json:"removed"`
	CallsRemoved int64  `json:"calls_removed"`
	CallsKept    bool   `json:"calls_kept"`
}

func (c *cli) peopleRemove() *cobra.Command {
	var yes, keep bool
	cmd := &cobra.Command{Use: "remove NAME", Short: c.T("cli.people.remove"), Args: between(1, 1)}
	cmd.Flags().BoolVar(&yes, "yes", false, c.T("cli.people.yes"))
	cmd.Flags().BoolVar(&keep, "keep-calls", false, c.T("cli.people.keep_calls"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			return c.removePerson(cmd.Context(), w, args[0], yes, keep)
		})
	}
	return cmd
}

func (c *cli) removePerson(ctx context.Context, w *workspace.Workspace, name string, yes, keep bool) error {
	if _, err := w.Journal.PersonByName(ctx, name); err != nil {
		return err
	}
	question := "cli.people.confirm_all"
	if keep {
		question = "cli.people.confirm_keep"
	}
	if !yes && !c.confirm(c.T(question, map[string]any{"Name": name})) {
		return domain.E("quietctl.removePerson", domain.Cancelled, "cli.not_confirmed", nil, nil)
	}
	gone, err := w.Journal.RemovePerson(ctx, name, keep)
	if err != nil {
		return err
	}
	return c.emit(removedJSON{Removed: name, CallsRemoved: gone.Calls, CallsKept: keep}, func() string {
		if keep {
			return c.T("cli.people.removed_kept", map[string]any{"Name": name})
		}
		return c.N("cli.people.removed", int(gone.Calls), map[string]any{"Name": name})
	})
}

// confirm asks a yes-or-no question on standard error. Anything but a clear
// yes, the end of the input included, is no.
func (c *cli) confirm(question string) bool {
	_, _ = c.err.Write([]byte(plain(question) + " " + c.T("cli.yes_no") + " "))
	line, _ := bufio.NewReader(c.in).ReadString('\n') // an error leaves no yes
	if !terminal(c.in) {
		c.say("") // nobody pressed Enter, so the line is still open
	}
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "y", "yes", c.T("cli.yes_word"):
		return true
	}
	return false
}
