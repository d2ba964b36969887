package kit_test

import (
	"context"
	"testing"
	"time"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestThrottle(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	th := kit.NewThrottle(h.Env.Jobs, time.Second)
	ctx, leave := context.WithCancel(t.Context())
	calls := 0
	call := func() { calls++ }
	th.Call(ctx, call)
	th.Call(ctx, call)
	if calls != 0 {
		t.Fatal("called at once")
	}
	h.Fire()
	if calls != 1 {
		t.Fatalf("%d calls, want one for both", calls)
	}
	th.Call(ctx, call)
	leave()
	h.Fire()
	if calls != 1 {
		t.Fatal("called after the page was left")
	}
	th.Call(t.Context(), call)
	h.Fire()
	if calls != 2 {
		t.Fatal("a call that never came keeps later ones away")
	}
}
