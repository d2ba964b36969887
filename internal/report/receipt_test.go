package report_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
)

// lived is a complaint with everything in it that a receipt can hold.
func lived(change func(*filing.Detail)) filing.Detail {
	at := testkit.Epoch()
	c := filed(func(b *domain.ComplaintBody) {
		b.Complainant.Name = "朱镕龘" // the last character is in no bundled font
		b.Complainant.OnBehalf = &domain.OnBehalf{Name: "奶奶"}
		b.Caller.ListedHolder, b.Caller.Family = "某某金融服务有限公司", domain.FamilyCallCentre95
		b.Techniques, b.Harm, b.Demands = []domain.Technique{domain.TechniqueRecorded}, 2, domain.Demands()
		b.RefusedAt, b.Loss, b.ConsentGiven = ptr(at.Add(-time.Hour)), &domain.Loss{Amount: "12.50", Currency: "CNY"}, ptr(false)
		b.Evidence = []domain.Evidence{{FileName: "录音.m4a", Bytes: 12345, MediaType: "audio/mp4", SHA256: strings.Repeat("0a1b2c3d", 8)}}
	})
	c.ChannelID, c.Channel, c.ChannelKind, c.Batch = 1, "省通信管理局", domain.ChannelIntake, "街道五月"
	c.SendState, c.CaseState, c.ReceiptNumber, c.Attempts = domain.SendSent, domain.CaseTransferred, "JB-20240520-000007", 2
	c.CreatedAt, c.QueuedAt, c.UpdatedAt = at, at, at.Add(time.Hour)
	d := filing.Detail{
		Complaint: c,
		Channel:   domain.Channel{ID: 1, Name: c.Channel, URL: "https://intake.example/", Capabilities: &domain.Capabilities{Name: "测试受理端"}},
		Attempts: []domain.Attempt{
			{N: 1, StartedAt: at, EndedAt: at.Add(2 * time.Second), Outcome: domain.AttemptRetry, HTTPStatus: 503, Detail: "maintenance"},
			{N: 2, StartedAt: at.Add(5 * time.Minute), EndedAt: at.Add(5*time.Minute + 300*time.Millisecond), Outcome: domain.AttemptSent, HTTPStatus: 201},
		},
		Timeline: []domain.TimelineEvent{
			{At: at, Kind: "created"},
			{At: at, Kind: "queued"},
			{At: at.Add(2 * time.Second), Kind: "attempt_retry", Note: "channel.not_found"},
			{At: at.Add(5 * time.Minute), Kind: "attempt_sent", Note: c.ReceiptNumber},
			{At: at.Add(time.Hour), Kind: "case_state", CaseState: domain.CaseTransferred, Note: "已转交运营商"},
		},
	}
	if change != nil {
		change(&d)
	}
	return d
}

func receipts(p *l10n.Printer) report.ReceiptParams {
	return report.ReceiptParams{Printer: p, Zone: domain.China(), At: testkit.Epoch()}
}

// What a receipt says, in a person's words, and what it must never say.
func TestReceiptWords(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		text := func(change func(*filing.Detail)) string { return report.Receipt(receipts(p), lived(change), 0).Text() }
		for name, tc := range map[string]struct {
			change func(*filing.Detail)
			want   []string
			never  []string
		}{
			"filed": {nil, []string{
				"JB-20240520-000007", p.T("term.send_state.sent"), p.T("term.case_state.transferred"), "省通信管理局", "测试受理端",
				"https://intake.example/", "503", "maintenance", "已转交运营商", "奶奶", "12.50", "录音.m4a", strings.Repeat("0a1b2c3d", 8),
				p.T("receipt.state.ours"), p.T("receipt.state.theirs"), "1a2b3c4d-0000-4000-8000-000000000000",
			}, []string{p.T("receipt.practice.short"), p.T("receipt.number.by_hand")}},
			"practice": {func(d *filing.Detail) { d.Practice, d.Channel.URL = true, domain.PracticeURL }, []string{
				p.T("receipt.practice.short"), p.T("receipt.number.practice"), p.T("complaints.channel.practice"),
			}, []string{domain.PracticeURL}},
			"by hand": {func(d *filing.Detail) { d.Complaint.ChannelKind = domain.ChannelAssisted }, []string{p.T("receipt.number.by_hand")}, nil},
			"fraud": {func(d *filing.Detail) {
				code := string(domain.FraudLoan)
				d.Complaint.Body.Category, d.Complaint.Body.FraudKind = domain.CategoryFraud, &code
			}, []string{p.Term("fraud_kind", string(domain.FraudLoan))}, nil},
			"draft": {func(d *filing.Detail) {
				d.Complaint.SendState, d.Complaint.CaseState, d.Complaint.ReceiptNumber = domain.SendDraft, "", ""
				d.Attempts, d.Timeline = nil, d.Timeline[:1]
				d.Complaint.Channel, d.Channel, d.Complaint.Body.Evidence = "", domain.Channel{}, nil
			}, []string{
				p.T("receipt.number.none"), p.T("receipt.case.none"), p.T("receipt.endpoint.none"), p.T("complaints.sent.not_yet"), p.T("receipt.evidence.none"),
			}, []string{"SHA-256"}},
			"waiting": {func(d *filing.Detail) {
				d.Complaint.SendState, d.Complaint.Token, d.Complaint.ReceiptNumber = domain.SendToken, "T", ""
				d.Complaint.NextAttemptAt = testkit.Epoch().Add(26 * time.Hour)
			}, []string{p.T("receipt.number.token"), p.T("timeline.next"), "2024-05-21 11:00:00"}, nil},
		} {
			t.Run(name, func(t *testing.T) {
				got := oneLine(text(tc.change))
				for _, want := range tc.want {
					if !strings.Contains(got, oneLine(want)) {
						t.Errorf("no %q in\n%s", want, got)
					}
				}
				for _, bad := range append(tc.never, "<no value>", "receipt.", "term.", "complaints.", "event.", "timeline.") {
					if strings.Contains(got, bad) {
						t.Errorf("%q in\n%s", bad, got)
					}
				}
			})
		}
	})
}

// oneLine leaves out what breaks lines.
func oneLine(s string) string { return strings.Join(strings.Fields(s), "") }

// pdfText reads the text of a PDF with a program of others.
func pdfText(t *testing.T, path string) string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not there")
	}
	out, err := exec.CommandContext(t.Context(), tool, "-layout", path, "-").CombinedOutput()
	if err != nil || bytes.Contains(out, []byte("Syntax Error")) {
		t.Fatalf("%v: %s", err, out)
	}
	return string(out)
}

// keep copies a file to where a person looks at it.
func keep(t *testing.T, path, name string) {
	t.Helper()
	dir := os.Getenv("PDF_DIR")
	if dir == "" {
		return
	}
	data, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name), data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestReceiptPDF(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		path := filepath.Join(t.TempDir(), "r.pdf")
		d := lived(func(d *filing.Detail) { d.Practice = true })
		if err := report.CreateReceipt(path, false, d, receipts(p)); err != nil {
			t.Fatal(err)
		}
		creates(t, path, "report.pdf_ending", func(path string, replace bool) error {
			return report.CreateReceipt(path, replace, d, receipts(p))
		})
		keep(t, path, "receipt."+string(p.Language())+".pdf")
		got := oneLine(pdfText(t, path))
		for _, want := range []string{
			"JB-20240520-000007", p.T("receipt.practice"), "朱镕□", "U+9F98", p.T("term.case_state.transferred"), "某某金融服务有限公司",
		} {
			if !strings.Contains(got, oneLine(want)) {
				t.Errorf("no %q in\n%s", want, got)
			}
		}
	})
}

// book writes n receipts into one file.
func book(t *testing.T, p *l10n.Printer, path string, n int, change func(int, *filing.Detail)) {
	t.Helper()
	f, err := report.CreateReceipts(path, true, "回执", receipts(p))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Discard()
	for i := range n {
		d := lived(nil)
		d.Complaint.ReceiptNumber = fmt.Sprintf("JB-20240520-%06d", i+1)
		if change != nil {
			change(i, &d)
		}
		if err := f.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Commit(); err != nil || f.Rows() != n {
		t.Fatalf("%d receipts, %v", f.Rows(), err)
	}
}

func TestReceiptsOfMany(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		dir := t.TempDir()
		path := filepath.Join(dir, "all.pdf")
		book(t, p, path, 60, func(i int, d *filing.Detail) { d.Practice = i%2 == 0 })
		keep(t, path, "receipts."+string(p.Language())+".pdf")
		text := pdfText(t, path)
		cover, _, _ := strings.Cut(text, p.T("receipt.title_no", l10n.Args{"No": 1}))
		for i := range 60 {
			number := fmt.Sprintf("JB-20240520-%06d", i+1)
			if !strings.Contains(cover, number) {
				t.Errorf("%s is not in the list", number)
			}
			if n := strings.Count(text, number); n < 2 {
				t.Errorf("%s is there %d times", number, n)
			}
		}
		got := oneLine(text)
		aside := map[l10n.Language]string{l10n.English: "(practice)", l10n.Chinese: "（练习）"}[p.Language()]
		if !strings.Contains(oneLine(cover), aside) {
			t.Errorf("no %q in the list", aside)
		}
		for _, want := range []string{"朱镕□", "U+9F98", p.T("receipt.practice"), "已转交运营商", p.T("receipt.cover.page", l10n.Args{"Page": 2})} {
			if !strings.Contains(got, oneLine(want)) {
				t.Errorf("no %q", want)
			}
		}
		creates(t, path, "report.pdf_ending", func(path string, replace bool) error {
			f, err := report.CreateReceipts(path, replace, "回执", receipts(p))
			if err != nil {
				return err
			}
			return f.Commit()
		})
	})
}

// Every object stands where the table at the end says, without a reader that
// would put it right.
func TestReceiptsAreAWellFormedPDF(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.pdf")
	book(t, testkit.Printer(t, l10n.English), path, 3, nil)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	start, _ := strconv.Atoi(string(regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(data)[1]))
	if !bytes.HasPrefix(data[start:], []byte("xref\n0 ")) {
		t.Fatalf("%q", data[start:start+20])
	}
	places := regexp.MustCompile(`(\d{10}) 00000 n \n`).FindAllSubmatch(data[start:], -1)
	for i, m := range places {
		at, _ := strconv.Atoi(string(m[1]))
		if want := fmt.Sprintf("%d 0 obj\n", i+1); !bytes.HasPrefix(data[at:], []byte(want)) {
			t.Errorf("object %d: %.20q", i+1, data[at:])
		}
	}
	if len(places) < 20 {
		t.Errorf("%d objects", len(places))
	}
	if len(data) > 200<<10 {
		t.Errorf("%d bytes: the font is a subset", len(data))
	}
}

func TestReceiptsThrownAway(t *testing.T) {
	dir := t.TempDir()
	f, err := report.CreateReceipts(filepath.Join(dir, "a.pdf"), false, "T", receipts(testkit.Printer(t, l10n.English)))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Write(lived(nil)); err != nil {
		t.Fatal(err)
	}
	f.Discard()
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Error(files)
	}
}

// The timeline has each attempt once, with all that is known of it.
func TestTimeline(t *testing.T) {
	p := testkit.Printer(t, l10n.English)
	at := testkit.Epoch()
	var got []string
	for _, m := range report.Timeline(p, lived(func(d *filing.Detail) { d.Complaint.NextAttemptAt = at.Add(2 * time.Hour) })) {
		got = append(got, m.Kind+" | "+m.Title+" | "+strings.Join(m.Lines, " | "))
	}
	want := []string{
		"created | Written | ",
		"queued | Put into the outbox | ",
		"attempt_retry | Did not get through | Attempt 1 · HTTP 503 · 2 s | " + p.T("err.channel.not_found") + ` | The endpoint says: "maintenance"`,
		"attempt_sent | Filed | Attempt 2 · HTTP 201 · 0.3 s | Receipt number JB-20240520-000007",
		`case_state | The endpoint says: Transferred | "已转交运营商"`,
		"next_attempt | Next attempt | The outbox tries by itself; there is nothing to do.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// An attempt that is under way has no event yet.
	running := report.Timeline(p, lived(func(d *filing.Detail) {
		d.Attempts = append(d.Attempts, domain.Attempt{N: 3, StartedAt: at.Add(3 * time.Hour), Outcome: domain.AttemptRunning})
	}))
	if last := running[len(running)-1]; last.Kind != "attempt_running" || !strings.HasPrefix(last.Lines[0], "Attempt 3") {
		t.Errorf("%+v", last)
	}
}
