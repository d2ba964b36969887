package open311

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"

	"quietline/internal/channel/wire"
	"quietline/internal/domain"
	"quietline/internal/filing"
)

const (
	// maxServices and maxAttributes bound what a server lists.
	maxServices   = 2000
	maxAttributes = 200
	maxValues     = 1000
	// maxCode and maxName bound codes and names, in characters.
	maxCode = 200
	maxName = 500
)

// object is a JSON object. Names are matched exactly, unlike those of a struct.
type object map[string]json.RawMessage

// text gives a string. Servers write identifiers as numbers too, so a whole number
// is taken as it is written. It is empty where the member is missing or null, and
// an error where it is something else.
func (o object) text(name string) (string, error) {
	raw := bytes.TrimSpace(o[name])
	switch {
	case len(raw) == 0, string(raw) == "null":
		return "", nil
	case raw[0] != '"':
		if strings.Trim(string(raw), "0123456789") != "" {
			return "", wire.ErrShape
		}
		return string(raw), nil
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", err
	}
	return s, nil
}

// words is a text fit to be shown; what is none is left out.
func (o object) words(name string) string {
	s, err := o.text(name)
	if err != nil {
		return ""
	}
	return wire.Clean(s)
}

// yes reads a flag, which some servers write as a text.
func (o object) yes(name string) bool {
	s := strings.ToLower(strings.Trim(string(bytes.TrimSpace(o[name])), `"`))
	return s == "true" || s == "1"
}

// list reads the body as a list of objects, of at most that many.
func (a answer) list(most int) ([]object, error) {
	var list []object
	if err := a.Decode(&list); err != nil {
		return nil, err
	}
	if list == nil || len(list) > most {
		return nil, wire.ErrShape
	}
	for _, o := range list {
		if o == nil {
			return nil, wire.ErrShape
		}
	}
	return list, nil
}

// filed reads the 2xx to a complaint: one request, with its number or with a
// token. Where the service gives none, it is filed without; an answer that reads
// like an error is not taken for that.
func (a answer) filed(numberless bool) filing.Outcome {
	list, err := a.list(1)
	if err != nil {
		return a.Unusable(err)
	}
	out := filing.Outcome{HTTPStatus: a.Status, Kind: filing.OutcomeSent, CaseState: domain.CaseReceived}
	if len(list) == 0 {
		list = []object{{}}
	}
	number, token, err := list[0].receipt()
	_, fault := list[0]["code"]
	switch {
	case err != nil:
		return a.Unusable(err)
	case number != "":
		out.ReceiptNumber = number
	case token != "":
		out.Kind, out.Token, out.CaseState = filing.OutcomeToken, token, domain.CaseNone
	case !numberless || fault:
		return a.Unusable(wire.ErrShape)
	}
	out.Detail = list[0].words("service_notice")
	return out
}

// numbered reads the 200 to a token.
func (a answer) numbered(token string) filing.Outcome {
	list, err := a.list(1)
	if err != nil {
		return a.Unusable(err)
	}
	out := filing.Outcome{Kind: filing.OutcomeToken, HTTPStatus: a.Status, Token: token}
	if len(list) == 0 {
		return out
	}
	number, other, err := list[0].receipt()
	if _, fault := list[0]["code"]; err != nil || other != "" && other != token || fault {
		return a.Unusable(wire.ErrShape)
	}
	if number != "" {
		out = filing.Outcome{
			Kind: filing.OutcomeSent, HTTPStatus: a.Status, ReceiptNumber: number, CaseState: domain.CaseReceived,
		}
	}
	return out
}

// receipt reads the number and the token of a request, each empty where it is not
// there, and fit to be kept where it is.
func (o object) receipt() (number, token string, err error) {
	if number, err = o.text("service_request_id"); err != nil {
		return "", "", err
	}
	if token, err = o.text("token"); err != nil {
		return "", "", err
	}
	if number != "" && !wire.Printable(number, wire.MaxReceipt) || token != "" && !wire.Segment(token, wire.MaxToken) {
		return "", "", wire.ErrShape
	}
	return number, token, nil
}

// refused judges every answer that is not the success of its call.
//
// Without a key, sending again is right only where the server surely did not take
// the complaint over. That is so where nothing left this machine, and after 408 and
// 425 (the request was not acted upon), 429 and 503 (it was turned away at the door)
// and 307 and 308 (it is to be made elsewhere). A 500, 502 or 504 may come after the
// complaint was stored, a 409 may mean that the server has it, and 301, 302 and 303
// may be how a form says thank you: of these nobody knows. The other 4xx are a final
// no; GeoReport uses 400 for everything that went wrong while a request was made.
func (e *Endpoint) refused(a answer) filing.Outcome {
	out := filing.Outcome{HTTPStatus: a.Status, Detail: a.reason()}
	kind, key, known := wire.Meaning(a.Status)
	switch {
	case known:
	case a.Status == http.StatusConflict:
		kind, key = filing.OutcomeUnknown, "channel.conflict"
	case a.Status >= 500:
		kind, key = filing.OutcomeUnknown, "channel.endpoint_fault"
	default:
		kind, key = filing.OutcomeRejected, a.finalKey(out.Detail)
	}
	out.Kind, out.ErrorKey = kind, key
	e.Wait(a.Answer, &out)
	return out
}

// finalKey is the key of a final no.
func (a answer) finalKey(reason string) string {
	switch a.Status {
	case http.StatusRequestEntityTooLarge:
		return "channel.too_large"
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone:
		if reason == "" { // a server of this kind says which service it does not have
			return "channel.not_open311"
		}
	}
	return "channel.rejected"
}

// reason is what the server says about an error, in one sentence; empty where it
// cannot be read.
func (a answer) reason() string {
	var list []object
	if a.Sound("application/json") != nil || json.Unmarshal(a.Body, &list) != nil {
		return ""
	}
	var parts []string
	for _, o := range list[:min(len(list), 10)] {
		if s := o.words("description"); s != "" {
			parts = append(parts, s)
		}
	}
	return wire.Clean(strings.Join(parts, " / "))
}

// services reads the list of services. One without a code or a name cannot be
// chosen and is left out.
func (a answer) services() ([]domain.CivicService, error) {
	list, err := a.list(maxServices)
	if err != nil {
		return nil, err
	}
	out := make([]domain.CivicService, 0, len(list))
	for _, o := range list {
		code, err := o.text("service_code")
		name := o.words("service_name")
		if name == "" {
			name = wire.Clean(code)
		}
		if err != nil || !wire.Printable(code, maxCode) {
			continue
		}
		out = append(out, domain.CivicService{
			Code: code, Name: name, Description: o.words("description"), Group: o.words("group"),
			Type: serviceType(o.words("type")), Metadata: o.yes("metadata"),
		})
	}
	if len(out) == 0 && len(list) > 0 {
		return nil, wire.ErrShape
	}
	return out, nil
}

// serviceType keeps a type of the standard. One that says nothing is taken to give
// a number at once: then an answer without one is not taken for success.
func serviceType(s string) domain.ServiceType {
	for _, t := range domain.ServiceTypes() {
		if strings.EqualFold(s, string(t)) {
			return t
		}
	}
	return domain.ServiceRealtime
}

// attributes reads what a service asks for. What only informs is left out.
func (a answer) attributes() ([]domain.ServiceAttribute, error) {
	var def object
	if err := a.Decode(&def); err != nil {
		// Some servers put the definition into a list.
		list, err := a.list(1)
		if err != nil || len(list) == 0 {
			return nil, wire.ErrShape
		}
		def = list[0]
	}
	var list []object
	if err := json.Unmarshal(def["attributes"], &list); err != nil || len(list) > maxAttributes {
		return nil, wire.ErrShape
	}
	out := []domain.ServiceAttribute{}
	for _, o := range list {
		if _, said := o["variable"]; said && !o.yes("variable") {
			continue
		}
		code, err := o.text("code")
		if err != nil || !wire.Printable(code, maxCode) {
			return nil, wire.ErrShape // it may be required
		}
		values, err := o.values()
		if err != nil {
			return nil, err
		}
		out = append(out, domain.ServiceAttribute{
			Code: code, Datatype: strings.ToLower(o.words("datatype")), Required: o.yes("required"),
			Description: o.words("description"), Values: values,
		})
	}
	return out, nil
}

func (o object) values() ([]domain.ServiceValue, error) {
	raw := bytes.TrimSpace(o["values"])
	if len(raw) == 0 || string(raw) == "null" || string(raw) == `""` {
		return nil, nil
	}
	var list []object
	if err := json.Unmarshal(raw, &list); err != nil || len(list) > maxValues {
		return nil, wire.ErrShape
	}
	var out []domain.ServiceValue
	for _, v := range list {
		key, err := v.text("key")
		if err != nil || !wire.Printable(key, maxName) {
			continue
		}
		out = append(out, domain.ServiceValue{Key: key, Name: v.words("name")})
	}
	return out, nil
}
