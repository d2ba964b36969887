package main

import (
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/workspace"
)

// detailJSON is everything about one complaint.
type detailJSON struct {
	complaintJSON
	Practice   bool                  `json:"practice"`
	Complaint  domain.ComplaintBody  `json:"complaint"`
	Errors     []domain.FieldProblem `json:"errors"`
	Timeline   []eventJSON           `json:"timeline"`
	AttemptLog []attemptJSON         `json:"attempt_log"`
}

type eventJSON struct {
	At        string           `json:"at"`
	Kind      string           `json:"kind"`
	SendState domain.SendState `json:"send_state"`
	CaseState domain.CaseState `json:"case_state"`
	Note      string           `json:"note"`
	Text      string           `json:"text"`
}

type attemptJSON struct {
	N          int                   `json:"n"`
	StartedAt  string                `json:"started_at"`
	EndedAt    *string               `json:"ended_at"`
	Outcome    domain.AttemptOutcome `json:"outcome"`
	HTTPStatus int                   `json:"http_status"`
	ErrorCode  string                `json:"error_code"`
	Detail     string                `json:"detail"`
}

func (c *cli) complaintsShow() *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: c.T("cli.complaints.show"), Args: between(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				d, err := w.Filing.Show(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				return c.emit(c.toDetailJSON(d), func() string { return c.detailText(d) })
			})
		},
	}
}

func (c *cli) toDetailJSON(d filing.Detail) detailJSON {
	v := detailJSON{
		complaintJSON: c.toComplaintJSON(d.Complaint), Practice: d.Practice, Complaint: d.Complaint.Body,
		Errors: d.Complaint.Problems, Timeline: []eventJSON{}, AttemptLog: []attemptJSON{},
	}
	if v.Errors == nil {
		v.Errors = []domain.FieldProblem{}
	}
	for _, e := range d.Timeline {
		v.Timeline = append(v.Timeline, eventJSON{
			At: c.timeOut(e.At), Kind: e.Kind, SendState: e.SendState, CaseState: e.CaseState,
			Note: e.Note, Text: c.eventText(e),
		})
	}
	for _, a := range d.Attempts {
		v.AttemptLog = append(v.AttemptLog, attemptJSON{
			N: a.N, StartedAt: c.timeOut(a.StartedAt), EndedAt: c.timePtr(a.EndedAt), Outcome: a.Outcome,
			HTTPStatus: a.HTTPStatus, ErrorCode: a.ErrorKey, Detail: a.Detail,
		})
	}
	return v
}

// eventText puts an event into words, with the reason where there is one.
func (c *cli) eventText(e domain.TimelineEvent) string {
	text := c.T("event." + e.Kind)
	if e.CaseState != "" {
		text += c.T("cli.colon") + c.Term("case_state", string(e.CaseState))
	}
	switch {
	case e.Note == "":
	case c.Has("err." + e.Note):
		text += c.T("cli.colon") + c.T("err."+e.Note)
	default:
		text += c.T("cli.colon") + e.Note
	}
	return text
}

func (c *cli) detailText(d filing.Detail) string {
	var b strings.Builder
	k := d.Complaint
	line := func(key, value string) {
		if value != "" {
			b.WriteString(pad(c.T("cli.label."+key), 12) + "  " + value + "\n")
		}
	}
	line("complaint", string(k.ID))
	line("number", k.Body.Caller.Displayed)
	line("holder", k.Body.Caller.ListedHolder)
	for _, call := range k.Body.Calls {
		line("call", c.timeText(call.StartedAt)+"  "+c.Term("direction", string(call.Direction)))
	}
	line("category", c.Term("category", string(k.Body.Category)))
	line("description", k.Body.Description)
	line("channel", k.Channel)
	line("send_state", c.Term("send_state", string(k.SendState)))
	line("case_state", c.Term("case_state", string(k.CaseState)))
	line("receipt", k.ReceiptNumber)
	if !k.NextAttemptAt.IsZero() {
		line("next", c.timeText(k.NextAttemptAt))
	}
	if d.Practice {
		b.WriteString(c.T("cli.channels.is_practice") + "\n")
	}
	for _, p := range k.Problems {
		b.WriteString("  " + p.Pointer + "  " + p.Detail + "\n")
	}
	b.WriteString("\n" + c.T("cli.label.timeline") + "\n")
	for _, e := range d.Timeline {
		b.WriteString("  " + c.timeText(e.At) + "  " + c.eventText(e) + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}
