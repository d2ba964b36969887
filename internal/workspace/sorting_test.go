package workspace_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/workspace"
)

func TestFilesAreSortedByContents(t *testing.T) {
	w, err := workspace.Open(t.Context(), workspace.Params{Dir: filepath.Join(t.TempDir(), "data")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	samples := filepath.Join("..", "importer", "testdata")
	list, err := os.ReadDir(samples)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]workspace.FileKind{}
	for _, e := range list {
		switch path := filepath.Join(samples, e.Name()); {
		case e.IsDir(), strings.HasPrefix(e.Name(), "no_titles"), strings.HasSuffix(e.Name(), ".sql"):
		case strings.HasSuffix(e.Name(), ".vcf"):
			want[path] = workspace.FileOfContacts
		default:
			want[path] = workspace.FileOfCalls
		}
	}
	if len(want) < 20 {
		t.Fatalf("only %d samples", len(want))
	}
	made := func(kind workspace.FileKind, name, data string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		want[path] = kind
		return path
	}
	// The name says nothing, or something else.
	made(workspace.FileOfContacts, "phone.txt", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:王桂芳\r\nTEL:13800138000\r\nEND:VCARD\r\n")
	made(workspace.FileOfComplaints, "neighbours.txt", "被投诉号码,来电时间,类别\n95013000,2024-05-20 09:15,贷款\n")
	made(workspace.FileOfComplaints, "sheet.csv", "number,called_at,category,complainant_name\n95013000,2024-05-20 09:15,loan,李\n")
	// Its titles are those of a call log; what it says of the calls is not.
	made(workspace.FileOfComplaints, "block.csv", "来电号码,时间,类型,姓名\n95013000,2024-05-20 09:15,不清楚,李\n95013000,2024-05-21 09:15,贷款理财,李\n")
	made(workspace.FileOfCalls, "phone.csv", "来电号码,时间,类型,姓名\n95013000,2024-05-20 09:15,未接,李\n95013000,2024-05-21 09:15,其他,李\n")
	made(workspace.FileOfCalls, "odd.csv", "甲,乙,丙\n1,2,3\n4,5,6\n")
	made(workspace.FileOfEvidence, "picture", "\x89PNG\r\n\x1a\n0000IHDR")
	made(workspace.FileOfEvidence, "calls.csv", "\xff\xd8\xff\xe0 a picture with a wrong name")
	made(workspace.FileOfEvidence, "letter.pdf", "%PDF-1.7\n")
	made(workspace.FileOfEvidence, "voice.amr", "#!AMR\n\x3c\x91\x17")
	made(workspace.FileOfEvidence, "note.txt", "He said that he was from the bank.\n")
	made(workspace.FileOfBackup, "sealed", "age-encryption.org/v1\n-> scrypt ")
	backup := filepath.Join(t.TempDir(), "calls.csv")
	if _, err := w.Backup(t.Context(), custody.BackupRequest{File: backup}); err != nil {
		t.Fatal(err)
	}
	want[backup] = workspace.FileOfBackup
	for path, kind := range want {
		if got, err := w.SortFile(t.Context(), path); got != kind || err != nil {
			t.Errorf("%s: %q, want %q (%v)", filepath.Base(path), got, kind, err)
		}
	}
	for name, tc := range map[string]struct{ data, key string }{
		"empty": {"", "app.file_unknown"}, "program": {"\x7fELF\x02\x01\x01\x00\x00\x00\x00", "app.file_unknown"},
	} {
		if got, err := w.SortFile(t.Context(), made("", name, tc.data)); domain.KeyOf(err) != tc.key {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if _, err := w.SortFile(t.Context(), filepath.Join(t.TempDir(), "none")); domain.KeyOf(err) != "import.file_missing" {
		t.Error(err)
	}
}
