package custody_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/filing"
)

// A channel that never had a token is not among those whose token is asked for. Of
// a backup that does not say, all are that may have had one.
func TestRestoreAsksForTokensThatWere(t *testing.T) {
	dir := lived(t)
	w := open(t, dir)
	_, err := w.Filing.AddChannel(t.Context(), filing.ChannelInput{Name: "open to all", Kind: domain.ChannelIntake, URL: "https://open.invalid/v1"})
	must(t, err)
	shut(t, w)
	for name, tt := range map[string]struct {
		change func(*custody.Params)
		want   int
	}{
		"known":   {anyRoom, 1},
		"unknown": {func(p *custody.Params) { p.Tokens = shutBox{box{dir}} }, 2},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "backup")
			_, err := tryBackup(t, service(dir, anyRoom, tt.change), dir, custody.BackupRequest{File: file})
			must(t, err)
			to := filepath.Join(t.TempDir(), "elsewhere")
			must(t, os.Mkdir(to, 0o700))
			got, err := service(to).Restore(t.Context(), custody.RestoreRequest{File: file})
			must(t, err)
			if got.NoToken != tt.want {
				t.Errorf("%d channels need a token, want %d", got.NoToken, tt.want)
			}
		})
	}
}

// shutBox does not say which channels have a token.
type shutBox struct{ box }

func (shutBox) Have(context.Context, string, []domain.ChannelID) ([]domain.ChannelID, error) {
	return nil, errors.New("cannot be read")
}

// A program that dies, or cannot forget a token, just when tokens are forgotten
// leaves none for an endpoint that it was not entered for.
func TestTokensOfOthersAreForgottenOrNothingIsReplaced(t *testing.T) {
	for name, b := range map[string]brokenBox{"killed": {}, "fails": {err: errors.New("cannot be written")}} {
		t.Run(name, func(t *testing.T) {
			dir := lived(t)
			file := backup(t, dir, "")
			exec(t, dir, "UPDATE channel SET url = 'https://other.invalid/v1' WHERE name = 'centre'")
			b.box = box{dir}
			s := service(dir, func(p *custody.Params) { p.Tokens = b })
			func() {
				defer func() { _ = recover() }()
				custody.RestoreWithoutCleaning(t.Context(), s, file)
			}()
			shut(t, open(t, dir)) // ends what was half done
			kept := strings.Contains(files(t, dir)[custody.TokensFile], "xyzzy")
			if url := ask[string](t, dir, "SELECT url FROM channel WHERE name = 'centre'"); !kept || url != "https://other.invalid/v1" {
				t.Errorf("the token is there: %v, and goes to %s", kept, url)
			}
		})
	}
}

// brokenBox forgets nothing: it fails, or the program dies.
type brokenBox struct {
	box
	err error
}

func (b brokenBox) Keep(context.Context, string, []domain.ChannelID, bool) error {
	if b.err == nil {
		panic("killed")
	}
	return b.err
}
