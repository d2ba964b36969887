//go:build unix

package main

import (
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/workspace"
)

// TestKilledSenderFilesNothingTwice kills complaints send twice, each time when a
// civic server has taken a complaint and not yet answered, loses a few answers
// besides, and lets a third run finish. The server's own list decides: no complaint
// twice, all that we call filed are there, and what nobody knows is left to the
// person.
func TestKilledSenderFilesNothingTwice(t *testing.T) {
	const complaints = 20
	c := &civic{kind: "realtime", faults: []string{"none", "drop", "none", "none", "500", "503", "drop"}}
	s := httptest.NewServer(c.handler())
	defer s.Close()
	dir := filepath.Join(t.TempDir(), "data")
	queueForCity(t, dir, s.URL+"/v2", complaints)
	ctl := filepath.Join(t.TempDir(), "quietctl")
	linkProgram(t, ctl)
	for _, at := range []int{4, 11} {
		cmd := sender(t, ctl, dir)
		c.set(func(n int) {
			if n == at {
				_ = cmd.Process.Kill()
			}
		})
		if err := cmd.Run(); err == nil {
			t.Fatal("it ended by itself before it was killed")
		}
	}
	c.set(nil)
	out, err := sender(t, ctl, dir).Output()
	if err == nil {
		t.Error("what is unsettled is no success")
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if last := lines[len(lines)-1]; !strings.Contains(last, `"remaining":0`) {
		t.Errorf("summary: %s", last)
	}
	taken := c.callers()
	if unique := slices.Compact(slices.Clone(taken)); len(unique) != len(taken) {
		t.Errorf("filed twice: %v", taken)
	}
	w := openDir(t, dir)
	page, err := w.Filing.Complaints(t.Context(), domain.ComplaintFilter{}, domain.Page{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	unsettled := 0
	for _, k := range page.Complaints {
		_, there := slices.BinarySearch(taken, k.Body.Caller.Number)
		switch {
		case k.Unsettled():
			unsettled++
		case k.SendState != domain.SendSent || !there:
			t.Errorf("%s is %s, and there: %v", k.Body.Caller.Number, k.SendState, there)
		}
	}
	if unsettled < 5 { // two killed, three lost
		t.Errorf("%d unsettled", unsettled)
	}
}

// sender is a command that works the outbox.
func sender(t *testing.T, ctl, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), ctl, "--data-dir", dir, "--json", "complaints", "send")
	cmd.Env = append(os.Environ(), secretsEnv+"=file", "NO_PROXY=127.0.0.1")
	return cmd
}

// openDir opens a workspace until the test ends.
func openDir(t *testing.T, dir string) *workspace.Workspace {
	t.Helper()
	w, err := workspace.Open(t.Context(), workspace.Params{Dir: dir, Language: l10n.English})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// set changes what is called for a complaint.
func (c *civic) set(taken func(n int)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.taken = taken
}

// callers are the numbers that the server has complaints about, in order.
func (c *civic) callers() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []string
	for _, form := range c.posts {
		out = append(out, form.Get("attribute[CALLER]"))
	}
	slices.Sort(out)
	return out
}

func queueForCity(t *testing.T, dir, url string, n int) {
	t.Helper()
	w := openDir(t, dir)
	_, err := w.Filing.AddChannel(t.Context(), filing.ChannelInput{
		Name: "city", Kind: domain.ChannelOpen311, URL: url, ServiceCode: "NOISE",
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Filing.TestChannel(t.Context(), "city"); err != nil {
		t.Fatal(err)
	}
	length := 12 * time.Second
	for i := range n {
		_, err := w.Filing.New(t.Context(), filing.ComplaintInput{
			Number: fmt.Sprintf("95013%03d", i), At: time.Date(2024, 5, 20, 9, 15, i%60, 0, domain.China()),
			Duration: &length, Category: domain.CategoryLoan, Language: "zh-Hans",
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
