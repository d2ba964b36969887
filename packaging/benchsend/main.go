// Command benchsend is the two ends of the measurement of sending
// (packaging/bench-send.sh): it fills an outbox, and it is the peer, a bare
// net/http client that posts the same bodies.
//
//	benchsend queue -data DIR -url URL -n 10000
//	benchsend bare -data DIR -url URL -workers 8
//	benchsend count -url URL
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "benchsend:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("benchsend", flag.ContinueOnError)
	data := flags.String("data", "", "data directory of the workspace")
	url := flags.String("url", "", "address of the practice endpoint")
	n := flags.Int("n", 10000, "how many complaints to queue")
	workers := flags.Int("workers", 8, "how many requests at the same time")
	if len(args) == 0 {
		return errors.New("usage: benchsend queue|bare|count FLAGS")
	}
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	switch args[0] {
	case "queue":
		return queue(ctx, *data, *url, *n)
	case "bare":
		return bare(ctx, out, *data, *url, *workers)
	case "count":
		return count(ctx, out, *url)
	default:
		return fmt.Errorf("unknown command %q", args[0])
	}
}
