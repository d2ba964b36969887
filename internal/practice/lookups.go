package practice

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

func (s *Server) tellCapabilities(w http.ResponseWriter, _ *http.Request) *problem {
	s.ok(w, http.StatusOK, s.capabilities())
	return nil
}

// token tells the receipt number behind a token.
func (s *Server) token(token string) handler {
	return func(w http.ResponseWriter, r *http.Request) *problem {
		rec, found, err := s.db.byToken(r.Context(), token)
		switch {
		case err != nil:
			return s.fault(r, err)
		case !found:
			return notFound()
		case !rec.numbered(s.p.Clock.Now()):
			s.answerPending(w, rec.token)
		default:
			s.ok(w, http.StatusOK, map[string]string{"receipt_number": rec.receipt})
		}
		return nil
	}
}

// listing are cases as the API tells them.
type listing struct {
	Items []caseView `json:"items"`
}

// casePage is one page of them.
type casePage struct {
	listing
	// Next is the cursor of the next page, null at the end.
	Next *string `json:"next"`
}

// list answers for one key, or for everything that changed since a time.
func (s *Server) list(w http.ResponseWriter, r *http.Request) *problem {
	q, err := url.ParseQuery(r.URL.RawQuery)
	byKey, byTime := q.Get("idempotency_key") != "", q.Get("updated_since") != ""
	if err != nil || byKey == byTime || byKey && q.Get("cursor") != "" {
		return badRequest("invalid-query")
	}
	if byKey {
		return s.listKey(w, r, q.Get("idempotency_key"))
	}
	return s.listSince(w, r, q)
}

func (s *Server) listKey(w http.ResponseWriter, r *http.Request, key string) *problem {
	if !uuidForm.MatchString(key) {
		return badRequest("invalid-query")
	}
	rec, found, err := s.db.byKey(r.Context(), strings.ToLower(key))
	if err != nil {
		return s.fault(r, err)
	}
	out := listing{Items: []caseView{}}
	if found {
		v := s.view(rec, s.p.Clock.Now())
		v.Token = rec.token
		out.Items = append(out.Items, v)
	}
	s.ok(w, http.StatusOK, out)
	return nil
}

// listSince pages by the order in which complaints came, so that none is
// missed or told twice while cases go on between two pages.
func (s *Server) listSince(w http.ResponseWriter, r *http.Request, q url.Values) *problem {
	since, err := time.Parse(time.RFC3339, q.Get("updated_since"))
	if err != nil {
		return badRequest("invalid-query")
	}
	var after int64
	if cursor := q.Get("cursor"); cursor != "" {
		if after, err = strconv.ParseInt(cursor, 10, 64); err != nil || after < 0 {
			return badRequest("invalid-query")
		}
	}
	// One more than a page holds tells whether there is a next one.
	recs, err := s.db.list(r.Context(), after, since.Add(-s.longest()), since, pageSize+1)
	if err != nil {
		return s.fault(r, err)
	}
	now := s.p.Clock.Now()
	out := casePage{listing: listing{Items: []caseView{}}}
	if len(recs) > pageSize {
		recs = recs[:pageSize]
		next := strconv.FormatInt(recs[pageSize-1].id, 10)
		out.Next = &next
	}
	for _, rec := range recs {
		v := s.view(rec, now)
		if !rec.numbered(now) || v.updatedAt.Before(since) {
			continue
		}
		v.Note, v.History = &v.History[len(v.History)-1].Note, nil
		out.Items = append(out.Items, v)
	}
	s.ok(w, http.StatusOK, out)
	return nil
}

// find gives the complaint with the receipt number, once that is told.
func (s *Server) find(r *http.Request, number string) (record, *problem) {
	if !validReceipt(number) {
		return record{}, notFound()
	}
	rec, found, err := s.db.byReceipt(r.Context(), number)
	switch {
	case err != nil:
		return record{}, s.fault(r, err)
	case !found || !rec.numbered(s.p.Clock.Now()):
		return record{}, notFound()
	}
	return rec, nil
}

// readCase tells one case, or that the client's copy is still good.
func (s *Server) readCase(number string) handler {
	return func(w http.ResponseWriter, r *http.Request) *problem {
		rec, p := s.find(r, number)
		if p != nil {
			return p
		}
		v := s.view(rec, s.p.Clock.Now())
		tag, err := entityTag(v)
		if err != nil {
			return s.fault(r, err)
		}
		w.Header().Set("ETag", tag)
		if matches(r.Header.Values("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
		s.ok(w, http.StatusOK, v)
		return nil
	}
}

// entityTag is a digest of the representation.
func entityTag(v caseView) (string, error) {
	doc, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(doc)
	return `"` + hex.EncodeToString(sum[:8]) + `"`, nil
}

// matches compares weakly (RFC 9110, 13.1.2). Our tags hold no comma.
func matches(header []string, tag string) bool {
	for _, line := range header {
		for one := range strings.SplitSeq(line, ",") {
			one = strings.TrimSpace(one)
			if one == "*" || strings.TrimPrefix(one, "W/") == tag {
				return true
			}
		}
	}
	return false
}

// withdraw closes a case at the complainant's wish.
func (s *Server) withdraw(number string) handler {
	return func(w http.ResponseWriter, r *http.Request) *problem {
		rec, p := s.find(r, number)
		if p != nil {
			return p
		}
		_, doc, p := read(w, r)
		if p != nil {
			return p
		}
		reason, errs := checkWithdrawal(doc)
		if len(errs) > 0 {
			return s.invalid("invalid-withdrawal", errs)
		}
		now := s.p.Clock.Now()
		if s.over(rec, now) {
			return caseClosed()
		}
		done, err := s.db.withdraw(r.Context(), rec.id, now, reason)
		switch {
		case err != nil:
			return s.fault(r, err)
		case !done:
			return caseClosed() // another request was quicker
		}
		return s.readCase(number)(w, r)
	}
}

func caseClosed() *problem {
	return &problem{status: http.StatusConflict, slug: "case-closed"}
}
