package domain_test

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
)

// No error brings a path, an address or somebody's input into the log, however it
// is wrapped.
func TestNameless(t *testing.T) {
	const canary = "canary-13800138777"
	_, open := os.Open("/nonexistent/" + canary)
	link := os.Rename("/nonexistent/"+canary, "/nonexistent/b")
	_, number := strconv.Atoi(canary)
	_, clock := time.Parse(time.RFC3339, canary)
	_, address := url.Parse(strings.Join([]string{"http://[", canary}, ""))
	for name, err := range map[string]error{
		"open": open, "link": link, "number": number, "time": clock, "address": address,
		"wrapped": fmt.Errorf("reading: %w", open), "twice": fmt.Errorf("a: %w", fmt.Errorf("b: %w", number)),
		"joined": errors.Join(open, link, fmt.Errorf("c: %w", clock)),
		"keyed":  domain.E("op", domain.Denied, "key", domain.Args{"Path": canary}, fmt.Errorf("d: %w", open)),
		"deeper": fmt.Errorf("e: %w", domain.E("op", domain.Denied, "key", nil, errors.Join(open, number))),
	} {
		if err == nil {
			t.Fatalf("%s: no error", name)
		}
		if got := domain.Nameless(err); strings.Contains(got, canary) || got == "" {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := domain.Nameless(domain.E("op", domain.Denied, "key", nil, open)); !strings.Contains(got, "no such file") && !strings.Contains(got, "cannot find") {
		t.Errorf("the reason is gone too: %q", got)
	}
	if domain.Nameless(nil) != "" {
		t.Error("nothing")
	}
}
