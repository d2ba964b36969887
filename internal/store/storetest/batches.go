package storetest

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

func batchTests() []test {
	return []test{
		{"batches/rows come back", batchRowsComeBack},
		{"batches/queued as one complaint is", batchQueues},
		{"batches/duplicates", batchDuplicates},
		{"batches/people who are in no list", batchStrangers},
		{"batches/duplicates of many are those of each", batchDuplicatesOfEach},
		{"batches/carried on", batchCarriedOn},
		{"batches/all or nothing", batchAllOrNothing},
		{"batches/IDs", batchIDs},
		{"batches/pause", batchPause},
		{"batches/cancel", batchCancel},
		{"batches/cancel stops the import", batchCancelStops},
		{"batches/by hand", batchByHand},
		{"batches/channel goes", batchChannelGoes},
		{"batches/a complaint leaves", batchLeft},
		{"batches/mappings", batchMappings},
	}
}

func newBatch(ch domain.Channel, writer string) filing.NewBatch {
	return filing.NewBatch{
		File: "neighbours.csv", Titles: []string{"number", "called_at", textName}, ChannelID: ch.ID, Digest: "d", Mapping: "number=1",
		Writer: writer, Day: "20240520", Now: start(),
	}
}

// begin begins a batch by the writer "w".
func begin(t tb, s Full, ch domain.Channel) string {
	t.Helper()
	b, err := s.BeginBatch(t.Context(), newBatch(ch, "w"))
	ok(t, err)
	return b.ID
}

// batchRow is the row at line n+1 about complaint n.
func batchRow(t tb, n int, batch string, ch domain.Channel) filing.NewBatchRow {
	t.Helper()
	c := newComplaint(n, ch.ID)
	c.Batch = batch
	return rowOf(t, n+1, c)
}

func rowOf(t tb, line int, c domain.Complaint) filing.NewBatchRow {
	t.Helper()
	q := request(c, start())
	var err error
	q.Payload, err = json.Marshal(c.Body)
	ok(t, err)
	return filing.NewBatchRow{Line: line, Cells: []string{c.Body.Caller.Number, fmt.Sprint(line), textSentence}, Queue: &q}
}

func addRows(t tb, s Full, batch string, rows ...filing.NewBatchRow) []filing.AddedRow {
	t.Helper()
	added, err := s.AddBatchRows(t.Context(), batch, "w", rows, start())
	ok(t, err)
	return added
}

func batchRows(t tb, s Full, id string, f filing.BatchRowFilter, limit int) []filing.BatchRow {
	t.Helper()
	var out []filing.BatchRow
	for after := 0; ; {
		page, err := s.BatchRows(t.Context(), id, f, after, limit)
		ok(t, err)
		if out = append(out, page.Rows...); page.Next == 0 {
			return out
		}
		if len(page.Rows) != limit {
			t.Fatalf("a page of %d rows, and more follow", len(page.Rows))
		}
		after = page.Next
	}
}

func batchRowsComeBack(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	id := begin(t, s, ch)
	bad := filing.NewBatchRow{Line: 3, Cells: []string{"x"}, Problems: []filing.RowProblem{
		{Field: filing.SheetCategory, Key: "complaint.category_unknown", Args: domain.Args{"Code": textName}},
	}}
	added := addRows(t, s, id, batchRow(t, 1, id, ch), bad, batchRow(t, 3, id, ch))
	same(t, added, []filing.AddedRow{{State: filing.RowQueued}, {State: filing.RowRejected}, {State: filing.RowQueued}})
	good := func(n int) filing.BatchRow {
		return filing.BatchRow{
			Line: n + 1, Cells: []string{"95013000", fmt.Sprint(n + 1), textSentence}, State: filing.RowQueued,
			ComplaintID: domain.ComplaintID(uuid(n)), SendState: domain.SendQueued, UpdatedAt: start(),
		}
	}
	want := []filing.BatchRow{good(1), {Line: 3, Cells: bad.Cells, State: filing.RowRejected, Problems: bad.Problems}, good(3)}
	for _, limit := range []int{1, 2, 3, 4} {
		same(t, batchRows(t, s, id, filing.BatchRowFilter{}, limit), want)
	}
	same(t, batchRows(t, s, id, filing.BatchRowFilter{State: filing.RowRejected}, 1), want[1:2])
	same(t, batchRows(t, s, id, filing.BatchRowFilter{SendState: domain.SendQueued}, 1), []filing.BatchRow{want[0], want[2]})
	got, err := s.Batch(t.Context(), id)
	ok(t, err)
	b := filing.Batch{
		ID: id, File: "neighbours.csv", Titles: []string{"number", "called_at", textName}, ChannelID: ch.ID, Channel: "c",
		ChannelKind: domain.ChannelIntake, CreatedAt: start(), Rows: 3, Queued: 2, Rejected: 1,
		States: map[domain.SendState]int{domain.SendQueued: 2},
	}
	same(t, got, b)
	ok(t, s.FinishBatch(t.Context(), id, "w", after(time.Hour)))
	b.FinishedAt = after(time.Hour)
	list, err := s.Batches(t.Context())
	ok(t, err)
	same(t, list, []filing.Batch{b})
	_, err = s.Batch(t.Context(), "none")
	fails(t, err, domain.NotFound, "batch.not_found")
	_, err = s.BatchRows(t.Context(), "none", filing.BatchRowFilter{}, 0, 1)
	fails(t, err, domain.NotFound, "batch.not_found")
}

// batchQueues: a complaint that came with a batch is in every way what Queue
// makes, however many go in at once.
func batchQueues(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	id := begin(t, s, ch)
	const n = 150 // more than go in with one statement
	rows := make([]filing.NewBatchRow, 0, n)
	for i := range n {
		rows = append(rows, batchRow(t, i+1, id, ch))
	}
	addRows(t, s, id, rows...)
	for _, i := range []int{1, 64, 65, n} {
		alone := newComplaint(1000+i, ch.ID)
		queue(t, s, start(), alone)
		got, want := get(t, s, domain.ComplaintID(uuid(i))), get(t, s, alone.ID)
		want.ID, want.Body.ClientReference, want.Batch = got.ID, got.ID, id
		want.Body.Calls = got.Body.Calls
		same(t, got, want)
		events, err := s.Timeline(t.Context(), got.ID)
		ok(t, err)
		other, err := s.Timeline(t.Context(), alone.ID)
		ok(t, err)
		same(t, events, other)
	}
	jobs, err := s.Claim(t.Context(), filing.ClaimRequest{Owner: "o", Now: start(), Until: after(time.Second), Limit: n, Batch: id})
	ok(t, err)
	if len(jobs) != n {
		t.Fatalf("%d of %d are due", len(jobs), n)
	}
	for i, j := range jobs {
		q := rows[i].Queue
		if j.ComplaintID != q.Complaint.ID || j.Key != q.Key || string(j.Payload) != string(q.Payload) {
			t.Fatalf("job %d is %s %s", i, j.ComplaintID, j.Key)
		}
	}
}

func batchDuplicates(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	queue(t, s, start(), newComplaint(1, ch.ID))
	id := begin(t, s, ch)
	again := batchRow(t, 1001, id, ch)
	again.Queue.Complaint.Body.Calls[0].StartedAt = after(time.Minute + 300*time.Millisecond)
	added := addRows(t, s, id, again)
	same(t, added[0], filing.AddedRow{State: filing.RowDuplicate, Duplicate: domain.ComplaintID(uuid(1))})
	// Earlier in the same chunk and, by another call, in an earlier one.
	rows := []filing.NewBatchRow{batchRow(t, 5, id, ch), batchRow(t, 6, id, ch)}
	rows[0].Line, rows[1].Line = 2001, 2002
	rows[1].Queue.Complaint.Body.Calls = rows[0].Queue.Complaint.Body.Calls
	same(t, addRows(t, s, id, rows...), []filing.AddedRow{
		{State: filing.RowQueued}, {State: filing.RowDuplicate, Duplicate: domain.ComplaintID(uuid(5))},
	})
	later := batchRow(t, 7, id, ch)
	later.Line, later.Queue.Complaint.Body.Calls = 2003, rows[0].Queue.Complaint.Body.Calls
	same(t, addRows(t, s, id, later), []filing.AddedRow{{State: filing.RowDuplicate, Duplicate: domain.ComplaintID(uuid(5))}})
	found, err := s.FindDuplicates(t.Context(), []domain.Complaint{newComplaint(300, ch.ID), later.Queue.Complaint})
	ok(t, err)
	same(t, found, []domain.ComplaintID{"", domain.ComplaintID(uuid(5))})
	// A duplicate shows what became of the other.
	all := batchRows(t, s, id, filing.BatchRowFilter{State: filing.RowDuplicate}, 10)
	if got := all[len(all)-1]; got.ComplaintID != domain.ComplaintID(uuid(5)) || got.SendState != domain.SendQueued {
		t.Errorf("duplicate row = %+v", got)
	}
	// What was cancelled is none.
	ok(t, s.CancelComplaint(t.Context(), domain.ComplaintID(uuid(5)), start()))
	fresh := batchRow(t, 8, id, ch)
	fresh.Line, fresh.Queue.Complaint.Body.Calls = 2004, rows[0].Queue.Complaint.Body.Calls
	same(t, addRows(t, s, id, fresh), []filing.AddedRow{{State: filing.RowQueued}})
}

// batchStrangers: neighbours are no people of the workspace; they are told apart
// by name, or by number where they gave none.
func batchStrangers(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	id := begin(t, s, ch)
	of := func(n int, who domain.Complainant) filing.NewBatchRow {
		c := newComplaint(n, ch.ID)
		c.Batch, c.PersonID, c.Body.Complainant = id, 0, who
		c.Body.Calls[0].StartedAt = start()
		return rowOf(t, n, c)
	}
	wang, li := domain.Complainant{Name: textName}, domain.Complainant{Name: "Li", Phone: "1"}
	forWang := domain.Complainant{Name: "Li", OnBehalf: &domain.OnBehalf{Name: textName}}
	phone := domain.Complainant{Phone: "13800000001"}
	want := []filing.RowState{filing.RowQueued, filing.RowQueued, filing.RowDuplicate, filing.RowQueued, filing.RowDuplicate}
	for n, who := range []domain.Complainant{wang, li, forWang, phone, phone} {
		// Both ways of finding them: within one chunk and in the store.
		twice := of(100+n, who)
		twice.Line = 100 + n
		if got := addRows(t, s, id, of(n+1, who))[0].State; got != want[n] {
			t.Errorf("%+v is %s, want %s", who, got, want[n])
		}
	}
	other := begin(t, s, channel(t, s, "d"))
	chunk := []filing.NewBatchRow{}
	for n, who := range []domain.Complainant{wang, li, forWang, phone, phone} {
		row := of(200+n, who)
		row.Queue.Complaint.Body.Calls[0].StartedAt = after(time.Hour)
		chunk = append(chunk, row)
	}
	for n, got := range addRows(t, s, other, chunk...) {
		if got.State != want[n] {
			t.Errorf("row %d of the chunk is %s, want %s", n, got.State, want[n])
		}
	}
	// The owner's own complaint about the same call is another one.
	mine := newComplaint(300, ch.ID)
	mine.Body.Calls[0].StartedAt = start()
	ok(t, s.Queue(t.Context(), request(mine, start())))
}

// batchDuplicatesOfEach: whoever complains, and whether those who complained before
// are still in the workspace, many are told what each is told.
func batchDuplicatesOfEach(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	aunt, gone := person(t, s, "Aunt"), person(t, s, textName)
	var all []domain.Complaint
	for _, who := range []domain.PersonID{domain.SelfID, aunt.ID, gone.ID, 0} {
		for _, name := range []string{"", "Aunt", textName, "Li"} {
			for _, behalf := range []string{"", "Aunt", textName} {
				c := newComplaint(len(all)+1, ch.ID)
				c.PersonID, c.Body.Complainant = who, domain.Complainant{Name: name, Phone: "1"}
				if behalf != "" {
					c.Body.Complainant.OnBehalf = &domain.OnBehalf{Name: behalf}
				}
				c.Body.Calls[0].StartedAt = after(time.Duration(len(all)%2) * time.Minute)
				all = append(all, c)
			}
		}
	}
	queued := 0
	for _, c := range all {
		if err := s.Queue(t.Context(), request(c, start())); err == nil {
			queued++
		} else {
			fails(t, err, domain.Conflict, "complaint.duplicate")
		}
	}
	_, err := s.RemovePerson(t.Context(), gone.ID, false)
	ok(t, err)
	again := person(t, s, textName)
	for i := range all {
		all[i].ID = domain.ComplaintID(uuid(1000 + i)) // somebody asks anew
		if all[i].PersonID == gone.ID {
			all[i].PersonID = again.ID
		}
		if i%5 == 0 {
			all[i].Body.Caller.Number = "95013999"
		}
	}
	many, err := s.FindDuplicates(t.Context(), all)
	ok(t, err)
	found := 0
	for i, c := range all {
		one, known, err := s.FindDuplicate(t.Context(), c)
		ok(t, err)
		if one != many[i] {
			t.Errorf("%d %+v: %q alone, %q among many", c.PersonID, c.Body.Complainant, one, many[i])
		}
		if known {
			found++
		}
	}
	if queued == 0 || found == 0 || found == len(all) {
		t.Errorf("%d queued, %d of %d found", queued, found, len(all))
	}
}

func batchCarriedOn(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	id := begin(t, s, ch)
	addRows(t, s, id, batchRow(t, 1, id, ch), filing.NewBatchRow{Line: 9, Cells: []string{"x"}, Problems: []filing.RowProblem{{Key: "k"}}})
	b, err := s.BeginBatch(t.Context(), newBatch(ch, "second"))
	ok(t, err)
	same(t, b, filing.BatchStart{ID: id, Line: 9, Rows: 2, Queued: 1, Rejected: 1})
	// The first one, if it lives after all, adds no more.
	_, err = s.AddBatchRows(t.Context(), id, "w", []filing.NewBatchRow{batchRow(t, 10, id, ch)}, start())
	fails(t, err, domain.Conflict, "batch.taken_over")
	fails(t, s.FinishBatch(t.Context(), id, "w", start()), domain.Conflict, "batch.taken_over")
	ok(t, s.FinishBatch(t.Context(), id, "second", start()))
	for _, other := range []func(*filing.NewBatch){
		func(*filing.NewBatch) {}, // a finished one is not carried on
		func(b *filing.NewBatch) { b.Digest = "e" },
		func(b *filing.NewBatch) { b.Mapping = "number=2" },
		func(b *filing.NewBatch) { b.ChannelID = channel(t, s, "d").ID },
	} {
		n := newBatch(ch, "w")
		other(&n)
		again, err := s.BeginBatch(t.Context(), n)
		ok(t, err)
		if again.ID == id || again.Line != 0 {
			t.Errorf("%+v carries on with %+v", n, again)
		}
	}
}

func batchAllOrNothing(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	id := begin(t, s, ch)
	bad := batchRow(t, 2, id, ch)
	bad.Queue.Key = batchRow(t, 1, id, ch).Queue.Key // keys are never used twice
	_, err := s.AddBatchRows(t.Context(), id, "w", []filing.NewBatchRow{batchRow(t, 1, id, ch), bad}, start())
	if err == nil {
		t.Fatal("a key went in twice")
	}
	b, err := s.Batch(t.Context(), id)
	ok(t, err)
	if b.Rows != 0 || len(b.States) != 0 || len(batchRows(t, s, id, filing.BatchRowFilter{}, 5)) != 0 {
		t.Errorf("half of it stayed: %+v", b)
	}
	addRows(t, s, id, batchRow(t, 1, id, ch))
}

func batchIDs(t *testing.T, s Full) {
	ch := channel(t, s, "c")
	for i := range 12 {
		b := newBatch(ch, "w")
		b.Digest = fmt.Sprint(i)
		got, err := s.BeginBatch(t.Context(), b)
		ok(t, err)
		if want := fmt.Sprintf("20240520-%d", i+1); got.ID != want {
			t.Fatalf("ID %s, want %s", got.ID, want)
		}
	}
	b := newBatch(ch, "w")
	b.Digest, b.Day = "other", "20240521"
	got, err := s.BeginBatch(t.Context(), b)
	ok(t, err)
	same(t, got.ID, "20240521-1")
	list, err := s.Batches(t.Context())
	ok(t, err)
	same(t, []string{list[0].ID, list[1].ID}, []string{"20240521-1", "20240520-12"})
}
