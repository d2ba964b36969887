package intake

import (
	"net/http"
	"strings"

	"quietline/internal/channel/wire"
	"quietline/internal/domain"
	"quietline/internal/filing"
)

// maxProblems is the most field problems taken over from an endpoint.
const maxProblems = 50

// refused judges every answer that is not the success of its call.
func (e *Endpoint) refused(a answer) filing.Outcome {
	p := a.problem()
	out := filing.Outcome{HTTPStatus: a.Status, Detail: wire.Clean(p.Detail)}
	if out.Detail == "" {
		out.Detail = wire.Clean(p.Title)
	}
	out.Kind, out.ErrorKey = meaning(a.Status, p)
	e.Wait(a.Answer, &out)
	if out.Kind != filing.OutcomeRejected {
		return out
	}
	for _, f := range p.Errors[:min(len(p.Errors), maxProblems)] {
		out.Problems = append(out.Problems, domain.FieldProblem{
			// RFC 9457 writes pointers as fragments in its example.
			Pointer: strings.TrimPrefix(wire.Clean(f.Pointer), "#"), Code: wire.Clean(f.Code), Detail: wire.Clean(f.Detail),
		})
	}
	return out
}

// meaning is what a status means for the complaint, and the key of the reason.
func meaning(status int, p problemDoc) (filing.OutcomeKind, string) {
	if kind, key, known := wire.Meaning(status); known {
		// After a redirect of a form handler, asking with the key clears it up.
		return kind, key
	}
	switch {
	case status == http.StatusConflict:
		return filing.OutcomeRetry, "channel.in_progress"
	case status == http.StatusUnprocessableEntity && strings.HasSuffix(p.Type, "/idempotency-key-reused"):
		// The endpoint holds something under our key, and may tell what when it is
		// asked by that key. A final no would let the same complaint be filed anew
		// under another one.
		return filing.OutcomeUnknown, "channel.key_reused"
	case status >= 500:
		return filing.OutcomeRetry, "channel.endpoint_fault"
	default:
		return filing.OutcomeRejected, finalKey(status, p)
	}
}

// finalKey is the key of a final no.
func finalKey(status int, p problemDoc) string {
	switch {
	case len(p.Errors) > 0:
		return "channel.fields_rejected"
	case status == http.StatusRequestEntityTooLarge:
		return "channel.too_large"
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed, status == http.StatusGone:
		return "channel.not_intake"
	default:
		return "channel.rejected"
	}
}
