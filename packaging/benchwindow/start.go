//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// started is how a program came to the screen.
type started struct {
	// drawn is when something of it was on the screen, words when there were words.
	drawn, words time.Duration
	// busy is the processor time that it had used by then.
	busy time.Duration
}

const (
	// longest is how long a program may take.
	longest = time.Minute
	// patience is how long it may take to end.
	patience = 20 * time.Second
	// pause is the time between two looks at the screen.
	pause = 2 * time.Millisecond
	// enough colours make words: the edges of letters are drawn in many shades.
	enough = 16
)

// start runs a program until it has drawn words, and ends it.
func start(command []string) (s started, err error) {
	screen, err := openScreen()
	if err != nil {
		return s, err
	}
	defer screen.close()
	before, n := screen.colours()
	if n != 1 {
		return s, errors.New("the screen is not empty")
	}
	c := exec.Command(command[0], command[1:]...) //nolint:gosec,noctx // it is ended below
	c.Stderr = os.Stderr
	began := time.Now()
	if err := c.Start(); err != nil {
		return s, err
	}
	defer func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		// How it ends is not what is measured, but one that does not is told of, with
		// where it stands.
		stuck := time.AfterFunc(patience, func() { _ = c.Process.Signal(syscall.SIGQUIT) })
		_ = c.Wait()
		if !stuck.Stop() && err == nil {
			err = errors.New("the program did not end")
		}
	}()
	for s.words == 0 {
		first, n := screen.colours()
		now := time.Since(began)
		if s.drawn == 0 && (n > 1 || first != before) {
			s.drawn = now
		}
		if n >= enough {
			s.words = now
		}
		if now > longest {
			return s, errors.New("nothing was drawn for a minute")
		}
		time.Sleep(pause)
	}
	s.busy, err = busy(c.Process.Pid)
	return s, err
}

// busy is the processor time that a process has used.
func busy(pid int) (time.Duration, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(data), ") ") // after the name
	fields := strings.Fields(rest)
	const user, system, tick = 11, 12, 10 * time.Millisecond
	if len(fields) <= system {
		return 0, errors.New("no times in /proc")
	}
	u, uerr := strconv.Atoi(fields[user])
	v, verr := strconv.Atoi(fields[system])
	return time.Duration(u+v) * tick, errors.Join(uerr, verr)
}
