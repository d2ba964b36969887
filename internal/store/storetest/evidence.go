package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func evidenceTests() []test {
	return []test{
		{"evidence/kept with the complaint", evidenceKept},
		{"evidence/waits for the number", evidenceWaits},
		{"evidence/a person hands it in", evidenceByHand},
		{"evidence/claimed once", uploadClaimedOnce},
		{"evidence/results", uploadResults},
		{"evidence/a dead worker", uploadOfDeadWorker},
		{"evidence/pause, hold, selection", uploadSelections},
		{"evidence/pending", uploadPending},
		{"evidence/attached again", uploadAgain},
		{"evidence/a withdrawn complaint takes none", uploadWithdrawn},
		{"evidence/in use", evidenceInUse},
		{"evidence/a wrong clock", uploadWrongClock},
	}
}

// file is evidence whose digest begins with the number.
func file(n int) domain.Evidence {
	return domain.Evidence{
		SHA256: fmt.Sprintf("%02d", n) + strings.Repeat("e", 62), MediaType: domain.MediaPNG,
		Bytes: int64(n), FileName: fmt.Sprintf("%d.png", n),
	}
}

func with(c domain.Complaint, files ...domain.Evidence) domain.Complaint {
	c.Body.Evidence = files
	return c
}

// filedWith files the complaints, each with its files, and ends them as sent.
func filedWith(t tb, s Full, now time.Time, list ...domain.Complaint) {
	t.Helper()
	queue(t, s, now, list...)
	for _, j := range claim(t, s, "filer", now, len(list)) {
		record(t, s, filing.Result{
			ComplaintID: j.ComplaintID, Owner: "filer", AttemptN: j.AttemptN, Now: now,
			Outcome: domain.AttemptSent, State: domain.SendSent, ReceiptNumber: "R-" + string(j.ComplaintID[:8]), Counts: true,
		})
	}
}

func statuses(t tb, s Full, id domain.ComplaintID) []domain.EvidenceStatus {
	t.Helper()
	list, err := s.Evidence(t.Context(), id)
	ok(t, err)
	return list
}

func claimUploads(t tb, s Full, owner string, now time.Time, limit int) []filing.Upload {
	t.Helper()
	list, err := s.ClaimUploads(t.Context(), filing.ClaimRequest{Owner: owner, Now: now, Until: now.Add(filing.LeaseTime), Limit: limit})
	ok(t, err)
	return list
}

func names(list []filing.Upload) string {
	var out []string
	for _, u := range list {
		out = append(out, u.Evidence.FileName)
	}
	return strings.Join(out, " ")
}

func recordUpload(t tb, s Full, owner string, u filing.Upload, r filing.UploadResult) bool {
	t.Helper()
	r.Upload, r.Owner = u, owner
	held, err := s.RecordUpload(t.Context(), r)
	ok(t, err)
	return held
}

func evidenceKept(t *testing.T, s Full) {
	ch := channel(t, s, "wire")
	c := with(newComplaint(1, ch.ID), file(1), file(2))
	ok(t, s.SaveDraft(t.Context(), c, start()))
	same(t, statuses(t, s, c.ID), []domain.EvidenceStatus{
		{Evidence: file(1), State: domain.EvidenceStored}, {Evidence: file(2), State: domain.EvidenceStored},
	})
	c = with(c, file(3))
	ok(t, s.SaveDraft(t.Context(), c, start()))
	same(t, statuses(t, s, c.ID), []domain.EvidenceStatus{{Evidence: file(3), State: domain.EvidenceStored}})
	same(t, claimUploads(t, s, "w", after(time.Hour), 9), []filing.Upload{})
	same(t, get(t, s, c.ID).Body.Evidence, []domain.Evidence{file(3)})
	same(t, statuses(t, s, domain.ComplaintID(uuid(9))), []domain.EvidenceStatus{})
}

func evidenceWaits(t *testing.T, s Full) {
	ch := channel(t, s, "wire")
	c := with(newComplaint(1, ch.ID), file(1))
	queue(t, s, start(), c)
	for i, r := range []filing.Result{
		{Outcome: domain.AttemptRetry, State: domain.SendRetry, DueAt: after(time.Minute)},
		{Outcome: domain.AttemptToken, State: domain.SendToken, Token: "T", DueAt: after(2 * time.Minute)},
		{Outcome: domain.AttemptSent, State: domain.SendSent, ReceiptNumber: "R-1"},
	} {
		same(t, statuses(t, s, c.ID)[0].State, domain.EvidenceStored)
		now := after(time.Duration(i) * time.Minute)
		j := claim(t, s, "w", now, 1)[0]
		r.ComplaintID, r.Owner, r.AttemptN, r.Now, r.Counts = c.ID, "w", j.AttemptN, now, true
		record(t, s, r)
	}
	got := statuses(t, s, c.ID)[0]
	same(t, got, domain.EvidenceStatus{Evidence: file(1), State: domain.EvidenceWaiting, NextAt: after(2 * time.Minute)})
	same(t, claimUploads(t, s, "w", after(2*time.Minute), 9), []filing.Upload{
		{ComplaintID: c.ID, ChannelID: ch.ID, ReceiptNumber: "R-1", Evidence: file(1), AttemptN: 1},
	})
}

func evidenceByHand(t *testing.T, s Full) {
	ch := assisted(t, s, "hand")
	c := with(newComplaint(1, ch.ID), file(1))
	queue(t, s, start(), c)
	ok(t, s.FileByHand(t.Context(), filing.FiledByHand{ID: c.ID, ReceiptNumber: "1", Now: start()}))
	same(t, statuses(t, s, c.ID)[0].State, domain.EvidenceStored)
	ok(t, s.HastenUploads(t.Context(), filing.HastenRequest{Now: after(time.Hour)}))
	same(t, claimUploads(t, s, "w", after(time.Hour), 9), []filing.Upload{})
}

func uploadClaimedOnce(t *testing.T, s Full) {
	ch := channel(t, s, "wire")
	filedWith(t, s, start(), with(newComplaint(1, ch.ID), file(1), file(2)))
	filedWith(t, s, after(time.Second), with(newComplaint(2, ch.ID), file(1)))
	now := after(time.Minute)
	same(t, names(claimUploads(t, s, "a", now, 2)), "1.png 2.png")
	b := claimUploads(t, s, "b", now, 2)
	same(t, names(b), "1.png") // of the other complaint
	same(t, b[0].ComplaintID, newComplaint(2, 0).ID)
	same(t, claimUploads(t, s, "c", now, 2), []filing.Upload{})
	same(t, claimUploads(t, s, "c", now, 0), []filing.Upload{})
}

func uploadResults(t *testing.T, s Full) {
	ch := channel(t, s, "wire")
	c := with(newComplaint(1, ch.ID), file(1), file(2), file(3), file(4))
	filedWith(t, s, start(), c)
	before := get(t, s, c.ID)
	list := claimUploads(t, s, "w", start(), 9)
	at := after(time.Second)
	later := after(5 * time.Minute)
	for i, r := range []filing.UploadResult{
		{State: domain.EvidenceUploaded, HTTPStatus: 201},
		{State: domain.EvidenceRefused, HTTPStatus: 415, ErrorKey: "evidence.refused_type", Detail: "no pictures"},
		{State: domain.EvidenceMissing, ErrorKey: "evidence.missing"},
		{State: domain.EvidenceWaiting, HTTPStatus: 503, ErrorKey: "channel.endpoint_down", DueAt: later},
	} {
		r.Now, r.Counts = at, true
		same(t, recordUpload(t, s, "other", list[i], r), false) // not its own
		same(t, recordUpload(t, s, "w", list[i], r), true)
		same(t, recordUpload(t, s, "w", list[i], r), false) // once
	}
	same(t, statuses(t, s, c.ID), []domain.EvidenceStatus{
		{Evidence: file(1), State: domain.EvidenceUploaded, Attempts: 1, HTTPStatus: 201},
		{Evidence: file(2), State: domain.EvidenceRefused, Attempts: 1, HTTPStatus: 415, ErrorKey: "evidence.refused_type", Detail: "no pictures"},
		{Evidence: file(3), State: domain.EvidenceMissing, Attempts: 1, ErrorKey: "evidence.missing"},
		{Evidence: file(4), State: domain.EvidenceWaiting, Attempts: 1, HTTPStatus: 503, ErrorKey: "channel.endpoint_down", NextAt: later},
	})
	same(t, get(t, s, c.ID), before) // its own state is another matter
	events, err := s.Timeline(t.Context(), c.ID)
	ok(t, err)
	var notes []string
	for _, e := range events {
		if strings.HasPrefix(e.Kind, "evidence_") {
			notes = append(notes, e.Kind+" "+e.Note)
		}
	}
	same(t, notes, []string{"evidence_uploaded 1.png", "evidence_refused 2.png", "evidence_missing 3.png"})
	same(t, claimUploads(t, s, "w", later.Add(-time.Second), 9), []filing.Upload{})
	again := claimUploads(t, s, "w", later, 9)
	same(t, names(again), "4.png")
	same(t, []int{again[0].Tries, again[0].AttemptN}, []int{1, 2})
}

func uploadOfDeadWorker(t *testing.T, s Full) {
	ch := channel(t, s, "wire")
	filedWith(t, s, start(), with(newComplaint(1, ch.ID), file(1)))
	dead := claimUploads(t, s, "dead", start(), 9)[0]
	ok(t, s.RenewUploads(t.Context(), "dead", after(20*time.Second)))
	same(t, claimUploads(t, s, "next", after(15*time.Second), 9), []filing.Upload{})
	next := claimUploads(t, s, "next", after(20*time.Second), 9)
	same(t, names(next), "1.png")
	same(t, []int{next[0].Tries, next[0].AttemptN}, []int{0, 2}) // the interrupted one does not count
	same(t, recordUpload(t, s, "dead", dead, filing.UploadResult{State: domain.EvidenceRefused, Now: after(21 * time.Second)}), false)
	ok(t, s.ReleaseUploads(t.Context(), "next", after(22*time.Second)))
	same(t, names(claimUploads(t, s, "last", after(22*time.Second), 9)), "1.png")
}

func uploadSelections(t *testing.T, s Full) {
	a, b := channel(t, s, "a"), channel(t, s, "b")
	street := with(newComplaint(2, b.ID), file(2))
	street.Batch = "street"
	filedWith(t, s, start(), with(newComplaint(1, a.ID), file(1)), street)
	pick := func(r filing.ClaimRequest) string {
		r.Owner, r.Now, r.Until, r.Limit = "w", start(), after(filing.LeaseTime), 9
		list, err := s.ClaimUploads(t.Context(), r)
		ok(t, err)
		ok(t, s.ReleaseUploads(t.Context(), "w", start()))
		return names(list)
	}
	same(t, pick(filing.ClaimRequest{}), "1.png 2.png")
	same(t, pick(filing.ClaimRequest{ChannelID: a.ID}), "1.png")
	same(t, pick(filing.ClaimRequest{Batch: "street"}), "2.png")
	ok(t, s.PauseChannel(t.Context(), a.ID, domain.PausedByUser))
	same(t, pick(filing.ClaimRequest{}), "2.png")
	ok(t, s.HoldChannel(t.Context(), b.ID, after(time.Minute)))
	same(t, pick(filing.ClaimRequest{}), "")
	fails(t, s.RemoveChannel(t.Context(), b.ID), domain.Conflict, "channel.in_use")
}

func uploadPending(t *testing.T, s Full) {
	a, b := channel(t, s, "a"), channel(t, s, "b")
	filedWith(t, s, start(), with(newComplaint(1, a.ID), file(1), file(2), file(3)), with(newComplaint(2, b.ID), file(4)))
	ok(t, s.PauseChannel(t.Context(), b.ID, domain.PausedByUser))
	list := claimUploads(t, s, "w", start(), 2)
	same(t, recordUpload(t, s, "w", list[0], filing.UploadResult{State: domain.EvidenceWaiting, Now: start(), DueAt: after(time.Hour)}), true)
	for owner, want := range map[string]filing.PendingUploads{
		"w": {Due: 1, Waiting: 1, Paused: 1, NextAt: after(time.Hour)},
		"v": {Due: 1, Leased: 1, Waiting: 1, Paused: 1, NextAt: after(filing.LeaseTime)},
	} {
		p, err := s.PendingUploads(t.Context(), filing.ClaimRequest{Owner: owner, Now: start()})
		ok(t, err)
		same(t, p, want)
	}
	ok(t, s.HastenUploads(t.Context(), filing.HastenRequest{Now: start(), ID: newComplaint(1, 0).ID}))
	p, err := s.PendingUploads(t.Context(), filing.ClaimRequest{Owner: "w", Now: start(), ChannelID: a.ID})
	ok(t, err)
	same(t, p, filing.PendingUploads{Due: 2})
}

func uploadAgain(t *testing.T, s Full) {
	wire, hand := channel(t, s, "wire"), assisted(t, s, "hand")
	c, draft := with(newComplaint(1, wire.ID), file(1), file(2)), with(newComplaint(2, wire.ID), file(3))
	filedWith(t, s, start(), c)
	ok(t, s.SaveDraft(t.Context(), draft, start()))
	byHand := with(newComplaint(3, hand.ID), file(4))
	queue(t, s, start(), byHand)
	list := claimUploads(t, s, "w", start(), 9)
	recordUpload(t, s, "w", list[0], filing.UploadResult{State: domain.EvidenceMissing, ErrorKey: "evidence.missing", Counts: true, Now: start()})
	recordUpload(t, s, "w", list[1], filing.UploadResult{State: domain.EvidenceUploaded, Counts: true, Now: start()})
	for _, f := range []int{1, 2, 9} {
		ok(t, s.ResendEvidence(t.Context(), c.ID, file(f).SHA256, after(time.Minute)))
	}
	ok(t, s.ResendEvidence(t.Context(), draft.ID, file(3).SHA256, after(time.Minute)))
	ok(t, s.ResendEvidence(t.Context(), byHand.ID, file(4).SHA256, after(time.Minute)))
	got := statuses(t, s, c.ID)
	same(t, got[0], domain.EvidenceStatus{Evidence: file(1), State: domain.EvidenceWaiting, Attempts: 1, NextAt: after(time.Minute)})
	same(t, got[1].State, domain.EvidenceUploaded)
	same(t, statuses(t, s, draft.ID)[0].State, domain.EvidenceStored)
	again := claimUploads(t, s, "w", after(time.Minute), 9)
	same(t, names(again), "1.png")
	same(t, again[0].Tries, 0)
	// A channel that is gone takes nothing.
	recordUpload(t, s, "w", again[0], filing.UploadResult{State: domain.EvidenceRefused, Now: after(time.Minute)})
	ok(t, s.RemoveChannel(t.Context(), wire.ID))
	ok(t, s.ResendEvidence(t.Context(), c.ID, file(1).SHA256, after(time.Hour)))
	same(t, statuses(t, s, c.ID)[0].State, domain.EvidenceStored)
	same(t, len(claimUploads(t, s, "w", after(time.Hour), 9)), 0)
}

func uploadWithdrawn(t *testing.T, s Full) {
	for n, state := range []filing.WithdrawalState{filing.WithdrawalDone, filing.WithdrawalClosed, filing.WithdrawalRefused} {
		ch := channel(t, s, string(state))
		c := with(newComplaint(n+1, ch.ID), file(1), file(2), file(3))
		filedWith(t, s, start(), c)
		list := claimUploads(t, s, "w", start(), 2)
		recordUpload(t, s, "w", list[0], filing.UploadResult{State: domain.EvidenceMissing, ErrorKey: "evidence.missing", Now: start()})
		ok(t, s.AskWithdrawal(t.Context(), c.ID, "x", start()))
		_, err := s.RecordWithdrawal(t.Context(), filing.WithdrawalResult{ID: c.ID, State: state, Now: start()})
		ok(t, err)
		// The one that is on its way did not arrive, and the one that was lost is found.
		recordUpload(t, s, "w", list[1], filing.UploadResult{State: domain.EvidenceWaiting, Now: start(), DueAt: after(time.Minute)})
		ok(t, s.ResendEvidence(t.Context(), c.ID, file(1).SHA256, after(time.Minute)))
		goes := state == filing.WithdrawalRefused // the complaint stands
		same(t, len(claimUploads(t, s, "v", after(time.Hour), 9)), map[bool]int{false: 0, true: 3}[goes])
		for _, e := range statuses(t, s, c.ID) {
			same(t, e.State, map[bool]domain.EvidenceState{false: domain.EvidenceStored, true: domain.EvidenceWaiting}[goes])
		}
		if !goes {
			ok(t, s.RemoveChannel(t.Context(), ch.ID))
		}
	}
}

func evidenceInUse(t *testing.T, s Full) {
	ch := channel(t, s, "wire")
	filedWith(t, s, start(), with(newComplaint(4, ch.ID), file(4)))
	u := claimUploads(t, s, "w", start(), 1)[0]
	same(t, recordUpload(t, s, "w", u, filing.UploadResult{State: domain.EvidenceUploaded, Now: start()}), true)
	ok(t, s.SaveDraft(t.Context(), with(newComplaint(1, ch.ID), file(1), file(2)), start()))
	queue(t, s, start(), with(newComplaint(2, ch.ID), file(2), file(3)))
	list, err := s.EvidenceFiles(t.Context())
	ok(t, err)
	same(t, list, []domain.Evidence{file(1), file(2), file(3)}) // the endpoint has the other
	same(t, inUse(t, s), map[string]bool{file(1).SHA256: true, file(2).SHA256: true, file(3).SHA256: true, file(4).SHA256: true})
	ok(t, s.CancelComplaint(t.Context(), newComplaint(2, 0).ID, start()))
	same(t, inUse(t, s), map[string]bool{file(1).SHA256: true, file(2).SHA256: true, file(4).SHA256: true})
	ok(t, s.CancelComplaint(t.Context(), newComplaint(1, 0).ID, start()))
	same(t, inUse(t, s), map[string]bool{file(4).SHA256: true})
	same(t, len(get(t, s, newComplaint(1, 0).ID).Body.Evidence), 2) // what it said is still known
}

func inUse(t tb, s Full) map[string]bool {
	t.Helper()
	used, err := s.EvidenceInUse(t.Context())
	ok(t, err)
	return used
}

// What no rule puts that far off was written while the clock was wrong.
func uploadWrongClock(t *testing.T, s Full) {
	ch := channel(t, s, "wire")
	filedWith(t, s, after(1000*time.Hour), with(newComplaint(1, ch.ID), file(1)))
	same(t, names(claimUploads(t, s, "w", start(), 9)), "1.png")
	ok(t, s.RenewUploads(t.Context(), "w", after(1000*time.Hour)))
	same(t, names(claimUploads(t, s, "v", start(), 9)), "1.png")
}
