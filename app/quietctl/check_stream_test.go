package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"
)

func noEnv(string) string { return "" }

// A person who types, or a program that waits for each answer, gets it at once.
func TestEveryLineIsAnsweredBeforeTheNextComes(t *testing.T) {
	for name, flags := range map[string][]string{"json": {"--json"}, "text": nil} {
		t.Run(name, func(t *testing.T) {
			in, typed := io.Pipe()
			shown, out := io.Pipe()
			code := make(chan int, 1)
			go func() {
				code <- run(t.Context(), append(flags, "check", "-"), streams{in: in, out: out, err: io.Discard, env: noEnv})
				out.Close()
			}()
			answers := bufio.NewReader(shown)
			for _, number := range []string{"95588", "13800138000", "0551-96588"} {
				// The end of the line alone makes a line of what was typed.
				for _, part := range []string{number[:3], number[3:], "\n"} {
					if _, err := io.WriteString(typed, part); err != nil {
						t.Fatal(err)
					}
				}
				for {
					line, err := answers.ReadString('\n')
					if err != nil {
						t.Fatalf("%s: %v", number, err)
					}
					if strings.Contains(line, number) {
						break
					}
				}
			}
			typed.Close()
			if _, err := io.Copy(io.Discard, answers); err != nil {
				t.Fatal(err)
			}
			if got := <-code; got != exitDone {
				t.Errorf("exit %d", got)
			}
		})
	}
}

// sizes is a writer that notes how much comes at once.
type sizes struct {
	bytes.Buffer
	writes int
}

func (s *sizes) Write(p []byte) (int, error) {
	s.writes++
	return s.Buffer.Write(p)
}

func TestBulkIsWrittenInLargePieces(t *testing.T) {
	const n = 20_000
	var out sizes
	in := strings.NewReader(strings.Repeat("95588\n13800138000\n", n/2))
	if code := run(t.Context(), []string{"--json", "check", "-"}, streams{in: in, out: &out, err: io.Discard, env: noEnv}); code != exitDone {
		t.Fatalf("exit %d", code)
	}
	if got := bytes.Count(out.Bytes(), []byte("\n")); got != n {
		t.Fatalf("%d answers to %d lines", got, n)
	}
	// One for each read of the input, and one for every full buffer.
	if most := out.Len()/batchBytes + in.Len()/readSize + 10; out.writes > most {
		t.Errorf("%d writes for %d bytes, want at most %d", out.writes, out.Len(), most)
	}
}

// stopping gives some input and is stopped then.
type stopping struct {
	io.Reader
	stop context.CancelFunc
}

func (s stopping) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err == io.EOF { //nolint:errorlint // strings.Reader returns it as it is
		s.stop()
		select {} // a terminal at which nobody types
	}
	return n, err
}

func TestWhatWasAnsweredIsOutAfterCtrlC(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var out, errs bytes.Buffer
	code := run(ctx, []string{"--json", "check", "-"}, streams{
		in: stopping{strings.NewReader("95588\n10086\n12321\nunfinished"), stop}, out: &out, err: &errs, env: noEnv,
	})
	if code != exitFault {
		t.Errorf("exit %d", code)
	}
	if got := strings.Count(out.String(), "\n"); got != 3 || strings.Contains(out.String(), "unfinished") {
		t.Errorf("answers: %s", out.String())
	}
}

// closed is an output that fails.
type closed struct{ err error }

func (c closed) Write([]byte) (int, error) { return 0, c.err }

func TestAnOutputThatFailsIsNotTheInput(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{syscall.EPIPE, ""}, // nothing to say to a reader that went away
		{errors.New("no space"), "cli.output_failed"},
	} {
		var errs bytes.Buffer
		in := io.MultiReader(strings.NewReader("95588\n"), strings.NewReader("95588\n"))
		code := run(t.Context(), []string{"--json", "check", "-"}, streams{in: in, out: closed{tt.err}, err: &errs, env: noEnv})
		if code != exitFault {
			t.Errorf("%v: exit %d", tt.err, code)
		}
		if got := errs.String(); (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%v: %s", tt.err, got)
		}
	}
}

func TestLinesStayInStep(t *testing.T) {
	long := strings.Repeat("9", 3*maxLine)
	for name, tt := range map[string]struct {
		in   string
		want []string
	}{
		"nothing":             {"", nil},
		"one without an end":  {"95588", []string{"95588"}},
		"ends of every kind":  {"1\r\n2\n\n3\r\r\n", []string{"1", "2", "", "3"}},
		"a byte order mark":   {"\ufeff1\n\ufeff2", []string{"1", "\ufeff2"}},
		"longer than allowed": {"1\n" + long + "\n2\n", []string{"1", long[:maxLine], "2"}},
		"long and the last":   {long, []string{long[:maxLine]}},
	} {
		var got []string
		if err := eachLine(strings.NewReader(tt.in), func(s string) error { got = append(got, s); return nil }); err != nil {
			t.Fatal(err)
		}
		if strings.Join(got, "|") != strings.Join(tt.want, "|") || len(got) != len(tt.want) {
			t.Errorf("%s: %d lines, want %d", name, len(got), len(tt.want))
		}
	}
}
