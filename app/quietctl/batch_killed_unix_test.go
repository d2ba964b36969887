//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// TestKilledImportIsMadeWhole kills complaints import with SIGKILL after its first
// transactions, three times, and lets a fourth run finish. One batch holds every
// row then, and every row once.
func TestKilledImportIsMadeWhole(t *testing.T) {
	const rows = 30_000
	dir, work := filepath.Join(t.TempDir(), "data"), t.TempDir()
	w := openDir(t, dir)
	_, err := w.Filing.AddChannel(t.Context(), filing.ChannelInput{Name: "p", Kind: domain.ChannelIntake, URL: domain.PracticeURL})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("number,called_at,category\n")
	for i := range rows {
		fmt.Fprintf(&b, "95013%05d,2024-05-20 09:15:%02d,loan\n", i, i%60)
	}
	sheet, ctl := filepath.Join(work, "sheet.csv"), filepath.Join(work, "quietctl")
	if err := os.WriteFile(sheet, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	linkProgram(t, ctl)
	run := func() *exec.Cmd {
		cmd := exec.CommandContext(t.Context(), ctl, "--data-dir", dir, "--json", "complaints", "import", sheet)
		cmd.Env = append(os.Environ(), secretsEnv+"=file")
		return cmd
	}
	held := 0
	for range 3 {
		cmd := run()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		held = awaitMore(t, dir, held)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	out, err := run().Output()
	if err != nil {
		t.Fatalf("the last run: %v\n%s", err, out)
	}
	var got sheetJSON
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	if got.Rows != rows || got.Queued != rows || !got.CarriedOn {
		t.Errorf("the last run: %s", out)
	}
	w = openDir(t, dir)
	defer w.Close()
	list, err := w.Filing.Batches(t.Context())
	if err != nil || len(list) != 1 || list[0].Rows != rows || list[0].States[domain.SendQueued] != rows || list[0].FinishedAt.IsZero() {
		t.Errorf("%+v, %v", list, err)
	}
}

// awaitMore waits until a batch holds more rows than before.
func awaitMore(t *testing.T, dir string, before int) int {
	t.Helper()
	w := openDir(t, dir)
	defer w.Close()
	for tick := time.NewTicker(time.Millisecond); ; <-tick.C {
		list, err := w.Filing.Batches(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(list) > 0 && list[0].Rows > before {
			return list[0].Rows
		}
	}
}
