package intake

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"quietline/internal/channel/wire"
	"quietline/internal/domain"
	"quietline/internal/filing"
)

var (
	_ filing.CaseReader = (*Endpoint)(nil)
	_ filing.CaseLister = (*Endpoint)(nil)
	_ filing.Withdrawer = (*Endpoint)(nil)
)

const (
	// maxCursor and maxETag bound what an endpoint hands out to be shown again,
	// in characters and bytes.
	maxCursor = 200
	maxETag   = 256
)

// ReadCase asks for one case.
func (e *Endpoint) ReadCase(ctx context.Context, receiptNumber, etag string) filing.CaseAnswer {
	path, ok := casePath(receiptNumber)
	if !ok {
		return missing(0)
	}
	a, f := e.do(ctx, request{method: http.MethodGet, path: path, etag: etag})
	switch {
	case f != nil:
		return failed(f.Outcome())
	case a.Status == http.StatusOK:
		return a.theCase()
	case a.Status == http.StatusNotModified && etag != "":
		return filing.CaseAnswer{Result: filing.CaseUnchanged, ETag: etag}
	case a.Status == http.StatusNotFound, a.Status == http.StatusGone:
		return missing(a.Status)
	default:
		return failed(wire.Lookup(e.refused(a)))
	}
}

// ChangedCases asks for a page of the cases that changed.
func (e *Endpoint) ChangedCases(ctx context.Context, since time.Time, cursor string) filing.CasePage {
	q := url.Values{"updated_since": {since.UTC().Format(time.RFC3339)}}
	if cursor != "" {
		q.Set("cursor", cursor)
	}
	a, f := e.do(ctx, request{method: http.MethodGet, path: "/v1/complaints", query: q})
	switch {
	case f != nil:
		return filing.CasePage{Result: filing.CaseFailed, Failure: f.Outcome()}
	case a.Status == http.StatusOK:
		return a.page()
	}
	out := e.refused(a)
	if a.Status == http.StatusNotImplemented {
		out.Kind = filing.OutcomeRejected
	}
	return filing.CasePage{Result: filing.CaseFailed, Failure: out}
}

// Withdraw asks the endpoint to take a complaint back.
func (e *Endpoint) Withdraw(ctx context.Context, receiptNumber, reason string) filing.CaseAnswer {
	path, ok := casePath(receiptNumber)
	if !ok {
		return missing(0)
	}
	body, err := json.Marshal(map[string]string{"reason": reason})
	if err != nil {
		return failed(filing.Outcome{Kind: filing.OutcomeRejected, ErrorKey: "internal", Cause: err})
	}
	a, f := e.do(ctx, request{method: http.MethodPost, path: path + "/withdrawal", body: body})
	switch {
	case f != nil:
		return failed(f.Outcome())
	case a.Status == http.StatusOK:
		return a.theCase()
	case a.Status == http.StatusConflict:
		out := e.refused(a)
		out.Kind, out.ErrorKey = filing.OutcomeRejected, "withdrawal.closed"
		return filing.CaseAnswer{Result: filing.CaseClosedAlready, Failure: out}
	case a.Status == http.StatusNotFound, a.Status == http.StatusGone:
		return missing(a.Status)
	default:
		return failed(e.refused(a))
	}
}

// casePath is where a case lies. What cannot be a segment of a path is no
// number of this endpoint.
func casePath(receiptNumber string) (string, bool) {
	if !wire.Printable(receiptNumber, wire.MaxReceipt) || receiptNumber == "." || receiptNumber == ".." {
		return "", false
	}
	return "/v1/complaints/" + url.PathEscape(receiptNumber), true
}

func failed(out filing.Outcome) filing.CaseAnswer {
	return filing.CaseAnswer{Result: filing.CaseFailed, Failure: out}
}

func missing(status int) filing.CaseAnswer {
	return filing.CaseAnswer{
		Result:  filing.CaseMissing,
		Failure: filing.Outcome{Kind: filing.OutcomeRejected, HTTPStatus: status, ErrorKey: "case.missing"},
	}
}

// theCase reads an answer that must hold a case with its history.
func (a answer) theCase() filing.CaseAnswer {
	var o object
	if err := a.Decode(&o); err != nil {
		return failed(a.Unusable(err))
	}
	c, err := o.caseOf()
	if err != nil || c.ReceiptNumber == "" {
		return failed(a.Unusable(wire.ErrShape))
	}
	return filing.CaseAnswer{Result: filing.CaseRead, Case: c, ETag: usableETag(a.Header.Get("ETag"))}
}

// page reads a page of cases. An item that cannot be read is left out: it must
// not stand in the way of all others.
func (a answer) page() filing.CasePage {
	bad := func(err error) filing.CasePage {
		return filing.CasePage{Result: filing.CaseFailed, Failure: a.Unusable(err)}
	}
	var o object
	if err := a.Decode(&o); err != nil {
		return bad(err)
	}
	var items []object
	if err := json.Unmarshal(o["items"], &items); err != nil || items == nil {
		return bad(wire.ErrShape)
	}
	next, err := o.text("next")
	if err != nil || next != "" && !wire.Printable(next, maxCursor) {
		return bad(wire.ErrShape)
	}
	p := filing.CasePage{Result: filing.CaseRead, Next: next}
	if at, err := http.ParseTime(a.Header.Get("Date")); err == nil {
		p.Date = at
	}
	for _, item := range items {
		if c, err := item.caseOf(); err == nil && c.ReceiptNumber != "" {
			p.Cases = append(p.Cases, c)
		}
	}
	return p
}

// caseOf reads a case. A state that the contract does not know is kept as the
// endpoint's own word.
func (o object) caseOf() (c filing.Case, err error) {
	if c.ReceiptNumber, _, _, err = o.receipt(); err != nil {
		return c, err
	}
	if c.State, c.UpdatedAt, c.Note, err = o.line("case_state", "updated_at"); err != nil {
		return c, err
	}
	raw, there := o["history"]
	if !there {
		return c, nil
	}
	var list []object
	if err := json.Unmarshal(raw, &list); err != nil {
		return c, wire.ErrShape
	}
	for _, item := range list[max(0, len(list)-filing.MaxCaseHistory):] {
		var e filing.CaseEntry
		if e.State, e.At, e.Note, err = item.line("state", "at"); err != nil {
			return c, err
		}
		c.History = append(c.History, e)
	}
	return c, nil
}

// line reads a state, its time and its note.
func (o object) line(state, at string) (word domain.CaseState, when time.Time, note string, err error) {
	s, err := o.text(state)
	if err != nil || !wire.Printable(s, filing.MaxCaseWord) {
		return "", when, "", wire.ErrShape
	}
	text, err := o.text(at)
	if err != nil {
		return "", when, "", wire.ErrShape
	}
	if when, err = time.Parse(time.RFC3339, text); err != nil || !storable(when) {
		return "", time.Time{}, "", wire.ErrShape
	}
	if note, err = o.text("note"); err != nil {
		return "", when, "", wire.ErrShape
	}
	return domain.CaseState(s), when.Truncate(time.Millisecond), wire.Clean(note), nil
}

// storable leaves out times that can only be a mistake.
func storable(t time.Time) bool { return t.Year() >= 1970 && t.Year() < 3000 }

// usableETag is a tag that can be shown again, empty where it cannot.
func usableETag(tag string) string {
	if len(tag) > maxETag || !wire.Printable(tag, maxETag) {
		return ""
	}
	return tag
}
