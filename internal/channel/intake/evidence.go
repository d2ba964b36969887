package intake

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"quietline/internal/channel/wire"
	"quietline/internal/filing"
)

var _ filing.EvidenceEndpoint = (*Endpoint)(nil)

// PutEvidence adds a file to a filed complaint; see filing.EvidenceEndpoint.
func (e *Endpoint) PutEvidence(ctx context.Context, p filing.EvidencePut) filing.Outcome {
	path, ok := casePath(p.ReceiptNumber)
	if !ok { // no path can be made of it
		return filing.Outcome{Kind: filing.OutcomeRejected, ErrorKey: "evidence.refused"}
	}
	r := wire.Request{
		Method: http.MethodPut, Path: path + "/evidence/" + url.PathEscape(p.Evidence.SHA256),
		Header: map[string]string{"Content-Type": p.Evidence.MediaType},
	}
	a, f := e.Upload(ctx, r, p.Body, p.Evidence.Bytes)
	switch {
	case f != nil:
		out := f.Outcome()
		out.Kind = filing.OutcomeRetry // sending it again does no harm
		return out
	case a.Status == http.StatusCreated, a.Status == http.StatusNoContent, a.Status == http.StatusOK:
		return filing.Outcome{Kind: filing.OutcomeSent, HTTPStatus: a.Status}
	}
	return e.refusedFile(answer{a})
}

// refusedFile judges every other answer.
func (e *Endpoint) refusedFile(a answer) filing.Outcome {
	out := e.refused(a)
	switch {
	case a.Status == http.StatusNotImplemented:
		out.Kind, out.ErrorKey, out.RetryAfter, out.Hold = filing.OutcomeRejected, "evidence.not_offered", 0, false
	case out.Kind == filing.OutcomeUnknown:
		out.Kind = filing.OutcomeRetry
	case out.Kind != filing.OutcomeRejected:
	case a.Status == http.StatusRequestEntityTooLarge:
		out.ErrorKey = "evidence.refused_size"
	case a.Status == http.StatusUnsupportedMediaType:
		out.ErrorKey = "evidence.refused_type"
	case a.Status == http.StatusUnprocessableEntity && strings.HasSuffix(a.problem().Type, "/digest-differs"):
		out.ErrorKey = "evidence.digest_differs"
	default:
		out.ErrorKey = "evidence.refused"
	}
	return out
}
