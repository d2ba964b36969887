package practice

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"quietline/internal/domain"
)

// file takes a complaint: once for each key, whatever happens to the answer.
// The key is taken before the latency passes, so that a second request which
// comes meanwhile finds the first one running. Only who may file takes one.
func (s *Server) file(w http.ResponseWriter, r *http.Request) *problem {
	key, refused := idempotencyKey(r.Header)
	end := func() {}
	if refused == nil && s.bearer(r) {
		var free bool
		if end, free = s.begin(key); !free {
			refused = inProgress()
		}
	}
	var what fate
	kept := newKept()
	h := s.admit(func(w http.ResponseWriter, r *http.Request) (p *problem) {
		what, p = s.take(w, r, kept, key, refused)
		return p
	})
	p := func() *problem {
		defer end()
		return h(w, r)
	}()
	// The key is free by now: the client may be back at once.
	switch {
	case p != nil:
		return p
	case what.before != "":
		_, p = s.before(what, w, r)
		return p
	case kept.body.Len() > 0:
		s.after(what, w, r, kept)
	}
	return nil
}

// take does what was asked with a key that is held, or refuses it. What it tells
// of the fate is still to strike; the answer is kept until then.
func (s *Server) take(w http.ResponseWriter, r *http.Request, kept *keptAnswer, key string, refused *problem) (fate, *problem) {
	if p := s.throttle(); p != nil {
		return fate{}, p
	}
	if refused != nil {
		return fate{}, refused
	}
	strikes := s.dice.roll(key)
	var what fate
	if s.p.Faults.covers(ScopeFiling) {
		what = s.draw(strikes)
	}
	if what.before != "" {
		return what, nil
	}
	body, doc, p := read(w, r)
	if p != nil {
		return fate{}, p
	}
	rec, replayed, p := s.store(r, key, body, doc, strikes("accepted202", s.p.Faults.Accepted202))
	if p != nil {
		return fate{}, p
	}
	if replayed {
		kept.Header().Set("Idempotency-Replayed", "true")
	}
	s.answerFiled(kept, rec)
	return what, nil
}

func inProgress() *problem {
	return problem{status: http.StatusConflict, slug: "request-in-progress"}.with("Retry-After", "1")
}

// throttle takes one complaint out of the bucket.
func (s *Server) throttle() *problem {
	if s.bucket == nil {
		return nil
	}
	now := s.p.Clock.Now()
	if s.bucket.AllowN(now, 1) {
		return nil
	}
	missing := 1 - s.bucket.TokensAt(now)
	wait := time.Duration(missing / s.p.Faults.Throttle * float64(time.Second))
	return problem{status: http.StatusTooManyRequests, slug: "too-many-requests"}.
		with("Retry-After", retryAfter(wait))
}

// idempotencyKey reads the key, a UUID as a quoted string
// (draft-ietf-httpapi-idempotency-key-header, section 2.1), in lower case.
func idempotencyKey(h http.Header) (string, *problem) {
	values := h.Values("Idempotency-Key")
	if len(values) == 0 {
		return "", badRequest("idempotency-key-missing")
	}
	v := strings.TrimSpace(values[0])
	if len(values) > 1 || len(v) < 2 || v[0] != '"' || v[len(v)-1] != '"' || !uuidForm.MatchString(v[1:len(v)-1]) {
		return "", badRequest("idempotency-key-invalid")
	}
	return strings.ToLower(v[1 : len(v)-1]), nil
}

// store files the complaint under its key, or finds what was filed before; the
// caller holds the key.
// Refused complaints are not remembered: the same key may come again.
func (s *Server) store(r *http.Request, key string, body []byte, doc any, byToken bool) (rec record, replayed bool, p *problem) {
	// What was begun is finished, even if the client hangs up meanwhile.
	ctx := context.WithoutCancel(r.Context())
	rec, found, err := s.db.byKey(ctx, key)
	if err != nil {
		return record{}, false, s.fault(r, err)
	}
	if !found {
		now := s.p.Clock.Now()
		if errs := checkComplaint(doc, now); len(errs) > 0 {
			return record{}, false, s.invalid("invalid-complaint", errs)
		}
		token := ""
		if byToken {
			token = s.p.Source.UUID()
		}
		var added bool
		rec, added, err = s.db.add(ctx, key, body, now, token)
		switch {
		case errors.Is(err, errFull):
			return record{}, false, storageFull()
		case err != nil:
			return record{}, false, s.fault(r, err)
		}
		found = !added
	}
	if found && !rec.sameBody(body) {
		return record{}, false, &problem{status: http.StatusUnprocessableEntity, slug: "idempotency-key-reused"}
	}
	return rec, found, nil
}

// filed is the first answer to a complaint. It is made from what is stored, so
// a replay has the same bytes.
type filed struct {
	ReceiptNumber string           `json:"receipt_number"`
	CaseState     domain.CaseState `json:"case_state"`
	ReceivedAt    string           `json:"received_at"`
}

// pending is the answer while there is only a token.
type pending struct {
	Token             string `json:"token"`
	RetryAfterSeconds int    `json:"retry_after_seconds"`
}

func (s *Server) answerFiled(w http.ResponseWriter, rec record) {
	if rec.token != "" {
		s.answerPending(w, rec.token)
		return
	}
	w.Header().Set("Location", "/v1/complaints/"+url.PathEscape(rec.receipt))
	s.ok(w, http.StatusCreated, filed{rec.receipt, domain.CaseReceived, stamp(rec.receivedAt)})
}

func (s *Server) answerPending(w http.ResponseWriter, token string) {
	w.Header().Set("Retry-After", retryAfter(tokenWait))
	s.ok(w, http.StatusAccepted, pending{token, int(tokenWait / time.Second)})
}
