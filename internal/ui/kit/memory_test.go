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
