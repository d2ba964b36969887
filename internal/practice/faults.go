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
// nothing wrong. Probabilities (0 to 1) are drawn for each POST of a complaint
// and for nothing else; latency delays every call of the API.
type Faults struct {
	// Latency passes before a call is looked at, at most a minute.
	Latency time.Duration
	// Throttle is the most complaints a second, 0 for no limit.
	Throttle float64
	// DropBefore cuts the connection before anything is stored.
	DropBefore float64
	// DropAfter stores the complaint and then cuts the connection.
	DropAfter float64
	// Error500 and Error503 answer so before anything is stored.
	Error500, Error503 float64
	// Accepted202 answers with a token; the receipt number comes a second
	// later.
	Accepted202 float64
	// Seed makes the draws repeatable for the same idempotency keys.
	Seed uint64
}

var errFault = errors.New("not a fault")

// ParseFaults reads a comma list of NAME=VALUE: latency (a duration such as
// 50ms), throttle (such as 20/s), drop_before, drop_after, error500, error503
// and accepted202 (probabilities), seed (a whole number). Each name may stand
// once; empty means no faults. It fails with Invalid "practice.faults_invalid".
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
	probability *float64
}

func (f *Faults) draws() []draw {
	return []draw{
		{"drop_before", &f.DropBefore},
		{"drop_after", &f.DropAfter},
		{"error500", &f.Error500},
		{"error503", &f.Error503},
		{"accepted202", &f.Accepted202},
	}
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
	for _, d := range f.draws() {
		if *d.probability > 0 {
			add(d.name, number(*d.probability))
		}
	}
	if f.Seed > 0 {
		add("seed", strconv.FormatUint(f.Seed, 10))
	}
	return strings.Join(parts, ",")
}
