package practice_test

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"quietline/internal/l10n"
	"quietline/internal/practice"
	"quietline/internal/testkit"
)

// direct runs an endpoint inside a bubble whose time stands still while
// anything works: it is asked without a network.
func direct(t *testing.T, faults practice.Faults, token string) *practice.Server {
	t.Helper()
	s, err := practice.New(t.Context(), practice.Params{
		Path: filepath.Join(t.TempDir(), "practice.db"), Clock: testkit.NewClock(), Source: &testkit.Source{},
		Texts: testkit.Printer(t, l10n.English), Faults: faults, Token: token,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// post files a complaint under the nth key.
func post(s *practice.Server, n int, header ...string) answer {
	r := httptest.NewRequest(http.MethodPost, "http://localhost/v1/complaints", strings.NewReader(complaint(n)))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", quoted(n))
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.String()}
}

// Requests with one key that come while a slow endpoint looks at the first of
// them are told so; each waits as long as any call.
func TestSlowEndpointTellsThatTheFirstRequestRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const clients, latency = 8, 5 * time.Second
		s := direct(t, practice.Faults{Latency: latency}, "")
		var (
			mu       sync.Mutex
			statuses = map[int]int{}
			wg       sync.WaitGroup
		)
		begun := time.Now()
		for range clients {
			wg.Go(func() {
				a := post(s, 1)
				if a.status == http.StatusConflict && (a.problem(t) != "request-in-progress" || a.header.Get("Retry-After") == "") {
					t.Errorf("%s %v", a.body, a.header)
				}
				mu.Lock()
				defer mu.Unlock()
				statuses[a.status]++
			})
		}
		wg.Wait()
		if statuses[http.StatusCreated] != 1 || statuses[http.StatusConflict] != clients-1 {
			t.Errorf("the statuses are %v, want one 201 and %d 409", statuses, clients-1)
		}
		if took := time.Since(begun); took != latency {
			t.Errorf("%v, want %v", took, latency)
		}
		if a := post(s, 1); a.status != http.StatusCreated || a.header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("afterwards: %d %s", a.status, a.body)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

// Who may not file must not be able to hold up those who may.
func TestStrangerDoesNotTakeAKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := direct(t, practice.Faults{Latency: time.Second}, "practice-token")
		var stranger answer
		var wg sync.WaitGroup
		wg.Go(func() { stranger = post(s, 1, "Authorization", "Bearer wrong") })
		synctest.Wait() // the stranger waits
		if a := post(s, 1, "Authorization", "Bearer practice-token"); a.status != http.StatusCreated {
			t.Errorf("%d %s", a.status, a.body)
		}
		wg.Wait()
		if stranger.status != http.StatusUnauthorized {
			t.Errorf("the stranger: %d %s", stranger.status, stranger.body)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}
