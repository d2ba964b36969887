package store_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/store"
	"quietline/internal/store/storetest"
	"quietline/internal/testkit"
)

// Several handles on one file are what several processes are.
func TestHandlesShareTheOutbox(t *testing.T) {
	const workers, jobs = 4, 60
	path := filepath.Join(t.TempDir(), "quietline.db")
	handles := make([]*store.Store, workers)
	for i := range handles {
		handles[i] = open(t, path)
	}
	storetest.Fill(t, handles[0], jobs)
	storetest.WorkTogether(t, workers, jobs, func(w int) storetest.Full { return handles[w] })
}

func TestHandlesAddCalls(t *testing.T) {
	const writers, batches, size = 4, 5, 50
	path := filepath.Join(t.TempDir(), "quietline.db")
	var group sync.WaitGroup
	var mu sync.Mutex
	var added, duplicates int
	for range writers {
		s := open(t, path)
		group.Go(func() {
			for b := range batches {
				r, err := s.AddCalls(t.Context(), someCalls(b*size, size), false)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				added, duplicates = added+r.Added, duplicates+r.Duplicates
				mu.Unlock()
			}
		})
	}
	group.Wait()
	if added != batches*size || duplicates != (writers-1)*batches*size {
		t.Errorf("added %d, duplicates %d", added, duplicates)
	}
}

// Many programs start for the first time at once: one makes the file, all of
// them use it.
func TestHandlesCreateTogether(t *testing.T) {
	const n = 8
	path := filepath.Join(t.TempDir(), "new", "quietline.db")
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() {
			s, err := tryOpen(t, path)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if err := s.SetSetting(t.Context(), fmt.Sprint(i), "here"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	got, err := open(t, path).Settings(t.Context())
	if err != nil || len(got) != n {
		t.Errorf("%d of %d wrote into the same file: %v", len(got), n, err)
	}
	if names := snapshot(t, filepath.Dir(path)); len(names) > 3 { // with -wal and -shm
		t.Errorf("%d files were left", len(names))
	}
}

// A backup that was put back is switched to WAL mode by whoever comes first.
func TestHandlesOpenCopyTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "quietline.db")
	db, err := sql.Open("sqlite3", closed(t))
	must(t, err)
	defer db.Close()
	_, err = db.ExecContext(t.Context(), "VACUUM INTO ?", path)
	must(t, err)
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			s, err := tryOpen(t, path)
			if err != nil {
				t.Error(err)
				return
			}
			defer s.Close()
			if err := s.SetSetting(t.Context(), fmt.Sprint(i), "here"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func someCalls(from, n int) []domain.Call {
	calls := make([]domain.Call, n)
	for i := range calls {
		calls[i] = domain.Call{
			PersonID: domain.SelfID, Number: fmt.Sprintf("95%06d", from+i), Display: fmt.Sprintf("95%06d", from+i),
			Family: domain.FamilyCallCentre95, Verdict: domain.VerdictUnlisted, Direction: domain.DirectionIncoming,
			Source: "generic_csv", Name: "静线",
		}
	}
	return calls
}

// Of several programs that file about one call at once, one gets in.
func TestHandlesQueueOneCallOnce(t *testing.T) {
	const writers = 8
	path := filepath.Join(t.TempDir(), "quietline.db")
	first := open(t, path)
	ch := domain.Channel{Name: "c", Kind: domain.ChannelIntake, CreatedAt: testkit.Epoch()}
	if err := first.AddChannel(t.Context(), &ch); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	var queued atomic.Int32
	for i := range writers {
		s := open(t, path)
		group.Go(func() {
			id := domain.ComplaintID(fmt.Sprintf("%08d-0000-4000-8000-000000000000", i))
			c := domain.Complaint{ID: id, PersonID: domain.SelfID, ChannelID: ch.ID}
			c.Body.Caller.Number = "95013000"
			c.Body.Calls = []domain.CallRef{{StartedAt: testkit.Epoch()}}
			err := s.Queue(t.Context(), filing.QueueRequest{Complaint: c, Key: "key-" + string(id), Now: testkit.Epoch(), Payload: []byte("{}"), PayloadSHA256: "00"})
			switch {
			case err == nil:
				queued.Add(1)
			case domain.KeyOf(err) != "complaint.duplicate":
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n := queued.Load(); n != 1 {
		t.Errorf("%d complaints about one call", n)
	}
}

// Of several programs that settle one setting at once, all get what was stored.
func TestHandlesSettleOneValue(t *testing.T) {
	const n = 6
	path := filepath.Join(t.TempDir(), "quietline.db")
	got := make([]string, n)
	var group sync.WaitGroup
	for i := range n {
		s := open(t, path)
		group.Go(func() {
			var err error
			if got[i], err = s.SettleSetting(t.Context(), "k", fmt.Sprint("of ", i)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	stored, err := open(t, path).Settings(t.Context())
	must(t, err)
	for _, v := range got {
		if v != stored["k"] || v == "" {
			t.Errorf("%q got %q", stored["k"], got)
		}
	}
}
