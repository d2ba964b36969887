package practice_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/practice"
)

func TestParseFaults(t *testing.T) {
	for spec, want := range map[string]practice.Faults{
		"":   {},
		"  ": {},
		"latency=50ms,error500=0.1,drop_after=0.05,throttle=20/s,accepted202=0.2": {
			Latency: 50 * time.Millisecond, Error500: 0.1, DropAfter: 0.05, Throttle: 20, Accepted202: 0.2,
		},
		" drop_before = 1 , error503=.5,seed=18446744073709551615 ": {DropBefore: 1, Error503: 0.5, Seed: 1<<64 - 1},
		"latency=1m,throttle=0.25/s,drop_after=0":                   {Latency: time.Minute, Throttle: 0.25},
		"error429_date=0.5,on=all,pace=2.5x,no_receipt=1":           {Error429Date: 0.5, On: practice.ScopeAll, Pace: 2.5, NoReceipt: 1},
	} {
		got, err := practice.ParseFaults(spec)
		if err != nil {
			t.Errorf("%q: %v", spec, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", spec, diff)
		}
	}
}

func TestParseFaultsRefuses(t *testing.T) {
	for _, spec := range []string{
		",", "latency", "latency=", "latency=50", "latency=-1ms", "latency=61s", "latency=1h",
		"drop_after=1.01", "drop_after=-0.1", "drop_after=x", "drop_after=NaN", "drop_after=Inf", "drop_after=0x1p-2", "drop_after=1e-1", "drop_after=.",
		"throttle=20", "throttle=0/s", "throttle=-1/s", "throttle=x/s", "throttle=200000/s", "throttle=20/m",
		"seed=-1", "seed=1.5", "unknown=1", "=1", "error500=0.1,error500=0.1", "error500=0.1,", "DROP_AFTER=0.1", "drop_after=0.1;x",
		"on=", "on=calls", "pace=2", "pace=0x", "pace=-1x", "pace=99999x", "error404=1",
	} {
		got, err := practice.ParseFaults(spec)
		if domain.KeyOf(err) != "practice.faults_invalid" || domain.KindOf(err) != domain.Invalid || got != (practice.Faults{}) {
			t.Errorf("%q: %+v, %v", spec, got, err)
		}
	}
}

func TestFaultsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := func(name string) float64 { return rapid.Float64Range(0, 1).Draw(t, name) }
		want := practice.Faults{
			Latency:    time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "latency")),
			Throttle:   rapid.Float64Range(0, 1000).Draw(t, "throttle"),
			DropBefore: p("drop_before"), DropAfter: p("drop_after"), Error500: p("error500"),
			Error503: p("error503"), Accepted202: p("accepted202"), Seed: rapid.Uint64().Draw(t, "seed"),
			Cut: p("cut"), Error422: p("error422"), Pace: rapid.Float64Range(0, 100).Draw(t, "pace"),
			On: rapid.SampledFrom([]practice.Scope{"", practice.ScopeCases, practice.ScopeAll}).Draw(t, "on"),
		}
		got, err := practice.ParseFaults(want.String())
		if err != nil || got != want {
			t.Fatalf("%s gives %+v, want %+v: %v", want, got, want, err)
		}
	})
}

func FuzzParseFaults(f *testing.F) {
	for _, seed := range []string{"", "latency=50ms,error500=0.1,drop_after=0.05,throttle=20/s,accepted202=0.2", "seed=1,", "a=b=c", "latency=\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		got, err := practice.ParseFaults(spec)
		if err != nil {
			if domain.KeyOf(err) != "practice.faults_invalid" || got != (practice.Faults{}) {
				t.Fatalf("%+v, %v", got, err)
			}
			return
		}
		for name, p := range map[string]float64{"before": got.DropBefore, "after": got.DropAfter, "500": got.Error500, "503": got.Error503, "202": got.Accepted202} {
			if !(p >= 0 && p <= 1) {
				t.Errorf("%s: probability %v", name, p)
			}
		}
		if !(got.Throttle >= 0) || got.Latency < 0 || got.Latency > time.Minute {
			t.Errorf("%+v", got)
		}
		again, err := practice.ParseFaults(got.String())
		if err != nil || again != got {
			t.Errorf("%q reads as %+v, written %q, reads as %+v: %v", spec, got, got.String(), again, err)
		}
	})
}

func TestDropAfterStoresAndSaysNothing(t *testing.T) {
	r := start(t, func(p *practice.Params) { p.Faults.DropAfter = 1 })
	for range 2 { // the replay is cut, too
		if a, err := r.try(http.MethodPost, "/v1/complaints", complaint(1), "Idempotency-Key", quoted(1)); err == nil {
			t.Fatalf("there is an answer: %d %s", a.status, a.body)
		}
	}
	item := only(t, r.get("/v1/complaints?idempotency_key="+key(1)))
	if item["receipt_number"] == nil {
		t.Errorf("not stored: %v", item)
	}
}

func TestDropBeforeStoresNothing(t *testing.T) {
	r := start(t, func(p *practice.Params) { p.Faults.DropBefore = 1 })
	if a, err := r.try(http.MethodPost, "/v1/complaints", complaint(1), "Idempotency-Key", quoted(1)); err == nil {
		t.Fatalf("there is an answer: %d %s", a.status, a.body)
	}
	if l := items(t, r.get("/v1/complaints?idempotency_key="+key(1))); len(l) != 0 {
		t.Errorf("stored: %v", l)
	}
}

func TestServerErrorsStoreNothing(t *testing.T) {
	for name, tc := range map[string]struct {
		faults practice.Faults
		status int
		slug   string
		retry  string
	}{
		"500": {practice.Faults{Error500: 1}, 500, "internal", ""},
		"503": {practice.Faults{Error503: 1}, 503, "unavailable", "1"},
	} {
		t.Run(name, func(t *testing.T) {
			r := start(t, func(p *practice.Params) { p.Faults = tc.faults })
			a := r.file(1, complaint(1))
			if a.status != tc.status || a.problem(t) != tc.slug || a.header.Get("Retry-After") != tc.retry {
				t.Errorf("%d %s %v", a.status, a.body, a.header)
			}
			if l := items(t, r.get("/v1/complaints?idempotency_key="+key(1))); len(l) != 0 {
				t.Errorf("stored: %v", l)
			}
		})
	}
}

func TestThrottle(t *testing.T) {
	r := start(t, func(p *practice.Params) { p.Faults.Throttle = 0.25 })
	r.filed(1)
	a := r.file(2, complaint(2))
	if a.status != http.StatusTooManyRequests || a.problem(t) != "too-many-requests" || a.header.Get("Retry-After") != "4" {
		t.Fatalf("%d %s %v", a.status, a.body, a.header)
	}
	if a := r.get("/v1/capabilities"); a.status != http.StatusOK {
		t.Errorf("reading is throttled, too: %d", a.status)
	}
	r.clock.Advance(2 * time.Second)
	if a := r.file(2, complaint(2)); a.header.Get("Retry-After") != "2" {
		t.Errorf("two seconds later: %d %v", a.status, a.header)
	}
	r.clock.Advance(2 * time.Second)
	r.filed(2)
}

// The draws come out the same for the same keys, whatever the order, and as
// often as the probability says.
func TestDrawsAreRepeatable(t *testing.T) {
	const keys = 200
	draw := func(seed uint64, backwards bool) (hit [keys]bool, n int) {
		r := start(t, func(p *practice.Params) { p.Faults = practice.Faults{Error500: 0.3, Seed: seed} })
		for i := range keys {
			if backwards {
				i = keys - 1 - i
			}
			if r.file(i, "{}").status == http.StatusInternalServerError {
				hit[i] = true
				n++
			}
		}
		return hit, n
	}
	first, n := draw(7, false)
	if again, _ := draw(7, true); again != first {
		t.Error("the same seed gives other draws")
	}
	if other, _ := draw(8, false); other == first {
		t.Error("another seed gives the same draws")
	}
	// Six standard deviations of a binomial draw (σ = 6.5) around 60.
	if n < 21 || n > 99 {
		t.Errorf("%d of %d with probability 0.3", n, keys)
	}
}
