package intake

import (
	"encoding/json"
	"errors"
	"math"
	"mime"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

const (
	// maxReceipt and maxToken bound what an endpoint hands out, in characters.
	maxReceipt = 64
	maxToken   = 256
	// maxList bounds the lists in capabilities.
	maxList = 1000
)

var (
	errType  = errors.New("the answer is not JSON in UTF-8")
	errShape = errors.New("the answer does not have the promised shape")
)

// sound says why a body cannot be trusted to be a whole document of one of the
// media types.
func (a answer) sound(types ...string) error {
	if a.err != nil {
		return a.err
	}
	kind, params, err := mime.ParseMediaType(a.header.Get("Content-Type"))
	charset := params["charset"]
	coding := a.header.Get("Content-Encoding")
	switch {
	case err != nil,
		!slices.Contains(types, kind),
		charset != "" && !strings.EqualFold(charset, "utf-8"),
		coding != "" && !strings.EqualFold(coding, "identity"),
		!utf8.Valid(a.body):
		return errType
	}
	return nil
}

// decode reads the body as one JSON document into v, where it is one.
func (a answer) decode(v any) error {
	if err := a.sound("application/json"); err != nil {
		return err
	}
	return json.Unmarshal(a.body, v)
}

// unusable is the outcome of a 2xx that is not what was promised: the endpoint
// may well hold the complaint.
func (a answer) unusable(err error) filing.Outcome {
	out := filing.Outcome{
		Kind: filing.OutcomeUnknown, HTTPStatus: a.status, ErrorKey: "channel.answer_unusable", Cause: errShape,
	}
	switch {
	case errors.Is(a.err, errTooLarge):
		out.ErrorKey, out.Cause = "channel.answer_too_large", errTooLarge
	case a.err != nil:
		out.ErrorKey, out.Cause = "channel.no_answer", (&fault{left: true, err: a.err}).safe()
	case errors.Is(err, errType):
		out.Cause = errType
	}
	return out
}

// printable says whether an endpoint's number or token can be shown and kept:
// 1 to most characters, none of them a control or formatting character, no
// space at either end.
func printable(s string, most int) bool {
	if s == "" || len(s) > 4*most || utf8.RuneCountInString(s) > most || strings.TrimSpace(s) != s {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool { return r == utf8.RuneError || !unicode.IsGraphic(r) })
}

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
			return "", "", "", errShape
		}
	}
	if number != "" && !printable(number, maxReceipt) || token != "" && !usableToken(token) {
		return "", "", "", errShape
	}
	return number, token, knownState(domain.CaseState(s)), nil
}

// usableToken says whether a token can be kept and asked about: it becomes a
// segment of a path.
func usableToken(s string) bool { return printable(s, maxToken) && s != "." && s != ".." }

// filed reads an answer that must hold a receipt number: the 201 to a
// complaint or the 200 to a token.
func (a answer) filed() filing.Outcome {
	var o object
	if err := a.decode(&o); err != nil {
		return a.unusable(err)
	}
	number, _, state, err := o.receipt()
	if err != nil || number == "" {
		return a.unusable(errShape)
	}
	return filing.Outcome{Kind: filing.OutcomeSent, HTTPStatus: a.status, ReceiptNumber: number, CaseState: state}
}

// accepted reads the 202 to a complaint.
func (e *Endpoint) accepted(a answer) filing.Outcome {
	var o object
	if err := a.decode(&o); err != nil {
		return a.unusable(err)
	}
	_, token, _, err := o.receipt()
	if err != nil || token == "" {
		return a.unusable(errShape)
	}
	return e.waiting(a, token)
}

// waiting is a 202: how long to wait for the receipt number, from the body or
// from the header, whichever is later.
func (e *Endpoint) waiting(a answer, token string) filing.Outcome {
	out := filing.Outcome{
		Kind: filing.OutcomeToken, HTTPStatus: a.status, Token: token, RetryAfter: e.retryAfter(a.header),
	}
	var o object
	var seconds float64
	if a.decode(&o) == nil && json.Unmarshal(o["retry_after_seconds"], &seconds) == nil {
		out.RetryAfter = max(out.RetryAfter, bounded(seconds))
	}
	return out
}

// found reads the 200 to a key: none or one case.
func (a answer) found() filing.Outcome {
	var o object
	if err := a.decode(&o); err != nil {
		return a.unusable(err)
	}
	var items []object
	if err := json.Unmarshal(o["items"], &items); err != nil || items == nil || len(items) > 1 {
		return a.unusable(errShape)
	}
	out := filing.Outcome{Kind: filing.OutcomeNotFound, HTTPStatus: a.status}
	if len(items) == 0 {
		return out
	}
	number, token, state, err := items[0].receipt()
	out.CaseState = state
	switch {
	case err != nil || number == "" && token == "":
		return a.unusable(errShape)
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
	case !printable(c.Name, 200), c.MaxCallsPerComplaint < 1, c.MaxEvidenceBytes < 0,
		c.MaxCallAgeDays != nil && *c.MaxCallAgeDays < 0,
		rate != nil && !(*rate > 0 && *rate < math.MaxInt32),
		len(c.Categories) > maxList, len(c.Techniques) > maxList, len(c.EvidenceTypes) > maxList:
		return errShape
	}
	for _, v := range c.Categories {
		if !printable(string(v), 64) {
			return errShape
		}
	}
	for _, v := range c.Techniques {
		if !printable(string(v), 64) {
			return errShape
		}
	}
	for _, v := range c.EvidenceTypes {
		if !printable(v, 100) {
			return errShape
		}
	}
	return nil
}

// bounded is a number of seconds as a wait from 0 to filing.LongestWait.
func bounded(seconds float64) time.Duration {
	switch {
	case !(seconds > 0):
		return 0
	case seconds >= filing.LongestWait.Seconds():
		return filing.LongestWait
	default:
		return time.Duration(seconds * float64(time.Second))
	}
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
	if a.sound("application/problem+json", "application/json") != nil || json.Unmarshal(a.body, &p) != nil {
		return problemDoc{}
	}
	return p
}
