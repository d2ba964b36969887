package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strings"

	"quietline/i18n"
	"quietline/internal/l10n"
)

// The peers of check --json: programs that read the same lines, judge nothing,
// and write the same answers. Their names are commands of the test binary.
const (
	// peerJSON puts one struct a line through encoding/json and bufio.
	peerJSON = "peer-json"
	// peerBytes writes lines that are bytes already.
	peerBytes = "peer-bytes"
)

// templates are what the lines of a call log look like; # is any digit.
func templates() []string {
	return []string{
		"95013000", "95588", "952133####", "9612##", "96588", "10086", "12321", "4008######", "95000###", "95105588",
		"138########", "1701#######", "010662#####", "0532-96588", "106575######", "95588##", "+95588", "abc", "-",
	}
}

// sampler gives which template the lines of the input come from, one after
// another. The peers go through the same ones.
func sampler() func() int {
	r := rand.New(rand.NewPCG(20261128, 1))
	n := len(templates())
	return func() int { return r.IntN(n) }
}

// writeSamples writes the input: n lines.
func writeSamples(w io.Writer, n int) error {
	const digits = "0123456789"
	list, next, r := templates(), sampler(), rand.New(rand.NewPCG(20261128, 2))
	b := bufio.NewWriter(w)
	for range n {
		for _, c := range []byte(list[next()]) {
			if c == '#' {
				c = digits[r.IntN(10)]
			}
			_ = b.WriteByte(c) // an error comes back with the flush
		}
		_ = b.WriteByte('\n')
	}
	return b.Flush()
}

// peer is the main of a peer.
func peer(name string) func() {
	return func() {
		if err := runPeer(name, os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func runPeer(name string, r io.Reader, w io.Writer) error {
	words, err := l10n.New(i18n.Files(), l10n.English)
	if err != nil {
		return err
	}
	checker, info, err := shippedRegistry()
	if err != nil {
		return err
	}
	var answers []checkLine
	var lines [][]byte
	for _, t := range templates() {
		answer := toCheckLine(words, info, checker.Check(strings.ReplaceAll(t, "#", "7"), ""))
		answers = append(answers, answer)
		lines = append(lines, append(toJSON(answer), '\n'))
	}
	out := bufio.NewWriterSize(w, batchBytes)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	next := sampler()
	in := bufio.NewScanner(bufio.NewReaderSize(r, readSize))
	for in.Scan() {
		i := next()
		if name == peerBytes {
			_, err = out.Write(lines[i])
		} else {
			v := &answers[i]
			v.Input = in.Text()
			err = enc.Encode(v)
		}
		if err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil {
		return err
	}
	return out.Flush()
}
