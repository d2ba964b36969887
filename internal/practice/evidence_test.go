package practice_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"quietline/internal/l10n"
	"quietline/internal/practice"
	"quietline/internal/testkit"
)

// told calls end when a body was read to its end.
type told struct {
	io.ReadCloser
	end func()
}

func (t *told) Read(b []byte) (int, error) {
	n, err := t.ReadCloser.Read(b)
	if err == io.EOF {
		t.end()
	}
	return n, err
}

func digest(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:])
}

func TestEvidence(t *testing.T) {
	r := start(t, nil)
	path := "/v1/complaints/" + r.filed(1) + "/evidence/"
	other := "/v1/complaints/" + r.filed(2) + "/evidence/"
	put := func(path, body string, header ...string) answer {
		return r.do(http.MethodPut, path, body, append([]string{"Content-Type", "image/png"}, header...)...)
	}
	const body = "\x89PNG not really"
	for i, status := range []int{201, 204, 204} {
		if a := put(path+digest(body), body); a.status != status || a.body != "" {
			t.Errorf("time %d: %d %s", i+1, a.status, a.body)
		}
	}
	if a := put(other+digest(body), body); a.status != 201 { // of another complaint
		t.Errorf("%d %s", a.status, a.body)
	}
	large := strings.Repeat("x", 20<<20+1)
	for name, tc := range map[string]struct {
		a      answer
		status int
		slug   string
	}{
		"other bytes":  {put(path+digest("other"), body), 422, "digest-differs"},
		"no body":      {put(path+digest(body), ""), 422, "digest-differs"},
		"HTML":         {put(path+digest(body), body, "Content-Type", "text/html"), 415, "evidence-type"},
		"no type":      {put(path+digest(body), body, "Content-Type", ""), 415, "evidence-type"},
		"compressed":   {put(path+digest(body), body, "Content-Encoding", "gzip"), 415, "evidence-type"},
		"too large":    {put(path+digest(large), large), 413, "file-too-large"},
		"upper case":   {put(path+strings.ToUpper(digest(body)), body), 404, "not-found"},
		"no digest":    {put(path+"abc", body), 404, "not-found"},
		"no complaint": {put("/v1/complaints/"+practice.ReceiptNumber(77, r.clock.Now())+"/evidence/"+digest(body), body), 404, "not-found"},
	} {
		if tc.a.status != tc.status || tc.a.problem(t) != tc.slug {
			t.Errorf("%s: %d %s", name, tc.a.status, tc.a.body)
		}
	}
}

func TestTheFileHasABound(t *testing.T) {
	r := start(t, func(p *practice.Params) { p.MaxData = 100 << 10 })
	number := r.filed(1)
	body := strings.Repeat("x", 150<<10)
	a := r.do(http.MethodPut, "/v1/complaints/"+number+"/evidence/"+digest(body), body, "Content-Type", "text/plain")
	if a.status != http.StatusServiceUnavailable || a.problem(t) != "storage-full" || a.header.Get("Retry-After") != "3600" {
		t.Fatalf("%d %s %v", a.status, a.body, a.header)
	}
	full := false
	for n := 2; n < 200 && !full; n++ {
		full = r.file(n, complaint(n, func(m map[string]any) { m["description"] = strings.Repeat("长", 4000) })).status == 503
	}
	if !full {
		t.Error("complaints are taken without end")
	}
	if a := r.get("/v1/complaints/" + number); a.status != http.StatusOK {
		t.Errorf("what was filed: %d", a.status)
	}
}

// A file of the version before had no evidence; it keeps what it has.
func TestOlderFilesAreTaken(t *testing.T) {
	path := database(t, `
		CREATE TABLE complaint (id INTEGER PRIMARY KEY AUTOINCREMENT, idempotency_key TEXT NOT NULL UNIQUE, body_sha256 BLOB NOT NULL,
			body BLOB NOT NULL, received_at INTEGER NOT NULL, number_at INTEGER NOT NULL, receipt_number TEXT UNIQUE, token TEXT UNIQUE,
			withdrawn_at INTEGER, withdrawn_for TEXT) STRICT;
		CREATE INDEX complaint_number_at ON complaint (number_at);
		INSERT INTO complaint (idempotency_key, body_sha256, body, received_at, number_at, receipt_number)
			VALUES ('`+key(1)+`', x'00', x'7b7d', 0, 0, 'P20240520-000001-9');
		PRAGMA application_id = 0x514c5072; PRAGMA user_version = 1`)
	r := start(t, func(p *practice.Params) { p.Path = path })
	a := r.do(http.MethodPut, "/v1/complaints/P20240520-000001-9/evidence/"+digest("x"), "x", "Content-Type", "text/plain")
	if a.status != http.StatusCreated {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestCasePage(t *testing.T) {
	r := start(t, nil)
	const body = "\x89PNG not really"
	nasty := `<script>alert("x")</script>`
	a := r.file(1, complaint(1, func(m map[string]any) {
		m["description"] = nasty
		m["evidence"] = []any{
			map[string]any{"sha256": digest(body), "media_type": "image/png", "bytes": len(body), "file_name": nasty + ".png"},
			map[string]any{"sha256": digest("later"), "media_type": "image/png", "bytes": 5, "file_name": "later.png"},
		}
	}))
	number := a.text(t, "receipt_number")
	r.do(http.MethodPut, "/v1/complaints/"+number+"/evidence/"+digest(body), body, "Content-Type", "image/png")
	r.clock.Advance(time.Minute)
	r.do(http.MethodPost, "/v1/complaints/"+number+"/withdrawal", `{"reason":"对方已道歉"}`)
	testkit.EachLanguage(t, func(t *testing.T, texts *l10n.Printer) {
		accept := string(texts.Language())
		page := r.get("/received/"+number, "Accept-Language", accept+";q=0.9, fr;q=0.1")
		for _, want := range []string{
			`lang="` + accept, number, digest(body), "later.png", texts.T("practice.page.awaited"), texts.T("practice.note.transferred"),
			texts.Term("case_state", "transferred"), texts.T("practice.note.withdrawn"), "对方已道歉", "示例长辈", texts.T("practice.page.warning"),
			"&lt;script&gt;", texts.T("practice.page.back"),
		} {
			if !strings.Contains(page.body, want) {
				t.Errorf("%s: the page lacks %q", accept, want)
			}
		}
		if strings.Contains(page.body, "<script") || !strings.Contains(page.header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: scripts could run", accept)
		}
		list := r.get("/", "Accept-Language", accept)
		if !strings.Contains(list.body, `href="/received/`+number+`"`) || !strings.Contains(list.body, texts.T("practice.page.files")) {
			t.Errorf("%s: %s", accept, list.body)
		}
	})
	for _, accept := range []string{"", "fr", "not a language;;", "*"} { // ours, which is English here
		if page := r.get("/", "Accept-Language", accept); !strings.Contains(page.body, `lang="en"`) {
			t.Errorf("%q: another language", accept)
		}
	}
	if page := r.get("/", "Accept-Language", "zh-CN,en;q=0.5"); !strings.Contains(page.body, `lang="zh-Hans"`) {
		t.Error("zh-CN: another language")
	}
}
