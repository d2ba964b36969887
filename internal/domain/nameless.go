package domain

import (
	"io/fs"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

// Nameless is what an error says, for the log: without the paths, addresses and
// input that the errors of the standard library quote, because names and numbers
// stand in them.
func Nameless(err error) string {
	switch e := err.(type) { //nolint:errorlint // each layer is looked at by itself
	case nil:
		return ""
	case *Error:
		return e.Error()
	case *fs.PathError:
		return e.Op + ": " + Nameless(e.Err)
	case *os.LinkError:
		return e.Op + ": " + Nameless(e.Err)
	case *url.Error:
		return e.Op + ": " + Nameless(e.Err)
	case *strconv.NumError:
		return e.Func + ": " + Nameless(e.Err)
	case *time.ParseError:
		return "time in another form"
	case interface{ Unwrap() error }:
		return without(err.Error(), e.Unwrap())
	case interface{ Unwrap() []error }:
		return without(err.Error(), e.Unwrap()...)
	}
	return err.Error()
}

// without is the text of an error with what its causes quote taken out.
func without(text string, causes ...error) string {
	for _, c := range causes {
		if c == nil {
			continue
		}
		if said := c.Error(); said != "" {
			text = strings.ReplaceAll(text, said, Nameless(c))
		}
	}
	return text
}
