package domain

import "time"

// ChannelID identifies a channel within one workspace.
type ChannelID int64

// ChannelKind is the protocol of a channel.
type ChannelKind string

// The kinds of channel. Intake is the complaint intake API, Open311 the GeoReport
// v2 interface of civic servers. An assisted channel speaks neither: the program
// prepares a complaint, and a person files it on the body's own form.
const (
	ChannelIntake   ChannelKind = "intake"
	ChannelOpen311  ChannelKind = "open311"
	ChannelAssisted ChannelKind = "assisted"
)

// Keyless says that an endpoint of this kind cannot be asked, by a key, what became
// of a complaint. One that may have arrived is then never sent again on its own:
// only a person can say whether it is there.
func (k ChannelKind) Keyless() bool { return k == ChannelOpen311 }

// PracticeURL is the URL of the built-in practice channel: an endpoint on
// loopback that each program starts for itself when it first needs it, so it
// has no fixed port.
const PracticeURL = "practice:"

// PracticeChannelName is the name of the built-in practice channel.
const PracticeChannelName = "practice"

// Channel is a configured way to file complaints. Its token is a secret and
// lives elsewhere.
type Channel struct {
	ID           ChannelID
	Name         string
	Kind         ChannelKind
	URL          string
	Jurisdiction string
	ServiceCode  string
	// Rate is the most requests a second, 0 for the endpoint's own limit.
	Rate float64
	// CAFile is a PEM file with the endpoint's authority, or empty.
	CAFile  string
	Default bool
	// HasToken says that a token is kept for this channel; filing fills it in,
	// no store keeps it.
	HasToken bool
	// Paused is why the channel sends nothing: "" (it sends), "user",
	// "unauthorised" or "forbidden".
	Paused string
	// HoldUntil is the time before which the endpoint asked not to be called.
	HoldUntil time.Time
	// Capabilities are those last read, nil if never.
	Capabilities *Capabilities
	CreatedAt    time.Time
}

// The reasons for which a channel is paused.
const (
	PausedByUser       = "user"
	PausedUnauthorised = "unauthorised"
	PausedForbidden    = "forbidden"
)

// Capabilities is what an endpoint says of itself (intake-api.md). A zero field of
// an Open311 server means that it does not say.
type Capabilities struct {
	Name                 string      `json:"name"`
	APIVersion           string      `json:"api_version"`
	Practice             bool        `json:"practice"`
	Categories           []Category  `json:"categories"`
	Techniques           []Technique `json:"techniques"`
	MaxCallsPerComplaint int         `json:"max_calls_per_complaint"`
	// MaxCallAgeDays is nil where calls of any age are taken.
	MaxCallAgeDays   *int     `json:"max_call_age_days"`
	MaxEvidenceBytes int64    `json:"max_evidence_bytes"`
	EvidenceTypes    []string `json:"evidence_types"`
	// RateLimitPerSecond is nil where there is none.
	RateLimitPerSecond *float64 `json:"rate_limit_per_second"`
	OnBehalfAllowed    bool     `json:"on_behalf_allowed"`
	// Service is the service that an Open311 channel files with, Services are all
	// of the server where none is chosen yet. Neither is part of the intake API.
	Service  *CivicService  `json:"service,omitempty"`
	Services []CivicService `json:"services,omitempty"`
}
