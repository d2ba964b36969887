package report_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
)

func listed(code string) string {
	if code == "95588" {
		return "中国工商银行股份有限公司客户服务中心（公开名单）"
	}
	return ""
}

// week is a digest with everything in it.
func week(person string) insight.Digest {
	monday := time.Date(2024, 5, 20, 0, 0, 0, 0, domain.China())
	d := insight.Digest{
		Person: person, From: monday, To: monday.AddDate(0, 0, 7),
		Now:    insight.WeekCount{Calls: 48, Answered: 9, Strangers: 31, Night: 3, LongTalks: 12, Numbers: 29, StrangerTalk: 47 * time.Minute},
		Before: insight.WeekCount{Calls: 21, Answered: 8, Strangers: 9, Numbers: 15, StrangerTalk: 40 * time.Second},
		Codes:  []insight.CodeCount{{Code: "95013", Calls: 17, Numbers: 12}, {Code: "95588", Calls: 1, Numbers: 1}}, AlertCount: 60,
	}
	for i := range 10 {
		d.Talks = append(d.Talks, insight.Talk{
			Number: "+86" + strings.Repeat("1234567890", 1+i/5), At: monday.Add(time.Duration(i) * time.Hour), Length: time.Duration(20-i) * time.Minute,
		})
	}
	for i, why := range []string{
		"foreign_prefix", "long_stranger_call", "night.talked", "repeated.number", "repeated.code", "flood", "one_ring.sure", "one_ring.possible",
		"night.rang", "campaign.numbers", "campaign.people", "after_refusal.number", "after_refusal.marked", "after_refusal.code",
	} {
		d.Alerts = append(d.Alerts, insight.Alert{
			Number: "95013004", Code: "95013", From: monday.Add(time.Duration(i) * time.Hour), Calls: 1 + i%2*22, Severity: domain.SeverityCaution, Why: why,
			Facts: insight.Facts{Numbers: 3, People: 2, Minutes: 10, Days: 7, Talk: 754},
		})
	}
	d.Do = insight.Deeds()
	return d
}

func words(p *l10n.Printer) report.PDFParams {
	return report.PDFParams{At: testkit.Epoch(), Page: func(n int) string { return p.T("digest.page", l10n.Args{"Page": n}) }}
}

func TestDigestHasItsWords(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		text := report.Digest(p, week("外婆"), "2024-W21", listed).Text()
		for _, want := range []string{"外婆", "2024-W21", "2024-05-20", "2024-05-26", "95013004", "48", "21", "27", "中国工商银行"} {
			if !strings.Contains(text, want) {
				t.Errorf("no %s in\n%s", want, text)
			}
		}
		for _, bad := range []string{"…", "alert.", "digest.", "term.", "<no value>"} {
			if strings.Contains(text, bad) {
				t.Errorf("%q in\n%s", bad, text)
			}
		}
		empty := report.Digest(p, insight.Digest{Person: "A", Do: []insight.Deed{insight.DeedNothing}}, "2024-W21", listed).Text()
		if !strings.Contains(empty, p.T("digest.trend.none")) || !strings.Contains(empty, p.T("digest.do.nothing")) {
			t.Errorf("\n%s", empty)
		}
	})
}

func TestPDF(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		write := func(d report.Document) []byte {
			t.Helper()
			var b bytes.Buffer
			if err := report.WritePDF(&b, d, words(p)); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
		doc := report.Digest(p, week("外婆"), "2024-W21", listed)
		first := write(doc)
		if !bytes.HasPrefix(first, []byte("%PDF-")) || !bytes.Equal(first, write(doc)) {
			t.Error("no PDF, or not the same twice")
		}
		// The font is a subset, and text can be selected.
		if len(first) > 200<<10 || !bytes.Contains(first, []byte("/ToUnicode")) || !bytes.Contains(first, []byte("/FontFile2")) {
			t.Errorf("%d bytes", len(first))
		}
		if dir := os.Getenv("PDF_DIR"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, string(p.Language())+".pdf"), first, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		// Nothing that a name can hold breaks it.
		for _, name := range []string{"", strings.Repeat("很长的名字", 40), "龘😀\u202e\x00\xff\uffff" + string(rune(0x10ffff)), strings.Repeat("W", 300)} {
			write(report.Digest(p, week(name), "2024-W21", listed))
		}
	})
}

func TestPDFOfOneEndlessRow(t *testing.T) {
	var b bytes.Buffer
	doc := report.Document{Title: "T", Parts: []report.Part{{Table: &report.Grid{
		Head: []string{"a", "b"}, Rows: [][]string{{"x"}, {strings.Repeat("word ", 3000), "y", "z"}, {"last", ""}},
	}}}}
	if err := report.WritePDF(&b, doc, report.PDFParams{At: testkit.Epoch()}); err != nil || b.Len() == 0 {
		t.Fatal(err)
	}
	if n := bytes.Count(b.Bytes(), []byte("/Type /Page\n")); n < 3 || n > 40 {
		t.Errorf("%d pages", n)
	}
}

func TestCreatePDF(t *testing.T) {
	dir := t.TempDir()
	doc := report.Document{Title: "T"}
	path := filepath.Join(dir, "a.PDF")
	if err := report.CreatePDF(path, false, doc, report.PDFParams{At: testkit.Epoch()}); err != nil {
		t.Fatal(err)
	}
	creates(t, path, "report.pdf_ending", func(path string, replace bool) error {
		return report.CreatePDF(path, replace, doc, report.PDFParams{At: testkit.Epoch()})
	})
}

// creates says what holds for every document that was written to the path: it is
// the user's alone, and another takes its place only if that is meant.
func creates(t *testing.T, path, wrongEnding string, create func(path string, replace bool) error) {
	t.Helper()
	dir := filepath.Dir(path)
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Error(info, err)
	}
	for _, tt := range []struct {
		path    string
		replace bool
		key     string
	}{
		{path, false, "report.exists"},
		{path, true, ""},
		{filepath.Join(dir, "a.odt"), true, wrongEnding},
		{filepath.Join(dir, "no", filepath.Base(path)), true, "report.failed"},
	} {
		if err := create(tt.path, tt.replace); domain.KeyOf(err) != tt.key {
			t.Errorf("%s: %v", tt.path, err)
		}
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 {
		t.Error(files)
	}
}

func TestCreateText(t *testing.T) {
	dir := t.TempDir()
	doc := report.Document{Title: "奶奶", Parts: []report.Part{{Heading: "H", List: []string{"one"}}}}
	path := filepath.Join(dir, "a.TXT")
	if err := report.CreateText(path, false, doc); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != doc.Text() || !strings.Contains(string(text), "- one") {
		t.Errorf("%q %v", text, err)
	}
	creates(t, path, "report.text_ending", func(path string, replace bool) error { return report.CreateText(path, replace, doc) })
}
