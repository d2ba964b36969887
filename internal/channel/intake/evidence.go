package intake

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"quietline/internal/filing"
)

const (
	// uploadPace is the slowest line on which a file still arrives, in bytes a
	// second: a picture of 5 MB may take a minute and a half.
	uploadPace = 64 << 10
	// stall is how long nothing of a file may move, or its answer be late.
	stall = 30 * time.Second
)

// UploadTimeout is how long sending a file of so many bytes may take, from
// connecting to the last byte of the answer.
func UploadTimeout(size int64) time.Duration {
	return stall + time.Duration(size/uploadPace)*time.Second
}

// errLent is a read by a transport that is through with the file.
var errLent = errors.New("the attempt is over")

// lent is a file while a transport has it. The transport may go on reading for a
// moment after it has given its answer; then it gets nothing any more, for the
// file belongs to somebody else again.
type lent struct {
	mu    sync.Mutex
	body  io.Reader
	moved func() // called with each piece
}

func (l *lent) Read(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.body == nil {
		return 0, errLent
	}
	l.moved()
	return l.body.Read(p)
}

func (l *lent) takeBack() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.body = nil
}

// sizeKey is where the context of a request carries the size of its body.
type sizeKey struct{}

var _ filing.EvidenceEndpoint = (*Endpoint)(nil)

// PutEvidence adds a file to a filed complaint; see filing.EvidenceEndpoint.
func (e *Endpoint) PutEvidence(ctx context.Context, p filing.EvidencePut) filing.Outcome {
	if !usableToken(p.ReceiptNumber) { // no path can be made of it
		return filing.Outcome{Kind: filing.OutcomeRejected, ErrorKey: "evidence.refused"}
	}
	a, f := e.send(ctx, p)
	switch {
	case f != nil:
		out := f.outcome()
		out.Kind = filing.OutcomeRetry // sending it again does no harm
		return out
	case a.status == http.StatusCreated, a.status == http.StatusNoContent, a.status == http.StatusOK:
		return filing.Outcome{Kind: filing.OutcomeSent, HTTPStatus: a.status}
	}
	return e.refusedFile(a)
}

// refusedFile judges every other answer.
func (e *Endpoint) refusedFile(a answer) filing.Outcome {
	out := e.refused(a)
	switch {
	case a.status == http.StatusNotImplemented:
		out.Kind, out.ErrorKey, out.RetryAfter, out.Hold = filing.OutcomeRejected, "evidence.not_offered", 0, false
	case out.Kind == filing.OutcomeUnknown:
		out.Kind = filing.OutcomeRetry
	case out.Kind != filing.OutcomeRejected:
	case a.status == http.StatusRequestEntityTooLarge:
		out.ErrorKey = "evidence.refused_size"
	case a.status == http.StatusUnsupportedMediaType:
		out.ErrorKey = "evidence.refused_type"
	case a.status == http.StatusUnprocessableEntity && strings.HasSuffix(a.problem().Type, "/digest-differs"):
		out.ErrorKey = "evidence.digest_differs"
	default:
		out.ErrorKey = "evidence.refused"
	}
	return out
}

// send sends one file, as do sends one question. The time it may take grows with
// its size, but something must move all the time.
func (e *Endpoint) send(ctx context.Context, p filing.EvidencePut) (answer, *fault) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	late := func() { cancel(errTimeout) }
	defer e.after(UploadTimeout(p.Evidence.Bytes), late)()
	watch := &stallWatch{after: func() func() bool { return e.after(stall, late) }}
	watch.again()
	defer watch.end()

	var left atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { left.Store(true) }})
	ctx = context.WithValue(ctx, wireKey{}, &atomic.Int32{})
	ctx = context.WithValue(ctx, sizeKey{}, p.Evidence.Bytes)
	body := &lent{body: p.Body, moved: watch.again}
	defer body.takeBack()

	resp, err := e.client.R().SetContext(ctx).SetHeader("Content-Type", p.Evidence.MediaType).SetBody(io.NopCloser(body)).
		Put(e.base + "/v1/complaints/" + url.PathEscape(p.ReceiptNumber) + "/evidence/" + p.Evidence.SHA256)
	if err != nil {
		return answer{}, &fault{left: left.Load(), cause: context.Cause(ctx), err: err}
	}
	return readAnswer(resp), nil
}

// stallWatch calls late when nothing has moved for long.
type stallWatch struct {
	mu    sync.Mutex
	after func() (stop func() bool)
	stop  func() bool
	over  bool
}

func (w *stallWatch) again() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stop != nil {
		w.stop()
	}
	if !w.over {
		w.stop = w.after()
	}
}

func (w *stallWatch) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	w.stop()
}
