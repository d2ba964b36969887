package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
)

// ReceiptParams are what receipts need. All of it is required.
type ReceiptParams struct {
	// Printer gives the words. Its language must not change while receipts are
	// written.
	Printer *l10n.Printer
	Zone    *time.Location
	// At is when the receipts are printed.
	At time.Time
}

const receiptTime = "2006-01-02 15:04:05"

// Receipt is what a person keeps of a complaint: its number, how far it came,
// all that happened, and what was sent. What we did and what the endpoint made
// of it stand apart. No is its number in a book of receipts, 0 for none.
func Receipt(p ReceiptParams, d filing.Detail, no int) Document {
	r := receipt{ReceiptParams: p, d: d}
	doc := Document{
		Language: string(p.Printer.Language()), Title: r.t("receipt.title", nil),
		Subtitle: r.t("receipt.subtitle", l10n.Args{"ID": d.Complaint.ID.Short(), "Time": r.time(p.At)}),
		Footer:   r.t("receipt.footer", nil),
	}
	if no > 0 {
		doc.Title = r.t("receipt.title_no", l10n.Args{"No": no})
	}
	if d.Practice {
		doc.Parts = append(doc.Parts, Part{Notice: r.t("receipt.practice", nil)})
		doc.Footer = r.t("receipt.practice", nil) + " " + doc.Footer
	}
	doc.Parts = append(doc.Parts, r.number(), r.states(), r.timeline(), r.contents())
	if len(d.Complaint.Body.Calls) > 0 {
		doc.Parts = append(doc.Parts, r.calls())
	}
	doc.Parts = append(doc.Parts, r.evidence())
	return doc
}

// receipt makes the parts of one receipt.
type receipt struct {
	ReceiptParams
	d filing.Detail
}

func (r receipt) t(key string, args l10n.Args) string { return r.Printer.T(key, args) }

func (r receipt) time(t time.Time) string { return t.In(r.Zone).Format(receiptTime) }

// number is the receipt number, or that there is none yet. What the user typed
// in is marked as unverified.
func (r receipt) number() Part {
	c := r.d.Complaint
	part := Part{Heading: r.t("complaints.receipt", nil), Large: c.ReceiptNumber}
	switch {
	case c.ReceiptNumber == "" && c.Token != "":
		part.Paragraphs = []string{r.t("receipt.number.token", nil)}
	case c.ReceiptNumber == "":
		part.Paragraphs = []string{r.t("receipt.number.none", nil)}
	case c.ChannelKind == domain.ChannelAssisted:
		part.Paragraphs = []string{r.t("receipt.number.by_hand", nil)}
	case r.d.Practice:
		part.Paragraphs = []string{r.t("receipt.number.practice", nil)}
	}
	return part
}

// states are ours and theirs, each in a row of its own that says whose it is.
func (r receipt) states() Part {
	c := r.d.Complaint
	ours, theirs := r.Printer.Term("send_state", string(c.SendState)), r.Printer.Term("case_state", string(c.CaseState))
	if c.ByHand() {
		ours = r.t("by_hand.state", nil)
	}
	if theirs == "" {
		theirs = r.t("receipt.case.none", nil)
	}
	when := ""
	if at := SentAt(r.d); !at.IsZero() {
		when = r.time(at)
	}
	since := ""
	for _, e := range r.d.Timeline {
		if e.Kind == kindCase {
			since = r.time(e.At)
		}
	}
	rows := [][]string{
		{r.t("receipt.state.ours", nil), ours, when},
		{r.t("receipt.state.theirs", nil), theirs, since},
	}
	return Part{
		Heading: r.t("receipt.states", nil),
		Table:   &Grid{Head: []string{"", r.t("receipt.state", nil), r.t("receipt.time", nil)}, Rows: rows, Weights: []float64{5, 5, 4}},
		List:    r.endpoint(),
	}
}

// endpoint says where the complaint went, or is to go.
func (r receipt) endpoint() []string {
	ch := r.d.Channel
	name := r.d.Complaint.Channel
	if ch.URL == domain.PracticeURL {
		name = r.t("complaints.channel.practice", nil)
	}
	if name == "" {
		return []string{r.t("receipt.endpoint.none", nil)}
	}
	list := []string{r.t("receipt.channel", l10n.Args{"Name": name})}
	if caps := ch.Capabilities; caps != nil && caps.Name != "" {
		list = append(list, r.t("receipt.endpoint", l10n.Args{"Name": caps.Name}))
	}
	if ch.URL != "" && ch.URL != domain.PracticeURL {
		list = append(list, r.t("receipt.address", l10n.Args{"URL": ch.URL}))
	}
	return list
}

func (r receipt) timeline() Part {
	grid := &Grid{Head: []string{r.t("receipt.time", nil), r.t("complaints.timeline", nil)}, Weights: []float64{2, 5}}
	for _, m := range Timeline(r.Printer, r.d) {
		grid.Rows = append(grid.Rows, []string{r.time(m.At), strings.Join(append([]string{m.Title}, m.Lines...), "\n")})
	}
	return Part{Heading: r.t("complaints.timeline", nil), Table: grid}
}

// contents are the fields of the complaint, as they went or will go.
func (r receipt) contents() Part {
	b := r.d.Complaint.Body
	grid := &Grid{Head: []string{r.t("receipt.field", nil), r.t("receipt.text", nil)}, Weights: []float64{2, 5}}
	add := func(key, value string) {
		if value != "" {
			grid.Rows = append(grid.Rows, []string{r.t("complaints.field."+key, nil), value})
		}
	}
	number := cmp.Or(b.Caller.Displayed, b.Caller.Number)
	if b.Caller.Number != "" && b.Caller.Number != number {
		number = r.t("report.aside", l10n.Args{"Text": number, "Aside": b.Caller.Number})
	}
	add("number", number)
	add("family", r.Printer.Term("family", string(b.Caller.Family)))
	if b.Caller.ListedHolder != "" {
		add("holder", r.t("receipt.holder", l10n.Args{"Holder": b.Caller.ListedHolder}))
	}
	add("complainant", b.Complainant.Name)
	if o := b.Complainant.OnBehalf; o != nil {
		add("person", o.Name)
	}
	add("category", r.Printer.Term("category", string(b.Category)))
	add("fraud_kind", r.Printer.Term("fraud_kind", string(b.FraudKindOf())))
	techniques := slices.DeleteFunc(slices.Clone(b.Techniques), func(t domain.Technique) bool { return t == domain.TechniqueUnknown })
	add("techniques", termList(r.Printer, "technique", techniques))
	if b.Harm > 0 {
		add("harm", r.Printer.Term("harm", strconv.Itoa(int(b.Harm))))
	}
	if b.Loss != nil {
		add("loss", b.Loss.Amount+" "+b.Loss.Currency)
	}
	if b.RefusedAt != nil {
		add("refused", r.time(*b.RefusedAt))
	}
	if b.ConsentGiven != nil {
		add("consent", r.t("complaints.consent."+yesNo(*b.ConsentGiven), nil))
	}
	add("description", b.Description)
	add("demands", termList(r.Printer, "demand", b.Demands))
	add("reference", string(r.d.Complaint.ID))
	key := "done"
	switch s := r.d.Complaint.SendState; {
	case r.d.Complaint.ChannelKind == domain.ChannelAssisted:
		key = "by_hand"
	case s == domain.SendDraft, s == domain.SendQueued, s == domain.SendSkipped, s == domain.SendCancelled:
		key = "not_yet"
	}
	return Part{Heading: r.t("complaints.sent."+key, nil), Table: grid}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// termList puts codes into words of the reader.
func termList[T ~string](p *l10n.Printer, kind string, codes []T) string {
	list := make([]string, len(codes))
	for i, c := range codes {
		list[i] = p.Term(kind, string(c))
	}
	return strings.Join(list, p.T("complaints.list_separator"))
}

func (r receipt) calls() Part {
	grid := &Grid{Head: []string{r.t("receipt.time", nil), r.t("call_table.duration", nil), r.t("call_table.direction", nil)}, Weights: []float64{2, 1, 1}}
	for _, c := range r.d.Complaint.Body.Calls {
		length := ""
		if c.DurationSeconds != nil {
			length = strconv.FormatInt(*c.DurationSeconds, 10)
		}
		grid.Rows = append(grid.Rows, []string{r.time(c.StartedAt), length, r.Printer.Term("direction", string(c.Direction))})
	}
	return Part{Heading: r.t("complaints.field.calls", nil), Table: grid}
}

// evidence lists the files with their digests, which say that a file is the one
// that was meant.
func (r receipt) evidence() Part {
	part := Part{Heading: r.t("receipt.evidence", nil)}
	list := r.d.Complaint.Body.Evidence
	if len(list) == 0 {
		part.Paragraphs = []string{r.t("receipt.evidence.none", nil)}
		return part
	}
	part.Table = &Grid{Head: []string{r.t("receipt.file", nil), r.t("receipt.bytes", nil), "SHA-256"}, Weights: []float64{3, 2, 5}}
	for _, e := range list {
		part.Table.Rows = append(part.Table.Rows, []string{e.FileName, strconv.FormatInt(e.Bytes, 10), e.SHA256})
	}
	part.After = r.t("receipt.evidence.unverified", nil)
	return part
}
