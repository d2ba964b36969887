package filing_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/testkit"
)

// city adds an Open311 channel as the default, whose endpoint is the fake one
// without keys.
func (d *desk) city() domain.Channel {
	d.t.Helper()
	c, err := d.file.AddChannel(d.t.Context(), filing.ChannelInput{
		Name: "city", Kind: domain.ChannelOpen311, URL: "https://city.example.org", ServiceCode: "NOISE",
	})
	if err != nil {
		d.t.Fatal(err)
	}
	d.ends.keyless = true
	return c
}

// keyless is the fake endpoint as a protocol without keys has it.
type keyless struct{ *fake }

func (k keyless) Submit(ctx context.Context, key string, payload []byte) filing.Outcome {
	out := k.fake.Submit(ctx, key, payload)
	if out.Kind == filing.OutcomeUnknown {
		out.Kind = filing.OutcomeUnsettled
	}
	return out
}

func (k keyless) FindByKey(context.Context, string) filing.Outcome {
	return filing.Outcome{Kind: filing.OutcomeUnsettled, ErrorKey: "channel.no_keys"}
}

// A lost answer ends the work on a complaint: no run, however often and however
// hard it is asked, sends it again, until a person says what they found.
func TestLostAnswerIsForAPerson(t *testing.T) {
	d := newDesk(t)
	d.city()
	id := d.queue(1)[0]
	d.ends.fake.script = []answer{{out: filing.Outcome{Kind: filing.OutcomeUnknown, ErrorKey: "channel.no_answer"}, stored: true}}
	var ended []bool
	s := d.run(filing.RunOptions{OnResult: func(_ filing.Result, e bool) { ended = append(ended, e) }})
	if s.Unknown != 1 || s.Unsettled != 1 || s.Remaining != 0 || s.Complete() || !s.NextAt.IsZero() || !slices.Equal(ended, []bool{true}) {
		t.Errorf("%+v, %v", s, ended)
	}
	for range 3 {
		d.clock.Advance(48 * time.Hour)
		if err := d.file.TryNow(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if s := d.run(filing.RunOptions{Now: true}); s.Unknown != 0 || s.Unsettled != 1 || s.Complete() {
			t.Errorf("%+v", s)
		}
	}
	if want := []string{"submit"}; !slices.Equal(d.ends.fake.calls, want) {
		t.Errorf("asked %v", d.ends.fake.calls)
	}
	c := d.show(id).Complaint
	if !c.Unsettled() || c.Stuck(d.clock.Now()) || c.LastError != "channel.no_answer" {
		t.Errorf("%+v", c)
	}
	if _, err := d.file.Cancel(t.Context(), string(id)); domain.KeyOf(err) != "complaint.not_cancellable" {
		t.Errorf("%v", err)
	}
	k, err := d.file.SettleFiled(t.Context(), string(id), " N-7 ")
	if err != nil || k.SendState != domain.SendSent || k.ReceiptNumber != "N-7" {
		t.Errorf("%+v, %v", k, err)
	}
	if s := d.run(filing.RunOptions{}); !s.Complete() {
		t.Errorf("%+v", s)
	}
}

func TestFiledAgainAfterAPersonLooked(t *testing.T) {
	d := newDesk(t)
	d.city()
	id := d.queue(1)[0]
	d.ends.fake.script = []answer{outcome(filing.OutcomeUnknown)}
	d.run(filing.RunOptions{})
	woken := false
	d.queued = func() { woken = true }
	k, err := d.file.SettleAgain(t.Context(), string(id))
	if err != nil || k.SendState != domain.SendQueued || !woken {
		t.Fatalf("%+v, %v, woken %v", k, err, woken)
	}
	if s := d.run(filing.RunOptions{}); s.Sent != 1 || !s.Complete() {
		t.Errorf("%+v", s)
	}
	if want := []string{"submit", "submit"}; !slices.Equal(d.ends.fake.calls, want) || len(d.ends.fake.changed) != 0 {
		t.Errorf("asked %v, changed %v", d.ends.fake.calls, d.ends.fake.changed)
	}
	detail := d.show(id)
	if len(detail.Attempts) != 2 || detail.Attempts[0].Outcome != domain.AttemptUnknown || detail.Attempts[1].Outcome != domain.AttemptSent {
		t.Errorf("%+v", detail.Attempts)
	}
}

// A number must be one, except where the service gives none.
func TestSettleWithoutNumber(t *testing.T) {
	d := newDesk(t)
	ch := d.city()
	id := d.queue(1)[0]
	d.ends.fake.script = []answer{outcome(filing.OutcomeUnknown)}
	d.run(filing.RunOptions{})
	for number, key := range map[string]string{" ": "complaint.receipt_required", "a\nb": "complaint.receipt_invalid"} {
		if _, err := d.file.SettleFiled(t.Context(), string(id), number); domain.KeyOf(err) != key {
			t.Errorf("%q: %v", number, err)
		}
	}
	box := domain.Capabilities{Service: &domain.CivicService{Code: "NOISE", Type: domain.ServiceBlackbox}}
	if err := d.store.SetCapabilities(t.Context(), ch.ID, box); err != nil {
		t.Fatal(err)
	}
	k, err := d.file.SettleFiled(t.Context(), string(id), "")
	if err != nil || !k.Numberless() {
		t.Errorf("%+v, %v", k, err)
	}
}

func TestSettleWhatTheOutboxClearsUp(t *testing.T) {
	d := newDesk(t)
	d.channel("wire")
	id := d.queue(1)[0]
	d.ends.fake.script = []answer{outcome(filing.OutcomeUnknown), outcome(filing.OutcomeUnknown)}
	d.run(filing.RunOptions{})
	if c := d.show(id).Complaint; c.SendState != domain.SendUnknown || c.Unsettled() {
		t.Fatalf("%+v", c)
	}
	if _, err := d.file.SettleFiled(t.Context(), string(id), "1"); domain.KeyOf(err) != "complaint.not_unsettled" {
		t.Errorf("%v", err)
	}
	if _, err := d.file.SettleAgain(t.Context(), string(id)); domain.KeyOf(err) != "complaint.not_unsettled" {
		t.Errorf("%v", err)
	}
}

// Whatever is answered, and wherever a worker dies, a civic server gets a complaint
// once for each time that somebody asked for it; only what it surely did not take
// is sent again.
func TestNeverTwiceOnItsOwn(t *testing.T) {
	kinds := []filing.OutcomeKind{
		filing.OutcomeUnknown, filing.OutcomeRetry, filing.OutcomeToken, filing.OutcomeSent, filing.OutcomeRejected,
	}
	rapid.Check(t, func(rt *rapid.T) {
		d := newDesk(t)
		d.city()
		ids := d.queue(rapid.IntRange(1, 4).Draw(rt, "complaints"))
		taken := map[string]int{} // by payload: what reached the server and was not turned away
		for range rapid.IntRange(0, 12).Draw(rt, "faults") {
			kind := rapid.SampledFrom(kinds).Draw(rt, "kind")
			a := outcome(kind)
			a.out.Token, a.out.ReceiptNumber = "t", "R"
			d.ends.fake.script = append(d.ends.fake.script, a)
		}
		d.ends.fake.took = func(payload string, a answer, scripted bool) {
			if !scripted || a.out.Kind != filing.OutcomeRetry {
				taken[payload]++
			}
		}
		asked := len(ids)
		for range 30 {
			switch rapid.SampledFrom([]string{"run", "now", "crash", "lost lease", "release"}).Draw(rt, "step") {
			case "run":
				d.run(filing.RunOptions{Concurrency: rapid.IntRange(1, 3).Draw(rt, "workers")})
			case "now":
				d.run(filing.RunOptions{Now: true})
			case "crash": // after the request left, before anything was written down
				d.sendAndDie(rt, "dead")
			case "lost lease":
				d.sendAndDie(rt, "slow")
				d.clock.Advance(filing.MaxLease)
			case "release":
				d.sendAndDie(rt, "full disk")
				if err := d.store.Release(t.Context(), "full disk", d.clock.Now()); err != nil {
					rt.Fatal(err)
				}
			}
			d.clock.Advance(time.Duration(rapid.IntRange(0, 40).Draw(rt, "minutes")) * time.Minute)
		}
		total := 0
		for payload, n := range taken {
			if total += n; n > 1 {
				rt.Fatalf("taken %d times: %s", n, payload)
			}
		}
		if total > asked {
			rt.Fatalf("%d complaints were asked for, %d taken", asked, total)
		}
		for _, id := range ids {
			switch c := d.show(id).Complaint; c.SendState {
			case domain.SendUnknown:
				if !c.Unsettled() {
					rt.Fatalf("%s is unknown and due", id)
				}
			case domain.SendRetry, domain.SendQueued:
				if taken[d.payload(id)] != 0 {
					rt.Fatalf("%s was taken and is to be sent again", id)
				}
			default:
			}
		}
	})
}

// sendAndDie claims what is due, sends it, and writes nothing down.
func (d *desk) sendAndDie(rt *rapid.T, owner string) {
	now := d.clock.Now()
	jobs, err := d.store.Claim(d.t.Context(), filing.ClaimRequest{Owner: owner, Now: now, Until: now.Add(filing.LeaseTime), Limit: 1})
	if err != nil {
		rt.Fatal(err)
	}
	for _, job := range jobs {
		switch job.State {
		case domain.SendQueued, domain.SendRetry:
			d.ends.fake.Submit(d.t.Context(), job.Key, job.Payload)
		case domain.SendToken:
		default:
			rt.Fatalf("a worker got what is %s", job.State)
		}
	}
}

// payload is what the server was sent of a complaint, empty for nothing.
func (d *desk) payload(id domain.ComplaintID) string {
	for _, body := range d.ends.fake.bodies {
		if strings.Contains(body, string(id)) {
			return body
		}
	}
	return ""
}

// Composing asks the adapter, for this kind of channel alone, and the problems are
// shown beside our own, each field once.
func TestComposedByTheAdapter(t *testing.T) {
	d := newDesk(t)
	d.city()
	d.ends.compose = func(c domain.Channel, b domain.ComplaintBody) ([]byte, error) {
		if b.Harm == 5 {
			return nil, domain.Problems{
				domain.E("", domain.Invalid, "complaint.attribute_unknown", nil, nil).At("/channel"),
				domain.E("", domain.Invalid, "complaint.attribute_missing", nil, nil).At("/category"),
			}
		}
		return []byte("service_code=" + c.ServiceCode + "&description=" + b.Description), nil
	}
	in := filing.ComplaintInput{
		Number: "95013000", At: testkit.Epoch().Add(-time.Hour), Category: "nonsense", Harm: 5, Description: "x", Language: "en",
	}
	var keys []string
	if err := d.file.Validate(t.Context(), in); err != nil {
		for _, p := range err.(domain.Problems) { //nolint:errorlint // that is what it gives
			keys = append(keys, p.Key)
		}
	}
	if want := []string{"complaint.category_unknown", "complaint.attribute_unknown"}; !slices.Equal(keys, want) {
		t.Errorf("%v, want %v", keys, want)
	}
	in.Draft = true
	in.Category = domain.CategoryLoan
	if _, err := d.file.New(t.Context(), in); err != nil {
		t.Errorf("a draft may be incomplete: %v", err)
	}
	in.Draft, in.Harm = false, 0
	if _, err := d.file.New(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	d.run(filing.RunOptions{})
	for _, body := range d.ends.fake.bodies {
		if body != "service_code=NOISE&description=x" {
			t.Errorf("%q", body)
		}
	}
}
