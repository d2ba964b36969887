package open311

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// maxDescription is the longest description of the standard, in characters.
const maxDescription = 4000

// Composer writes complaints as GeoReport has them. It does no I/O.
type Composer struct {
	// Texts give the words for codes, in any language.
	Texts *l10n.Printer
	// Statement puts everything that a complaint says into a text in the language
	// of the complaint: GeoReport has hardly any fields of its own.
	Statement func(domain.ComplaintBody) string
}

// Compose gives the form of a complaint, as it is posted but for the api_key. What
// the service requires and the complaint does not say is in the domain.Problems;
// see filing.Composer.
func (c Composer) Compose(ch domain.Channel, body domain.ComplaintBody) ([]byte, error) {
	const op = "open311.Compose"
	at := func(key, pointer string, args domain.Args) *domain.Error {
		return domain.E(op, domain.Invalid, key, args, nil).At(pointer)
	}
	if ch.ServiceCode == "" {
		return nil, domain.Problems{at("channel.no_service", atChannel, domain.Args{"Name": ch.Name})}
	}
	if ch.Capabilities == nil || ch.Capabilities.Service == nil || ch.Capabilities.Service.Code != ch.ServiceCode {
		return nil, domain.Problems{at("channel.service_unread", atChannel, domain.Args{"Name": ch.Name})}
	}
	text := c.Statement(body)
	var problems domain.Problems
	if n := utf8.RuneCountInString(text); n > maxDescription {
		own := utf8.RuneCountInString(body.Description)
		problems = append(problems, at("complaint.description_long", "/description",
			domain.Args{"Max": max(0, maxDescription-(n-own)), "Length": own}))
	}
	form := url.Values{"service_code": {ch.ServiceCode}, "description": {text}, "address_string": {place(body)}}
	set := func(name, value string) {
		if value != "" {
			form.Set(name, value)
		}
	}
	set("jurisdiction_id", ch.Jurisdiction)
	first, last := names(body.Complainant.Name)
	set("first_name", first)
	set("last_name", last)
	set("phone", body.Complainant.Phone)
	m := mapping{texts: c.Texts.In(l10n.Language(body.Language)), facts: factsOf(body, text)}
	for _, a := range ch.Capabilities.Service.Attributes {
		values, wrong := m.values(a)
		switch {
		case len(values) > 0 && a.Datatype == multiList:
			form["attribute["+a.Code+"][]"] = values
		case len(values) > 0:
			form.Set("attribute["+a.Code+"]", values[0])
		case a.Required:
			problems = append(problems, at(wrong.key, wrong.pointer, domain.Args{"Attribute": domain.Clip(a.Name(), 100), "Service": ch.Capabilities.Service.Name}))
		}
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return []byte(form.Encode()), nil
}

// place is where the call was received. The standard requires a place, and a call
// has none but the province; where even that is not known, it is the country.
func place(body domain.ComplaintBody) string {
	if p := body.Complainant.Province; p != "" {
		return p
	}
	return country
}

// names tells given name and family name apart where a space does. Any other name
// stays whole: to guess where a Chinese one ends would often be wrong.
func names(name string) (first, last string) {
	i := strings.LastIndexByte(name, ' ')
	if i < 0 {
		return name, ""
	}
	return strings.TrimSpace(name[:i]), name[i+1:]
}
