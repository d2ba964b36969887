// Command feed makes signed registry lists, for whoever publishes them. Nothing
// of it is in the programs, which only verify.
//
//	go run ./packaging/feed keygen -out FOLDER
//	go run ./packaging/feed build -codes CSV -notes CSV [-advice CSV] -version V -date D -key FILE -out FOLDER
//
// The password of the key comes from QUIETLINE_FEED_PASSWORD, from the terminal,
// or from the first line of standard input.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"aead.dev/minisign"

	"quietline/assets"
	"quietline/i18n"
	"quietline/internal/domain"
	"quietline/internal/l10n"
)

func main() {
	t := tool{
		in: os.Stdin, out: os.Stdout, errs: os.Stderr, getenv: os.Getenv,
		shipped: assets.Registry(), advice: assets.Advice(), encrypt: minisign.EncryptKey,
	}
	if err := t.run(os.Args[1:]); err != nil {
		t.explain(err)
		os.Exit(1)
	}
}

var errUsage = errors.New(`usage:
  feed keygen -out FOLDER
  feed build -codes CSV -notes CSV [-advice CSV] -version V -date D -key FILE -out FOLDER`)

func (t *tool) run(args []string) error {
	if len(args) == 0 {
		return errUsage
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	out := flags.String("out", "", "")
	switch args[0] {
	case "keygen":
		if err := parse(flags, args[1:]); err != nil {
			return err
		}
		return t.keygen(*out)
	case "build":
		p := buildParams{}
		flags.StringVar(&p.codes, "codes", "", "")
		flags.StringVar(&p.notes, "notes", "", "")
		flags.StringVar(&p.advice, "advice", "", "")
		flags.StringVar(&p.version, "version", "", "")
		flags.StringVar(&p.date, "date", "", "")
		flags.StringVar(&p.key, "key", "", "")
		if err := parse(flags, args[1:]); err != nil {
			return err
		}
		p.out = *out
		return t.build(p)
	default:
		return errUsage
	}
}

// parse reads flags, all of which have to be there but the table of advice.
func parse(flags *flag.FlagSet, args []string) error {
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("%w\n%w", err, errUsage)
	}
	if flags.NArg() > 0 {
		return errUsage
	}
	var missing error
	flags.VisitAll(func(f *flag.Flag) {
		if f.Value.String() == "" && f.Name != "advice" {
			missing = fmt.Errorf("-%s is missing\n%w", f.Name, errUsage)
		}
	})
	return missing
}

// explain says what is wrong as the programs would.
func (t *tool) explain(err error) {
	var keyed *domain.Error
	p, perr := l10n.New(i18n.Files(), l10n.English)
	if perr != nil || !errors.As(err, &keyed) {
		fmt.Fprintln(t.errs, "feed:", err)
		return
	}
	e := p.Explain(err)
	fmt.Fprintf(t.errs, "feed: %s\n%s\n", e.Message, e.Hint)
	if keyed.Cause != nil {
		fmt.Fprintf(t.errs, "(%s: %v)\n", keyed.Key, keyed.Cause)
	}
}
