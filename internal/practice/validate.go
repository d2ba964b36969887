package practice

import (
	"regexp"
	"strconv"
	"time"

	"quietline/internal/domain"
)

// The forms of strings in a complaint (assets/openapi/intake-v1.yaml says the
// same; a test holds the two against each other).
var (
	uuidForm     = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)
	languageForm = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)
	amountForm   = regexp.MustCompile(`^[0-9]{1,12}\.[0-9]{2}$`)
	currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)
)

// Limits of intake-v1.yaml, in characters, items or seconds.
const (
	maxName        = 64
	maxPhone       = 64
	maxProvince    = 32
	maxNumber      = 128
	maxCode        = 16
	maxHolder      = 200
	maxTechniques  = 32
	maxDemands     = 16
	maxEvidence    = 20
	maxFraudKind   = 64
	maxDescription = 4000
	maxSeconds     = 7 * 24 * 60 * 60
	maxReason      = 1000
)

// codes turns an enumeration into strings.
func codes[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// checkComplaint holds a document against the contract. It returns every
// problem, in the order of the document, at most maxProblems.
func checkComplaint(doc any, now time.Time) []domain.FieldProblem {
	c := &checker{now: now}
	root, ok := c.asObject("", doc)
	if !ok {
		return c.found
	}
	root.str("schema", textRule{required: true, values: []string{domain.ComplaintSchema}})
	root.str("client_reference", textRule{required: true, form: uuidForm})
	root.str("language", textRule{required: true, max: 35, form: languageForm})
	if who, ok := root.object("complainant", true); ok {
		checkComplainant(who)
	}
	if caller, ok := root.object("caller", true); ok {
		checkCaller(caller)
	}
	checkCalls(root)
	root.str("category", textRule{required: true, values: codes(domain.Categories())})
	root.words("techniques", true, maxTechniques, codes(domain.Techniques()))
	root.str("fraud_kind", textRule{max: maxFraudKind})
	root.whole("harm", false, int64(domain.MaxHarm))
	root.moment("refused_at", false)
	root.boolean("consent_given")
	if loss, ok := root.object("loss", false); ok {
		loss.str("amount", textRule{required: true, form: amountForm})
		loss.str("currency", textRule{required: true, form: currencyForm})
	}
	root.str("description", textRule{max: maxDescription})
	root.words("demands", false, maxDemands, codes(domain.Demands()))
	checkEvidence(root)
	return c.found
}

func checkComplainant(who node) {
	who.str("name", textRule{max: maxName})
	who.str("phone", textRule{max: maxPhone})
	who.str("province", textRule{max: maxProvince})
	who.str("relation", textRule{values: codes(domain.Relations())})
	if other, ok := who.object("on_behalf_of", false); ok {
		other.str("name", textRule{max: maxName})
		other.str("phone", textRule{max: maxPhone})
		other.str("authority", textRule{values: codes(domain.Authorities())})
	}
}

func checkCaller(caller node) {
	before := len(caller.c.found)
	displayed := caller.str("displayed", textRule{max: maxNumber})
	number := caller.str("number", textRule{max: maxNumber})
	if displayed == "" && number == "" && len(caller.c.found) == before {
		caller.c.fail(caller.at("number"), codeRequired)
	}
	caller.str("family", textRule{values: codes(domain.Families())})
	caller.str("code", textRule{max: maxCode})
	caller.str("listed_holder", textRule{max: maxHolder})
}

func checkCalls(root node) {
	list, ok := root.list("calls", true, maxCalls)
	if !ok {
		return
	}
	if len(list) == 0 {
		root.c.fail(root.at("calls"), codeRequired)
	}
	for i, v := range list {
		call, ok := root.c.asObject(root.at("calls")+"/"+strconv.Itoa(i), v)
		if !ok {
			continue
		}
		call.moment("started_at", true)
		call.whole("duration_seconds", false, maxSeconds)
		call.whole("ring_seconds", false, maxSeconds)
		call.str("direction", textRule{values: codes(domain.Directions())})
	}
}

// checkEvidence looks at what is announced; the files come later. A receipt for
// files that would never be taken would be a false promise.
func checkEvidence(root node) {
	list, ok := root.list("evidence", false, maxEvidence)
	if !ok {
		return
	}
	for i, v := range list {
		f, ok := root.c.asObject(root.at("evidence")+"/"+strconv.Itoa(i), v)
		if !ok {
			continue
		}
		f.str("sha256", textRule{required: true, form: digestForm})
		f.str("media_type", textRule{required: true, max: maxMediaType, values: evidenceTypes()})
		f.whole("bytes", true, maxEvidenceBytes)
		f.str("file_name", textRule{max: maxFileName})
	}
}

// checkWithdrawal reads the reason of a withdrawal.
func checkWithdrawal(doc any) (reason string, found []domain.FieldProblem) {
	c := &checker{}
	if root, ok := c.asObject("", doc); ok {
		reason = root.str("reason", textRule{required: true, max: maxReason})
	}
	return reason, c.found
}
