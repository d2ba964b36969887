package complaints

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Withdraw takes the open complaint back from its endpoint. done hears what came
// of it, or why it was not asked for: a problem at the field of the reason.
func (m *Model) Withdraw(reason string, done func(filing.Detail, error)) {
	id := m.openID
	if id == "" {
		return
	}
	var d filing.Detail
	m.p.Write(func(ctx context.Context) (err error) {
		d, err = m.p.Filing.Withdraw(ctx, string(id), reason)
		return err
	}, func(err error) {
		done(d, err)
		if err == nil || domain.KindOf(err) != domain.Invalid {
			m.Refresh() // it may have been closed elsewhere: show what is true now
		}
	})
}
