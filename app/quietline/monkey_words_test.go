package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/journal"
	"quietline/internal/workspace"
)

// sensible are texts that one field or another takes.
func sensible() []string {
	return []string{
		"95013000", "95588", "4008001234", "13800138000", "010-66200000", "+86 138 0013 8000", "170 1234 5678", "95213300123456",
		"2024-05-20 09:15", "2024-05-21 23:50", "2024-05-20", "1:05", "40 s", "王大爷", "Li Lei", "妈妈", "practice:", "邻居 李",
		"Recorded voice, sold loans, did not stop.", "录音推销贷款，已明确拒绝。", "http://127.0.0.1:9/v1", "3", "10",
	}
}

// strange are texts that no field wants.
func strange() []string {
	return []string{
		"", " ", "\t", "\n\n", "\x00\x07\x1b[31m", "\u202e0103 5991\u202c", "مرحبا بالعالم", "👩‍👩‍👧‍👦🇨🇳", "é́́́", "\ufeff\u200b\u200d",
		"龘靐齉", "%s%d%!", "{{.Name}}", "'; DROP TABLE call; --", "<b>&amp;</b>", "../../etc/passwd", `C:\CON`, "-1", "999999999999999999999999",
		"0x1F", "NaN", "１３８００１３８０００", "二〇二四年五月", "2024-02-30 25:61", "9999-12-31 23:59", "0000-00-00", "https://", "http://[::1", "*", "\"",
		"\ud7ff\uffff", "一二三四五六七八九十，。！？；：", "=1+1", "@SUM(A1)",
	}
}

// text is what somebody, or something, may type.
func (m *monkey) text() string {
	switch m.r.IntN(8) {
	case 0, 1, 2:
		return one(m, sensible())
	case 3, 4:
		return one(m, strange())
	case 5:
		return strings.Repeat(one(m, append(sensible(), strange()...)), 1+m.r.IntN(60))
	default:
		var b strings.Builder
		for range 1 + m.r.IntN(12) {
			b.WriteRune(one(m, []rune("0123456789+- ()*#;,. \tabcdefXYZéß一二三王李张电话投诉贷款，。：；（）🙂\u202e\u0301\u200d\x01")))
		}
		return b.String()
	}
}

// manyCalls is a log of a call centre that does not stop.
func manyCalls(day int) string {
	var b strings.Builder
	b.WriteString("时间,号码,类型,响铃时长\n")
	for i := range 300 {
		fmt.Fprintf(&b, "2024-06-%02d %02d:%02d:00,9521330%04d,未接,20\n", day+1, 8+i%12, i%60, i%40)
	}
	return b.String()
}

// elsewhere has another program do something with the workspace, as quietctl
// does beside an open window, which looks again when it comes to the front.
func (m *monkey) elsewhere() {
	w, err := workspace.Open(m.t.Context(), m.host.p.params(m.host.dp))
	if err != nil {
		m.note("   not now: %v", domain.KeyOf(err)) // while files are replaced nobody else may have them
		return
	}
	err = m.quietctl(w)
	m.note("   %v", err)
	if err := w.Close(); err != nil {
		m.fail("another program: %v", err)
	}
	m.host.entered()
	if d := m.host.desk; d != nil && m.r.IntN(2) == 0 {
		d.shell.Env().Announce(one(m, []string{"calls", "complaints", "people", "contacts", "folders", "alerts", "registry"}))
	}
}

// quietctl does one thing; what is refused is no fault.
func (m *monkey) quietctl(w *workspace.Workspace) error {
	ctx := m.t.Context()
	switch m.r.IntN(6) {
	case 0:
		path := filepath.Join(m.home, "more.csv")
		if err := os.WriteFile(path, []byte(manyCalls(m.r.IntN(28))), 0o600); err != nil {
			return err
		}
		_, err := w.Journal.Import(ctx, journal.ImportRequest{Path: path, PersonID: domain.SelfID}, nil)
		return err
	case 1:
		_, err := w.Journal.AddContact(ctx, journal.ContactInput{Number: one(m, sensible()), Name: "邻居"})
		return err
	case 2:
		_, err := w.Registrar.Correct(ctx, domain.Correction{Code: fmt.Sprintf("950%02d", m.r.IntN(100)), NameZH: "测试"})
		return err
	case 3:
		calls, err := w.Journal.Calls(ctx, domain.CallFilter{}, domain.Page{Limit: 5})
		if err != nil || len(calls.Calls) == 0 {
			return err
		}
		_, err = w.Journal.RemoveCalls(ctx, []domain.CallID{one(m, calls.Calls).ID})
		return err
	case 4:
		return m.complaintElsewhere(w)
	default:
		_, err := w.Outbox.Sync(ctx, filing.SyncOptions{})
		return err
	}
}

// complaintElsewhere writes a complaint or does something with one.
func (m *monkey) complaintElsewhere(w *workspace.Workspace) error {
	ctx := m.t.Context()
	all, err := w.Filing.Complaints(ctx, domain.ComplaintFilter{}, domain.Page{Limit: 20})
	if err != nil {
		return err
	}
	what := m.r.IntN(6)
	if what < 2 || len(all.Complaints) == 0 {
		_, err := w.Filing.New(ctx, filing.ComplaintInput{
			Number: one(m, sensible()[:6]), At: time.Now().Add(-time.Duration(1+m.r.IntN(500)) * time.Hour), Category: domain.CategoryLoan, Language: "zh-Hans",
			Draft: what == 0,
		})
		return err
	}
	id := string(one(m, all.Complaints).ID)
	switch what {
	case 2:
		_, err = w.Filing.Cancel(ctx, id)
	case 3:
		_, err = w.Filing.Withdraw(ctx, id, "")
	case 4:
		_, err = w.Filing.FileDraft(ctx, id, "")
	default:
		_, err = w.Filing.RemoveDraft(ctx, id)
	}
	return err
}
