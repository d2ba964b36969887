// Command sample writes large invented call logs, the same for the same seed.
// Developers measure and try the program with them.
//
//	go run ./packaging/sample -rows 1000000 -format sms_xml -out calls.xml
//
// With -until the whole log is moved by days, so that its last call comes on that day.
//
// The log has what real ones have: contacts and strangers, lines of 95 and 96
// codes, landlines, withheld and foreign numbers, campaigns of one code that
// last for days, bursts of one number at night, a second call within the minute,
// and rows that are twice in the file. All numbers are invented: mobile ones have
// four zeros in the middle.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "sample:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("sample", flag.ContinueOnError)
	rows := flags.Int("rows", 10000, "how many calls")
	format := flags.String("format", "sms_xml", "sms_xml, cmcc_csv or generic_csv")
	seed := flags.Uint64("seed", 1, "another seed gives another log")
	out := flags.String("out", "-", "file, - for standard output")
	until := flags.String("until", "", "the day of the last call, as 2024-05-20")
	switch err := flags.Parse(args); {
	case err != nil:
		return err
	case flags.NArg() > 0 || *rows < 0:
		return errors.New("usage: sample [-rows N] [-format F] [-seed S] [-out FILE]")
	}
	l := log{format: *format, rows: *rows, seed: *seed}
	if err := l.moveTo(*until); err != nil {
		return err
	}
	if *out == "-" {
		return l.write(stdout)
	}
	f, err := os.OpenFile(*out, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = l.write(f)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// log is what is to be written.
type log struct {
	format string
	rows   int
	seed   uint64
	// days is by how many days it is moved.
	days int
}

// moveTo has the last call come on a day, where one is given. The log is made once
// to learn when it ends.
func (l *log) moveTo(day string) error {
	if day == "" {
		return nil
	}
	g := newGenerator(l.seed, l.rows)
	to, err := time.ParseInLocation(time.DateOnly, day, g.now.Location())
	var last time.Time
	for range l.rows {
		last = later(last, g.next().at)
	}
	l.days = int(to.Add(24*time.Hour-time.Nanosecond).Sub(last) / (24 * time.Hour))
	return err
}

// write writes a log row by row; it keeps none of them.
func (l *log) write(w io.Writer) error {
	begin, ok := map[string]func(io.Writer, int) formatter{
		"sms_xml": smsXML, "cmcc_csv": cmccCSV, "generic_csv": genericCSV,
	}[l.format]
	if !ok {
		return fmt.Errorf("no format %q (sms_xml, cmcc_csv, generic_csv)", l.format)
	}
	buf := bufio.NewWriterSize(w, 1<<18)
	f := begin(buf, l.rows)
	g := newGenerator(l.seed, l.rows)
	for range l.rows {
		c := g.next()
		c.at = c.at.AddDate(0, 0, l.days)
		f.row(c)
	}
	f.end()
	return buf.Flush() // the first failed write comes back here
}
