package filing

import (
	"context"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"quietline/internal/domain"
)

// maxUploads is how many files are sent at the same time, besides complaints,
// which never wait for one.
const maxUploads = 2

// uploadLook is how often complaints are looked for while a file is being sent.
const uploadLook = time.Second

// EvidenceEndpoint is an Endpoint that takes files. Where it is missing, none
// can be sent through the channel.
type EvidenceEndpoint interface {
	// PutEvidence adds a file to a filed complaint. Sending one again does no
	// harm, so the outcome is sent (also where it was there already), rejected,
	// unauthorised, forbidden or retry, and never unknown. One call is one
	// request on the wire.
	PutEvidence(ctx context.Context, p EvidencePut) Outcome
}

// EvidencePut is one file on its way. Where reading the body fails, the request
// must not come to a good end.
type EvidencePut struct {
	ReceiptNumber string
	Evidence      domain.Evidence
	Body          io.Reader
}

// Upload is one claimed file.
type Upload struct {
	ComplaintID   domain.ComplaintID
	ChannelID     domain.ChannelID
	Batch         string
	ReceiptNumber string
	Evidence      domain.Evidence
	// Tries is how many attempts count towards the schedule so far.
	Tries int
	// AttemptN is the number of the attempt that the claim began, from 1.
	AttemptN int
}

// UploadResult is how a claimed file ended.
type UploadResult struct {
	Upload
	Owner string
	Now   time.Time
	State domain.EvidenceState
	// DueAt is when to try again; zero for never.
	DueAt time.Time
	// Counts says that the attempt counts towards the schedule.
	Counts     bool
	HTTPStatus int
	ErrorKey   string
	Detail     string
}

// PendingUploads says what files wait, as Pending does of complaints.
type PendingUploads struct {
	Due, Leased, Waiting, Paused int
	NextAt                       time.Time
}

// All is how many files are not with their endpoint yet.
func (p PendingUploads) All() int { return p.Due + p.Leased + p.Waiting + p.Paused }

// UploadStore is the durable queue of files. Several processes may use it at
// once.
type UploadStore interface {
	// ClaimUploads leases up to Limit due files in one transaction, oldest due
	// first, as Claim does with complaints: those without a living lease whose
	// channel is neither paused nor on hold.
	ClaimUploads(ctx context.Context, r ClaimRequest) ([]Upload, error)
	// RenewUploads moves the end of all leases of the owner.
	RenewUploads(ctx context.Context, owner string, until time.Time) error
	// RecordUpload writes a result and its event in one transaction, provided the
	// owner still holds the lease of this attempt; held is false where it was
	// lost, and then nothing is written. The complaint itself stays as it is.
	RecordUpload(ctx context.Context, r UploadResult) (held bool, err error)
	// ReleaseUploads gives back what the owner still holds, due now.
	ReleaseUploads(ctx context.Context, owner string, now time.Time) error
	// HastenUploads makes what waits for a later try due now.
	HastenUploads(ctx context.Context, r HastenRequest) error
	// PendingUploads counts for the selection of the request.
	PendingUploads(ctx context.Context, r ClaimRequest) (PendingUploads, error)
}

// uploads is the part of a run that sends files.
type uploads struct {
	inFlight atomic.Int32
	ended    chan uploadEnd
	// done and failed count what ended in this run; missing files failed too.
	done, failed int
}

// uploadEnd is what a worker hands back to the loop.
type uploadEnd struct {
	result UploadResult
	held   bool
	err    error
}

// sendsFiles says whether this run sends files: one that only asks what became of
// tokens sends nothing.
func (r *run) sendsFiles() bool { return r.o.p.Vault != nil && !r.opts.Tokens }

// startUploads takes over what ended and claims files for the workers that are
// free for them. It never waits: complaints go on meanwhile.
func (r *run) startUploads(ctx, work context.Context) error {
	for {
		select {
		case e := <-r.uploads.ended:
			if err := r.collectUpload(e); err != nil {
				return err
			}
			continue
		default:
		}
		break
	}
	free := maxUploads - int(r.uploads.inFlight.Load())
	if free == 0 || !r.sendsFiles() {
		return nil
	}
	now := r.o.p.Clock.Now()
	req := r.claim
	req.Now, req.Until, req.Limit = now, now.Add(LeaseTime), free
	list, err := r.o.p.Store.ClaimUploads(ctx, req)
	if err != nil {
		return ignoreStopped(ctx, err)
	}
	for _, u := range list {
		r.uploads.inFlight.Add(1)
		go func() {
			r.uploads.ended <- r.upload(ctx, work, u)
			r.o.Kick() // the loop may be waiting for a complaint
		}()
	}
	return nil
}

// upload sends one file and records the result.
func (r *run) upload(ctx, work context.Context, u Upload) uploadEnd {
	x, stopped := r.channels.turn(ctx, work, r.channels.get(work, u.ChannelID))
	res := r.uploadAgain(u) // where nothing is asked
	switch {
	case x.err != nil:
		r.o.p.Log.Warn("channel not opened", "channel", u.ChannelID, "err", x.err)
		res.ErrorKey, res.DueAt = domain.KeyOf(x.err), res.Now.Add(secondRetry)
	case stopped != nil, r.gates.stopped(work, Job{ChannelID: u.ChannelID, Batch: u.Batch, State: domain.SendSent}):
	default:
		res = r.put(work, x, u)
	}
	res.Owner = r.owner
	held, err := r.o.p.Store.RecordUpload(context.WithoutCancel(work), res)
	return uploadEnd{result: res, held: held, err: err}
}

// uploadAgain puts a file back as it was.
func (r *run) uploadAgain(u Upload) UploadResult {
	now := r.o.p.Clock.Now()
	return UploadResult{Upload: u, Now: now, State: domain.EvidenceWaiting, DueAt: now}
}

// put sends the file. What is wrong with it in the workspace is said by whoever
// reads it, and before the endpoint can have a whole file.
func (r *run) put(work context.Context, x *openChannel, u Upload) UploadResult {
	endpoint, takes := x.endpoint.(EvidenceEndpoint)
	if !takes {
		return r.uploadEnded(u, domain.EvidenceRefused, Outcome{ErrorKey: "evidence.not_offered"})
	}
	body, err := r.o.p.Vault.Open(u.Evidence)
	if err != nil {
		return r.unread(u, err)
	}
	defer body.Close() //nolint:errcheck // it was only read
	watched := &watchedReader{Reader: body}
	out := putEvidence(work, endpoint, EvidencePut{ReceiptNumber: u.ReceiptNumber, Evidence: u.Evidence, Body: watched})
	if watched.err != nil {
		return r.unread(u, watched.err)
	}
	if out.Cause != nil {
		r.o.p.Log.Warn("upload", "complaint", u.ComplaintID, "n", u.AttemptN, "outcome", out.Kind, "status", out.HTTPStatus, "err", out.Cause)
	}
	if !r.channels.outdated(work, x, out) {
		r.heed(work, Job{ChannelID: u.ChannelID}, out)
	}
	return r.judgeUpload(u, out)
}

// putEvidence asks the endpoint. A panic of its client must not end the program
// at every start.
func putEvidence(ctx context.Context, e EvidenceEndpoint, p EvidencePut) (out Outcome) {
	defer func() {
		if p := recover(); p != nil {
			out = Outcome{Kind: OutcomeRetry, ErrorKey: "internal", Cause: fmt.Errorf("panic of type %T", p)}
		}
	}()
	return e.PutEvidence(ctx, p)
}

// watchedReader remembers why reading failed.
type watchedReader struct {
	io.Reader

	err error
}

func (w *watchedReader) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // a reader's own end is never wrapped
		w.err = err
	}
	return n, err
}

// unread is a file that cannot be read. One that is gone or changed waits for
// the user; another fault may pass.
func (r *run) unread(u Upload, err error) UploadResult {
	key := domain.KeyOf(err)
	if key == "evidence.missing" || key == "evidence.changed" {
		return r.uploadEnded(u, domain.EvidenceMissing, Outcome{ErrorKey: key})
	}
	return r.judgeUpload(u, Outcome{Kind: OutcomeRetry, ErrorKey: key})
}

func (r *run) uploadEnded(u Upload, s domain.EvidenceState, out Outcome) UploadResult {
	return UploadResult{
		Upload: u, Now: r.o.p.Clock.Now(), State: s, Counts: true,
		HTTPStatus: out.HTTPStatus, ErrorKey: out.ErrorKey, Detail: out.Detail,
	}
}

// judgeUpload turns an outcome into what is written down.
func (r *run) judgeUpload(u Upload, out Outcome) UploadResult {
	switch out.Kind {
	case OutcomeSent:
		return r.uploadEnded(u, domain.EvidenceUploaded, Outcome{HTTPStatus: out.HTTPStatus})
	case OutcomeRejected:
		return r.uploadEnded(u, domain.EvidenceRefused, out)
	case OutcomeUnauthorised, OutcomeForbidden:
		// The channel pauses; its files stay as they were.
		res := r.uploadAgain(u)
		res.HTTPStatus, res.ErrorKey, res.Detail = out.HTTPStatus, out.ErrorKey, out.Detail
		return res
	case OutcomeToken, OutcomeUnknown, OutcomeRetry, OutcomeNotFound, OutcomeUnsettled, OutcomeWithheld:
		if out.ErrorKey == "cancelled" { // who closes the program has not tried in vain
			return r.uploadAgain(u)
		}
	}
	res := r.uploadEnded(u, domain.EvidenceWaiting, out)
	res.DueAt = NextTry(u.Tries+1, res.Now, out.RetryAfter, r.o.p.Source.Float64())
	return res
}

// collectUpload takes over what a worker hands back.
func (r *run) collectUpload(e uploadEnd) error {
	r.uploads.inFlight.Add(-1)
	if e.err != nil {
		return e.err
	}
	if !e.held {
		r.o.p.Log.Warn("lease of an upload lost", "complaint", e.result.ComplaintID)
		return nil
	}
	r.o.p.Log.Debug("file tried", "complaint", e.result.ComplaintID, "n", e.result.AttemptN,
		"state", e.result.State, "status", e.result.HTTPStatus, "key", e.result.ErrorKey)
	switch e.result.State {
	case domain.EvidenceUploaded:
		r.uploads.done++
	case domain.EvidenceRefused, domain.EvidenceMissing:
		r.uploads.failed++
	case domain.EvidenceStored, domain.EvidenceWaiting:
	}
	if r.opts.OnUpload != nil {
		r.opts.OnUpload(e.result)
	}
	return nil
}

// whileUploading waits for a file to end, looking for complaints meanwhile.
func (r *run) whileUploading(ctx context.Context) error {
	t := time.NewTimer(uploadLook)
	defer t.Stop()
	select {
	case e := <-r.uploads.ended:
		return r.collectUpload(e)
	case <-r.o.wake:
	case <-t.C:
	case <-ctx.Done():
	}
	return nil
}

// windUploads waits for the files that are still under way.
func (r *run) windUploads() (fault error) {
	for r.uploads.inFlight.Load() > 0 {
		if err := r.collectUpload(<-r.uploads.ended); fault == nil {
			fault = err
		}
	}
	return fault
}

// addUploads adds what files wait to what complaints do, so that a run goes on
// for them.
func (r *run) addUploads(ctx context.Context, req ClaimRequest, p *Pending) error {
	if !r.sendsFiles() {
		return nil
	}
	u, err := r.o.p.Store.PendingUploads(ctx, req)
	if err != nil {
		return err
	}
	p.Due, p.Leased = p.Due+u.Due, p.Leased+u.Leased
	if p.NextAt.IsZero() || !u.NextAt.IsZero() && u.NextAt.Before(p.NextAt) {
		p.NextAt = u.NextAt
	}
	return nil
}

// finishUploads gives back what is still held and counts.
func (r *run) finishUploads(keep context.Context, s *Summary) error {
	s.Uploads.Done, s.Uploads.Failed = r.uploads.done, r.uploads.failed
	if !r.sendsFiles() {
		return nil
	}
	now := r.o.p.Clock.Now()
	if err := r.o.p.Store.ReleaseUploads(keep, r.owner, now); err != nil {
		return err
	}
	p, err := r.o.p.Store.PendingUploads(keep, r.now())
	s.Uploads.Waiting = p.All()
	if s.NextAt.IsZero() || !p.NextAt.IsZero() && p.NextAt.Before(s.NextAt) {
		s.NextAt = p.NextAt
	}
	return err
}

// UploadSummary counts what became of files in a run.
type UploadSummary struct {
	// Done are with their endpoint now. Failed were refused, or are missing.
	Done, Failed int
	// Waiting is what the selection still holds.
	Waiting int
}
