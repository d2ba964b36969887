package store

import (
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/insight"
	"quietline/internal/lookout"
	"quietline/internal/testkit"
)

// What is judged comes out of an index in its order: nothing is sorted.
func TestAlertPlans(t *testing.T) {
	s := fresh(t)
	if _, err := s.AddCalls(t.Context(), manyCalls(2000), false); err != nil {
		t.Fatal(err)
	}
	now := testkit.Epoch().UnixMilli()
	for name, tt := range map[string]struct {
		query, want string
		args        []any
	}{
		"days":  {receivedBy(), "call_person_start (person_id=? AND started_at>? AND started_at<?", []any{1, now, now}},
		"weeks": {receivedUnder, "COVERING INDEX call_code_received (code=? AND started_at>? AND started_at<?", []any{"95000", now, now}},
		"alerts of a person": {
			keptColumns + keptOfPerson, "alert_identity", []any{1, 1, 1},
		},
		"campaigns": {keptColumns + keptOfCode, "alert_campaign", []any{1, 1, "95000"}},
		"becoming known": {
			markDays(newlyKnown), "call_identity (number=? AND started_at>?", []any{0, 1 << 40},
		},
	} {
		plan := planOf(t, s, tt.query, tt.args)
		if !strings.Contains(plan, tt.want) || name != "becoming known" && strings.Contains(plan, "FOR ORDER BY") {
			t.Errorf("%s:\n%s", name, plan)
		}
	}
}

// Statistics come out of indexes alone.
func TestStatPlans(t *testing.T) {
	s := fresh(t)
	for _, f := range []lookout.StatsFilter{{}, {PersonID: 1}, {PersonID: 1, From: testkit.Epoch(), To: testkit.Epoch().Add(time.Hour)}} {
		w := statConds(lookout.StatsFilter{PersonID: f.PersonID})
		inHours(w, f)
		w.add("c.direction <> 'outgoing'")
		plan := planOf(t, s, byHour(w), w.args)
		if !strings.Contains(plan, "COVERING INDEX call_hour") || strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%+v:\n%s", f, plan)
		}
		ends := statConds(f)
		ends.add("c.direction <> 'outgoing'")
		if plan := planOf(t, s, endOf(f, ends, "DESC"), ends.args); strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("ends of %+v:\n%s", f, plan)
		}
	}
}

// New alerts are taken from an index, and a day is counted from one.
func TestPlansOfNewAlertsAndDays(t *testing.T) {
	s := fresh(t)
	for query, want := range map[string]string{
		"SELECT id" + newAlerts + " ORDER BY to_at DESC, id DESC LIMIT 3": "USING COVERING INDEX alert_pressing (severity=?)",
		"SELECT count(*)" + newAlerts:                                     "USING COVERING INDEX alert_pressing (severity=?)",
	} {
		if plan := planOf(t, s, query, []any{"danger"}); !strings.Contains(plan, want) || strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%s:\n%s", query, plan)
		}
	}
	if plan := planOf(t, s, "SELECT count(*)"+onDay, []any{1, 1}); !strings.Contains(plan, "COVERING INDEX call_hour (<expr>>? AND <expr><?)") {
		t.Error(plan)
	}
}

// So does how far complaints have come: their texts are not read.
func TestFunnelPlans(t *testing.T) {
	s := fresh(t)
	for _, f := range []filing.FunnelFilter{{}, {PersonID: 1}, {PersonID: 1, From: testkit.Epoch(), To: testkit.Epoch().Add(time.Hour)}} {
		w := funnelConds(f)
		plan := planOf(t, s, byStates(w), w.args)
		if !strings.Contains(plan, "COVERING INDEX complaint_course") || strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%+v:\n%s", f, plan)
		}
	}
}

// The periods that SQL counts are those of the rules.
func TestPeriodsInSQL(t *testing.T) {
	s := fresh(t)
	for _, at := range []time.Time{
		testkit.Epoch(), domain.OldestCall(),
		time.Date(2024, 5, 26, 23, 59, 59, 999e6, domain.China()), time.Date(2024, 5, 27, 0, 0, 0, 0, domain.China()),
		time.Date(2024, 5, 27, 11, 59, 59, 999e6, domain.China()), time.Date(2024, 5, 27, 12, 0, 0, 0, domain.China()),
	} {
		ms := at.UnixMilli()
		var day, earlier, week, before, next int64
		err := s.read.QueryRowContext(t.Context(),
			"SELECT "+ownDay+", "+earlierDay+", "+ownWeek+", "+beforeWeek+", "+afterWeek+" FROM (SELECT ? AS started_at)", ms).
			Scan(&day, &earlier, &week, &before, &next)
		if err != nil {
			t.Fatal(err)
		}
		if day != insight.Day(ms) || earlier != insight.Day(ms-insight.DayLookahead) ||
			week != insight.Week(ms) || before != insight.Week(ms-insight.WeekLookahead) || next != insight.Week(ms+insight.WeekLookback) {
			t.Errorf("%s: %d %d %d %d %d", at, day, earlier, week, before, next)
		}
	}
	if insight.KnownTalk != 30*time.Second || !strings.Contains(makesKnown, "30000") {
		t.Error("SQL and rules differ about who is known")
	}
}

// A call that is removed or changed by whatever statement is noticed, so that
// no way of changing the log can forget the alerts.
func TestEveryChangeIsMarked(t *testing.T) {
	s := fresh(t)
	talk := time.Minute
	calls := manyCalls(3)
	calls[0].Duration = &talk
	if _, err := s.AddCalls(t.Context(), calls, false); err != nil {
		t.Fatal(err)
	}
	if n, err := s.TakeIn(t.Context(), 10); n != 3 || err != nil {
		t.Fatal(n, err)
	}
	marks := func() (days, weeks, stale, known int) {
		err := s.read.QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM alert_day), (SELECT count(*) FROM alert_week),
			(SELECT count(*) FROM alert_stale), (SELECT count(*) FROM alert_known)`).Scan(&days, &weeks, &stale, &known)
		if err != nil {
			t.Fatal(err)
		}
		return days, weeks, stale, known
	}
	for _, statement := range []string{
		"UPDATE call SET code = '95999' WHERE id = 1", "UPDATE call SET started_at = started_at + 1 WHERE id = 1",
		"UPDATE OR IGNORE call SET ring = 5000 WHERE id = 1", "UPDATE OR REPLACE call SET techniques = 'human' WHERE id = 1",
		"DELETE FROM call WHERE id = 1",
	} {
		if _, err := s.write.ExecContext(t.Context(), "DELETE FROM alert_day; DELETE FROM alert_week; DELETE FROM alert_stale"); err != nil {
			t.Fatal(err)
		}
		// Twice: the marks of the first are there already.
		for range 2 {
			if _, err := s.write.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(statement, err)
			}
		}
		if days, weeks, stale, _ := marks(); days == 0 || weeks == 0 || stale != 1 {
			t.Errorf("%s: %d days, %d weeks, %d numbers", statement, days, weeks, stale)
		}
	}
	if _, err := s.TakeIn(t.Context(), 10); err != nil {
		t.Fatal(err)
	}
	if _, _, stale, known := marks(); stale != 0 || known != 0 {
		t.Errorf("%d numbers left, %d known", stale, known)
	}
	// What was not taken in yet is marked then.
	if _, err := s.write.ExecContext(t.Context(), "DELETE FROM alert_day; UPDATE alert_state SET last_call = 0; UPDATE call SET ring = 1"); err != nil {
		t.Fatal(err)
	}
	if days, _, _, _ := marks(); days != 0 {
		t.Errorf("%d days", days)
	}
}
