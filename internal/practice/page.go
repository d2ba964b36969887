package practice

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"

	"quietline/internal/domain"
)

//go:embed page.html
var pageHTML string

// pageRows is how many complaints the page lists.
const pageRows = 200

// pageData is what the page shows. It leaves out who complained: the page is
// for looking over somebody's shoulder.
type pageData struct {
	Language, Title, Warning, Count, Document string

	Columns []string
	Rows    []pageRow
}

type pageRow struct{ Receipt, ReceivedAt, Number, Category, State string }

// document serves the OpenAPI description. It is public: it holds nothing of
// what was received.
func (s *Server) document(w http.ResponseWriter, _ *http.Request) *problem {
	if len(s.p.OpenAPI) == 0 {
		return notFound()
	}
	w.Header().Set("Content-Type", "application/yaml") // RFC 9512
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(s.p.OpenAPI) // a client that is gone needs no answer
	return nil
}

// page says in the browser what this is and what came in. Where the endpoint
// wants a token, a browser can give it as the password.
func (s *Server) page(w http.ResponseWriter, r *http.Request) *problem {
	_, password, _ := r.BasicAuth()
	if !s.bearer(r) && !s.isToken(password) {
		return unauthorised(`Basic realm="practice", charset="UTF-8"`)
	}
	data, err := s.pageData(r)
	if err != nil {
		return s.fault(r, err)
	}
	// Parsing on each view costs little, and keeps the package without state.
	t, err := template.New("page").Parse(pageHTML)
	if err != nil {
		return s.fault(r, err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, data); err != nil {
		return s.fault(r, err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(out.Bytes()) // a client that is gone needs no answer
	return nil
}

func (s *Server) pageData(r *http.Request) (pageData, error) {
	n, err := s.db.count(r.Context())
	if err != nil {
		return pageData{}, err
	}
	recs, err := s.db.newest(r.Context(), pageRows)
	if err != nil {
		return pageData{}, err
	}
	t := s.p.Texts
	d := pageData{
		Language: string(t.Language()), Title: s.p.Name, Warning: t.T("practice.page.warning"),
		Count: t.N("practice.page.count", n), Document: t.T("practice.page.document"),
		Columns: []string{
			t.T("practice.page.receipt"), t.T("practice.page.received_at"), t.T("practice.page.number"),
			t.T("practice.page.category"), t.T("practice.page.state"),
		},
	}
	now := s.p.Clock.Now()
	for _, rec := range recs {
		var body domain.ComplaintBody
		if err := json.Unmarshal(rec.body, &body); err != nil {
			// Our check tolerates more than this type: show what is there.
			s.p.Log.WarnContext(r.Context(), "practice page", "id", rec.id)
		}
		row := pageRow{
			Receipt: rec.receipt, ReceivedAt: rec.receivedAt.In(domain.China()).Format("2006-01-02 15:04:05"),
			Number: body.Caller.Number, Category: t.Term("category", string(body.Category)),
			State: t.Term("case_state", string(s.view(rec, now).CaseState)),
		}
		if !rec.numbered(now) {
			row.Receipt = t.T("practice.page.no_number")
		}
		if row.Number == "" {
			row.Number = body.Caller.Displayed
		}
		d.Rows = append(d.Rows, row)
	}
	return d, nil
}
