package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// million is the number of lines of the benchmarks.
const million = 1_000_000

// measure is what a run of a program came to.
type measure struct {
	seconds float64
	cpu     float64 // seconds of all processors, which other programs disturb less
	bytes   int64
	peakMB  float64 // 0 where the system does not say
}

// best keeps the quickest run, and the highest peak: on a machine that does
// other things, the quickest is the one that was disturbed least.
func (m *measure) best(n measure) {
	if m.seconds == 0 || n.seconds < m.seconds {
		m.seconds = n.seconds
	}
	if m.cpu == 0 || n.cpu < m.cpu {
		m.cpu = n.cpu
	}
	m.bytes, m.peakMB = n.bytes, max(m.peakMB, n.peakMB)
}

// runProgram runs a program of the test binary on the input file. Its output
// goes through a pipe that is drained, or nowhere.
func runProgram(b *testing.B, input string, pipe bool, name string, args ...string) measure {
	b.Helper()
	in, err := os.Open(input)
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	cmd := exec.CommandContext(b.Context(), name, args...) // testscript puts it into PATH
	cmd.Env = append(os.Environ(), "LANG=en_US.UTF-8", "LC_ALL=")
	cmd.Stdin, cmd.Stderr = in, os.Stderr
	var out io.ReadCloser
	if pipe {
		if out, err = cmd.StdoutPipe(); err != nil {
			b.Fatal(err)
		}
	}
	var m measure
	start := time.Now()
	if err = cmd.Start(); err == nil && pipe {
		m.bytes, err = drain(out)
	}
	if err == nil {
		err = cmd.Wait()
	}
	if err != nil {
		b.Fatalf("%s: %v", name, err)
	}
	m.seconds, m.peakMB = time.Since(start).Seconds(), peakMB(cmd.ProcessState)
	m.cpu = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	return m
}

// drain counts what comes, and is no slower than a pipe.
func drain(r io.Reader) (int64, error) {
	buf, n := make([]byte, 1<<20), int64(0)
	for {
		k, err := r.Read(buf)
		n += int64(k)
		if err == io.EOF { //nolint:errorlint // os.File returns it as it is
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// samples writes the input of the benchmarks: 10 MB for a million lines.
func samples(b *testing.B, lines int) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "numbers.txt")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := writeSamples(f, lines); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkCheckStream runs the program itself on a million lines, and the two
// peers in turn with it.
func BenchmarkCheckStream(b *testing.B) {
	input := samples(b, million)
	for _, tt := range []struct {
		name string
		pipe bool
	}{{"pipe", true}, {"null", false}} {
		b.Run(tt.name, func(b *testing.B) {
			var check, asJSON, asBytes measure
			for b.Loop() {
				check.best(runProgram(b, input, tt.pipe, "quietctl", "--json", "check", "-"))
				asJSON.best(runProgram(b, input, tt.pipe, peerJSON))
				asBytes.best(runProgram(b, input, tt.pipe, peerBytes))
			}
			// The peers answer the same lines with other digits in them.
			if diff := check.bytes - asJSON.bytes; max(diff, -diff) > check.bytes/50 {
				b.Fatalf("%d bytes, and %d of the peer: they do not write the same", check.bytes, asJSON.bytes)
			}
			b.ReportMetric(check.seconds, "s/million")
			b.ReportMetric(check.cpu, "cpu-s/million")
			b.ReportMetric(check.seconds/asJSON.seconds, "x-json-peer")
			b.ReportMetric(check.seconds/asBytes.seconds, "x-bytes-peer")
			b.ReportMetric(check.peakMB, "peak-MB")
			b.ReportMetric(0, "ns/op") // of the three programs together: says nothing
		})
	}
}

// BenchmarkCheckExport writes answers into a table, as many as people open.
func BenchmarkCheckExport(b *testing.B) {
	for _, tt := range []struct {
		ending string
		rows   int
	}{{".csv", million}, {".xlsx", million / 10}} {
		b.Run(tt.ending[1:], func(b *testing.B) {
			input := samples(b, tt.rows)
			table := filepath.Join(b.TempDir(), "table"+tt.ending)
			var export measure
			for b.Loop() {
				export.best(runProgram(b, input, false, "quietctl", "check", "--export", table, "--force", "-"))
			}
			b.ReportMetric(float64(tt.rows)/export.seconds, "rows/s")
			b.ReportMetric(export.peakMB, "peak-MB")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkStartUp is what one call costs, registry and all.
func BenchmarkStartUp(b *testing.B) {
	for name, args := range map[string][]string{"version": {"version"}, "check": {"--json", "check", "95588"}} {
		b.Run(name, func(b *testing.B) {
			var m measure
			for b.Loop() {
				m.best(runProgram(b, os.DevNull, false, "quietctl", args...))
			}
			const ms = 1000
			b.ReportMetric(m.seconds*ms, "best-ms")
			b.ReportMetric(m.peakMB, "peak-MB")
		})
	}
}
