package filing

import (
	"time"

	"quietline/internal/domain"
)

// KeyLife is how long an endpoint keeps idempotency keys at least
// (intake-api.md, decisions).
const KeyLife = 30 * 24 * time.Hour

// FromBackup is a complaint of the outbox as it comes out of a backup.
type FromBackup struct {
	State    domain.SendState
	Kind     domain.ChannelKind
	Attempts int
	QueuedAt time.Time
	// TakenAt is when the backup was made, Now when it was restored.
	TakenAt, Now time.Time
}

// AfterRestore says what becomes of a complaint that comes out of a backup, in
// which state it goes on and whether the outbox looks at it by itself. It is
// pure.
//
// What waited when the backup was made may have been filed since, and the backup
// cannot know. So it is unknown, whatever it was, and cleared up by its key,
// which is the same as ever. Where the channel knows no keys, or where the
// endpoint may have forgotten this one by now, nothing is sent before a person
// has looked. What a person files anyway stays as it is.
func AfterRestore(c FromBackup) (state domain.SendState, due bool) {
	switch c.State {
	case domain.SendToken:
		return domain.SendToken, true // it is filed; asking for its number sends nothing
	case domain.SendQueued, domain.SendRetry, domain.SendSending, domain.SendUnknown:
	default:
		return c.State, false
	}
	if c.Kind == domain.ChannelAssisted {
		return c.State, false
	}
	first := c.QueuedAt // when the key may have been used first
	if c.Attempts == 0 {
		first = c.TakenAt
	}
	return domain.SendUnknown, c.Kind == domain.ChannelIntake && c.Now.Sub(first) < KeyLife
}
