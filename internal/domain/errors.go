package domain

import (
	"context"
	"errors"
	"maps"
	"strings"
)

// Kind says what sort of failure an Error is; it decides the exit code of the
// command line and how a window shows it, never the words.
type Kind string

// The kinds of failure.
const (
	// Invalid is input that breaks a rule; the user can correct it.
	Invalid Kind = "invalid"
	// NotFound is a thing that was named but does not exist.
	NotFound Kind = "not_found"
	// Conflict is a request that the present state does not allow.
	Conflict Kind = "conflict"
	// Denied is a refusal by a file system, a keyring or an endpoint.
	Denied Kind = "denied"
	// Unavailable is a resource that may be there later: network, lock, disk.
	Unavailable Kind = "unavailable"
	// Corrupt is stored data that cannot be trusted.
	Corrupt Kind = "corrupt"
	// Cancelled is work that the user stopped.
	Cancelled Kind = "cancelled"
	// Internal is a defect of this program.
	Internal Kind = "internal"
)

// Args fill the placeholders of a message. They are shown to the user and
// never written to a log, because they may hold numbers and names.
type Args map[string]any

// Error is the one error type of the product. It carries a message key, so
// that the words are chosen where they are shown, in the language of that
// moment.
type Error struct {
	// Op is the operation that failed, as "package.Function", for the log.
	Op string
	// Kind is the sort of failure.
	Kind Kind
	// Key names the message: "err.KEY" is the sentence, "err.KEY.hint" the
	// next step. It is also the `code` of the JSON error.
	Key string
	// Field is the JSON pointer of the input field to blame, or empty.
	Field string
	// Args fill the placeholders of both messages.
	Args Args
	// Cause is the error underneath, or nil.
	Cause error
}

// E makes an Error. The cause may be nil.
func E(op string, kind Kind, key string, args Args, cause error) *Error {
	return &Error{Op: op, Kind: kind, Key: key, Args: args, Cause: cause}
}

// At returns a copy of the error that blames the field at the JSON pointer.
func (e *Error) At(pointer string) *Error {
	c := *e
	c.Args = maps.Clone(e.Args)
	c.Field = pointer
	return &c
}

// Error is for logs and tests. It holds no argument, so it holds no number
// and no name.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Op)
	b.WriteString(": ")
	b.WriteString(e.Key)
	if e.Field != "" {
		b.WriteString(" at ")
		b.WriteString(e.Field)
	}
	if e.Cause != nil {
		b.WriteString(": ")
		b.WriteString(Nameless(e.Cause))
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// KindOf is the kind of the outermost Error in the chain, Cancelled for a context
// that ended, Internal for an error of another type, and empty for nil.
func KindOf(err error) Kind {
	var e *Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Kind
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return Cancelled
	}
	return Internal
}

// KeyOf is the message key of the outermost Error in the chain, or empty.
func KeyOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Key
	}
	return ""
}

// Problems is a list of Errors about single fields, in the order of the form.
// It is an error itself, so that a use case can return all of them at once.
type Problems []*Error

// Error joins the single errors.
func (p Problems) Error() string {
	parts := make([]string, len(p))
	for i, e := range p {
		parts[i] = e.Error()
	}
	return strings.Join(parts, "; ")
}

// Unwrap gives every single error.
func (p Problems) Unwrap() []error {
	out := make([]error, len(p))
	for i, e := range p {
		out[i] = e
	}
	return out
}

// Err is nil where there is no problem, otherwise the list itself.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}
