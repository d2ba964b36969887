package filing_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/evidence"
	"quietline/internal/filing"
)

// Files follow their complaint, and say so.
func TestFilesFollowTheirComplaint(t *testing.T) {
	c := newCabinet(t)
	k := c.new(c.input(c.take("a.txt", "one"), c.take("b.txt", "two"), c.take("a.txt", "one")))
	want(t, "before", c.states(k.ID), "a.txt stored ;b.txt stored ;")
	var ups []string
	s := c.run(filing.RunOptions{OnUpload: func(r filing.UploadResult) { ups = append(ups, r.Evidence.FileName) }})
	if s.Sent != 1 || s.Uploads != (filing.UploadSummary{Done: 2}) || !s.Complete() || len(ups) != 2 {
		t.Errorf("%+v %v", s, ups)
	}
	slices.Sort(c.takes.data)
	want(t, "sent", c.takes.data[0]+c.takes.data[1], "onetwo")
	want(t, "after", c.states(k.ID), "a.txt uploaded ;b.txt uploaded ;")
	if got := c.show(k.ID).Complaint; got.SendState != domain.SendSent || got.Attempts != 1 {
		t.Errorf("%+v", got)
	}
	if s := c.run(filing.RunOptions{Now: true}); s.Uploads.Done != 0 || len(c.takes.got) != 2 {
		t.Errorf("%+v, %v", s, c.takes.got)
	}
}

func TestUploadsAreTriedAgain(t *testing.T) {
	for _, tc := range []struct {
		name    string
		answers []filing.Outcome
		state   string
		puts    int
		sum     filing.UploadSummary
		ok      bool
	}{
		{"at once", []filing.Outcome{{Kind: filing.OutcomeRetry, ErrorKey: "channel.endpoint_fault", HTTPStatus: 500}}, "a.txt uploaded ;", 2, filing.UploadSummary{Done: 1}, true},
		{"later", []filing.Outcome{
			{Kind: filing.OutcomeRetry, ErrorKey: "channel.endpoint_fault", HTTPStatus: 500},
			{Kind: filing.OutcomeRetry, ErrorKey: "channel.unreachable"},
		}, "a.txt waiting channel.unreachable;", 2, filing.UploadSummary{Waiting: 1}, false},
		{"refused", []filing.Outcome{{Kind: filing.OutcomeRejected, ErrorKey: "evidence.refused_type", HTTPStatus: 415}}, "a.txt refused evidence.refused_type;", 1, filing.UploadSummary{Failed: 1}, false},
		{"paused", []filing.Outcome{{Kind: filing.OutcomeUnauthorised, ErrorKey: "channel.unauthorised", HTTPStatus: 401}}, "a.txt waiting channel.unauthorised;", 1, filing.UploadSummary{Waiting: 1}, false},
		{"held", []filing.Outcome{{Kind: filing.OutcomeRetry, Hold: true, RetryAfter: time.Hour, ErrorKey: "channel.too_many_requests", HTTPStatus: 429}}, "a.txt waiting channel.too_many_requests;", 1, filing.UploadSummary{Waiting: 1}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newCabinet(t)
			k := c.new(c.input(c.take("a.txt", "one")))
			c.takes.answers = tc.answers
			s := c.run(filing.RunOptions{})
			if s.Sent != 1 || s.Uploads != tc.sum || s.Complete() != tc.ok || len(c.takes.got) != tc.puts {
				t.Errorf("%+v, %v", s, c.takes.got)
			}
			want(t, "state", c.states(k.ID), tc.state)
			if got := c.show(k.ID).Complaint.SendState; got != domain.SendSent {
				t.Errorf("the complaint is %s", got)
			}
			if tc.sum.Waiting == 0 {
				return
			}
			if tc.name == "paused" {
				if err := c.file.ResumeChannel(t.Context(), "wire"); err != nil {
					t.Fatal(err)
				}
			}
			c.clock.Advance(2 * time.Hour)
			if s := c.run(filing.RunOptions{}); s.Uploads.Done != 1 || !s.Complete() {
				t.Errorf("%+v", s)
			}
		})
	}
}

// What is gone or changed is never sent, is said, and the same file attached
// again is sent.
func TestFilesThatAreGone(t *testing.T) {
	for _, tc := range []struct {
		name string
		harm func(path string) error
		key  string
	}{
		{"gone", os.Remove, "evidence.missing"},
		{"changed", func(path string) error { return os.WriteFile(path, []byte("owe"), 0o600) }, "evidence.changed"},
		{"shorter", func(path string) error { return os.Truncate(path, 1) }, "evidence.changed"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := newCabinet(t)
			e := c.take("a.txt", "one")
			k := c.new(c.input(e))
			if err := tc.harm(c.path(e)); err != nil {
				t.Fatal(err)
			}
			if n, wrong, err := c.file.CheckEvidence(t.Context()); err != nil || n != 1 || len(wrong) != 1 || domain.KeyOf(wrong[0]) != tc.key {
				t.Errorf("%d %v %v", n, wrong, err)
			}
			s := c.run(filing.RunOptions{})
			if s.Sent != 1 || s.Uploads.Failed != 1 || s.Complete() || len(c.takes.got) != 0 {
				t.Errorf("%+v, %v", s, c.takes.got)
			}
			want(t, "state", c.states(k.ID), "a.txt missing "+tc.key+";")
			_, err := c.file.AttachAgain(t.Context(), string(k.ID), c.write("a.txt", "other"))
			if domain.KeyOf(err) != "evidence.other_file" {
				t.Errorf("%v", err)
			}
			got, err := c.file.AttachAgain(t.Context(), string(k.ID), c.write("b.txt", "one"))
			if err != nil || got.State != domain.EvidenceWaiting {
				t.Fatalf("%+v %v", got, err)
			}
			if s := c.run(filing.RunOptions{}); s.Uploads.Done != 1 || !s.Complete() {
				t.Errorf("%+v", s)
			}
			want(t, "after", c.states(k.ID), "a.txt uploaded ;")
			if files, err := filepath.Glob(filepath.Join(c.vault, "??", "*")); err != nil || len(files) != 1 {
				t.Errorf("the wrong file stayed: %q", files)
			}
		})
	}
}

// A file gone before its complaint went is said at its field; while it waits to
// be sent it is shown as missing.
func TestMissingFilesAreSaidBeforehand(t *testing.T) {
	c := newCabinet(t)
	e := c.take("a.txt", "one")
	if err := os.Remove(c.path(e)); err != nil {
		t.Fatal(err)
	}
	err := c.file.Validate(t.Context(), c.input(e))
	var p domain.Problems
	if !errors.As(err, &p) || len(p) != 1 || p[0].Key != "evidence.missing" || p[0].Field != "/evidence/0" || p[0].Args["Name"] != "a.txt" {
		t.Errorf("%v", err)
	}
	in := c.input(e)
	in.Draft = true
	want(t, "draft", c.states(c.new(in).ID), "a.txt missing evidence.missing;")
}

func TestRefuseEvidence(t *testing.T) {
	picture := domain.Evidence{SHA256: "a", MediaType: domain.MediaPNG, Bytes: 3 << 20, FileName: "a.png"}
	sound := domain.Evidence{SHA256: "b", MediaType: domain.MediaMP4, Bytes: 10, FileName: "b.m4a"}
	caps := func(most int64, types ...string) *domain.Capabilities {
		return &domain.Capabilities{MaxEvidenceBytes: most, EvidenceTypes: types}
	}
	for _, tc := range []struct {
		name string
		ch   domain.Channel
		want string
	}{
		{"unknown", domain.Channel{Kind: domain.ChannelIntake}, ""},
		{"all", domain.Channel{Kind: domain.ChannelIntake, Capabilities: caps(4<<20, "image/*", "AUDIO/X-M4A; q=1")}, ""},
		{"anything", domain.Channel{Kind: domain.ChannelIntake, Capabilities: caps(4<<20, "*/*")}, ""},
		{"none", domain.Channel{Kind: domain.ChannelIntake, Capabilities: caps(0)}, "evidence.not_taken /evidence;"},
		{"pictures", domain.Channel{Kind: domain.ChannelIntake, Capabilities: caps(4<<20, "image/png", "image/jpeg")}, "evidence.type_not_taken /evidence/1;"},
		{"small ones", domain.Channel{Kind: domain.ChannelIntake, Capabilities: caps(1<<20, "image/png", "audio/mp4")}, "evidence.over_limit /evidence/0;"},
		{"open311", domain.Channel{Kind: domain.ChannelOpen311}, "evidence.not_taken /evidence;"},
		{"by hand", domain.Channel{Kind: domain.ChannelAssisted}, ""},
	} {
		got := ""
		for _, p := range filing.RefuseEvidence(tc.ch, []domain.Evidence{picture, sound}) {
			got += p.Key + " " + p.Field + ";"
		}
		want(t, tc.name, got, tc.want)
	}
}

func TestTooManyFiles(t *testing.T) {
	c := newCabinet(t)
	var files []domain.Evidence
	for i := range domain.MaxEvidence + 1 {
		files = append(files, c.take("a.txt", string(rune('a'+i))))
	}
	err := c.file.Validate(t.Context(), c.input(files...))
	var p domain.Problems
	if !errors.As(err, &p) || p[0].Key != "evidence.too_many" || p[0].Field != "/evidence" {
		t.Errorf("%v", err)
	}
	if err := c.file.Validate(t.Context(), c.input(files[1:]...)); err != nil {
		t.Errorf("%v", err)
	}
}

// A file goes with the last complaint that needs it, and not before.
func TestCancellingRemovesFiles(t *testing.T) {
	c := newCabinet(t)
	own, shared := c.take("own.txt", "own"), c.take("shared.txt", "shared")
	a := c.new(c.input(own, shared))
	in := c.input(shared)
	in.At = in.At.Add(-time.Hour)
	in.Draft = true
	b := c.new(in)
	if _, err := c.file.Cancel(t.Context(), string(a.ID)); err != nil {
		t.Fatal(err)
	}
	want(t, "cancelled", c.states(a.ID), "own.txt missing ;shared.txt stored ;")
	if c.there(own) || !c.there(shared) {
		t.Errorf("own %v, shared %v", c.there(own), c.there(shared))
	}
	if _, err := c.file.Cancel(t.Context(), string(b.ID)); err != nil {
		t.Fatal(err)
	}
	if c.there(shared) {
		t.Error("nobody needs it")
	}
}

// The sweep takes what nobody refers to, but not from under an open form.
func TestSweep(t *testing.T) {
	c := newCabinet(t)
	kept, lost, form := c.take("kept.txt", "kept"), c.take("lost.txt", "lost"), c.take("form.txt", "form")
	c.new(c.input(kept))
	old := c.clock.Now().Add(-25 * time.Hour)
	for _, e := range []domain.Evidence{kept, lost} {
		if err := os.Chtimes(c.path(e), old, old); err != nil {
			t.Fatal(err)
		}
	}
	recent := c.clock.Now().Add(-time.Hour)
	if err := os.Chtimes(c.path(form), recent, recent); err != nil {
		t.Fatal(err)
	}
	if err := c.file.SweepEvidence(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !c.there(kept) || c.there(lost) || !c.there(form) {
		t.Errorf("kept %v, lost %v, form %v", c.there(kept), c.there(lost), c.there(form))
	}
}

// A worker that dies while it sends loses nothing, and another one that comes
// does not send at the same time.
func TestUploadOfADeadWorker(t *testing.T) {
	c := newCabinet(t)
	k := c.new(c.input(c.take("a.txt", "one")))
	c.takes.panics = true
	s := c.run(filing.RunOptions{})
	if s.Uploads.Done != 1 {
		t.Errorf("a client that panics once: %+v", s)
	}
	k2 := c.input(c.take("b.txt", "two"))
	k2.At = k2.At.Add(-time.Hour)
	other := c.new(k2)
	ctx, stop := context.WithCancel(t.Context())
	c.takes.put = stop // the user stops in the middle
	c.takes.answers = []filing.Outcome{{Kind: filing.OutcomeRetry, ErrorKey: "cancelled"}}
	if _, err := c.outbox.Run(ctx, filing.RunOptions{Concurrency: 1}); domain.KindOf(err) != domain.Cancelled {
		t.Errorf("%v", err)
	}
	if e := c.show(other.ID).Evidence[0]; e.State != domain.EvidenceWaiting || e.NextAt.After(c.clock.Now()) {
		t.Errorf("stopping is no failure: %+v", e)
	}
	c.takes.put = nil
	c.run(filing.RunOptions{})
	want(t, "first", c.states(k.ID), "a.txt uploaded ;")
	want(t, "second", c.states(other.ID), "b.txt uploaded ;")
}

// An endpoint of a protocol that knows no files.
func TestEndpointWithoutFiles(t *testing.T) {
	c := newCabinet(t)
	v := evidence.New(evidence.Params{Dir: c.vault})
	c.file, c.outbox = c.with(c.ends, v)
	k := c.new(c.input(c.take("a.txt", "one")))
	if s := c.run(filing.RunOptions{}); s.Sent != 1 || s.Uploads.Failed != 1 {
		t.Errorf("%+v", s)
	}
	want(t, "state", c.states(k.ID), "a.txt refused evidence.not_offered;")
}

func TestSaveEvidence(t *testing.T) {
	c := newCabinet(t)
	e := c.take("a.txt", "one")
	out := filepath.Join(c.dir, "out.txt")
	if err := c.file.SaveEvidence(t.Context(), e, out); err != nil {
		t.Fatal(err)
	}
	path, err := c.file.ShowEvidence(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{out, path} {
		if got, err := os.ReadFile(p); err != nil || string(got) != "one" {
			t.Errorf("%q %v", got, err)
		}
	}
}

// Without a vault nothing is taken, and nothing breaks.
func TestWithoutVault(t *testing.T) {
	d := newDesk(t)
	d.channel("wire")
	if _, err := d.file.TakeEvidence(t.Context(), "a.txt"); domain.KeyOf(err) != "evidence.unwritable" {
		t.Errorf("%v", err)
	}
	if err := d.file.SweepEvidence(t.Context()); err != nil {
		t.Error(err)
	}
	d.queue(1)
	if s := d.run(filing.RunOptions{}); !s.Complete() {
		t.Errorf("%+v", s)
	}
}
