package main

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/workspace"
)

// cardJSON is all that is known of one number.
type cardJSON struct {
	Number    string          `json:"number"`
	Check     json.RawMessage `json:"check"`
	Calls     int64           `json:"calls"`
	Outgoing  int64           `json:"outgoing"`
	FirstAt   *string         `json:"first_at"`
	LastAt    *string         `json:"last_at"`
	People    []personCalls   `json:"people"`
	Hours     [24]int64       `json:"hours"`
	AreaCodes []areaCallsJSON `json:"area_codes"`
	Notes     []callMarkJSON  `json:"notes"`
	Siblings  siblingsJSON    `json:"siblings"`
	Do        []deedJSON      `json:"do"`
}

type personCalls struct {
	Person string `json:"person"`
	Calls  int64  `json:"calls"`
	LastAt string `json:"last_at"`
}

type areaCallsJSON struct {
	AreaCode string `json:"area_code"`
	Calls    int64  `json:"calls"`
}

type callMarkJSON struct {
	CallID    domain.CallID   `json:"call_id"`
	Person    string          `json:"person"`
	StartedAt string          `json:"started_at"`
	Category  domain.Category `json:"category"`
	Note      string          `json:"note"`
}

// siblingsJSON are the other numbers of the holder code in the log.
type siblingsJSON struct {
	Code    string        `json:"code"`
	Numbers int64         `json:"numbers"`
	Calls   int64         `json:"calls"`
	Most    []siblingJSON `json:"most"`
}

type siblingJSON struct {
	Number string `json:"number"`
	Calls  int64  `json:"calls"`
	LastAt string `json:"last_at"`
}

type deedJSON struct {
	Deed journal.Deed `json:"deed"`
	Text string       `json:"text"`
}

func (c *cli) callsNumber() *cobra.Command {
	var province string
	cmd := &cobra.Command{Use: "number NUMBER", Short: c.T("cli.calls.number_short"), Args: between(1, 1)}
	cmd.Flags().StringVar(&province, "province", "", c.T("cli.check.province"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			if _, ok := w.Registry.Province(province); province != "" && !ok {
				return usage("cli.province_unknown", domain.Args{"Value": province})
			}
			card, err := w.Journal.Card(cmd.Context(), args[0], province)
			if err != nil {
				return err
			}
			return c.emit(c.toCardJSON(card, w.Registry.Info()), func() string {
				check := newCheckText(c.Printer, w.Registry.Info(), w.Registry.Province).append(nil, card.Check)
				return string(check) + c.cardText(card)
			})
		})
	}
	return cmd
}

func (c *cli) toCardJSON(k journal.Card, info domain.RegistryInfo) cardJSON {
	v := cardJSON{
		Number: k.Check.Number, Check: newCheckJSON(c.Printer, info).append(nil, k.Check), Calls: k.Calls, Outgoing: k.Outgoing,
		FirstAt: c.timePtr(k.First), LastAt: c.timePtr(k.Last), Hours: k.Hours,
		People: make([]personCalls, len(k.People)), AreaCodes: make([]areaCallsJSON, len(k.AreaCodes)),
		Notes: make([]callMarkJSON, len(k.Notes)), Do: make([]deedJSON, len(k.Do)),
		Siblings: siblingsJSON{
			Code: k.Check.Code, Numbers: k.SiblingNumbers, Calls: k.SiblingCalls, Most: make([]siblingJSON, len(k.Siblings)),
		},
	}
	for i, p := range k.People {
		v.People[i] = personCalls{Person: p.Person, Calls: p.Calls, LastAt: c.timeOut(p.Last)}
	}
	for i, a := range k.AreaCodes {
		v.AreaCodes[i] = areaCallsJSON(a)
	}
	for i, n := range k.Notes {
		v.Notes[i] = callMarkJSON{
			CallID: n.CallID, Person: n.Person, StartedAt: c.timeOut(n.StartedAt), Category: n.Category, Note: n.Note,
		}
	}
	for i, s := range k.Siblings {
		v.Siblings.Most[i] = siblingJSON{Number: s.Number, Calls: s.Calls, LastAt: c.timeOut(s.Last)}
	}
	for i, d := range k.Do {
		v.Do[i] = deedJSON{Deed: d, Text: c.T("deed." + string(d))}
	}
	return v
}

// cardText is what the log tells, and what to do.
func (c *cli) cardText(k journal.Card) string {
	var b strings.Builder
	line := c.labelled(&b, "  ")
	if !k.Logged {
		b.WriteString("  " + c.T("cli.card.not_logged") + "\n")
	} else {
		line("calls", c.N("kit.numberlog.calls", int(k.Calls)))
		line("first_at", c.timeText(k.First))
		line("last_at", c.timeText(k.Last))
	}
	for _, p := range k.People {
		line("person", p.Person+c.T("verdict_card.separator")+c.N("kit.numberlog.calls", int(p.Calls)))
	}
	line("hours", hoursText(k.Hours))
	for _, a := range k.AreaCodes {
		line("area_code", dash(a.AreaCode)+c.T("verdict_card.separator")+c.N("kit.numberlog.calls", int(a.Calls)))
	}
	if k.SiblingNumbers > 0 {
		line("siblings", c.N("cli.card.siblings", int(k.SiblingNumbers), map[string]any{
			"Code": k.Check.Code, "Calls": c.N("kit.numberlog.calls", int(k.SiblingCalls)),
		}))
		for _, s := range k.Siblings {
			line("sibling", s.Number+c.T("verdict_card.separator")+c.N("kit.numberlog.calls", int(s.Calls)))
		}
	}
	for _, n := range k.Notes {
		line("note", strings.TrimSpace(strings.Join([]string{
			c.timeText(n.StartedAt), n.Person, c.Term("category", string(n.Category)), n.Note,
		}, " ")))
	}
	for _, d := range k.Do {
		line("do", c.T("deed."+string(d)))
	}
	return strings.TrimRight(b.String(), "\n")
}

// hoursText lists the hours of the day at which the number called, as "9h×3".
func hoursText(hours [24]int64) string {
	var parts []string
	for h, n := range hours {
		if n > 0 {
			parts = append(parts, strconv.Itoa(h)+"h×"+itoa(n))
		}
	}
	return strings.Join(parts, " ")
}
