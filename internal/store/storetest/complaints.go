package storetest

import (
	"cmp"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func complaintTests() []test {
	return []test{
		{"complaints/draft comes back", draftComesBack},
		{"complaints/queue a new one", queueNew},
		{"complaints/queue a draft", queueDraft},
		{"complaints/only drafts change", onlyDraftsChange},
		{"complaints/queueing is all or nothing", queueAllOrNothing},
		{"complaints/cancel", cancel},
		{"complaints/duplicates", duplicates},
		{"complaints/duplicates of somebody removed", duplicatesOfRemoved},
		{"complaints/practice is no twin", practiceIsNoTwin},
		{"complaints/what was withdrawn is no twin", withdrawnIsNoTwin},
		{"complaints/cancel what never left", cancelWhatNeverLeft},
	}
}

func fullComplaint(t tb, s Full) domain.Complaint {
	t.Helper()
	add(t, s, newCall("95013000", start()), newCall("95013000", after(time.Hour)))
	calls := all(t, s, domain.CallFilter{}, 10)
	seconds, kind, refused := int64(12), "investment", after(-time.Hour)
	c := newComplaint(1, channel(t, s, "c").ID)
	c.Channel, c.ChannelKind, c.Batch = "c", domain.ChannelIntake, "batch-1"
	c.CallIDs = []domain.CallID{calls[1].ID, calls[0].ID}
	c.Body.Language = "zh-Hans"
	c.Body.Complainant = domain.Complainant{
		Name: textName, Phone: "13800138000", Relation: domain.RelationChild,
		OnBehalf: &domain.OnBehalf{Name: "n", Phone: "p", Authority: domain.AuthorityOral},
	}
	c.Stated = &domain.StatedComplainant{Name: textName, OnBehalfOf: "n", Relation: domain.RelationChild}
	c.Body.Calls[0].DurationSeconds = &seconds
	c.Body.FraudKind, c.Body.RefusedAt, c.Body.Harm = &kind, &refused, domain.MaxHarm
	c.Body.Loss = &domain.Loss{Amount: "12.50", Currency: "CNY"}
	c.Body.Description, c.Body.Demands = textSentence+" <&>", domain.Demands()
	c.Body.Evidence = []domain.Evidence{{SHA256: "aa", MediaType: "image/png", Bytes: 7, FileName: "x.png"}}
	c.SendState = domain.SendDraft
	c.CreatedAt, c.UpdatedAt = start(), start()
	return c
}

func draftComesBack(t *testing.T, s Full) {
	want := fullComplaint(t, s)
	ok(t, s.SaveDraft(t.Context(), want, start()))
	same(t, get(t, s, want.ID), want)
	want.CallIDs, want.Body.Caller.Number, want.Batch, want.Stated = want.CallIDs[:1], "95588", "", nil
	want.UpdatedAt = after(time.Hour)
	ok(t, s.SaveDraft(t.Context(), want, want.UpdatedAt))
	same(t, get(t, s, want.ID), want)
	events, err := s.Timeline(t.Context(), want.ID)
	ok(t, err)
	same(t, events, []domain.TimelineEvent{{At: start(), Kind: "created", SendState: domain.SendDraft}})
}

func queueNew(t *testing.T, s Full) {
	want := fullComplaint(t, s)
	ok(t, s.Queue(t.Context(), request(want, start())))
	want.SendState, want.QueuedAt, want.NextAttemptAt = domain.SendQueued, start(), start()
	same(t, get(t, s, want.ID), want)
	events, err := s.Timeline(t.Context(), want.ID)
	ok(t, err)
	same(t, events, []domain.TimelineEvent{
		{At: start(), Kind: "created", SendState: domain.SendDraft},
		{At: start(), Kind: "queued", SendState: domain.SendQueued},
	})
}

func queueDraft(t *testing.T, s Full) {
	c := fullComplaint(t, s)
	ok(t, s.SaveDraft(t.Context(), c, start()))
	c.Body.Description = "changed"
	ok(t, s.Queue(t.Context(), request(c, after(time.Hour))))
	got := get(t, s, c.ID)
	same(t, got.Body, c.Body)
	same(t, got.CreatedAt, start())
	same(t, got.QueuedAt, after(time.Hour))
	events, err := s.Timeline(t.Context(), c.ID)
	ok(t, err)
	same(t, len(events), 2)
}

func onlyDraftsChange(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	c := newComplaint(1, ch.ID)
	queue(t, s, start(), c)
	check := func(state domain.SendState) {
		t.Helper()
		c.Body.Description = "changed"
		fails(t, s.SaveDraft(t.Context(), c, start()), domain.Conflict, "complaint.not_draft")
		fails(t, s.Queue(t.Context(), request(c, start())), domain.Conflict, "complaint.not_draft")
		got := get(t, s, c.ID)
		same(t, got.SendState, state)
		same(t, got.Body.Description, "")
	}
	check(domain.SendQueued)
	job := claimOne(t, s, "w", start())
	check(domain.SendSending)
	record(t, s, sent(job, "w", start()))
	check(domain.SendSent)
}

// keyOfRefusedCancel is why a complaint in this state stays.
func keyOfRefusedCancel(state domain.SendState) string {
	switch state {
	case domain.SendCancelled:
		return "complaint.already_cancelled"
	case domain.SendSent, domain.SendToken:
		return "complaint.already_filed"
	default:
		return "complaint.not_cancellable"
	}
}

func queueAllOrNothing(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID))
	q := request(newComplaint(2, ch.ID), start())
	q.Key = "key-" + uuid(1) // another complaint's key
	if err := s.Queue(t.Context(), q); err == nil {
		t.Fatal("a key was used twice")
	}
	_, err := s.Complaint(t.Context(), uuid(2))
	fails(t, err, domain.NotFound, "complaint.not_found")
}

func cancel(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	fails(t, s.CancelComplaint(t.Context(), domain.ComplaintID(uuid(1)), start()), domain.NotFound, "complaint.not_found")
	now := start()
	for i, state := range domain.SendStates() {
		c := newComplaint(i+1, ch.ID)
		reach(t, s, c, state, now)
		attempts, err := s.Attempts(t.Context(), c.ID)
		ok(t, err)
		err = s.CancelComplaint(t.Context(), c.ID, now.Add(time.Second))
		if !state.Cancellable(attempts) {
			fails(t, err, domain.Conflict, keyOfRefusedCancel(state))
			same(t, get(t, s, c.ID).SendState, state)
			continue
		}
		ok(t, err)
		got := get(t, s, c.ID)
		same(t, got.SendState, domain.SendCancelled)
		same(t, got.NextAttemptAt, time.Time{})
		events, err := s.Timeline(t.Context(), c.ID)
		ok(t, err)
		same(t, events[len(events)-1], domain.TimelineEvent{
			At: now.Add(time.Second), Kind: "cancelled", SendState: domain.SendCancelled,
		})
	}
}

// reach brings a new complaint into a state.
func reach(t tb, s Full, c domain.Complaint, state domain.SendState, now time.Time) {
	t.Helper()
	if state == domain.SendDraft {
		ok(t, s.SaveDraft(t.Context(), c, now))
		return
	}
	c.Batch = cmp.Or(c.Batch, "batch-"+string(c.ID))
	queue(t, s, now, c)
	switch state {
	case domain.SendQueued:
		return
	case domain.SendCancelled:
		ok(t, s.CancelComplaint(t.Context(), c.ID, now))
		return
	default: // it has to be claimed
	}
	jobs, err := s.Claim(t.Context(), filing.ClaimRequest{
		Owner: "reach", Now: now, Until: now.Add(time.Minute), Limit: 1, Batch: c.Batch,
	})
	ok(t, err)
	if state == domain.SendSending {
		return
	}
	r := filing.Result{
		ComplaintID: c.ID, Owner: "reach", AttemptN: jobs[0].AttemptN, Now: now,
		Outcome: domain.AttemptRetry, State: state,
	}
	switch state {
	case domain.SendRetry, domain.SendUnknown, domain.SendToken:
		r.DueAt = now.Add(time.Hour)
	default: // finished
	}
	record(t, s, r)
}

func duplicates(t *testing.T, s Full) {
	aunt, ch := person(t, s, "Aunt"), channel(t, s, "c")
	for i, state := range domain.SendStates() {
		c := newComplaint(i+1, ch.ID)
		c.Body.Calls = []domain.CallRef{
			{StartedAt: after(time.Duration(i)*time.Hour + 300*time.Millisecond)},
			{StartedAt: after(time.Duration(i)*time.Hour + 700*time.Millisecond)},
			{StartedAt: after(time.Duration(i)*time.Hour + time.Minute)},
		}
		reach(t, s, c, state, start())
		counts := true
		switch state {
		case domain.SendDraft, domain.SendFailed, domain.SendSkipped, domain.SendCancelled:
			counts = false
		default:
		}
		for _, tt := range []struct {
			person domain.PersonID
			number string
			at     time.Duration
			want   bool
		}{
			{domain.SelfID, "95013000", 0, true},
			{domain.SelfID, "95013000", 999 * time.Millisecond, true},
			{domain.SelfID, "95013000", time.Minute, true},
			{domain.SelfID, "95013000", time.Second, false},
			{domain.SelfID, "95013001", 0, false},
			{aunt.ID, "95013000", 0, false},
		} {
			asked := newComplaint(1000, ch.ID)
			asked.PersonID, asked.Body.Caller.Number = tt.person, tt.number
			asked.Body.Calls = []domain.CallRef{{StartedAt: after(-time.Hour)}, {StartedAt: after(time.Duration(i)*time.Hour + tt.at)}}
			id, found, err := s.FindDuplicate(t.Context(), asked)
			ok(t, err)
			if want := tt.want && counts; found != want || (found && id != c.ID) {
				t.Errorf("%s, %+v: found %v %s", state, tt, found, id)
			}
		}
		again := newComplaint(100+i, ch.ID)
		again.Body.Calls = c.Body.Calls[2:]
		err := s.Queue(t.Context(), request(again, start()))
		if !counts {
			ok(t, err)
			continue
		}
		fails(t, err, domain.Conflict, "complaint.duplicate")
		_, err = s.Complaint(t.Context(), string(again.ID))
		fails(t, err, domain.NotFound, "complaint.not_found")
	}
}

// duplicatesOfRemoved: who was removed and added again is the same person to an
// endpoint.
func duplicatesOfRemoved(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	about := func(n int, p domain.Person) domain.Complaint {
		c := newComplaint(n, ch.ID)
		c.PersonID, c.Body.Calls[0].StartedAt = p.ID, start()
		c.Body.Complainant.OnBehalf = &domain.OnBehalf{Name: p.Name}
		return c
	}
	mother := person(t, s, textName)
	queue(t, s, start(), about(1, mother))
	_, err := s.RemovePerson(t.Context(), mother.ID, false)
	ok(t, err)
	again, aunt := person(t, s, textName), person(t, s, "Aunt")
	fails(t, s.Queue(t.Context(), request(about(2, again), start())), domain.Conflict, "complaint.duplicate")
	ok(t, s.Queue(t.Context(), request(about(3, aunt), start())))
}

// cancelWhatNeverLeft: a complaint whose attempts all ended before they left
// can be taken back while it waits; one that may have arrived cannot.
func cancelWhatNeverLeft(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	for i, tt := range []struct {
		outcomes []domain.AttemptOutcome
		status   int
		want     bool
	}{
		{[]domain.AttemptOutcome{domain.AttemptRetry, domain.AttemptRetry}, 0, true},
		{[]domain.AttemptOutcome{domain.AttemptPaused, domain.AttemptRetry}, 0, true},
		{[]domain.AttemptOutcome{domain.AttemptRetry}, 503, false},
		{[]domain.AttemptOutcome{domain.AttemptUnknown, domain.AttemptRetry}, 0, false},
		{[]domain.AttemptOutcome{domain.AttemptInterrupted, domain.AttemptRetry}, 0, false},
	} {
		c := newComplaint(i+1, ch.ID)
		queue(t, s, start(), c)
		for _, o := range tt.outcomes {
			job := claimOne(t, s, "w", start())
			record(t, s, filing.Result{
				ComplaintID: job.ComplaintID, Owner: "w", AttemptN: job.AttemptN, Now: start(), Outcome: o,
				State: domain.SendRetry, DueAt: start(), HTTPStatus: tt.status,
			})
		}
		err := s.CancelComplaint(t.Context(), c.ID, start())
		if tt.want {
			ok(t, err)
			continue
		}
		fails(t, err, domain.Conflict, "complaint.not_cancellable")
		job := claimOne(t, s, "w", start()) // out of the way of the next
		record(t, s, sent(job, "w", start()))
	}
}
