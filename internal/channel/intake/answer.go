package intake

import (
	"encoding/json"
	"math"
	"slices"

	"quietline/internal/channel/wire"
	"quietline/internal/domain"
	"quietline/internal/filing"
)

// maxList bounds the lists in capabilities.
const maxList = 1000

// answer is what came back, read as the intake API has it.
type answer struct{ wire.Answer }

// knownState keeps a state of the contract; another one is as good as none.
func knownState(s domain.CaseState) domain.CaseState {
	if slices.Contains(domain.CaseStates(), s) {
		return s
	}
	return domain.CaseNone
}

// object is a JSON object. Names are matched exactly, unlike those of a struct.
type object map[string]json.RawMessage

// text gives a string; empty where it is missing or null, an error where it is
// something else.
func (o object) text(name string) (s string, err error) {
	if raw, ok := o[name]; ok {
		err = json.Unmarshal(raw, &s)
	}
	return s, err
}

// receipt reads a case: its receipt number, its token and its state, each
// empty where it is not there, and fit to be kept where it is.
func (o object) receipt() (number, token string, state domain.CaseState, err error) {
	var s string
	for name, to := range map[string]*string{"receipt_number": &number, "token": &token, "case_state": &s} {
		if *to, err = o.text(name); err != nil {
			return "", "", "", wire.ErrShape
		}
	}
	if number != "" && !wire.Printable(number, wire.MaxReceipt) || token != "" && !wire.Segment(token, wire.MaxToken) {
		return "", "", "", wire.ErrShape
	}
	return number, token, knownState(domain.CaseState(s)), nil
}

// filed reads an answer that must hold a receipt number: the 201 to a
// complaint or the 200 to a token.
func (a answer) filed() filing.Outcome {
	var o object
	if err := a.Decode(&o); err != nil {
		return a.Unusable(err)
	}
	number, _, state, err := o.receipt()
	if err != nil || number == "" {
		return a.Unusable(wire.ErrShape)
	}
	return filing.Outcome{Kind: filing.OutcomeSent, HTTPStatus: a.Status, ReceiptNumber: number, CaseState: state}
}

// accepted reads the 202 to a complaint.
func (e *Endpoint) accepted(a answer) filing.Outcome {
	var o object
	if err := a.Decode(&o); err != nil {
		return a.Unusable(err)
	}
	_, token, _, err := o.receipt()
	if err != nil || token == "" {
		return a.Unusable(wire.ErrShape)
	}
	return e.waiting(a, token)
}

// waiting is a 202: how long to wait for the receipt number, from the body or
// from the header, whichever is later.
func (e *Endpoint) waiting(a answer, token string) filing.Outcome {
	out := filing.Outcome{
		Kind: filing.OutcomeToken, HTTPStatus: a.Status, Token: token, RetryAfter: e.RetryAfter(a.Header),
	}
	var o object
	var seconds float64
	if a.Decode(&o) == nil && json.Unmarshal(o["retry_after_seconds"], &seconds) == nil {
		out.RetryAfter = max(out.RetryAfter, wire.Bounded(seconds))
	}
	return out
}

// found reads the 200 to a key: none or one case.
func (a answer) found() filing.Outcome {
	var o object
	if err := a.Decode(&o); err != nil {
		return a.Unusable(err)
	}
	var items []object
	if err := json.Unmarshal(o["items"], &items); err != nil || items == nil || len(items) > 1 {
		return a.Unusable(wire.ErrShape)
	}
	out := filing.Outcome{Kind: filing.OutcomeNotFound, HTTPStatus: a.Status}
	if len(items) == 0 {
		return out
	}
	number, token, state, err := items[0].receipt()
	out.CaseState = state
	switch {
	case err != nil || number == "" && token == "":
		return a.Unusable(wire.ErrShape)
	case number != "":
		out.Kind, out.ReceiptNumber = filing.OutcomeSent, number
	default:
		out.Kind, out.Token = filing.OutcomeToken, token
	}
	return out
}

// checkCapabilities refuses what the rest of the program could not live with.
func checkCapabilities(c domain.Capabilities) error {
	rate := c.RateLimitPerSecond
	switch {
	case !wire.Printable(c.Name, 200), c.MaxCallsPerComplaint < 1, c.MaxEvidenceBytes < 0,
		c.MaxCallAgeDays != nil && *c.MaxCallAgeDays < 0,
		rate != nil && !(*rate > 0 && *rate < math.MaxInt32),
		len(c.Categories) > maxList, len(c.Techniques) > maxList, len(c.EvidenceTypes) > maxList:
		return wire.ErrShape
	}
	for _, v := range c.Categories {
		if !wire.Printable(string(v), 64) {
			return wire.ErrShape
		}
	}
	for _, v := range c.Techniques {
		if !wire.Printable(string(v), 64) {
			return wire.ErrShape
		}
	}
	for _, v := range c.EvidenceTypes {
		if !wire.Printable(v, 100) {
			return wire.ErrShape
		}
	}
	return nil
}

// problemDoc is RFC 9457 as far as it is used.
type problemDoc struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Detail string `json:"detail"`
	Errors []struct {
		Pointer string `json:"pointer"`
		Code    string `json:"code"`
		Detail  string `json:"detail"`
	} `json:"errors"`
}

// problem reads a refusal; what cannot be read stays empty.
func (a answer) problem() problemDoc {
	var p problemDoc
	if a.Sound("application/problem+json", "application/json") != nil || json.Unmarshal(a.Body, &p) != nil {
		return problemDoc{}
	}
	return p
}
