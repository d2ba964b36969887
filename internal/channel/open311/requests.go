package open311

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"quietline/internal/channel/wire"
	"quietline/internal/domain"
	"quietline/internal/filing"
)

var _ filing.CaseReader = (*Endpoint)(nil)

// ReadCase asks how far a request is. The server's own words are kept as the note;
// a state of its own that means none of ours is kept as it is. GeoReport has no
// ETag, and no way to take a request back.
func (e *Endpoint) ReadCase(ctx context.Context, receiptNumber, _ string) filing.CaseAnswer {
	missing := filing.CaseAnswer{
		Result: filing.CaseMissing, Failure: filing.Outcome{Kind: filing.OutcomeRejected, ErrorKey: "channel.case_unknown"},
	}
	if !wire.Segment(receiptNumber, wire.MaxReceipt) { // no path can be made of it
		return missing
	}
	a, f := e.get(ctx, "/requests/"+url.PathEscape(receiptNumber)+".json")
	switch {
	case f != nil:
		return failed(f.Outcome())
	case a.Status == http.StatusNotFound, a.Status == http.StatusGone:
		missing.Failure.HTTPStatus = a.Status
		return missing
	case a.Status != http.StatusOK:
		return failed(e.refused(a))
	}
	list, err := a.list(1)
	if err != nil {
		return failed(a.Unusable(err))
	}
	if len(list) == 0 {
		missing.Failure.HTTPStatus = a.Status
		return missing
	}
	c, err := list[0].request(receiptNumber)
	if err != nil {
		return failed(a.Unusable(err))
	}
	return filing.CaseAnswer{Result: filing.CaseRead, Case: c}
}

func failed(out filing.Outcome) filing.CaseAnswer {
	return filing.CaseAnswer{Result: filing.CaseFailed, Failure: out}
}

// request reads one request of the server, which must be the one that was asked for.
func (o object) request(number string) (filing.Case, error) {
	id, err := o.text("service_request_id")
	status := o.words("status")
	if err != nil || id != "" && id != number || status == "" {
		return filing.Case{}, wire.ErrShape
	}
	c := filing.Case{ReceiptNumber: number, State: stateWords[plain(status)], Note: status}
	if c.State == domain.CaseNone {
		c.State = domain.CaseState(domain.Clip(status, filing.MaxCaseWord))
	}
	if notes := o.words("status_notes"); notes != "" {
		c.Note = wire.Clean(status + ": " + notes)
	}
	if at, err := time.Parse(time.RFC3339, o.words("updated_datetime")); err == nil {
		c.UpdatedAt = at
	}
	return c, nil
}
