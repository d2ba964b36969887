package domain

// ServiceType is what an Open311 server gives back for a request.
type ServiceType string

// The types of service.
const (
	// ServiceRealtime gives a number at once.
	ServiceRealtime ServiceType = "realtime"
	// ServiceBatch gives a token, behind which a number follows.
	ServiceBatch ServiceType = "batch"
	// ServiceBlackbox takes a request and never gives a number.
	ServiceBlackbox ServiceType = "blackbox"
)

// ServiceTypes lists every type of service.
func ServiceTypes() []ServiceType {
	return []ServiceType{ServiceRealtime, ServiceBatch, ServiceBlackbox}
}

// CivicService is one service of an Open311 server: a kind of request that it
// takes.
type CivicService struct {
	Code        string      `json:"service_code"`
	Name        string      `json:"service_name"`
	Description string      `json:"description"`
	Group       string      `json:"group"`
	Type        ServiceType `json:"type"`
	// Metadata says that the service asks for attributes.
	Metadata bool `json:"metadata"`
	// Attributes are known where the service was chosen.
	Attributes []ServiceAttribute `json:"attributes,omitempty"`
}

// ServiceAttribute is one thing that a service asks for.
type ServiceAttribute struct {
	Code string `json:"code"`
	// Datatype is string, number, datetime, text, singlevaluelist or
	// multivaluelist.
	Datatype    string `json:"datatype"`
	Required    bool   `json:"required"`
	Description string `json:"description"`
	// Values are what may be chosen, for the two lists.
	Values []ServiceValue `json:"values,omitempty"`
}

// Name is what the attribute is called: its description, or else its code.
func (a ServiceAttribute) Name() string {
	if a.Description != "" {
		return a.Description
	}
	return a.Code
}

// ServiceValue is one value that may be chosen.
type ServiceValue struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}
