// Package secrets keeps the tokens of channels in the system's keyring, or,
// where there is none, in a file that only the user can read. The file also
// says which tokens the keyring has, so that one that cannot be opened just now
// is not taken for one without a token.
package secrets

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"
	"github.com/zalando/go-keyring"

	"quietline/internal/domain"
)

const (
	// service is the name under which entries appear in the keyring.
	service = "quietline"
	// patience is how long the keyring may take; a locked one may be waiting
	// for somebody who is not there.
	patience = 5 * time.Second
)

// Keyring is the part of the system's keyring that is used.
type Keyring interface {
	// Get fails with keyring.ErrNotFound where there is no such entry.
	Get(service, user string) (string, error)
	Set(service, user, password string) error
	// Delete fails with keyring.ErrNotFound where there is no such entry.
	Delete(service, user string) error
}

// System is the keyring of the operating system.
type System struct{}

// Get reads an entry.
func (System) Get(service, user string) (string, error) { return keyring.Get(service, user) }

// Set writes an entry.
func (System) Set(service, user, password string) error {
	return keyring.Set(service, user, password)
}

// Delete removes an entry.
func (System) Delete(service, user string) error { return keyring.Delete(service, user) }

// Params are what a Box needs.
type Params struct {
	// Keyring is nil where only the file is to be used.
	Keyring Keyring
	// Namespace tells workspaces apart in the one keyring of a user.
	Namespace string
	// File is the path of the file.
	File string
}

// Box keeps tokens. It is safe for concurrent use, also by several processes.
type Box struct {
	p  Params
	mu sync.Mutex
	// changes counts those of this process: two may come within a tick of the clock
	// that files bear.
	changes atomic.Int64
}

// New makes a Box; nothing is read or written yet.
func New(p Params) *Box { return &Box{p: p} }

func (b *Box) user(id domain.ChannelID) string {
	return b.p.Namespace + "/channel/" + strconv.FormatInt(int64(id), 10)
}

// Token gives the token of a channel, empty where there is none. It fails with
// Unavailable "secrets.keyring_locked" where the keyring has it and does not
// give it: to file without the token would be to file in nobody's name.
func (b *Box) Token(ctx context.Context, id domain.ChannelID) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	all, err := b.read()
	if err != nil {
		return "", err
	}
	token, ok := all[b.user(id)]
	if !ok || token != "" {
		return token, nil
	}
	err = b.try(ctx, func() (err error) {
		token, err = b.p.Keyring.Get(service, b.user(id))
		return err
	})
	switch {
	case errors.Is(err, keyring.ErrNotFound): // somebody took it out by hand
		return "", nil
	case err != nil: // a call that was left behind may still write to token
		return "", err
	default:
		return token, nil
	}
}

// HasToken says whether a channel has a token. It does not need the keyring,
// which may be locked.
func (b *Box) HasToken(_ context.Context, id domain.ChannelID) (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	all, err := b.read()
	_, ok := all[b.user(id)]
	return ok, err
}

// Have gives those of the channels that have a token. It does not need the
// keyring either.
func (b *Box) Have(_ context.Context, ids []domain.ChannelID) ([]domain.ChannelID, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	all, err := b.read()
	if err != nil {
		return nil, err
	}
	have := []domain.ChannelID{}
	for _, id := range ids {
		if _, ok := all[b.user(id)]; ok {
			have = append(have, id)
		}
	}
	return have, nil
}

// Version is another one whenever a token may be: each is kept by writing the file
// anew, also where the keyring has it.
func (b *Box) Version() string {
	info, err := os.Stat(b.p.File)
	if err != nil { // there is none, or Token says what is wrong with it
		return ""
	}
	return fmt.Sprint(b.changes.Load(), info.ModTime().UnixNano(), info.Size())
}

// SetToken keeps the token of a channel.
func (b *Box) SetToken(ctx context.Context, id domain.ChannelID, token string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	inFile := ""
	err := b.try(ctx, func() error { return b.p.Keyring.Set(service, b.user(id), token) })
	switch {
	case domain.KindOf(err) == domain.Cancelled:
		return err
	case err != nil:
		inFile = token
	}
	return b.change(func(all map[string]string) { all[b.user(id)] = inFile })
}

// DeleteToken forgets the token of a channel. It fails as Token does, and
// changes nothing then.
func (b *Box) DeleteToken(ctx context.Context, id domain.ChannelID) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	all, err := b.read()
	if err != nil {
		return err
	}
	inFile, ok := all[b.user(id)]
	if !ok {
		return nil
	}
	err = b.try(ctx, func() error { return b.p.Keyring.Delete(service, b.user(id)) })
	switch {
	case err == nil, errors.Is(err, keyring.ErrNotFound):
	case inFile == "", domain.KindOf(err) == domain.Cancelled:
		return err
	default:
		// Beside a token in the file, the keyring has an older one at most, which
		// is never looked at again.
	}
	return b.change(func(all map[string]string) { delete(all, b.user(id)) })
}

// InFile says whether a token itself lies in the file, so that the user can
// be told.
func (b *Box) InFile() (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	all, err := b.read()
	for _, token := range all {
		if token != "" {
			return true, err
		}
	}
	return false, err
}

// OnlyFile says whether a token that is kept now would lie in the file, because no
// keyring answers.
func (b *Box) OnlyFile(ctx context.Context) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	err := b.try(ctx, func() error {
		_, err := b.p.Keyring.Get(service, b.p.Namespace+"/none")
		return err
	})
	return err != nil && !errors.Is(err, keyring.ErrNotFound)
}

var errNoKeyring = errors.New("no keyring")

// try runs f against the keyring, but not for longer than patience: the call
// cannot be cancelled, only left behind. It fails with keyring.ErrNotFound,
// with Cancelled "cancelled" where ctx has ended, else with Unavailable
// "secrets.keyring_locked".
func (b *Box) try(ctx context.Context, f func() error) error {
	const op = "secrets.try"
	err := b.wait(ctx, f)
	switch {
	case err == nil, errors.Is(err, keyring.ErrNotFound):
		return err
	case ctx.Err() != nil:
		return domain.E(op, domain.Cancelled, "cancelled", nil, ctx.Err())
	default:
		return domain.E(op, domain.Unavailable, "secrets.keyring_locked", nil, err)
	}
}

func (b *Box) wait(ctx context.Context, f func() error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case b.p.Keyring == nil:
		return errNoKeyring
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// read gives the contents of the file: the token of each user of the keyring,
// empty where the keyring has it.
func (b *Box) read() (map[string]string, error) {
	const op = "secrets.read"
	data, err := os.ReadFile(b.p.File)
	if os.IsNotExist(err) {
		return map[string]string{}, nil
	}
	if err != nil {
		return nil, domain.E(op, domain.Denied, "secrets.unreadable", domain.Args{"Path": b.p.File}, err)
	}
	all := map[string]string{}
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, domain.E(op, domain.Corrupt, "secrets.damaged", domain.Args{"Path": b.p.File}, nil)
	}
	return all, nil
}

// change rewrites the file by way of a new one, so that a crash
// leaves the old or the new contents, never half of them.
func (b *Box) change(edit func(map[string]string)) error {
	const op = "secrets.change"
	args := domain.Args{"Path": b.p.File}
	lock := flock.New(b.p.File + ".lock")
	if err := lock.Lock(); err != nil {
		return domain.E(op, domain.Denied, "secrets.unwritable", args, err)
	}
	// The lock file stays: removing it would let two processes hold locks on
	// two files of one name.
	defer lock.Unlock() //nolint:errcheck // closing the file unlocks it too
	all, err := b.read()
	if err != nil {
		return err
	}
	before := len(all)
	edit(all)
	defer b.changes.Add(1)
	if before == 0 && len(all) == 0 {
		return nil
	}
	if err := b.write(all); err != nil {
		return domain.E(op, domain.Denied, "secrets.unwritable", args, err)
	}
	return nil
}

func (b *Box) write(all map[string]string) error {
	if len(all) == 0 {
		return os.Remove(b.p.File)
	}
	data, err := json.Marshal(all)
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(b.p.File), ".tokens-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) //nolint:errcheck // gone already when all went well
	_, werr := tmp.Write(data)  // CreateTemp makes it 0600
	if err := errors.Join(werr, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), b.p.File)
}
