package channeltest

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"quietline/internal/filing"
)

// lookup is a question, its answer and what that means.
type lookup struct {
	reply Reply
	want  want
}

func (p Protocol) testLookups(t *testing.T) {
	asks := p.lookups(t)
	p.testLookup(t, "poll", asks[0], p.polls())
	if p.Keyless {
		t.Run("find asks nobody", p.testNobodyAsked)
	} else {
		p.testLookup(t, "find", asks[1], p.finds())
	}
	t.Run("refused connection", func(t *testing.T) {
		s := newServer(t, http.NotFound)
		s.Start()
		s.Close()
		e := p.dial(t, Setup{URL: s.URL})
		for _, ask := range asks {
			want{kind: filing.OutcomeRetry, key: "channel.unreachable"}.check(t, ask(e))
		}
	})
}

// anyLookup are answers to any question, and what they mean.
func (p Protocol) anyLookup() map[string]lookup {
	refused := want{kind: filing.OutcomeUnknown, key: "channel.lookup_refused"}
	unusable := want{kind: filing.OutcomeUnknown, key: "channel.answer_unusable"}
	fault := want{kind: filing.OutcomeRetry, key: "channel.endpoint_fault"}
	if p.Keyless {
		fault.kind = filing.OutcomeUnknown // the outbox asks again either way
	}
	return map[string]lookup{
		"400":  {p.Refuse(400, ""), refused},
		"422":  {p.Refuse(422, "c"), refused},
		"401":  {p.Refuse(401, ""), want{kind: filing.OutcomeUnauthorised, key: "channel.unauthorised"}},
		"403":  {p.Refuse(403, ""), want{kind: filing.OutcomeForbidden, key: "channel.forbidden"}},
		"500":  {Reply{Status: 500}, fault},
		"503":  {p.Refuse(503, "").with("Retry-After", "5"), want{kind: filing.OutcomeRetry, key: "channel.endpoint_down", wait: 5 * time.Second, hold: true}},
		"HTML": {Reply{200, []string{"Content-Type", "text/html"}, "<p>"}, unusable},
	}
}

func (p Protocol) finds() map[string]lookup {
	unusable := want{kind: filing.OutcomeUnknown, key: "channel.answer_unusable"}
	list := p.anyLookup()
	for name, l := range map[string]lookup{
		"filed":     {p.FoundFiled, want{kind: filing.OutcomeSent}},
		"pending":   {p.FoundPending, want{kind: filing.OutcomeToken}},
		"none":      {p.FoundNone, want{kind: filing.OutcomeNotFound}},
		"two":       {JSON(200, `{"items":[{"receipt_number":"1"},{"receipt_number":"2"}]}`), unusable},
		"no list":   {JSON(200, `{}`), unusable},
		"null":      {JSON(200, `{"items":null}`), unusable},
		"an object": {JSON(200, `{"items":{}}`), unusable},
		"a nothing": {JSON(200, `{"items":[{}]}`), unusable},
		"a null":    {JSON(200, `{"items":[null]}`), unusable},
		"404":       {p.Refuse(404, ""), want{kind: filing.OutcomeUnknown, key: "channel.lookup_refused"}},
		"422 at fields": {
			Problem(422, "x", `,"errors":[{"pointer":"/a","code":"b","detail":"c"}]`),
			want{kind: filing.OutcomeUnknown, key: "channel.lookup_refused"},
		},
	} {
		list[name] = l
	}
	return list
}

func (p Protocol) polls() map[string]lookup {
	unusable := want{kind: filing.OutcomeUnknown, key: "channel.answer_unusable"}
	gone, bare := want{kind: filing.OutcomeNotFound}, want{kind: filing.OutcomeToken, wait: 4 * time.Second}
	if p.Keyless { // which does not say how "not yet" is said
		gone, bare = want{kind: filing.OutcomeToken, key: "channel.token_unknown"}, unusable
	}
	list := p.anyLookup()
	for name, l := range map[string]lookup{
		"there":       {p.NumberThere, want{kind: filing.OutcomeSent}},
		"later":       {p.NumberLater, want{kind: filing.OutcomeToken, wait: 2 * time.Second}},
		"bare 202":    {Reply{202, []string{"Retry-After", "4"}, ""}, bare},
		"404":         {p.Refuse(404, ""), gone},
		"410":         {Reply{Status: 410}, gone},
		"no receipt":  {JSON(200, `{}`), unusable},
		"bad receipt": {JSON(200, strings.ReplaceAll(p.NumberThere.Body, p.Receipt, `a\u0007`)), unusable},
	} {
		list[name] = l
	}
	return list
}

func (p Protocol) testLookup(t *testing.T, what string, ask func(filing.Endpoint) filing.Outcome, list map[string]lookup) {
	for name, tc := range list {
		t.Run(what+" "+name, func(t *testing.T) {
			e, s := p.open(t, func(w http.ResponseWriter, _ *http.Request) { tc.reply.serve(w) })
			out := ask(e)
			tc.want.check(t, out)
			if out.Kind == filing.OutcomeSent && out.ReceiptNumber != p.Receipt || out.Kind == filing.OutcomeToken && out.Token != p.Token {
				t.Errorf("%+v", out)
			}
			seen := s.seen()
			if len(seen) != 1 || seen[0].Method != http.MethodGet || seen[0].Body != "" || !p.Keyless && seen[0].Header.Get("Authorization") == "" {
				t.Fatalf("%+v", seen)
			}
			if strings.Contains(seen[0].Path, Token) {
				t.Errorf("the address tells the secret: %s", seen[0].Path)
			}
		})
	}
}

// Where there are no keys, there is nothing to be asked.
func (p Protocol) testNobodyAsked(t *testing.T) {
	e, s := p.open(t, func(w http.ResponseWriter, _ *http.Request) { p.Filed.serve(w) })
	want{kind: filing.OutcomeUnsettled, key: "channel.no_keys"}.check(t, e.FindByKey(t.Context(), Key))
	if n := len(s.seen()); n != 0 {
		t.Errorf("%d requests", n)
	}
}
