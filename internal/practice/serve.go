package practice

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"quietline/internal/domain"
)

const (
	// Time limits of a connection; an answer may wait for maxLatency.
	headerTimeout = 5 * time.Second
	bodyTimeout   = 30 * time.Second
	answerTimeout = maxLatency + bodyTimeout
	idleTimeout   = time.Minute
	// maxHeader bounds the headers of a request, in bytes.
	maxHeader = 16 << 10
	// goodbye is how long running requests may take after the end was asked
	// for.
	goodbye = 2 * time.Second
)

// Serve listens on a loopback address ("127.0.0.1:0" takes a free port) and
// answers until the context ends. wait blocks until the listener is closed and
// running requests are done, and tells why it ended unless the context asked
// for it. Serve fails with Invalid "practice.loopback_only" for any other
// address, Invalid "practice.addr_invalid" for no address at all, and
// Unavailable "practice.listen_failed".
func (s *Server) Serve(ctx context.Context, addr string) (url string, wait func() error, err error) {
	const op = "practice.Serve"
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return "", nil, domain.E(op, domain.Invalid, "practice.addr_invalid", domain.Args{"Addr": addr}, err)
	}
	if !loopbackHost(host) {
		return "", nil, domain.E(op, domain.Invalid, "practice.loopback_only", domain.Args{"Addr": addr}, nil)
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return "", nil, domain.E(op, domain.Unavailable, "practice.listen_failed", domain.Args{"Addr": addr}, err)
	}
	if !loopbackHost(l.Addr().String()) { // "localhost" may mean anything in a hosts file
		_ = l.Close()
		return "", nil, domain.E(op, domain.Invalid, "practice.loopback_only", domain.Args{"Addr": addr}, nil)
	}
	srv := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: headerTimeout, ReadTimeout: bodyTimeout, WriteTimeout: answerTimeout, IdleTimeout: idleTimeout,
		MaxHeaderBytes: maxHeader,
		ErrorLog:       slog.NewLogLogger(s.p.Log.Handler(), slog.LevelWarn),
		BaseContext:    func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
	}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(l) }()
	done := make(chan struct{})
	var result error
	go func() {
		defer close(done)
		select {
		case result = <-ended:
			result = domain.E(op, domain.Unavailable, "practice.listen_failed", domain.Args{"Addr": addr}, result)
		case <-ctx.Done():
			result = shutdown(context.WithoutCancel(ctx), srv)
			if err := <-ended; result == nil && !errors.Is(err, http.ErrServerClosed) {
				result = domain.E(op, domain.Unavailable, "practice.listen_failed", domain.Args{"Addr": addr}, err)
			}
		}
	}()
	return "http://" + l.Addr().String(), func() error { <-done; return result }, nil
}

// shutdown lets running requests end, but not for long.
func shutdown(ctx context.Context, srv *http.Server) error {
	ctx, cancel := context.WithTimeout(ctx, goodbye)
	defer cancel()
	err := srv.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = srv.Close()
	}
	if err != nil {
		return domain.E("practice.shutdown", domain.Internal, "internal", nil, err)
	}
	return nil
}
