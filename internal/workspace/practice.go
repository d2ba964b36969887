package workspace

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"sync"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/practice"
)

// embedded is the practice endpoint inside this process, started when a
// channel first asks for it. It listens on a loopback port of its own and
// wants a token that only this process knows, so that no other program on the
// machine can file with it.
type embedded struct {
	p      Params
	mu     sync.Mutex
	url    string
	token  string
	server *practice.Server
	cancel context.CancelFunc
	wait   func() error
}

func newEmbedded(p Params) *embedded { return &embedded{p: p} }

// address starts the endpoint if need be and gives its URL and token.
func (e *embedded) address(ctx context.Context) (url, token string, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.server != nil {
		return e.url, e.token, nil
	}
	doc, err := fs.ReadFile(assets.OpenAPI(), "intake-v1.yaml")
	if err != nil {
		return "", "", domain.E("workspace.practice", domain.Internal, "internal", nil, err)
	}
	token = e.p.Source.UUID()
	s, err := practice.New(ctx, practice.Params{
		Path: filepath.Join(e.p.Dir, PracticeFile), Clock: e.p.Clock, Source: e.p.Source,
		Token: token, OpenAPI: doc, Texts: e.p.Printer, Log: e.p.Log,
	})
	if err != nil {
		return "", "", err
	}
	// It lives as long as the workspace, not as long as the request that
	// needed it first.
	life, cancel := context.WithCancel(context.WithoutCancel(ctx))
	url, wait, err := s.Serve(life, "127.0.0.1:0")
	if err != nil {
		cancel()
		return "", "", errors.Join(err, s.Close())
	}
	e.url, e.token, e.server, e.cancel, e.wait = url, token, s, cancel, wait
	return url, token, nil
}

func (e *embedded) close() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.server == nil {
		return nil
	}
	e.cancel()
	return errors.Join(e.wait(), e.server.Close())
}
