package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/lookout"
	"quietline/internal/progress"
	"quietline/internal/report"
	"quietline/internal/workspace"
)

// alertJSON is an alert as cli.md lists it.
type alertJSON struct {
	ID       lookout.AlertID `json:"id"`
	Kind     insight.Kind    `json:"kind"`
	Person   string          `json:"person"`
	Number   string          `json:"number"`
	Code     string          `json:"code"`
	From     string          `json:"from"`
	To       string          `json:"to"`
	Calls    int             `json:"calls"`
	Severity domain.Severity `json:"severity"`
	State    lookout.State   `json:"state"`
	Text     string          `json:"text"`
	CallIDs  []domain.CallID `json:"call_ids"`
}

// periodFlags are --person, --from and --to.
type periodFlags struct{ person, from, to string }

func (c *cli) periodFlags(cmd *cobra.Command, person string) *periodFlags {
	p := &periodFlags{}
	f := cmd.Flags()
	f.StringVar(&p.person, "person", "", c.T(person))
	f.StringVar(&p.from, "from", "", c.T("cli.calls.from"))
	f.StringVar(&p.to, "to", "", c.T("cli.calls.to"))
	return p
}

func (c *cli) alertsCommand() *cobra.Command {
	var all bool
	cmd := &cobra.Command{Use: "alerts", Short: c.T("cli.alerts.short"), Args: between(0, 0)}
	p := c.periodFlags(cmd, "cli.alerts.only_person")
	cmd.Flags().BoolVar(&all, "all", false, c.T("cli.alerts.all"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			return c.listAlerts(cmd.Context(), w, p, all)
		})
	}
	cmd.AddCommand(
		c.alertState("seen", "cli.alerts.seen", (*lookout.Service).MarkSeen),
		c.alertState("dismiss", "cli.alerts.dismiss", (*lookout.Service).Dismiss),
		c.alertSettings(),
	)
	return cmd
}

func (c *cli) listAlerts(ctx context.Context, w *workspace.Workspace, p *periodFlags, all bool) error {
	f := lookout.AlertFilter{Dismissed: all}
	var err error
	if f.From, err = c.dayIn("--from", p.from, false); err != nil {
		return err
	}
	if f.To, err = c.dayIn("--to", p.to, true); err != nil {
		return err
	}
	if p.person != "" {
		person, err := w.Journal.PersonByName(ctx, p.person)
		if err != nil {
			return err
		}
		f.PersonID = person.ID
	}
	if err := c.refreshAlerts(ctx, w); err != nil {
		return err
	}
	none := true
	for page := (domain.Page{Limit: domain.MaxPageSize}); ; {
		got, err := w.Lookout.Alerts(ctx, f, page)
		if err != nil {
			return err
		}
		for _, a := range got.Alerts {
			none = false
			if err := c.emitAlert(a); err != nil {
				return err
			}
		}
		if got.Next == "" {
			break
		}
		page.After = got.Next
	}
	if none && !c.json {
		c.say(c.T("cli.alerts.none"))
	}
	return nil
}

// refreshAlerts judges what changed since the last time.
func (c *cli) refreshAlerts(ctx context.Context, w *workspace.Workspace) error {
	var counter progress.Counter
	stop := c.showProgress(&counter)
	defer stop()
	return w.Lookout.Refresh(ctx, &counter)
}

func (c *cli) emitAlert(a lookout.Alert) error {
	v := alertJSON{
		ID: a.ID, Kind: a.Kind, Person: a.PersonName, Number: a.Number, Code: a.Code, From: c.timeOut(a.From), To: c.timeOut(a.To),
		Calls: a.Calls, Severity: a.Severity, State: a.State, Text: report.AlertText(c.Printer, a.Alert, a.PersonName), CallIDs: a.CallIDs,
	}
	return c.emit(v, func() string {
		head := []string{c.Term("severity", string(a.Severity)), c.Term("alert", string(a.Kind)), c.timeText(a.From)}
		if a.PersonName != "" {
			head = append(head, a.PersonName)
		}
		head = append(head, c.Term("alert_state", string(a.State)))
		return row([]int{6}, "#"+itoa(int64(a.ID)), strings.Join(head, c.T("verdict_card.separator"))) + "\n        " + plain(v.Text)
	})
}

// alertState is a command that says what the user did with alerts.
func (c *cli) alertState(name, short string, set func(*lookout.Service, context.Context, ...lookout.AlertID) error) *cobra.Command {
	return &cobra.Command{
		Use: name + " ID...", Short: c.T(short), Args: between(1, -1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var ids []lookout.AlertID
			for _, text := range args {
				id, err := readID[lookout.AlertID](text, "cli.alert_id_invalid")
				if err != nil {
					return err
				}
				ids = append(ids, id)
			}
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				return set(w.Lookout, cmd.Context(), ids...)
			})
		},
	}
}

// thresholdJSON is one setting of the alerts; values are texts, because some
// are times of the day.
type thresholdJSON struct {
	Name    string `json:"name"`
	Value   string `json:"value"`
	Default string `json:"default"`
	Text    string `json:"text"`
}

func (c *cli) alertSettings() *cobra.Command {
	return &cobra.Command{
		Use: "settings [NAME VALUE]", Short: c.T("cli.alerts.set"), Args: between(0, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return between(2, 2)(cmd, args)
			}
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				if len(args) == 2 {
					if err := w.Lookout.Set(cmd.Context(), args[0], args[1]); err != nil {
						return err
					}
				}
				return c.showThresholds(cmd.Context(), w)
			})
		},
	}
}

func (c *cli) showThresholds(ctx context.Context, w *workspace.Workspace) error {
	now, err := w.Lookout.Settings(ctx)
	if err != nil {
		return err
	}
	for _, t := range insight.Thresholds() {
		v := thresholdJSON{
			Name: t.Name, Value: t.Value(now), Default: t.Value(insight.Defaults()), Text: c.T("alert.setting." + t.Name),
		}
		if err := c.emit(v, func() string { return row([]int{17, 6}, v.Name, v.Value, v.Text) }); err != nil {
			return err
		}
	}
	return nil
}
