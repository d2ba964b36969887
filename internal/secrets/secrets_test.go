package secrets_test

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/zalando/go-keyring"

	"quietline/internal/domain"
	"quietline/internal/secrets"
)

// ring is a keyring in memory; with err set it fails as a whole.
type ring struct {
	mu  sync.Mutex
	m   map[string]string
	err error
}

func (r *ring) Get(s, u string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, ok := r.m[s+u]
	if r.err == nil && !ok {
		return "", keyring.ErrNotFound
	}
	return v, r.err
}

func (r *ring) Set(s, u, p string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.m[s+u] = p
	}
	return r.err
}

func (r *ring) Delete(s, u string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.m, s+u)
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
			info, err := os.Stat(file)
			if (err == nil) != tc.wantFile {
				t.Errorf("file there: %v, want %v", err == nil, tc.wantFile)
			}
			if err == nil && info.Mode().Perm() != 0o600 {
				t.Errorf("mode %v, want 0600", info.Mode())
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
			}
			left, err := os.ReadDir(filepath.Dir(file))
			if err != nil || len(left) != 1 || left[0].Name() != "tokens.json.lock" {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
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
