package secrets_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/zalando/go-keyring"

	"quietline/internal/domain"
	"quietline/internal/secrets"
)

// ring is a keyring in memory; with err set it fails as a whole.
type ring struct {
	mu    sync.Mutex
	m     map[string]string
	err   error
	asked int
}

func (r *ring) Get(s, u string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked++
	v, ok := r.m[s+u]
	if r.err == nil && !ok {
		return "", keyring.ErrNotFound
	}
	return v, r.err
}

func (r *ring) Set(s, u, p string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked++
	if r.err == nil {
		r.m[s+u] = p
	}
	return r.err
}

func (r *ring) Delete(s, u string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked++
	if r.err == nil {
		delete(r.m, s+u)
	}
	return r.err
}

func TestTokens(t *testing.T) {
	for _, tc := range []struct {
		name     string
		keyring  secrets.Keyring
		wantFile bool
	}{
		{"in the keyring", &ring{m: map[string]string{}}, false},
		{"keyring fails", &ring{m: map[string]string{}, err: errors.New("locked")}, true},
		{"no keyring", nil, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			ctx := t.Context()
			file := filepath.Join(t.TempDir(), "tokens.json")
			b := secrets.New(secrets.Params{Keyring: tc.keyring, Namespace: "w", File: file})
			if got, err := b.Token(ctx, 1); got != "" || err != nil {
				t.Fatalf("before: %q, %v", got, err)
			}
			if err := b.SetToken(ctx, 1, "s3cret"); err != nil {
				t.Fatal(err)
			}
			if err := b.SetToken(ctx, 2, "other"); err != nil {
				t.Fatal(err)
			}
			if got, err := b.Token(ctx, 1); got != "s3cret" || err != nil {
				t.Errorf("Token = %q, %v", got, err)
			}
			if has, err := b.HasToken(ctx, 1); !has || err != nil {
				t.Errorf("HasToken = %v, %v", has, err)
			}
			info, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			if info.Mode().Perm() != 0o600 {
				t.Errorf("mode %v, want 0600", info.Mode())
			}
			text, err := os.ReadFile(file)
			if in := strings.Contains(string(text), "s3cret"); in != tc.wantFile || err != nil {
				t.Errorf("token in the file: %v, want %v; %v", in, tc.wantFile, err)
			}
			if in, err := b.InFile(); in != tc.wantFile || err != nil {
				t.Errorf("InFile = %v, %v", in, err)
			}
			for _, id := range []domain.ChannelID{1, 2, 3} {
				if err := b.DeleteToken(ctx, id); err != nil {
					t.Fatal(err)
				}
				if got, err := b.Token(ctx, id); got != "" || err != nil {
					t.Errorf("after: %q, %v", got, err)
				}
				if has, err := b.HasToken(ctx, id); has || err != nil {
					t.Errorf("after: %v, %v", has, err)
				}
			}
			left, err := os.ReadDir(filepath.Dir(file))
			if err != nil || len(left) != 1 || left[0].Name() != "tokens.json.lock" {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

// A token in a keyring that cannot be opened is not "no token": without it the
// complaint would go out in nobody's name, or pause the channel.
func TestKeyringFailsLater(t *testing.T) {
	r := &ring{m: map[string]string{}}
	b := secrets.New(secrets.Params{Keyring: r, File: filepath.Join(t.TempDir(), "tokens.json")})
	ctx := t.Context()
	if err := b.SetToken(ctx, 1, "s3cret"); err != nil {
		t.Fatal(err)
	}
	r.err = errors.New("locked")
	locked := func(what string, err error) {
		t.Helper()
		if domain.KeyOf(err) != "secrets.keyring_locked" || domain.KindOf(err) != domain.Unavailable {
			t.Errorf("%s: %v", what, err)
		}
	}
	got, err := b.Token(ctx, 1)
	locked("Token "+got, err)
	locked("DeleteToken", b.DeleteToken(ctx, 1))
	if has, err := b.HasToken(ctx, 1); !has || err != nil {
		t.Errorf("HasToken: %v, %v", has, err)
	}
	// A channel that never had a token does not need the keyring.
	before := r.asked
	if got, err := b.Token(ctx, 2); got != "" || err != nil {
		t.Errorf("Token of another channel: %q, %v", got, err)
	}
	if err := b.DeleteToken(ctx, 2); err != nil {
		t.Error(err)
	}
	if r.asked != before {
		t.Error("the keyring was asked for a token that was never set")
	}
	r.err = nil
	if got, err := b.Token(ctx, 1); got != "s3cret" || err != nil {
		t.Errorf("unlocked: %q, %v", got, err)
	}
	// What somebody took out of the keyring by hand is gone.
	clear(r.m)
	if got, err := b.Token(ctx, 1); got != "" || err != nil {
		t.Errorf("taken out: %q, %v", got, err)
	}
	if err := b.DeleteToken(ctx, 1); err != nil {
		t.Error(err)
	}
}

// A newer token that had to go into the file stands before the one in the
// keyring, and with it both are gone.
func TestDeletedTokenStaysAway(t *testing.T) {
	r := &ring{m: map[string]string{}}
	b := secrets.New(secrets.Params{Keyring: r, File: filepath.Join(t.TempDir(), "tokens.json")})
	ctx := t.Context()
	if err := b.SetToken(ctx, 1, "old"); err != nil {
		t.Fatal(err)
	}
	r.err = errors.New("locked")
	if err := b.SetToken(ctx, 1, "new"); err != nil {
		t.Fatal(err)
	}
	if got, err := b.Token(ctx, 1); got != "new" || err != nil {
		t.Errorf("Token = %q, %v", got, err)
	}
	if err := b.DeleteToken(ctx, 1); err != nil {
		t.Fatal(err)
	}
	r.err = nil
	if got, err := b.Token(ctx, 1); got != "" || err != nil {
		t.Errorf("the deleted token is back: %q, %v", got, err)
	}
}

// Work that was stopped is not a keyring that fails.
func TestStopped(t *testing.T) {
	r := &ring{m: map[string]string{}}
	dir := t.TempDir()
	b := secrets.New(secrets.Params{Keyring: r, File: filepath.Join(dir, "tokens.json")})
	if err := b.SetToken(t.Context(), 1, "s3cret"); err != nil {
		t.Fatal(err)
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := b.Token(stopped, 1)
	for what, err := range map[string]error{
		"Token": err, "SetToken": b.SetToken(stopped, 1, "other"), "DeleteToken": b.DeleteToken(stopped, 1),
	} {
		if domain.KindOf(err) != domain.Cancelled || !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if text, err := os.ReadFile(filepath.Join(dir, "tokens.json")); err != nil || strings.Contains(string(text), "other") {
		t.Errorf("file %q, %v", text, err)
	}
	if got, err := b.Token(t.Context(), 1); got != "s3cret" || err != nil {
		t.Errorf("Token = %q, %v", got, err)
	}
}

func TestDamagedFileIsRefusedAndLeftAlone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "tokens.json")
	if err := os.WriteFile(file, []byte("{not json"), 0o600); err != nil {
		t.Fatal(err)
	}
	b := secrets.New(secrets.Params{File: file})
	if err := b.SetToken(t.Context(), 1, "x"); domain.KeyOf(err) != "secrets.damaged" {
		t.Errorf("SetToken: %v", err)
	}
	if got, err := os.ReadFile(file); string(got) != "{not json" || err != nil {
		t.Errorf("file is now %q, %v", got, err)
	}
}

func TestOnlyFile(t *testing.T) {
	for name, tc := range map[string]struct {
		keyring secrets.Keyring
		want    bool
	}{
		"a keyring": {&ring{m: map[string]string{}}, false}, "a locked one": {&ring{err: errors.New("locked")}, true}, "none": {nil, true},
	} {
		b := secrets.New(secrets.Params{Keyring: tc.keyring, Namespace: "w", File: filepath.Join(t.TempDir(), "tokens.json")})
		if got := b.OnlyFile(t.Context()); got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestVersion: a token that was replaced, here or by another process, is noticed
// without a look into the keyring.
func TestVersion(t *testing.T) {
	for name, r := range map[string]*ring{
		"in the keyring": {m: map[string]string{}}, "in the file": {m: map[string]string{}, err: errors.New("locked")},
	} {
		p := secrets.Params{Keyring: r, Namespace: "w", File: filepath.Join(t.TempDir(), "tokens.json")}
		here, there := secrets.New(p), secrets.New(p)
		before := here.Version()
		for i, change := range []func() error{
			func() error { return here.SetToken(t.Context(), 1, "a") },
			func() error { return here.SetToken(t.Context(), 1, "b") },
			func() error { return there.SetToken(t.Context(), 2, "c") },
			func() error { return here.DeleteToken(t.Context(), 2) },
		} {
			if err := change(); err != nil && r.err == nil {
				t.Fatal(err)
			}
			asked := r.asked
			now := here.Version()
			if now == before || now != here.Version() || r.asked != asked {
				t.Errorf("%s, %d: %q after %q, asked %d times", name, i, now, before, r.asked-asked)
			}
			before = now
		}
	}
}

func BenchmarkVersion(b *testing.B) {
	box := secrets.New(secrets.Params{Namespace: "w", File: filepath.Join(b.TempDir(), "tokens.json")})
	if err := box.SetToken(b.Context(), 1, "a"); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		_ = box.Version()
	}
}
