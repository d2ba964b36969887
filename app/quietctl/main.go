// Command quietctl is the program without a window: the same workspace, for
// volunteers, scripts and screen-reader users. It links no GUI library.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(Main()) }

// Main runs the program with the process's arguments and streams and gives its
// exit code: 0 all done, 1 a fault stopped it, 2 wrong usage, 3 finished with
// some rejected.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A reader that goes away is an error of the write, so that what runs can
	// stop cleanly, instead of the end of the process.
	signal.Ignore(syscall.SIGPIPE)
	return run(ctx, os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv})
}
