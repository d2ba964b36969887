package complaints

import (
	"context"

	"quietline/internal/filing"
)

// WaitingFiling is what the page needs of the use cases on what does not go on
// by itself.
type WaitingFiling interface {
	CountWaiting(ctx context.Context) (filing.Waiting, error)
	ResumeChannel(ctx context.Context, name string) error
}

// Stuck is how many complaints the outbox has been trying for over a day.
func (m *Model) Stuck() int { return m.waiting.Stuck }

// Stopped are the paused channels for which complaints wait.
func (m *Model) Stopped() []filing.Stopped { return m.waiting.Stopped }

// Resume lets a paused channel send again.
func (m *Model) Resume(name string, done func()) {
	m.p.Write(func(ctx context.Context) error {
		return m.p.Filing.ResumeChannel(ctx, name)
	}, func(err error) {
		if err != nil {
			m.p.Events.Failed(err)
		} else {
			done()
		}
		m.Reload()
	})
}
