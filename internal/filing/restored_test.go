package filing_test

import (
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/testkit"
)

func TestAfterRestore(t *testing.T) {
	now := testkit.Epoch()
	day := 24 * time.Hour
	for name, tt := range map[string]struct {
		state    domain.SendState
		kind     domain.ChannelKind
		attempts int
		queued   time.Duration // before now
		taken    time.Duration // before now
		want     domain.SendState
		due      bool
	}{
		"queued":                      {domain.SendQueued, domain.ChannelIntake, 0, day, day, domain.SendUnknown, true},
		"waits for another try":       {domain.SendRetry, domain.ChannelIntake, 3, day, day, domain.SendUnknown, true},
		"was being sent":              {domain.SendSending, domain.ChannelIntake, 1, day, day, domain.SendUnknown, true},
		"unknown":                     {domain.SendUnknown, domain.ChannelIntake, 1, day, day, domain.SendUnknown, true},
		"token":                       {domain.SendToken, domain.ChannelIntake, 1, 90 * day, 90 * day, domain.SendToken, true},
		"old backup":                  {domain.SendQueued, domain.ChannelIntake, 0, 31 * day, 30 * day, domain.SendUnknown, false},
		"long in the outbox, untried": {domain.SendQueued, domain.ChannelIntake, 0, 90 * day, day, domain.SendUnknown, true},
		"long in the outbox, tried":   {domain.SendRetry, domain.ChannelIntake, 1, 30 * day, day, domain.SendUnknown, false},
		"channel without keys":        {domain.SendQueued, domain.ChannelOpen311, 0, day, day, domain.SendUnknown, false},
		"a person files it":           {domain.SendQueued, domain.ChannelAssisted, 0, day, day, domain.SendQueued, false},
		"draft":                       {domain.SendDraft, domain.ChannelIntake, 0, day, day, domain.SendDraft, false},
		"sent":                        {domain.SendSent, domain.ChannelIntake, 1, day, day, domain.SendSent, false},
		"failed":                      {domain.SendFailed, domain.ChannelIntake, 1, day, day, domain.SendFailed, false},
		"cancelled":                   {domain.SendCancelled, domain.ChannelIntake, 0, day, day, domain.SendCancelled, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, due := filing.AfterRestore(filing.FromBackup{
				State: tt.state, Kind: tt.kind, Attempts: tt.attempts,
				QueuedAt: now.Add(-tt.queued), TakenAt: now.Add(-tt.taken), Now: now,
			})
			if got != tt.want || due != tt.due {
				t.Errorf("%s, due %v; want %s, %v", got, due, tt.want, tt.due)
			}
		})
	}
}
