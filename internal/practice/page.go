package practice

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/text/language"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

//go:embed page.html
var pageHTML string

const (
	// receivedPath is where the page of one complaint lies, before its number.
	receivedPath = "/received/"
	// pageRows is how many complaints the page lists.
	pageRows = 200
)

// pageData is what a page shows. The list leaves out who complained: it is for
// looking over somebody's shoulder.
type pageData struct {
	Language, Title, Warning, Count, Document, Back string

	Columns []string
	Rows    []pageRow
	// Parts are those of one complaint.
	Parts []pagePart
}

type pageRow struct{ Link, Receipt, ReceivedAt, Number, Category, State, Files string }

// pagePart is a table with a heading; facts have no columns.
type pagePart struct {
	Title   string
	Columns []string
	Facts   [][2]string
	Rows    [][]string
	None    string
}

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

// page says in the browser what this is and what came in.
func (s *Server) page(w http.ResponseWriter, r *http.Request) *problem {
	return s.show(w, r, s.listData)
}

// casePage shows one complaint: what was received, its files and its history.
func (s *Server) casePage(number string) handler {
	return func(w http.ResponseWriter, r *http.Request) *problem {
		return s.show(w, r, func(r *http.Request, t *l10n.Printer) (pageData, *problem) { return s.caseData(r, t, number) })
	}
}

// show writes a page. Where the endpoint wants a token, a browser can give it as
// the password.
func (s *Server) show(w http.ResponseWriter, r *http.Request, fill func(*http.Request, *l10n.Printer) (pageData, *problem)) *problem {
	_, password, _ := r.BasicAuth()
	if !s.bearer(r) && !s.isToken(password) {
		return unauthorised(`Basic realm="practice", charset="UTF-8"`)
	}
	texts := s.p.Texts.In(readersLanguage(r, s.p.Texts.Language()))
	data, p := fill(r, texts)
	if p != nil {
		return p
	}
	data.Language, data.Title, data.Warning = string(texts.Language()), s.p.Name, texts.T("practice.page.warning")
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
	h.Set("Content-Language", data.Language)
	h.Set("Vary", "Accept-Language")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(out.Bytes()) // a client that is gone needs no answer
	return nil
}

// readersLanguage is what the browser asks for, ours where it asks for neither.
func readersLanguage(r *http.Request, ours l10n.Language) l10n.Language {
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(wanted) == 0 {
		return ours
	}
	all := []l10n.Language{ours, l10n.English, l10n.Chinese}
	_, i, sure := language.NewMatcher([]language.Tag{
		language.Make(string(ours)), language.English, language.SimplifiedChinese,
	}).Match(wanted...)
	if sure == language.No {
		return ours
	}
	return all[i]
}

func (s *Server) listData(r *http.Request, t *l10n.Printer) (pageData, *problem) {
	n, err := s.db.count(r.Context())
	if err != nil {
		return pageData{}, s.fault(r, err)
	}
	recs, err := s.db.newest(r.Context(), pageRows)
	if err != nil {
		return pageData{}, s.fault(r, err)
	}
	d := pageData{
		Count: t.N("practice.page.count", n), Document: t.T("practice.page.document"),
		Columns: []string{
			t.T("practice.page.receipt"), t.T("practice.page.received_at"), t.T("practice.page.number"),
			t.T("practice.page.category"), t.T("practice.page.state"), t.T("practice.page.files"),
		},
	}
	now := s.p.Clock.Now()
	for _, rec := range recs {
		body := s.bodyOf(r, rec)
		files, err := s.db.files(r.Context(), rec.id)
		if err != nil {
			return pageData{}, s.fault(r, err)
		}
		row := pageRow{
			Receipt: rec.receipt, Link: receivedPath + url.PathEscape(rec.receipt), ReceivedAt: pageTime(rec.receivedAt),
			Number: body.Caller.Number, Category: t.Term("category", string(body.Category)),
			State: t.Term("case_state", string(s.view(rec, now).CaseState)), Files: t.Number(int64(len(files))),
		}
		if !rec.numbered(now) {
			row.Receipt, row.Link = t.T("practice.page.no_number"), ""
		}
		if row.Number == "" {
			row.Number = body.Caller.Displayed
		}
		d.Rows = append(d.Rows, row)
	}
	return d, nil
}

// bodyOf reads what was received. Our check tolerates more than this type: what
// there is is shown.
func (s *Server) bodyOf(r *http.Request, rec record) (body domain.ComplaintBody) {
	if err := json.Unmarshal(rec.body, &body); err != nil {
		s.p.Log.WarnContext(r.Context(), "practice page", "id", rec.id)
	}
	return body
}

func (s *Server) caseData(r *http.Request, t *l10n.Printer, number string) (pageData, *problem) {
	rec, p := s.find(r, number)
	if p != nil {
		return pageData{}, p
	}
	files, err := s.db.files(r.Context(), rec.id)
	if err != nil {
		return pageData{}, s.fault(r, err)
	}
	body := s.bodyOf(r, rec)
	d := pageData{Back: t.T("practice.page.back")}
	d.Parts = []pagePart{s.facts(t, rec, body), s.fileTable(t, files, body), s.historyTable(t, rec)}
	return d, nil
}

// facts are what was received, field by field.
func (s *Server) facts(t *l10n.Printer, rec record, b domain.ComplaintBody) pagePart {
	p := pagePart{Title: rec.receipt}
	add := func(key, value string) {
		if value != "" {
			p.Facts = append(p.Facts, [2]string{t.T("practice.page." + key), value})
		}
	}
	add("received_at", pageTime(rec.receivedAt))
	add("state", t.Term("case_state", string(s.view(rec, s.p.Clock.Now()).CaseState)))
	add("number", b.Caller.Displayed)
	for _, c := range b.Calls {
		add("call", pageTime(c.StartedAt))
	}
	add("category", t.Term("category", string(b.Category)))
	add("complainant", strings.TrimSpace(b.Complainant.Name+" "+b.Complainant.Phone))
	if o := b.Complainant.OnBehalf; o != nil {
		add("on_behalf", strings.TrimSpace(o.Name+" "+o.Phone))
	}
	add("description", b.Description)
	if rec.withdrawn() {
		add("withdrawn_for", rec.withdrawnFor)
	}
	return p
}

// fileTable lists the files that came, and those that were announced and did
// not.
func (s *Server) fileTable(t *l10n.Printer, files []file, b domain.ComplaintBody) pagePart {
	p := pagePart{
		Title: t.T("practice.page.files"), None: t.T("practice.page.no_files"),
		Columns: []string{t.T("practice.page.file"), t.T("practice.page.media_type"), t.T("practice.page.bytes"), t.T("practice.page.received_at"), "SHA-256"},
	}
	names, came := map[string]string{}, map[string]bool{}
	for _, e := range b.Evidence {
		names[e.SHA256] = e.FileName
	}
	for _, f := range files {
		came[f.digest] = true
		p.Rows = append(p.Rows, []string{names[f.digest], f.mediaType, t.Number(f.size), pageTime(f.at), f.digest})
	}
	for _, e := range b.Evidence {
		if !came[e.SHA256] {
			p.Rows = append(p.Rows, []string{e.FileName, e.MediaType, t.Number(e.Bytes), t.T("practice.page.awaited"), e.SHA256})
		}
	}
	return p
}

func (s *Server) historyTable(t *l10n.Printer, rec record) pagePart {
	p := pagePart{
		Title:   t.T("practice.page.history"),
		Columns: []string{t.T("practice.page.at"), t.T("practice.page.state"), t.T("practice.page.note")},
	}
	for _, e := range s.history(rec, s.p.Clock.Now()) {
		p.Rows = append(p.Rows, []string{pageTime(e.at), t.Term("case_state", string(e.State)), t.T(e.key)})
	}
	return p
}

func pageTime(t time.Time) string { return t.In(domain.China()).Format("2006-01-02 15:04:05") }
