//go:build linux

// Command benchwindow is what the measurement of the window
// (packaging/bench-window.sh) is made with: the peer, an empty window of the same
// toolkit in the same clothes, and the clock, which starts a program and looks at
// the screen until the program has drawn on it.
//
//	benchwindow empty
//	benchwindow start COMMAND ARGS…
//
// start prints, in milliseconds since the start: when the first pixel was drawn,
// when there were words to read, and the processor time that went into it. It looks
// at the screen as a user does, so it takes every program as it is.
package main

import (
	"errors"
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "benchwindow:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 1 && args[0] == "empty":
		empty()
		return nil
	case len(args) > 1 && args[0] == "start":
		s, err := start(args[1:])
		if err == nil {
			_, err = fmt.Printf("%d %d %d\n", s.drawn.Milliseconds(), s.words.Milliseconds(), s.busy.Milliseconds())
		}
		return err
	}
	return errors.New("usage: benchwindow empty | start COMMAND ARGS…")
}
