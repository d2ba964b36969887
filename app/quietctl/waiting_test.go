package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/platform"
	"quietline/internal/workspace"
)

// ago is the machine's clock, that much earlier.
type ago time.Duration

func (a ago) Now() time.Time { return platform.Clock{}.Now().Add(-time.Duration(a)) }

// What has been tried for over a day is listed, and whoever reads text is told
// what to do about it and about a channel that is paused.
func TestStuckIsListed(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	dir := filepath.Join(t.TempDir(), "data")
	w, err := workspace.Open(t.Context(), workspace.Params{Dir: dir, Language: l10n.English, Clock: ago(25 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Filing.AddChannel(t.Context(), filing.ChannelInput{Name: "gone", Kind: domain.ChannelIntake, URL: gone.URL}); err != nil {
		t.Fatal(err)
	}
	c, err := w.Filing.New(t.Context(), filing.ComplaintInput{
		Number: "95013000", At: ago(26 * time.Hour).Now(), Category: domain.CategoryLoan, Language: "en",
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Outbox.Run(t.Context(), filing.RunOptions{Concurrency: 1}); err != nil {
		t.Fatal(err)
	}
	if err := w.Filing.PauseChannel(t.Context(), "gone"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	list := func(args ...string) (out, said string) {
		var o, e bytes.Buffer
		code := run(t.Context(), append([]string{"--data-dir", dir}, args...), streams{
			in: strings.NewReader(""), out: &o, err: &e,
			env: func(key string) string { return map[string]string{secretsEnv: "file", "LANG": "en_US.UTF-8"}[key] },
		})
		if code != exitDone {
			t.Fatalf("exit %d: %s", code, e.String())
		}
		return o.String(), e.String()
	}
	out, said := list("complaints", "list", "--stuck")
	if !strings.Contains(out, c.ID.Short()) || !strings.Contains(said, "quietctl channels test") || !strings.Contains(said, "quietctl channels resume gone") {
		t.Errorf("%q, said %q", out, said)
	}
	out, said = list("--json", "complaints", "list", "--stuck")
	if !strings.Contains(out, `"stuck":true`) || said != "" {
		t.Errorf("%q, said %q", out, said)
	}
	if out, _ := list("--json", "complaints", "list", "--stuck", "--send-state", "sent"); out != "" {
		t.Errorf("%q", out)
	}
}
