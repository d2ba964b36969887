package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
	"quietline/internal/ui/complaints"
)

func TestPapersOfTheComplaintsPage(t *testing.T) {
	printer := testkit.Printer(t, l10n.English)
	dir, w := t.TempDir(), papers{printer, testkit.NewClock()}
	form := report.Assisted(printer, domain.Complaint{ID: "1a2b3c4d"})
	for f, begin := range map[complaints.Format]string{complaints.PDF: "%PDF-", complaints.Mail: "Date: "} {
		path := filepath.Join(dir, "complaint"+string(f))
		if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := w.Save(t.Context(), path, f, form); err != nil {
			t.Fatal(err)
		}
		if data, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(data), begin) {
			t.Errorf("%s: %.20q, %v", f, data, err)
		}
	}
	if err := w.Save(t.Context(), filepath.Join(dir, "a.txt"), complaints.Mail, form); domain.KeyOf(err) != "report.mail_ending" {
		t.Errorf("%v", err)
	}
}
