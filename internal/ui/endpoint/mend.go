package endpoint

import "quietline/internal/domain"

// Mend is what can be done about a test that failed. "endpoint.mend.MEND" is the
// sentence that says it.
type Mend string

// The mends.
const (
	MendNetwork     Mend = "network"
	MendAddress     Mend = "address"
	MendCertificate Mend = "certificate"
	MendToken       Mend = "token"
	MendService     Mend = "service"
	MendVersion     Mend = "version"
	MendRedirect    Mend = "redirect"
	// MendLater: nothing is wrong with what was entered.
	MendLater Mend = "later"
)

// Mends lists every mend.
func Mends() []Mend {
	return []Mend{MendNetwork, MendAddress, MendCertificate, MendToken, MendService, MendVersion, MendRedirect, MendLater}
}

// MendOf says what can be done about an error of a test.
func MendOf(err error) Mend {
	switch domain.KeyOf(err) {
	case "channel.dns_failed", "channel.unreachable", "channel.connect_timeout", "channel.proxy_failed":
		return MendNetwork
	case "channel.not_intake", "channel.not_open311", "channel.answer_unusable", "channel.answer_too_large",
		"channel.url_invalid", "channel.https_required", "channel.services_none", "channel.rejected":
		return MendAddress
	case "channel.tls_failed", "channel.ca_unreadable":
		return MendCertificate
	case "channel.unauthorised", "channel.forbidden", "channel.token_invalid":
		return MendToken
	case "channel.service_missing":
		return MendService
	case "channel.version_unsupported":
		return MendVersion
	case "channel.redirect_refused":
		return MendRedirect
	}
	return MendLater
}

// Step is where it can be mended, empty for nowhere.
func (d Mend) Step() Step {
	switch d {
	case MendNetwork, MendAddress, MendCertificate, MendVersion, MendRedirect:
		return StepAddress
	case MendToken:
		return StepToken
	case MendService:
		return StepService
	case MendLater:
	}
	return ""
}
