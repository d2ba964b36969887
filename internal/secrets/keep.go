package secrets

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/zalando/go-keyring"

	"quietline/internal/domain"
)

// KeepOnly forgets every token of the file but those of these channels, also
// those under another namespace. It fails as Token does, and has forgotten
// nothing more than the keyring has then; with anyway what the keyring does not
// give up is never looked at again.
func (b *Box) KeepOnly(ctx context.Context, ids []domain.ChannelID, anyway bool) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	all, err := b.read()
	if err != nil {
		return err
	}
	var keep, gone []string
	for _, id := range ids {
		keep = append(keep, b.user(id))
	}
	for _, user := range slices.Sorted(maps.Keys(all)) {
		if slices.Contains(keep, user) {
			continue
		}
		if all[user] == "" { // the keyring has it
			err = b.try(ctx, func() error { return b.p.Keyring.Delete(service, user) })
		}
		if err != nil && !errors.Is(err, keyring.ErrNotFound) && !anyway {
			return err
		}
		gone = append(gone, user)
	}
	return b.change(func(all map[string]string) {
		for _, user := range gone {
			delete(all, user)
		}
	})
}
