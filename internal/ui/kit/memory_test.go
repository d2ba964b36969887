package kit_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

func TestMemory(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	stored, fault := []string{}, error(nil)
	m := kit.NewMemory(h.Env, map[string]string{"a": `["x"]`, "broken": "{"}, func(_ context.Context, name, value string) error {
		stored = append(stored, name+"="+value)
		return fault
	})
	var list []string
	m.Get("a", &list)
	kept := []string{"kept"}
	m.Get("broken", &kept)
	m.Get("nothing", &kept)
	if diff := cmp.Diff([][]string{{"x"}, {"kept"}}, [][]string{list, kept}); diff != "" {
		t.Error(diff)
	}
	m.Set("a", []string{"x"}) // no news
	fault = errors.New("disk")
	m.Set("a", []string{"y"})
	m.Get("a", &list)
	if diff := cmp.Diff([][]string{{`a=["y"]`}, {"y"}}, [][]string{stored, list}); diff != "" {
		t.Error(diff)
	}
	if h.Log.Len() == 0 {
		t.Error("a fault is not in the log")
	}
	var none *kit.Memory
	none.Set("a", 1)
	none.Get("a", &list)
}

// Of values that were chosen one soon after the other the last is the one that is
// there at the next start, however long storing takes.
func TestMemoryKeepsTheLast(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	var late []func()
	h.Env.Jobs = kit.NewJobs(kit.JobsParams{
		Base: t.Context(), Dispatch: func(f func()) { f() }, Start: func(f func()) { late = append(late, f) }, Log: h.Env.Log,
	})
	stored := map[string]string{}
	m := kit.NewMemory(h.Env, nil, func(_ context.Context, name, value string) error {
		stored[name] = value
		return nil
	})
	m.Set("a", 1)
	m.Set("a", 2)
	m.Set("b", 3)
	m.Set("a", 4)
	for len(late) > 0 { // what was begun last ends first
		last := late[len(late)-1]
		late = late[:len(late)-1]
		last()
	}
	if diff := cmp.Diff(map[string]string{"a": "4", "b": "3"}, stored); diff != "" {
		t.Error(diff)
	}
}
