// Package secrets keeps the tokens of channels in the system's keyring, or,
// where there is none, in a file that only the user can read.
package secrets

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"sync"
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
	// File is the path of the fallback file.
	File string
}

// Box keeps tokens. It is safe for concurrent use, also by several processes.
type Box struct {
	p  Params
	mu sync.Mutex
}

// New makes a Box; nothing is read or written yet.
func New(p Params) *Box { return &Box{p: p} }

func (b *Box) user(id domain.ChannelID) string {
	return b.p.Namespace + "/channel/" + strconv.FormatInt(int64(id), 10)
}

// Token gives the token of a channel, empty where there is none.
func (b *Box) Token(ctx context.Context, id domain.ChannelID) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	// The file comes first: what is in it was put there because the keyring
	// did not answer, and most machines have no file at all.
	all, err := b.read()
	if err != nil {
		return "", err
	}
	if token, ok := all[b.user(id)]; ok {
		return token, nil
	}
	var token string
	err = b.try(ctx, func() (err error) {
		token, err = b.p.Keyring.Get(service, b.user(id))
		return err
	})
	if err != nil {
		return "", nil //nolint:nilerr // no keyring and no entry both mean: no token
	}
	return token, nil
}

// SetToken keeps the token of a channel.
func (b *Box) SetToken(ctx context.Context, id domain.ChannelID, token string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	err := b.try(ctx, func() error { return b.p.Keyring.Set(service, b.user(id), token) })
	if err == nil {
		return b.change(func(all map[string]string) { delete(all, b.user(id)) })
	}
	return b.change(func(all map[string]string) { all[b.user(id)] = token })
}

// DeleteToken forgets the token of a channel.
func (b *Box) DeleteToken(ctx context.Context, id domain.ChannelID) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	// An entry that is not there, or a keyring that is not there, is what was
	// wanted.
	_ = b.try(ctx, func() error { return b.p.Keyring.Delete(service, b.user(id)) })
	return b.change(func(all map[string]string) { delete(all, b.user(id)) })
}

// InFile says whether a token lies in the fallback file, so that the user can
// be told.
func (b *Box) InFile() (bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	all, err := b.read()
	return len(all) > 0, err
}

var errNoKeyring = errors.New("no keyring")

// try runs f against the keyring, but not for longer than patience: the call
// cannot be cancelled, only left behind.
func (b *Box) try(ctx context.Context, f func() error) error {
	if b.p.Keyring == nil {
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

// read gives the contents of the fallback file.
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

// change rewrites the fallback file by way of a new one, so that a crash
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
