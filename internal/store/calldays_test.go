package store

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/lookout"
	"quietline/internal/testkit"
)

// A workspace of an older version counts its days when it is opened: those of calls
// that were taken in, for several people.
func TestDaysOfAnOlderWorkspace(t *testing.T) {
	path, clock := filepath.Join(t.TempDir(), "quietline.db"), testkit.NewClock()
	before, err := presentSchema()
	if err != nil {
		t.Fatal(err)
	}
	before.migrations = before.migrations[:14]
	s, err := openAs(t, path, clock, before)
	if err != nil {
		t.Fatal(err)
	}
	ada := domain.Person{Name: "Ada", Relation: domain.RelationRelative}
	if err := s.AddPerson(t.Context(), &ada); err != nil {
		t.Fatal(err)
	}
	calls := manyCalls(60)
	for i := range calls {
		c := &calls[i]
		c.StartedAt = testkit.Epoch().Add(time.Duration(i) * 97 * time.Minute)
		if i%3 == 0 {
			c.PersonID = ada.ID
		}
		if i%4 == 0 {
			c.Family = domain.FamilyMobile
		}
		if i%5 == 0 {
			c.Direction = domain.DirectionOutgoing
		}
	}
	if _, err := s.AddCalls(t.Context(), calls, false); err != nil {
		t.Fatal(err)
	}
	// All but the last are taken in, and their days judged.
	if _, err := s.write.ExecContext(t.Context(), "UPDATE alert_state SET last_call = 59"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, err = Open(t.Context(), Params{Path: path, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.view(t.Context(), "test", func(tx *sql.Tx) error {
		for _, f := range []lookout.StatsFilter{{}, {PersonID: domain.SelfID}, {PersonID: ada.ID}} {
			var kept, walked insight.Stats
			told, err := keptTimes(t.Context(), tx, &kept, f)
			if err != nil || !told {
				t.Fatalf("told: %v, %v", told, err)
			}
			if err := walkTimes(t.Context(), tx, &walked, f); err != nil {
				return err
			}
			if d := cmp.Diff(walked, kept); d != "" || walked.Calls == 0 {
				t.Errorf("%+v (-walk +kept)\n%s", f, d)
			}
		}
		n, err := scanValue[int](tx.QueryRowContext(t.Context(), "SELECT count(DISTINCT person_id) FROM call_day"))
		if n != 2 {
			t.Errorf("the days of %d people", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
