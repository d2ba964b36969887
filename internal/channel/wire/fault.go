package wire

import (
	"context"
	"errors"
	"net"

	"quietline/internal/filing"
	"quietline/internal/httpkit"
)

// KeyCancelled says that the user stopped it.
const KeyCancelled = "cancelled"

// Fault is a request that got no answer.
type Fault struct {
	// Left says that the request may have left this machine.
	Left bool
	// cause is why the context ended, nil where it did not.
	cause error
	err   error
}

// Outcome judges a fault. What may have left may have arrived: its result is
// unknown. What surely stayed here can be sent later.
func (f *Fault) Outcome() filing.Outcome {
	out := filing.Outcome{Kind: filing.OutcomeRetry, ErrorKey: f.key(), Cause: f.Safe()}
	if f.Left {
		out.Kind = filing.OutcomeUnknown
	}
	return out
}

func (f *Fault) key() string {
	var (
		dns  *net.DNSError
		slow net.Error
	)
	switch {
	case f.cause != nil && !errors.Is(f.cause, errTimeout) && !errors.Is(f.cause, context.DeadlineExceeded):
		return KeyCancelled
	case f.Left:
		return "channel.no_answer"
	case f.cause != nil, errors.As(f.err, &slow) && slow.Timeout():
		return "channel.connect_timeout"
	case httpkit.IsTLS(f.err):
		return "channel.tls_failed"
	case httpkit.IsProxy(f.err):
		return "channel.proxy_failed"
	case errors.As(f.err, &dns):
		return "channel.dns_failed"
	default:
		return "channel.unreachable"
	}
}

// Safe is the error for the log.
func (f *Fault) Safe() error {
	switch {
	case errors.Is(f.err, errSecond):
		return errSecond
	case f.cause != nil:
		return f.cause
	default:
		return httpkit.Safe(f.err)
	}
}
