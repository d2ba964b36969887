package report_test

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
)

func ptr[T any](v T) *T { return &v }

// filed is a complaint about one call, as it is stored.
func filed(change func(*domain.ComplaintBody)) domain.Complaint {
	at := testkit.Epoch()
	c := domain.Complaint{
		ID: "1a2b3c4d-0000-4000-8000-000000000000",
		Body: domain.ComplaintBody{
			Complainant: domain.Complainant{Name: "王小明", Phone: "13800001111"},
			Caller:      domain.Caller{Displayed: "95013000", Number: "95013000", Code: "95013"},
			Calls:       []domain.CallRef{{StartedAt: at, DurationSeconds: ptr(int64(65)), Direction: domain.DirectionIncoming}},
			Category:    domain.CategoryLoan, Techniques: []domain.Technique{domain.TechniqueUnknown},
			Description: "自称贷款公司。",
		},
	}
	if change != nil {
		change(&c.Body)
	}
	return c
}

// texts are what goes into the fields, in their order.
func texts(f report.AssistedForm) []string {
	var out []string
	for _, field := range f.Fields {
		out = append(out, field.Key+"="+field.Text)
	}
	return out
}

func TestAssistedFields(t *testing.T) {
	at := testkit.Epoch()
	for name, tc := range map[string]struct {
		change func(*domain.ComplaintBody)
		want   string
	}{
		"plain": {nil, "kind=骚扰电话|own_number=13800001111|number=95013000|category=贷款理财|at=2024-05-20 09:00|length=1 分 5 秒|description=自称贷款公司。"},
		"fraud": {
			func(b *domain.ComplaintBody) {
				b.Category, b.FraudKind = domain.CategoryFraud, ptr(string(domain.FraudAuthority))
			},
			"kind=诈骗电话|own_number=13800001111|number=95013000|category=冒充公检法及政府机关|at=2024-05-20 09:00|length=1 分 5 秒|description=自称贷款公司。",
		},
		"fraud by its technique": {
			func(b *domain.ComplaintBody) { b.Techniques = []domain.Technique{domain.TechniqueLowFreqFraud} },
			"kind=诈骗电话|own_number=13800001111|number=95013000|category=贷款理财|at=2024-05-20 09:00|length=1 分 5 秒|description=自称贷款公司。\n拨打方式：低频诈骗。",
		},
		"what is not known stays open": {func(b *domain.ComplaintBody) {
			b.Complainant.Phone, b.Description, b.Calls[0].DurationSeconds = "", " ", nil
		}, "kind=骚扰电话|own_number=|number=95013000|category=贷款理财|at=2024-05-20 09:00|length=|description="},
		"missed": {func(b *domain.ComplaintBody) {
			b.Calls[0].DurationSeconds, b.Calls[0].Direction = nil, domain.DirectionMissed
		}, "kind=骚扰电话|own_number=13800001111|number=95013000|category=贷款理财|at=2024-05-20 09:00|length=未接通|description=自称贷款公司。"},
		"another zone": {
			func(b *domain.ComplaintBody) { b.Calls[0].StartedAt = at.UTC() },
			"kind=骚扰电话|own_number=13800001111|number=95013000|category=贷款理财|at=2024-05-20 09:00|length=1 分 5 秒|description=自称贷款公司。",
		},
		"no calls at all": {
			func(b *domain.ComplaintBody) { b.Calls = nil },
			"kind=骚扰电话|own_number=13800001111|number=95013000|category=贷款理财|at=|length=|description=自称贷款公司。",
		},
		"a prefix": {
			func(b *domain.ComplaintBody) { b.Caller.Displayed = "＋86 (950) 13-000" },
			"kind=骚扰电话|own_number=13800001111|number=+8695013000|category=贷款理财|at=2024-05-20 09:00|length=1 分 5 秒|" +
				"description=自称贷款公司。\n来电显示为 +8695013000，对应号码 95013000。",
		},
		"nothing displayed": {
			func(b *domain.ComplaintBody) { b.Caller.Displayed = "" },
			"kind=骚扰电话|own_number=13800001111|number=95013000|category=贷款理财|at=2024-05-20 09:00|length=1 分 5 秒|description=自称贷款公司。",
		},
		"several calls": {func(b *domain.ComplaintBody) {
			b.Calls = append(b.Calls, domain.CallRef{StartedAt: at.Add(24 * time.Hour), DurationSeconds: ptr(int64(3720)), Direction: domain.DirectionIncoming},
				domain.CallRef{StartedAt: at.Add(-24 * time.Hour), Direction: domain.DirectionMissed})
			b.RefusedAt = ptr(at.Add(time.Minute))
		}, "kind=骚扰电话|own_number=13800001111|number=95013000|category=贷款理财|at=2024-05-21 09:00|length=1 小时 2 分|" +
			"description=自称贷款公司。\n共来电 3 次（北京时间）：2024-05-21 09:00、2024-05-20 09:00、2024-05-19 09:00。已于 2024-05-20 09:01 明确拒绝。此后仍来电 1 次。"},
		"everything else": {func(b *domain.ComplaintBody) {
			b.Techniques = []domain.Technique{domain.TechniqueRecorded, domain.TechniqueNight}
			b.ConsentGiven, b.Loss = ptr(false), &domain.Loss{Amount: "12.50", Currency: "CNY"}
			b.Complainant.OnBehalf = &domain.OnBehalf{Name: "奶奶", Phone: "13900002222"}
			b.Caller.ListedHolder, b.Demands = "某公司", []domain.Demand{domain.DemandStopCalls}
			b.Description = ""
		}, "kind=骚扰电话|own_number=13800001111|number=95013000|category=贷款理财|at=2024-05-20 09:00|length=1 分 5 秒|" +
			"description=拨打方式：录音电话、夜间或休息时间。从未同意接听此类来电。损失金额 12.50 元。本投诉代奶奶提出，接到来电的号码为 13900002222。" +
			"公开名单显示该号码属于某公司（来电显示可能被伪造）。诉求：" + testkit.Printer(t, l10n.Chinese).Term("demand", "stop_calls") + "。"},
	} {
		// The form is Chinese, whoever reads it.
		testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
			if got := strings.Join(texts(report.Assisted(p, filed(tc.change))), "|"); got != tc.want {
				t.Errorf("%s:\n got %s\nwant %s", name, got, tc.want)
			}
		})
	}
}

func TestAssistedSpeaksToItsReader(t *testing.T) {
	en := report.Assisted(testkit.Printer(t, l10n.English), filed(nil))
	if f := en.Fields[0]; f.Label != "举报类型" || f.Gloss != "Kind of report" || f.Heading() != "举报类型 / Kind of report" {
		t.Errorf("%+v", f)
	}
	zh := report.Assisted(testkit.Printer(t, l10n.Chinese), filed(nil))
	if f := zh.Fields[0]; f.Gloss != "" || f.Heading() != "举报类型" {
		t.Errorf("%+v", f)
	}
	for _, f := range []report.AssistedForm{en, zh} {
		all := f.Text()
		for _, word := range []string{"12321.cn", "abuse@12321.cn", "010-12321"} {
			if !strings.Contains(all, word) {
				t.Errorf("%s is missing in %q", word, all)
			}
		}
		if strings.Contains(all, "96110") {
			t.Errorf("no money was lost: %q", all)
		}
	}
	if all := en.Text(); strings.Count(all, "unverified") != 3 || !strings.Contains(all, "An e-mail does not file this complaint") {
		t.Errorf("what is not certain is marked: %q", all)
	}
	lost := report.Assisted(testkit.Printer(t, l10n.English), filed(func(b *domain.ComplaintBody) { b.Loss = &domain.Loss{Amount: "1.00"} }))
	if head, _, _ := strings.Cut(lost.Text(), "\n1. "); !strings.Contains(head, "110") {
		t.Errorf("what helps first stands first: %q", lost.Text())
	}
}

// What somebody wrote stays in its field, whatever it holds.
func TestAssistedTextOfStrangers(t *testing.T) {
	f := report.Assisted(testkit.Printer(t, l10n.Chinese), filed(func(b *domain.ComplaintBody) {
		b.Description = "第一行\n第二行\x1b[31m\u202e"
		b.Caller.Displayed = "95013000\r\nBcc: x@example.org"
		b.Complainant.Phone = "138\r\n0000"
	}))
	if strings.ContainsAny(f.Text(), "\x1b\u202e") || !strings.Contains(f.Text(), "\n第一行\n第二行") {
		t.Errorf("%q", f.Text())
	}
	var b bytes.Buffer
	if err := f.WriteMail(&b, testkit.Epoch()); err != nil {
		t.Fatal(err)
	}
	m, err := mail.ReadMessage(&b)
	if err != nil {
		t.Fatal(err)
	}
	if m.Header.Get("Bcc") != "" || len(m.Header) != 6 {
		t.Errorf("%v", m.Header)
	}
}

func TestAssistedMail(t *testing.T) {
	f := report.Assisted(testkit.Printer(t, l10n.Chinese), filed(nil))
	var b bytes.Buffer
	if err := f.WriteMail(&b, testkit.Epoch()); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(b.String(), "\r\n") {
		if len(line) > 200 || strings.ContainsFunc(line, func(r rune) bool { return r > '~' || r < ' ' }) {
			t.Errorf("no mail line: %q", line)
		}
	}
	m, err := mail.ReadMessage(&b)
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "12321 投诉填写内容 95013000" {
		t.Errorf("%q, %v", subject, err)
	}
	if at, err := m.Header.Date(); err != nil || !at.Equal(testkit.Epoch()) {
		t.Errorf("%v, %v", at, err)
	}
	// It is a draft to nobody: it must not look like a way to file.
	if m.Header.Get("To") != "" || m.Header.Get("X-Unsent") != "1" {
		t.Errorf("%v", m.Header)
	}
	body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, m.Body))
	if err != nil || strings.ReplaceAll(string(body), "\r\n", "\n") != f.Text() {
		t.Errorf("%q, %v", body, err)
	}
}

// What is filed is not called open, and shows its number.
func TestAssistedFiled(t *testing.T) {
	c := filed(nil)
	c.ReceiptNumber = "JB-7"
	all := report.Assisted(testkit.Printer(t, l10n.English), c).Text()
	if strings.Contains(all, "Nothing has been sent") || !strings.Contains(all, "Receipt number: JB-7\n") {
		t.Errorf("%q", all)
	}
}

func pdfParams() report.PDFParams { return report.PDFParams{At: testkit.Epoch()} }

func TestWriteAssisted(t *testing.T) {
	f := report.Assisted(testkit.Printer(t, l10n.English), filed(nil))
	dir := filepath.Join(t.TempDir(), "new")
	paths, err := report.WriteAssisted(dir, "complaint", false, f, pdfParams())
	if err != nil || len(paths) != 3 {
		t.Fatal(paths, err)
	}
	begin := map[string]string{".txt": f.Title, ".eml": "Date: ", ".pdf": "%PDF-"}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil || !strings.HasPrefix(string(data), begin[filepath.Ext(path)]) {
			t.Errorf("%s: %.40q, %v", path, data, err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	// One that is there stops all three, wherever it stands.
	for _, kept := range paths {
		for _, path := range paths {
			if path != kept {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := os.WriteFile(kept, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := report.WriteAssisted(dir, "complaint", false, f, pdfParams()); domain.KeyOf(err) != "report.exists" || got != nil {
			t.Errorf("%v, %v", got, err)
		}
		list, err := os.ReadDir(dir)
		if data, rerr := os.ReadFile(kept); err != nil || len(list) != 1 || rerr != nil || string(data) != "mine" {
			t.Errorf("left %v, %q", list, data)
		}
		if _, err := report.WriteAssisted(dir, "complaint", true, f, pdfParams()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWriteAssistedNowhere(t *testing.T) {
	f := report.Assisted(testkit.Printer(t, l10n.English), filed(nil))
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := report.WriteAssisted(file, "complaint", true, f, pdfParams()); domain.KeyOf(err) != "report.failed" {
		t.Errorf("%v", err)
	}
	// The second file cannot be written, so the first one goes again.
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "c.eml"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := report.WriteAssisted(dir, "c", true, f, pdfParams()); domain.KeyOf(err) != "report.failed" {
		t.Errorf("%v", err)
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 1 {
		t.Errorf("left %v, %v", list, err)
	}
}

func TestCreateMail(t *testing.T) {
	f := report.Assisted(testkit.Printer(t, l10n.English), filed(nil))
	path := filepath.Join(t.TempDir(), "a.EML")
	for _, tc := range []struct {
		path    string
		replace bool
		key     string
	}{{path + "x", false, "report.mail_ending"}, {path, false, ""}, {path, false, "report.exists"}, {path, true, ""}} {
		if err := report.CreateMail(tc.path, tc.replace, f, testkit.Epoch()); domain.KeyOf(err) != tc.key {
			t.Errorf("%s: %v, want %q", tc.path, err, tc.key)
		}
	}
}
