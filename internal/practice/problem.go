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
	// slug is the end of the type.
	slug string
	// words are the messages "practice.problem.WORDS", a title, and
	// "practice.detail.WORDS", a sentence that says more.
	words  string
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

func badRequest(slug, words string) *problem {
	return &problem{status: http.StatusBadRequest, slug: slug, words: words}
}

func notFound() *problem {
	return &problem{status: http.StatusNotFound, slug: "not-found", words: "not_found"}
}

func mediaType() *problem {
	return &problem{status: http.StatusUnsupportedMediaType, slug: "media-type", words: "media_type"}
}

func unauthorised(challenge string) *problem {
	return problem{status: http.StatusUnauthorized, slug: "unauthorised", words: "unauthorised"}.
		with("WWW-Authenticate", challenge)
}

func unavailable() *problem {
	return problem{status: http.StatusServiceUnavailable, slug: "unavailable", words: "unavailable"}.
		with("Retry-After", "1")
}

func internalFault() *problem {
	return &problem{status: http.StatusInternalServerError, slug: "internal", words: "internal"}
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
	doc := struct {
		Type   string                `json:"type"`
		Title  string                `json:"title"`
		Status int                   `json:"status"`
		Detail string                `json:"detail"`
		Errors []domain.FieldProblem `json:"errors,omitempty"`
	}{
		problemBase + p.slug, s.text("practice.problem." + p.words), p.status,
		s.text("practice.detail." + p.words), p.errors,
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

// fieldText is the sentence for a field problem's code.
func (s *Server) fieldText(code string) string {
	switch code {
	case codeRequired:
		return s.text("practice.field.required")
	case codeType:
		return s.text("practice.field.invalid_type")
	case codeValue:
		return s.text("practice.field.invalid_value")
	case codeFormat:
		return s.text("practice.field.invalid_format")
	case codeTime:
		return s.text("practice.field.invalid_time")
	case codeFuture:
		return s.text("practice.field.in_future")
	case codeRange:
		return s.text("practice.field.out_of_range")
	case codeLong:
		return s.text("practice.field.too_long")
	case codeMany:
		return s.text("practice.field.too_many")
	case codeNotOffered:
		return s.text("practice.field.not_offered")
	default:
		return strings.ReplaceAll(code, "_", " ")
	}
}

// invalid is the 422 with the reasons at the fields.
func (s *Server) invalid(slug, words string, found []domain.FieldProblem) *problem {
	for i := range found {
		found[i].Detail = s.fieldText(found[i].Code)
	}
	return &problem{status: http.StatusUnprocessableEntity, slug: slug, words: words, errors: found}
}
