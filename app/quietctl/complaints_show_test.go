package main

import (
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/testkit"
)

// A case state comes with the endpoint's time, after what happened later here.
func TestTimelineIsInTheOrderOfTime(t *testing.T) {
	at := func(hour int) time.Time { return testkit.Epoch().Add(time.Duration(hour) * time.Hour) }
	in := []domain.TimelineEvent{
		{At: at(1), Kind: "created"},
		{At: at(2), Kind: "queued"},
		{At: at(9), Kind: "receipt_corrected"},
		{At: at(5), Kind: "case_state", CaseState: domain.CaseReceived},
		{At: at(5), Kind: "case_state", CaseState: domain.CaseAccepted},
	}
	var got []string
	for _, e := range inOrder(in) {
		got = append(got, e.Kind+string(e.CaseState))
	}
	const want = "created queued case_statereceived case_stateaccepted receipt_corrected"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("%s, want %s", s, want)
	}
	if in[2].Kind != "receipt_corrected" {
		t.Error("the list that was handed in is changed")
	}
}
