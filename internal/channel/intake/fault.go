package intake

import (
	"context"
	"errors"
	"net"

	"quietline/internal/filing"
	"quietline/internal/httpkit"
)

// keyCancelled says that the user stopped it.
const keyCancelled = "cancelled"

// fault is a request that got no answer.
type fault struct {
	// left says that the request may have left this machine.
	left bool
	// cause is why the context ended, nil where it did not.
	cause error
	err   error
}

// outcome judges a fault. What may have left may have arrived: its result is
// unknown. What surely stayed here can be sent later.
func (f *fault) outcome() filing.Outcome {
	out := filing.Outcome{Kind: filing.OutcomeRetry, ErrorKey: f.key(), Cause: f.safe()}
	if f.left {
		out.Kind = filing.OutcomeUnknown
	}
	return out
}

func (f *fault) key() string {
	var (
		dns  *net.DNSError
		slow net.Error
	)
	switch {
	case f.cause != nil && !errors.Is(f.cause, errTimeout) && !errors.Is(f.cause, context.DeadlineExceeded):
		return keyCancelled
	case f.left:
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

// safe is the error for the log.
func (f *fault) safe() error {
	switch {
	case errors.Is(f.err, errSecond):
		return errSecond
	case f.cause != nil:
		return f.cause
	default:
		return httpkit.Safe(f.err)
	}
}
