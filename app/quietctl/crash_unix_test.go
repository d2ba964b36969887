//go:build unix

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/platform"
	"quietline/internal/practice"
	"quietline/internal/testkit"
	"quietline/internal/workspace"
)

// TestKilledSenderLosesAndDoublesNothing kills complaints send with SIGKILL in
// the middle of fifty complaints, three times, against an endpoint that is
// slow and loses every fifth answer, and lets a fourth run finish. The
// endpoint's own count decides: fifty, each once.
func TestKilledSenderLosesAndDoublesNothing(t *testing.T) {
	const complaints = 50
	ctx := t.Context()
	url := startEndpoint(t, "latency=20ms,drop_after=0.2,seed=7")
	dir := filepath.Join(t.TempDir(), "data")
	queueComplaints(t, dir, url, complaints)

	ctl := filepath.Join(t.TempDir(), "quietctl")
	if err := os.Symlink(testBinary(t), ctl); err != nil {
		t.Fatal(err)
	}
	for _, after := range []int{3, 7, 12} {
		killAfter(ctx, t, ctl, dir, after)
	}
	cmd := sendCommand(ctx, ctl, dir)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("the last run: %v\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if last := lines[len(lines)-1]; !strings.Contains(last, `"remaining":0`) {
		t.Errorf("summary: %s", last)
	}

	ours, theirs := ourReceipts(t, dir), theirReceipts(t, url)
	if len(theirs) != complaints {
		t.Errorf("the endpoint holds %d complaints, want %d", len(theirs), complaints)
	}
	if len(ours) != complaints {
		t.Errorf("%d complaints have a receipt of their own, want %d", len(ours), complaints)
	}
	for receipt := range ours {
		if !theirs[receipt] {
			t.Errorf("receipt %s is not the endpoint's", receipt)
		}
	}
}

func testBinary(t *testing.T) string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func startEndpoint(t *testing.T, spec string) (url string) {
	t.Helper()
	faults, err := practice.ParseFaults(spec)
	if err != nil {
		t.Fatal(err)
	}
	s, err := practice.New(context.Background(), practice.Params{
		Path: filepath.Join(t.TempDir(), "endpoint.db"), Clock: platform.Clock{}, Source: platform.Source{}, Faults: faults, Texts: testkit.Printer(t, l10n.English),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	url, wait, err := s.Serve(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		_ = wait()
		_ = s.Close()
	})
	return url
}

func openWorkspace(t *testing.T, dir string) *workspace.Workspace {
	t.Helper()
	w, err := workspace.Open(t.Context(), workspace.Params{Dir: dir, Language: l10n.English})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func queueComplaints(t *testing.T, dir, url string, n int) {
	t.Helper()
	w := openWorkspace(t, dir)
	defer w.Close()
	if _, err := w.Filing.AddChannel(t.Context(), filing.ChannelInput{Name: "lossy", Kind: domain.ChannelIntake, URL: url}); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		_, err := w.Filing.New(t.Context(), filing.ComplaintInput{
			Number: fmt.Sprintf("95013%03d", i), At: time.Date(2024, 5, 20, 9, 15, i%60, 0, domain.China()),
			Category: domain.CategoryLoan, Language: "zh-Hans",
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func sendCommand(ctx context.Context, ctl, dir string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, ctl, "--data-dir", dir, "--json", "complaints", "send")
	cmd.Env = append(os.Environ(), secretsEnv+"=file", "NO_PROXY=127.0.0.1")
	cmd.Stderr = os.Stderr
	return cmd
}

// killAfter starts a run and kills it as soon as it printed n results.
func killAfter(ctx context.Context, t *testing.T, ctl, dir string, n int) {
	t.Helper()
	cmd := sendCommand(ctx, ctl, dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for range n {
		if !lines.Scan() {
			t.Fatalf("it ended before result %d", n)
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, out)
	if err := cmd.Wait(); err == nil {
		t.Fatal("it ended by itself before it was killed")
	}
}

// ourReceipts are the receipt numbers that the workspace holds.
func ourReceipts(t *testing.T, dir string) map[string]bool {
	t.Helper()
	w := openWorkspace(t, dir)
	defer w.Close()
	page, err := w.Filing.Complaints(t.Context(), domain.ComplaintFilter{}, domain.Page{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, c := range page.Complaints {
		if c.SendState != domain.SendSent || c.ReceiptNumber == "" {
			t.Errorf("complaint %s is %s with receipt %q", c.ID, c.SendState, c.ReceiptNumber)
		}
		out[c.ReceiptNumber] = true
	}
	return out
}

// theirReceipts asks the endpoint for everything it holds.
func theirReceipts(t *testing.T, url string) map[string]bool {
	t.Helper()
	out, cursor := map[string]bool{}, ""
	for {
		resp, err := http.Get(url + "/v1/complaints?updated_since=2000-01-01T00:00:00Z&cursor=" + cursor)
		if err != nil {
			t.Fatal(err)
		}
		var page struct {
			Items []struct {
				ReceiptNumber string `json:"receipt_number"`
			} `json:"items"`
			Next string `json:"next"`
		}
		err = json.NewDecoder(resp.Body).Decode(&page)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			if out[item.ReceiptNumber] {
				t.Errorf("the endpoint lists %s twice", item.ReceiptNumber)
			}
			out[item.ReceiptNumber] = true
		}
		if page.Next == "" || len(page.Items) == 0 {
			return out
		}
		cursor = page.Next
	}
}
