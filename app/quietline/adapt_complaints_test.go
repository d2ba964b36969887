package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/filing"
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

// What was chosen is replaced, and a language that is chosen meanwhile does not
// mix with the one that a file was begun in.
func TestFilesOfTheComplaintsPage(t *testing.T) {
	printer := testkit.Printer(t, l10n.English)
	dir, files := t.TempDir(), complaintFiles{printer, testkit.NewClock()}
	d := filing.Detail{Complaint: domain.Complaint{ID: "1a2b3c4d", SendState: domain.SendSent}}
	for name, begin := range map[string]func(path string) (complaints.OutputFile, error){
		"a.csv": files.Complaints,
		"a.pdf": func(path string) (complaints.OutputFile, error) { return files.Receipts(path, "b") },
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := begin(path)
		if err != nil {
			t.Fatal(err)
		}
		printer.SetLanguage(l10n.Chinese)
		err = errors.Join(f.Write(d), f.Commit())
		printer.SetLanguage(l10n.English)
		data, rerr := os.ReadFile(path)
		if err != nil || rerr != nil || f.Rows() != 1 || string(data) == "mine" {
			t.Errorf("%s: %v %v", name, err, rerr)
		}
		if name == "a.csv" && !strings.Contains(string(data), ",Sent,") {
			t.Errorf("%q", data)
		}
	}
	path := filepath.Join(dir, "one.pdf")
	if err := files.Receipt(t.Context(), path, d); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(data), "%PDF-") {
		t.Errorf("%.20q %v", data, err)
	}
}
