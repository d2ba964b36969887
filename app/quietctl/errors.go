package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// The exit codes of cli.md.
const (
	exitDone    = 0
	exitFault   = 1
	exitUsage   = 2
	exitPartial = 3
)

// usage is an error about how the program was called.
func usage(key string, args domain.Args) error {
	return domain.E("quietctl", domain.Invalid, key, args, nil)
}

// exitCode turns the end of a run into its exit code. A complaint that its
// present state refuses is "rejected" (3), not a fault and not wrong usage.
func (c *cli) exitCode(err error) int {
	switch kind := domain.KindOf(err); {
	case err == nil && c.partial:
		return exitPartial
	case err == nil:
		return exitDone
	case c.fault:
		return exitFault
	case kind == domain.Conflict && strings.HasPrefix(domain.KeyOf(err), "complaint."):
		return exitPartial
	case strings.HasPrefix(domain.KeyOf(err), "store."):
		return exitFault // whatever is wrong with the file, the command was right
	case strings.HasPrefix(domain.KeyOf(err), "registry.feed"):
		return exitFault // a list that is refused, for whatever reason
	case slices.Contains([]string{"workspace.in_use", "backup.newer", "erase.unsettled"}, domain.KeyOf(err)):
		return exitFault // the command was right, what it met was not
	case kind == domain.Invalid || kind == domain.NotFound || kind == domain.Conflict:
		return exitUsage
	default:
		return exitFault
	}
}

// errorJSON is an error as cli.md writes it. Field is the JSON pointer of the
// input to blame.
type errorJSON struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Field   string `json:"field,omitempty"`
}

func toErrorJSON(e l10n.Explanation) errorJSON {
	return errorJSON{Code: e.Code, Message: e.Message, Hint: e.Hint, Field: e.Field}
}

// printError writes an error to standard error: one JSON object, or a sentence
// and its next step. Several field problems are one object with the first in
// front and all of them in "errors".
func (c *cli) printError(err error) {
	all := c.ExplainAll(err)
	if c.json {
		var v struct {
			Error struct {
				errorJSON
				Errors []errorJSON `json:"errors,omitempty"`
			} `json:"error"`
		}
		v.Error.errorJSON = toErrorJSON(all[0])
		if len(all) > 1 {
			for _, e := range all {
				v.Error.Errors = append(v.Error.Errors, toErrorJSON(e))
			}
		}
		_ = json.NewEncoder(c.err).Encode(v) // nothing is left to tell it to
		return
	}
	for _, e := range all {
		_, _ = fmt.Fprintf(c.err, "quietctl: %s\n  %s\n", plain(e.Message), plain(e.Hint))
	}
}

// flagError puts an error of the flag parser into our own words.
func flagError(cmd *cobra.Command, err error) error {
	help := cmd.CommandPath() + " --help"
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return usage("cli.flag_unknown", domain.Args{"Flag": dashes(unknown.GetSpecifiedName()), "Help": help})
	case errors.As(err, &missing):
		return usage("cli.flag_needs_value", domain.Args{"Flag": dashes(missing.GetSpecifiedName()), "Help": help})
	case errors.As(err, &invalid):
		return usage("cli.flag_value_invalid", domain.Args{"Flag": dashes(invalid.GetFlag().Name), "Value": invalid.GetValue(), "Help": help})
	default:
		return usage("cli.flag_syntax", domain.Args{"Help": help})
	}
}

func dashes(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// between wants from low to high arguments (high -1: any number).
func between(low, high int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < low || high >= 0 && len(args) > high {
			return usage("cli.arguments", domain.Args{"Use": cmd.UseLine(), "Help": cmd.CommandPath() + " --help"})
		}
		return nil
	}
}
