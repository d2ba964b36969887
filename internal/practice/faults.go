package practice

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
)

const (
	// maxLatency keeps a slow endpoint inside the server's own time limits.
	maxLatency = time.Minute
	// maxThrottle is the fastest limit, in requests a second.
	maxThrottle = 100_000
)

// Faults are what the endpoint does wrong on purpose. The zero value does
// nothing wrong. Probabilities (0 to 1) are drawn for each call that On names;
// latency delays every call of the API.
type Faults struct {
	// Latency passes before a call is looked at, at most a minute.
	Latency time.Duration
	// Throttle is the most complaints a second, 0 for no limit.
	Throttle float64
	// Accepted202 answers with a token; the receipt number comes a second
	// later.
	Accepted202 float64
	// These strike before anything is done: the connection is cut, or no answer
	// comes; the client is sent elsewhere (302, 307); the endpoint refuses, with
	// the wait of a 429 in seconds or as a date.
	DropBefore, TimeoutBefore, Redirect, Redirect307               float64
	Error401, Error403, Error408, Error409, Error413, Error422     float64
	Error425, Error429, Error429Date, Error500, Error502, Error503 float64
	// These strike after it was done, so that the endpoint holds what was sent
	// and the client does not hear it: no answer comes, half of one, one without
	// an end or a byte at a time, HTML, half a document, none of what was asked.
	DropAfter, TimeoutAfter, Cut, Endless, Slow, WrongType, InvalidJSON, NoReceipt float64
	// On is the kind of calls that meet faults, empty for the filing of
	// complaints.
	On Scope
	// Pace is how many times as fast as usual cases go on, 0 for 1.
	Pace float64
	// Seed makes the draws repeatable for the same idempotency keys. Where it is
	// not 0 it also draws how each case ends.
	Seed uint64
}

// Scope is a kind of calls.
type Scope string

// The scopes.
const (
	ScopeFiling      Scope = "filing"
	ScopeCases       Scope = "cases"
	ScopeEvidence    Scope = "evidence"
	ScopeWithdrawals Scope = "withdrawals"
	ScopeAll         Scope = "all"
)

// maxPace is the fastest that cases go on.
const maxPace = 10_000

// covers says whether calls of a kind meet faults.
func (f Faults) covers(kind Scope) bool {
	return f.On == kind || f.On == ScopeAll || f.On == "" && kind == ScopeFiling
}

// pace is how many times as fast as usual cases go on.
func (f Faults) pace() float64 {
	if f.Pace <= 0 {
		return 1
	}
	return f.Pace
}

var errFault = errors.New("not a fault")

// ParseFaults reads a comma list of NAME=VALUE: latency (a duration such as
// 50ms), throttle (such as 20/s), accepted202 and the names of the fault table
// (probabilities), on (filing, cases, evidence, withdrawals or all), pace (such
// as 10x), seed (a whole number). Each name may stand once; empty means no
// faults. It fails with Invalid "practice.faults_invalid".
func ParseFaults(spec string) (Faults, error) {
	var f Faults
	if strings.TrimSpace(spec) == "" {
		return f, nil
	}
	seen := map[string]bool{}
	for part := range strings.SplitSeq(spec, ",") {
		name, value, _ := strings.Cut(part, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if seen[name] || f.set(name, value) != nil {
			return Faults{}, domain.E("practice.ParseFaults", domain.Invalid, "practice.faults_invalid",
				domain.Args{"Part": strings.TrimSpace(part)}, nil)
		}
		seen[name] = true
	}
	return f, nil
}

func (f *Faults) set(name, value string) (err error) {
	switch name {
	case "latency":
		f.Latency, err = parseLatency(value)
	case "throttle":
		f.Throttle, err = parseThrottle(value)
	case "seed":
		f.Seed, err = strconv.ParseUint(value, 10, 64)
	case "on":
		f.On, err = parseScope(value)
	case "pace":
		f.Pace, err = parsePace(value)
	case "accepted202":
		f.Accepted202, err = parseNumber(value, 1)
	default:
		draws := f.draws()
		i := slices.IndexFunc(draws, func(d draw) bool { return d.name == name })
		if i < 0 {
			return errFault
		}
		*draws[i].probability, err = parseNumber(value, 1)
	}
	return err
}

// draw is a fault that strikes by chance, under its name in a spec.
type draw struct {
	name        string
	after       bool
	probability *float64
}

// draws are all of them, in the order in which they are drawn.
func (f *Faults) draws() []draw {
	return []draw{
		{"drop_before", false, &f.DropBefore},
		{"timeout_before", false, &f.TimeoutBefore},
		{"redirect", false, &f.Redirect},
		{"redirect307", false, &f.Redirect307},
		{"error401", false, &f.Error401},
		{"error403", false, &f.Error403},
		{"error408", false, &f.Error408},
		{"error409", false, &f.Error409},
		{"error413", false, &f.Error413},
		{"error422", false, &f.Error422},
		{"error425", false, &f.Error425},
		{"error429", false, &f.Error429},
		{"error429_date", false, &f.Error429Date},
		{"error500", false, &f.Error500},
		{"error502", false, &f.Error502},
		{"error503", false, &f.Error503},
		{"drop_after", true, &f.DropAfter},
		{"timeout_after", true, &f.TimeoutAfter},
		{"cut", true, &f.Cut},
		{"endless", true, &f.Endless},
		{"slow", true, &f.Slow},
		{"wrong_type", true, &f.WrongType},
		{"invalid_json", true, &f.InvalidJSON},
		{"no_receipt", true, &f.NoReceipt},
	}
}

// FaultNames lists the faults that strike by chance.
func FaultNames() []string {
	var names []string
	for _, d := range (&Faults{}).draws() {
		names = append(names, d.name)
	}
	return names
}

func parseScope(value string) (Scope, error) {
	all := []Scope{ScopeFiling, ScopeCases, ScopeEvidence, ScopeWithdrawals, ScopeAll}
	if !slices.Contains(all, Scope(value)) {
		return "", errFault
	}
	return Scope(value), nil
}

func parsePace(value string) (float64, error) {
	number, ok := strings.CutSuffix(value, "x")
	if !ok {
		return 0, errFault
	}
	n, err := parseNumber(number, maxPace)
	if err != nil || n <= 0 {
		return 0, errFault
	}
	return n, nil
}

func parseLatency(value string) (time.Duration, error) {
	d, err := time.ParseDuration(value)
	if err != nil || d < 0 || d > maxLatency {
		return 0, errFault
	}
	return d, nil
}

func parseThrottle(value string) (float64, error) {
	number, ok := strings.CutSuffix(value, "/s")
	if !ok {
		return 0, errFault
	}
	n, err := parseNumber(number, maxThrottle)
	if err != nil || n <= 0 {
		return 0, errFault
	}
	return n, nil
}

// parseNumber reads a decimal from 0 to most; the other forms that Go knows
// (hexadecimal, NaN, infinity) are typing errors here.
func parseNumber(value string, most float64) (float64, error) {
	if strings.Trim(value, "0123456789.") != "" {
		return 0, errFault
	}
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || n > most {
		return 0, errFault
	}
	return n, nil
}

// String is a spec that ParseFaults reads back as the same faults.
func (f Faults) String() string {
	var parts []string
	add := func(name, value string) { parts = append(parts, name+"="+value) }
	number := func(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }
	if f.Latency > 0 {
		add("latency", f.Latency.String())
	}
	if f.Throttle > 0 {
		add("throttle", number(f.Throttle)+"/s")
	}
	if f.Accepted202 > 0 {
		add("accepted202", number(f.Accepted202))
	}
	for _, d := range f.draws() {
		if *d.probability > 0 {
			add(d.name, number(*d.probability))
		}
	}
	if f.On != "" {
		add("on", string(f.On))
	}
	if f.Pace > 0 {
		add("pace", number(f.Pace)+"x")
	}
	if f.Seed > 0 {
		add("seed", strconv.FormatUint(f.Seed, 10))
	}
	return strings.Join(parts, ",")
}
