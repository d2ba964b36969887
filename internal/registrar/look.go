package registrar

import (
	"context"
	"errors"
	"strings"

	"quietline/internal/advice"
	"quietline/internal/domain"
	"quietline/internal/registry"
)

// The settings of updates.
const (
	keyURL = "registry_url"
	keyKey = "registry_key"
)

// Source says where newer lists come from; both parts are empty until the user
// sets them.
func (s *Service) Source(ctx context.Context) (Source, error) {
	all, err := s.p.Settings.Settings(ctx)
	return Source{URL: all[keyURL], Key: all[keyKey]}, err
}

// SetSource stores where newer lists come from; empty parts switch updates off.
// It fails with domain.Problems that point at /url and /key.
func (s *Service) SetSource(ctx context.Context, src Source) error {
	src = Source{URL: strings.TrimSpace(src.URL), Key: strings.TrimSpace(src.Key)}
	var problems domain.Problems
	const op = "registrar.SetSource"
	if src.URL != "" {
		problems = blame(problems, s.p.Fetcher.CheckAddress(src.URL), "/url")
	}
	if src.Key == "" && src.URL != "" {
		problems = append(problems, domain.E(op, domain.Invalid, "registry.no_key", nil, nil).At("/key"))
	}
	if src.Key != "" {
		problems = blame(problems, registry.CheckKey(src.Key), "/key")
	}
	if err := problems.Err(); err != nil {
		return err
	}
	// The key first: an address never stands with the key of another.
	if err := s.p.Settings.SetSetting(ctx, keyKey, src.Key); err != nil {
		return err
	}
	return s.p.Settings.SetSetting(ctx, keyURL, src.URL)
}

// blame adds an error, if it is one, to the problems of a form.
func blame(problems domain.Problems, err error, pointer string) domain.Problems {
	var e *domain.Error
	if !errors.As(err, &e) {
		return problems
	}
	return append(problems, e.At(pointer))
}

// Look asks the source that is set whether there is a newer list, and what it
// would change. Nothing is changed. It fails with Conflict "registry.no_source"
// where none is set.
func (s *Service) Look(ctx context.Context) (*Update, error) {
	src, err := s.Source(ctx)
	if err != nil {
		return nil, err
	}
	return s.LookAt(ctx, src)
}

// LookAt is Look with another source, which is not kept.
func (s *Service) LookAt(ctx context.Context, src Source) (*Update, error) {
	const op = "registrar.Look"
	if src.URL == "" {
		return nil, domain.E(op, domain.Conflict, "registry.no_source", nil, nil)
	}
	if src.Key == "" {
		return nil, domain.E(op, domain.Conflict, "registry.no_key", nil, nil)
	}
	if _, err := s.Fresh(ctx); err != nil {
		return nil, err
	}
	etag := ""
	if f := s.now.Load().feed; f.URL == src.URL && f.Key == src.Key {
		etag = f.ETag
	}
	f, unchanged, err := s.p.Fetcher.Fetch(ctx, src.URL, src.Key, etag)
	if err != nil {
		return nil, err
	}
	if unchanged {
		return &Update{UpToDate: true, From: s.Info()}, nil
	}
	f.URL, f.Key = src.URL, src.Key
	return s.weigh(ctx, f)
}

// LookIn is Look with the manifest of a list in a folder. With an empty key
// that of the source counts; it fails with Conflict "registry.no_key" where
// there is none.
func (s *Service) LookIn(ctx context.Context, path, key string) (*Update, error) {
	f, err := s.open(ctx, path, key)
	if err != nil {
		return nil, err
	}
	if _, err := s.Fresh(ctx); err != nil {
		return nil, err
	}
	return s.weigh(ctx, f)
}

func (s *Service) open(ctx context.Context, path, key string) (Feed, error) {
	if key == "" {
		src, err := s.Source(ctx)
		if err != nil {
			return Feed{}, err
		}
		key = src.Key
	}
	if key == "" {
		return Feed{}, domain.E("registrar.LookIn", domain.Conflict, "registry.no_key", nil, nil)
	}
	f, err := s.p.Fetcher.Open(ctx, path, key)
	f.Key = key
	return f, err
}

// Verify says which list a manifest in a folder stands for, after its
// signature and its tables were checked. Nothing is changed.
func (s *Service) Verify(ctx context.Context, path, key string) (domain.RegistryInfo, error) {
	f, err := s.open(ctx, path, key)
	if err != nil {
		return domain.RegistryInfo{}, err
	}
	l, err := s.load(f)
	if err != nil {
		return domain.RegistryInfo{}, err
	}
	return l.list.Info(), nil
}

// weigh compares a feed with what counts now.
func (s *Service) weigh(ctx context.Context, f Feed) (*Update, error) {
	st := s.now.Load()
	l, err := s.load(f)
	if err != nil {
		return nil, err
	}
	have, snap := st.snap.Info(), l.list
	if err := registry.CheckNotOlder(have, l.manifest.Info()); err != nil {
		return nil, err
	}
	if registry.CompareVersions(l.manifest.Version, have.Version) == 0 {
		return &Update{UpToDate: true, From: have}, nil
	}
	u := &Update{From: have, To: snap.Info(), feed: f}
	u.Added, u.Changed, u.Removed = registry.Diff(st.snap.List(), snap)
	u.Advice = advice.Diff(st.advice, l.advice)
	corrections, err := s.p.Store.Corrections(ctx)
	if err != nil {
		return nil, err
	}
	r, err := s.p.Calls.Rejudge(ctx, Rejudging{Judge: judgeBy(snap.With(corrections)), DryRun: true})
	if err != nil {
		return nil, err
	}
	u.Verdicts, u.Numbers, u.Calls = r.Changes, r.Numbers, r.Calls
	return u, nil
}

// Install puts the list of an update in force, also for the calls in the log.
// It fails with Conflict "registry.feed_older" where a newer one came in
// between.
func (s *Service) Install(ctx context.Context, u *Update) (Effect, error) {
	s.changing.Lock()
	defer s.changing.Unlock()
	if u.UpToDate {
		return Effect{}, nil
	}
	if err := s.read(ctx); err != nil {
		return Effect{}, err
	}
	l, err := s.load(u.feed)
	if err != nil {
		return Effect{}, err
	}
	if err := registry.CheckNotOlder(s.Info(), l.manifest.Info()); err != nil {
		return Effect{}, err
	}
	if err := s.p.Store.SaveFeed(ctx, u.feed); err != nil {
		return Effect{}, err
	}
	return s.follow(ctx)
}

// Revert goes back to the list that comes with the program, where another is
// installed.
func (s *Service) Revert(ctx context.Context) (Effect, error) {
	s.changing.Lock()
	defer s.changing.Unlock()
	if err := s.p.Store.RemoveFeed(ctx); err != nil {
		return Effect{}, err
	}
	return s.follow(ctx)
}
