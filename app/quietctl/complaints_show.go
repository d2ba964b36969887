package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/wording"
	"quietline/internal/workspace"
)

// detailJSON is everything about one complaint.
type detailJSON struct {
	complaintJSON
	Practice   bool                  `json:"practice"`
	Complaint  domain.ComplaintBody  `json:"complaint"`
	Errors     []domain.FieldProblem `json:"errors"`
	Evidence   []evidenceJSON        `json:"evidence"`
	Recording  *recordingJSON        `json:"recording"`
	Timeline   []eventJSON           `json:"timeline"`
	AttemptLog []attemptJSON         `json:"attempt_log"`
	Withdrawal *withdrawalJSON       `json:"withdrawal"`
	// CaseProblem is why the endpoint did not tell the case the last time.
	CaseProblem string `json:"case_problem"`
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
				d.Timeline = inOrder(d.Timeline)
				return c.emit(c.toDetailJSON(d), func() string { return c.detailText(d) })
			})
		},
	}
}

func (c *cli) toDetailJSON(d filing.Detail) detailJSON {
	v := detailJSON{
		complaintJSON: c.toComplaintJSON(d.Complaint), Practice: d.Practice, Complaint: d.Complaint.Body,
		Errors: d.Complaint.Problems, Evidence: c.toEvidenceJSON(d.Evidence), Recording: c.recording(d.Complaint.Body),
		Timeline: []eventJSON{}, AttemptLog: []attemptJSON{},
	}
	v.CaseProblem = d.CaseProblem
	v.Withdrawal = c.toWithdrawalJSON(d.Withdrawal)
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

// inOrder gives the events in the order of time, as the window and the receipt
// do. Case states come with the endpoint's times, and later than they happened.
func inOrder(list []domain.TimelineEvent) []domain.TimelineEvent {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b domain.TimelineEvent) int { return a.At.Compare(b.At) })
	return list
}

// eventText puts an event into words, with the reason where there is one.
func (c *cli) eventText(e domain.TimelineEvent) string {
	text := c.T("event." + e.Kind)
	if e.Kind == "case_state" {
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

// attemptText is one try in a line.
func (c *cli) attemptText(a domain.Attempt) string {
	text := itoa(int64(a.N)) + "  " + c.timeText(a.StartedAt) + "  " + c.T("event.attempt_"+string(a.Outcome))
	if a.HTTPStatus != 0 {
		text += "  HTTP " + itoa(int64(a.HTTPStatus))
	}
	if a.ErrorKey != "" {
		text += "  " + c.T("err."+a.ErrorKey)
	}
	return text
}

// contentLines are what the complaint says; what nobody chose is left out.
func (c *cli) contentLines(line func(key, value string), body domain.ComplaintBody) {
	if o := body.Complainant.OnBehalf; o != nil {
		line("on_behalf_of", strings.TrimSpace(o.Name+"  "+c.Term("relation", string(body.Complainant.Relation))+"  "+c.Term("authority", string(o.Authority))))
	}
	line("category", c.Term("category", string(body.Category)))
	line("fraud_kind", c.Term("fraud_kind", string(body.FraudKindOf())))
	if !slices.Equal(body.Techniques, []domain.Technique{domain.TechniqueUnknown}) {
		line("technique", terms(c, "technique", body.Techniques))
	}
	if body.Harm > 0 {
		line("harm", c.Term("harm", itoa(int64(body.Harm))))
	}
	if body.RefusedAt != nil {
		line("refused_at", c.timeText(*body.RefusedAt))
	}
	if body.Loss != nil {
		line("loss", body.Loss.Amount+" "+body.Loss.Currency)
	}
	line("demand", terms(c, "demand", body.Demands))
	line("description", body.Description)
}

// terms puts codes into words.
func terms[T ~string](c *cli, kind string, codes []T) string {
	words := make([]string, len(codes))
	for i, code := range codes {
		words[i] = c.Term(kind, string(code))
	}
	return strings.Join(words, c.T("cli.list_separator"))
}

func (c *cli) detailText(d filing.Detail) string {
	var b strings.Builder
	k := d.Complaint
	line := c.labelled(&b, "")
	line("complaint", string(k.ID))
	line("number", k.Body.Caller.Displayed)
	line("holder", k.Body.Caller.ListedHolder)
	for _, call := range k.Body.Calls {
		line("call", c.timeText(call.StartedAt)+"  "+c.Term("direction", string(call.Direction)))
	}
	c.contentLines(line, k.Body)
	line("channel", k.Channel)
	line("send_state", c.stateWords(k))
	line("case_state", c.Term("case_state", string(k.CaseState)))
	line("receipt", k.ReceiptNumber)
	line("withdrawal", c.withdrawalText(d.Withdrawal))
	if !k.NextAttemptAt.IsZero() {
		line("next", c.timeText(k.NextAttemptAt))
	}
	if r, ok := wording.KeptUntil(k.Body.Caller.Family, k.Body.Calls, c.clock.Now()); ok {
		b.WriteString(r.Sentence(c.Printer) + "\n")
	}
	if d.CaseProblem != "" {
		b.WriteString(c.T("err."+d.CaseProblem) + "\n  " + c.T("err."+d.CaseProblem+".hint") + "\n")
	}
	if d.Practice {
		b.WriteString(c.T("cli.channels.is_practice") + "\n")
	}
	if text := c.waitsForYou(k); text != "" {
		b.WriteString(text + "\n")
	}
	b.WriteString(c.evidenceText(d.Evidence))
	b.WriteString("\n" + c.T("cli.label.timeline") + "\n")
	for _, e := range d.Timeline {
		b.WriteString("  " + c.timeText(e.At) + "  " + plain(c.eventText(e)) + "\n")
	}
	if len(d.Attempts) > 0 {
		b.WriteString("\n" + c.T("cli.label.attempts") + "\n")
	}
	for i, a := range d.Attempts {
		b.WriteString("  " + c.attemptText(a) + "\n")
		if i == len(d.Attempts)-1 {
			b.WriteString(strings.TrimPrefix(c.reasons("     ", a.Detail, k.Problems)+"\n", "\n"))
		}
	}
	return strings.TrimRight(b.String(), "\n")
}
