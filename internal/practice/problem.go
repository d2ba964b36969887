package practice

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
)

// problemBase is what the type of every problem begins with. The name is
// reserved (RFC 2606): the types are names, not pages.
const problemBase = "https://quietline.example/problems/"

// problem is a refusal, as RFC 9457 has it, before it has words.
type problem struct {
	status int
	// slug is the end of the type. With underscores for its hyphens it names
	// the messages "practice.problem.SLUG", a title, and
	// "practice.detail.SLUG", a sentence that says more.
	slug   string
	errors []domain.FieldProblem
	header http.Header
}

// with returns the problem with one more header.
func (p problem) with(name, value string) *problem {
	h := p.header.Clone()
	if h == nil {
		h = http.Header{}
	}
	h.Set(name, value)
	p.header = h
	return &p
}

func badRequest(slug string) *problem {
	return &problem{status: http.StatusBadRequest, slug: slug}
}

func notFound() *problem {
	return &problem{status: http.StatusNotFound, slug: "not-found"}
}

func mediaType() *problem {
	return &problem{status: http.StatusUnsupportedMediaType, slug: "media-type"}
}

func unauthorised(challenge string) *problem {
	return problem{status: http.StatusUnauthorized, slug: "unauthorised"}.
		with("WWW-Authenticate", challenge)
}

func unavailable() *problem {
	return problem{status: http.StatusServiceUnavailable, slug: "unavailable"}.
		with("Retry-After", "1")
}

func internalFault() *problem {
	return &problem{status: http.StatusInternalServerError, slug: "internal"}
}

// fault logs what went wrong here and answers without details.
func (s *Server) fault(r *http.Request, err error) *problem {
	s.p.Log.ErrorContext(r.Context(), "practice endpoint", "err", err)
	return internalFault()
}

// refuse writes the problem.
func (s *Server) refuse(w http.ResponseWriter, p *problem) {
	for name, values := range p.header {
		w.Header()[name] = values
	}
	words := strings.ReplaceAll(p.slug, "-", "_")
	doc := struct {
		Type   string                `json:"type"`
		Title  string                `json:"title"`
		Status int                   `json:"status"`
		Detail string                `json:"detail"`
		Errors []domain.FieldProblem `json:"errors,omitempty"`
	}{
		problemBase + p.slug, s.text("practice.problem." + words), p.status,
		s.text("practice.detail." + words), p.errors,
	}
	s.write(w, p.status, "application/problem+json", doc)
}

// write answers with JSON.
func (s *Server) write(w http.ResponseWriter, status int, contentType string, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		// Only a value that this package made can be unmarshalable.
		s.p.Log.Error("practice answer", "err", err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that is gone needs no answer
}

func (s *Server) ok(w http.ResponseWriter, status int, v any) {
	s.write(w, status, "application/json", v)
}

// retryAfter is a wait in whole seconds, rounded up, at least one.
func retryAfter(d time.Duration) string {
	return strconv.FormatInt(max(1, int64((d+time.Second-1)/time.Second)), 10)
}

// invalid is the 422 with the reasons at the fields.
func (s *Server) invalid(slug string, found []domain.FieldProblem) *problem {
	for i := range found {
		found[i].Detail = s.text("practice.field." + found[i].Code)
	}
	return &problem{status: http.StatusUnprocessableEntity, slug: slug, errors: found}
}
