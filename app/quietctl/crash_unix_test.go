//go:build unix

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/workspace"
)

// The environment of the crash test: how often to kill, and the seed of an
// earlier run whose moments are to come again.
const (
	killsEnv = "QUIETLINE_KILLS"
	seedEnv  = "QUIETLINE_SEED"
)

// crashFaults are what goes wrong at the endpoint besides.
const crashFaults = "latency=4ms,error500=0.04,error503=0.01,drop_before=0.05,drop_after=0.1,accepted202=0.1,throttle=150/s"

// victim is a command that is killed while it works. Another is one line in
// victims.
type victim struct {
	name string
	args func(c *crash) []string
	// told reads from the output which complaints are queued, as the command says.
	told func(out string) []string
	// span is about how long it has something to do; it is killed within that.
	span func(c *crash) time.Duration
}

func victims() []victim {
	short := func(c *crash) time.Duration { return c.oneRun }
	long := func(c *crash) time.Duration { return c.oneRun + 700*time.Millisecond }
	nothing := func(string) []string { return nil }
	send := []string{"complaints", "send", "--now", "--concurrency", "8"}
	return []victim{
		{"send", func(*crash) []string { return send }, nothing, long},
		{"send again", func(*crash) []string { return send }, nothing, long},
		{"new", (*crash).newComplaint, queuedIDs, short},
		{"import", (*crash).newSheet, nothing, short},
	}
}

// TestCrash kills commands with SIGKILL at random moments while they file
// complaints at an endpoint that loses requests and answers, lets the rest be
// sent, and counts in the endpoint's own database: nothing lost, nothing filed
// twice, every receipt number that of its complaint, both databases sound.
func TestCrash(t *testing.T) {
	c := newCrash(t)
	c.queue(40 * c.kills) // more than is sent by the last kill
	for n := range c.kills {
		c.kill(n)
	}
	c.finish()
	c.count()
}

// crash is one run of the crash test.
type crash struct {
	t     *testing.T
	kills int
	rand  *rand.Rand
	// ctl is this program, dir the workspace; url and data are the endpoint's.
	ctl, dir, url, data string
	stopEndpoint        func()
	// oneRun is how long a short command takes on this machine.
	oneRun time.Duration
	next   int             // the number of the next complaint
	told   map[string]bool // what the program said to be queued
	cut    map[string]int  // how often each victim was killed at work
	sheets []string        // that were imported
}

func newCrash(t *testing.T) *crash {
	t.Helper()
	c := &crash{t: t, kills: 10, told: map[string]bool{}, cut: map[string]int{}}
	seed := uint64(time.Now().UnixNano()) // another one each time; it is printed
	for name, set := range map[string]func(n uint64){
		killsEnv: func(n uint64) { c.kills = int(n) }, //nolint:gosec // some hundred
		seedEnv:  func(n uint64) { seed = n },
	} {
		if text := os.Getenv(name); text != "" {
			n, err := strconv.ParseUint(text, 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			set(n)
		}
	}
	t.Logf("%d kills, %s=%d", c.kills, seedEnv, seed)
	c.rand = rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // moments that can come again
	home := t.TempDir()
	c.dir, c.data, c.ctl = filepath.Join(home, "data"), filepath.Join(home, "endpoint.db"), filepath.Join(home, "quietctl")
	linkProgram(t, c.ctl)
	c.startEndpoint()
	return c
}

// linkProgram puts a link to the test's own binary, which is also the program,
// where it goes by the program's name.
func linkProgram(t *testing.T, path string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, path); err != nil {
		t.Fatal(err)
	}
}

// command is the program with the workspace, in a process of its own.
func (c *crash) command(args ...string) *exec.Cmd {
	// Not the test's context: that would kill what has to end by itself.
	cmd := exec.CommandContext(context.Background(), c.ctl, append([]string{"--data-dir", c.dir, "--json"}, args...)...) //nolint:gosec,usetesting // this program
	cmd.Env = append(os.Environ(), secretsEnv+"=file", "NO_PROXY=127.0.0.1")
	return cmd
}

// startEndpoint starts the practice endpoint as a process with its own file.
func (c *crash) startEndpoint() {
	c.t.Helper()
	cmd := c.command("practice", "serve", "--data", c.data, "--faults", crashFaults)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		c.t.Fatal(err)
	}
	stopped := false
	c.stopEndpoint = func() {
		if stopped {
			return
		}
		stopped = true
		_ = cmd.Process.Signal(syscall.SIGINT)
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
	}
	c.t.Cleanup(func() { c.stopEndpoint() })
	line, err := bufio.NewReader(out).ReadString('\n')
	var v struct {
		URL string `json:"url"`
	}
	if jerr := json.Unmarshal([]byte(line), &v); err != nil || jerr != nil || v.URL == "" {
		c.t.Fatalf("the endpoint said %q: %v, %v", line, err, jerr)
	}
	c.url = v.URL
}

// queue puts n complaints into the outbox, and takes the time of a command.
func (c *crash) queue(n int) {
	c.t.Helper()
	w, err := workspace.Open(c.t.Context(), workspace.Params{Dir: c.dir, Language: l10n.English})
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := w.Filing.AddChannel(c.t.Context(), filing.ChannelInput{Name: "lossy", Kind: domain.ChannelIntake, URL: c.url}); err != nil {
		c.t.Fatal(err)
	}
	for range n {
		k, err := w.Filing.New(c.t.Context(), filing.ComplaintInput{
			Number: "95013000", At: c.nextCall(), Category: domain.CategoryLoan, Language: "zh-Hans",
		})
		if err != nil {
			c.t.Fatal(err)
		}
		c.told[string(k.ID)] = true
	}
	if err := w.Close(); err != nil {
		c.t.Fatal(err)
	}
	begun := time.Now()
	out, err := c.command(c.newComplaint()...).Output()
	if err != nil {
		c.t.Fatal(err)
	}
	c.oneRun = time.Since(begun)
	c.believe(queuedIDs(string(out)))
}

// nextCall is a call that no complaint is about yet.
func (c *crash) nextCall() time.Time {
	c.next++
	return time.Date(2024, 5, 20, 9, 0, c.next, 0, domain.China())
}

func (c *crash) newComplaint() []string {
	return []string{
		"complaints", "new", "--number", "95013000", "--at", c.nextCall().Format(time.RFC3339),
		"--category", "loan", "--description", fmt.Sprintf("complaint %d", c.next),
	}
}

// sheetRows is how many rows a sheet of the test has.
const sheetRows = 60

// newSheet imports a sheet of calls that no complaint is about yet.
func (c *crash) newSheet() []string {
	var b strings.Builder
	b.WriteString("number,called_at,category\n")
	for range sheetRows {
		fmt.Fprintf(&b, "95013000,%s,loan\n", c.nextCall().Format(time.RFC3339))
	}
	path := filepath.Join(filepath.Dir(c.dir), fmt.Sprintf("sheet-%d.csv", len(c.sheets)))
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		c.t.Fatal(err)
	}
	c.sheets = append(c.sheets, path)
	return []string{"complaints", "import", path}
}

// completeSheets imports every sheet again: what a killed import had not queued
// comes in now, and what it had is not queued twice.
func (c *crash) completeSheets() {
	c.t.Helper()
	for _, path := range c.sheets {
		out, err := c.command("complaints", "import", path).Output()
		var v struct{ Rows, Queued, Duplicates int }
		if uerr := json.Unmarshal(out, &v); err != nil || uerr != nil || v.Rows != sheetRows || v.Queued+v.Duplicates != sheetRows {
			c.t.Fatalf("a sheet made whole: %v %v\n%s", err, uerr, out)
		}
	}
}

// queuedIDs reads the output of complaints new. A line that was cut off says
// nothing.
func queuedIDs(out string) (ids []string) {
	for line := range strings.Lines(out) {
		var v complaintJSON
		if strings.HasSuffix(line, "\n") && json.Unmarshal([]byte(line), &v) == nil && v.SendState == domain.SendQueued {
			ids = append(ids, string(v.ID))
		}
	}
	return ids
}

func (c *crash) believe(ids []string) {
	for _, id := range ids {
		c.told[id] = true
	}
}

// kill starts one victim, every third time with another sender beside it, and
// kills it at a random moment.
func (c *crash) kill(n int) {
	c.t.Helper()
	list := victims()
	v := list[n%len(list)]
	var beside *exec.Cmd
	if c.rand.IntN(3) == 0 {
		beside = c.command("complaints", "send", "--concurrency", "2")
		if err := beside.Start(); err != nil {
			c.t.Fatal(err)
		}
	}
	var out strings.Builder
	cmd := c.command(v.args(c)...)
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	after := time.Duration(c.rand.Int64N(int64(v.span(c))))
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	err := cmd.Wait()
	if !timer.Stop() && err != nil {
		c.cut[v.name]++
	}
	c.believe(v.told(out.String()))
	if beside != nil {
		_ = beside.Process.Kill()
		_ = beside.Wait()
	}
}

// finish sends until nothing waits any more.
func (c *crash) finish() {
	c.t.Helper()
	c.completeSheets()
	for range 40 {
		// It exits 3 as long as something waits for a later try.
		out, err := c.command("complaints", "send", "--now", "--concurrency", "8").Output()
		if ee := (*exec.ExitError)(nil); err != nil && (!asExit(err, &ee) || ee.ExitCode() != exitPartial) {
			c.t.Fatalf("the last run: %v\n%s", err, out)
		}
		var v summaryJSON
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		if err := json.Unmarshal([]byte(lines[len(lines)-1]), &v); err != nil {
			c.t.Fatal(err)
		}
		if v.Summary.Failed > 0 {
			c.t.Fatalf("%d failed", v.Summary.Failed)
		}
		if v.Summary.Remaining == 0 {
			return
		}
	}
	c.t.Fatal("something waits for ever")
}
