// Command sample writes large invented call logs, the same for the same seed.
// Developers measure and try the program with them.
//
//	go run ./packaging/sample -rows 1000000 -format sms_xml -out calls.xml
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
	switch err := flags.Parse(args); {
	case err != nil:
		return err
	case flags.NArg() > 0 || *rows < 0:
		return errors.New("usage: sample [-rows N] [-format F] [-seed S] [-out FILE]")
	}
	if *out == "-" {
		return write(stdout, *format, *rows, *seed)
	}
	f, err := os.OpenFile(*out, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	err = write(f, *format, *rows, *seed)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

// write writes a log row by row; it keeps none of them.
func write(w io.Writer, format string, rows int, seed uint64) error {
	begin, ok := map[string]func(io.Writer, int) formatter{
		"sms_xml": smsXML, "cmcc_csv": cmccCSV, "generic_csv": genericCSV,
	}[format]
	if !ok {
		return fmt.Errorf("no format %q (sms_xml, cmcc_csv, generic_csv)", format)
	}
	buf := bufio.NewWriterSize(w, 1<<18)
	f := begin(buf, rows)
	g := newGenerator(seed, rows)
	for range rows {
		f.row(g.next())
	}
	f.end()
	return buf.Flush() // the first failed write comes back here
}
