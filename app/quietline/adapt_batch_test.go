package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
	"quietline/internal/workspace"
)

// The papers of a batch, over the real use cases: what stood at the path is
// replaced, and each holds what it should.
func TestPapersOfTheBatchPage(t *testing.T) {
	printer := testkit.Printer(t, l10n.English)
	w, err := workspace.Open(t.Context(), workspace.Params{Dir: filepath.Join(t.TempDir(), "data"), Printer: printer})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if _, err := w.Filing.AddChannel(t.Context(), filing.ChannelInput{Name: "p", Kind: domain.ChannelIntake, URL: domain.PracticeURL}); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	sheet := "number,called_at,category\n95013000,2024-05-20 09:15,loan\n110,2024-05-20 09:16,loan\n95013001,2024-05-20 09:17,loan\n"
	if err := os.WriteFile(at("sheet.csv"), []byte(sheet), 0o600); err != nil {
		t.Fatal(err)
	}
	files := batchFiles{complaintFiles{printer, w.Clock}, w.Filing}
	request := filing.SheetRequest{Path: at("sheet.csv"), Language: "en"}
	done, err := w.Filing.ImportSheet(t.Context(), request, nil)
	if err != nil || done.Queued != 2 {
		t.Fatal(done, err)
	}
	if s, err := w.Outbox.Run(t.Context(), filing.RunOptions{Concurrency: 2}); err != nil || s.Sent != 2 {
		t.Fatal(s, err)
	}
	for _, tc := range []struct {
		name  string
		write func(ctx context.Context, path string) error
		want  []string
	}{
		{"template.csv", files.Template, []string{"number", "called_at", "complainant_name"}},
		{"results.csv", func(ctx context.Context, path string) error { return files.Results(ctx, done.Batch, path) }, []string{"95013000", "Sent (practice)", "110", "95013001"}},
		{"rejects.csv", func(ctx context.Context, path string) error { return files.Rejects(ctx, done.Batch, path) }, []string{"110", "error"}},
		{"problems.csv", func(ctx context.Context, path string) error { return files.Problems(ctx, request, path) }, []string{"110", "error"}},
		{"receipts.pdf", func(ctx context.Context, path string) error { return files.Receipts(ctx, done.Batch, path) }, []string{"%PDF-"}},
	} {
		if err := os.WriteFile(at(tc.name), []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := tc.write(t.Context(), at(tc.name)); err != nil {
			t.Errorf("%s: %v", tc.name, err)
		}
		data, err := os.ReadFile(at(tc.name))
		if err != nil || strings.Contains(string(data), "mine") {
			t.Errorf("%s: %v", tc.name, err)
		}
		for _, want := range tc.want {
			if !strings.Contains(string(data), want) {
				t.Errorf("%s has no %q: %.300q", tc.name, want, data)
			}
		}
	}
	if data, _ := os.ReadFile(at("rejects.csv")); strings.Contains(string(data), "95013000") {
		t.Errorf("%q", data)
	}
	if b, err := w.Filing.Batches(t.Context()); err != nil || len(b) != 1 {
		t.Errorf("looking at the problems queued something: %v %v", b, err)
	}
	request.Path = at("none.csv")
	if err := files.Problems(t.Context(), request, at("no.csv")); err == nil {
		t.Error("a sheet that is not there")
	}
}
