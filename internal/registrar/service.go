package registrar

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"

	"quietline/internal/advice"
	"quietline/internal/domain"
	"quietline/internal/numbers"
	"quietline/internal/registry"
)

// Params are what a Service is made of. All are required.
type Params struct {
	Store    Store
	Calls    CallStore
	Settings SettingStore
	Fetcher  Fetcher
	// Embedded is the registry folder that comes with the program.
	Embedded fs.FS
	// Advice is the table of advice that comes with the program.
	Advice []byte
	// Live is what every checker of the program reads; Start fills it.
	Live  *registry.Live
	Clock domain.Clock
	// Words gives the words under which rows are found beside their own names;
	// it is asked when something is searched for the first time.
	Words func() registry.Words
	// Program is the version of the program: another one may judge by other
	// rules.
	Program string
}

// Service holds the use cases on the registry. It is safe for concurrent use.
type Service struct {
	p Params
	// embedded is the list that comes with the program.
	embedded *registry.Snapshot
	// shipped is the advice that comes with the program.
	shipped *advice.Table
	// changing is held by what changes the registry or reads it anew, so that
	// they take turns within this program; between programs the store decides.
	changing sync.Mutex
	now      atomic.Pointer[state]
}

// state is the registry as it counts now, with what is made of it on demand.
type state struct {
	snap       *registry.Snapshot
	generation int64
	judgedBy   string
	advice     *advice.Table
	// feed is the installed feed that counts, if any; problem says why an
	// installed one does not.
	feed    Feed
	problem error
	// installed says that there is a feed, whether it counts or not.
	installed bool

	browse  sync.Once
	entries []domain.RegistryEntry
	blocks  []domain.RegistryBlock
	search  sync.Once
	index   *registry.Index
}

// New makes a Service. Start or Read has to be called before anything else.
func New(p Params) *Service { return &Service{p: p} }

// Start reads the registry of the workspace: the newest list, with the user's
// corrections. An installed list that turns out to be damaged does not count
// (Problem). Where the log was judged by another registry or program, it is
// judged again.
func (s *Service) Start(ctx context.Context) error {
	s.changing.Lock()
	defer s.changing.Unlock()
	if err := s.begin(ctx); err != nil {
		return err
	}
	_, err := s.rejudge(ctx)
	return err
}

// Read is Start for a look-up: the log is left as it is.
func (s *Service) Read(ctx context.Context) error {
	s.changing.Lock()
	defer s.changing.Unlock()
	return s.begin(ctx)
}

func (s *Service) begin(ctx context.Context) (err error) {
	if s.embedded, err = registry.Load(s.p.Embedded); err != nil {
		return err
	}
	if s.shipped, err = advice.Parse(s.p.Advice); err != nil {
		return err
	}
	return s.read(ctx)
}

// read puts in force what the store says now. changing is held.
func (s *Service) read(ctx context.Context) error {
	// The generation first: a change in between is then noticed the next time.
	generation, err := s.p.Store.Generation(ctx)
	if err != nil {
		return err
	}
	corrections, err := s.p.Store.Corrections(ctx)
	if err != nil {
		return err
	}
	feed, there, err := s.p.Store.Feed(ctx)
	if err != nil {
		return err
	}
	st := &state{generation: generation, installed: there, advice: s.shipped}
	list := s.embedded
	if there {
		l, err := s.load(feed)
		switch {
		case err != nil:
			st.problem = err
		case registry.CompareVersions(l.manifest.Version, list.Info().Version) > 0:
			list, st.feed, st.advice = l.list, feed, l.advice
		}
	}
	st.snap = list.With(corrections)
	st.judgedBy = fingerprint(s.p.Program, list.Info().Version, corrections)
	s.now.Store(st)
	s.p.Live.Replace(st.snap)
	return nil
}

// loaded is a feed that was verified and read.
type loaded struct {
	manifest registry.Manifest
	list     *registry.Snapshot
	// advice is the program's where the feed has none.
	advice *advice.Table
}

// load verifies a feed and reads its tables.
func (s *Service) load(f Feed) (l loaded, err error) {
	if l.manifest, err = registry.VerifyManifest(f.Manifest, f.Signature, f.Key); err != nil {
		return loaded{}, err
	}
	if l.list, err = registry.LoadFeed(s.p.Embedded, l.manifest, f.Codes, f.Notes); err != nil {
		return loaded{}, err
	}
	l.advice, err = s.loadAdvice(l.manifest, f.Advice)
	return l, err
}

// loadAdvice reads the advice of a feed. It fails as registry.LoadFeed does.
func (s *Service) loadAdvice(m registry.Manifest, data []byte) (*advice.Table, error) {
	if err := registry.CheckAdvice(m, data); err != nil {
		return nil, err
	}
	if !m.HasAdvice() {
		return s.shipped, nil
	}
	t, err := advice.Parse(data)
	if err == nil && t.Rows() == m.Advice.Rows {
		return t, nil
	}
	line := any(m.Advice.Rows + 1)
	if e, ok := errors.AsType[*domain.Error](err); ok {
		line = e.Args["Line"]
	}
	return nil, domain.E("registrar.loadAdvice", domain.Corrupt, "registry.feed_row",
		domain.Args{"File": m.Advice.Name, "Line": line}, err)
}

// fingerprint names what decides how a number is judged.
func fingerprint(program, version string, corrections []domain.Correction) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q\n", program, version)
	for _, c := range corrections {
		fmt.Fprintf(h, "%q %q %q\n", c.Code, c.Scope, c.Kind)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// rejudge judges the log by the registry as it is now, unless it was.
func (s *Service) rejudge(ctx context.Context) (Effect, error) {
	st := s.now.Load()
	by, err := s.p.Calls.JudgedBy(ctx)
	if err != nil || by == st.judgedBy {
		return Effect{}, err
	}
	return s.judgeAll(ctx, st)
}

// judgeAll judges the log. Where another program changes the registry before
// the log is its own, it begins anew: else the older registry would have the
// last word. changing is held.
func (s *Service) judgeAll(ctx context.Context, st *state) (Effect, error) {
	for {
		r, err := s.p.Calls.Rejudge(ctx, Rejudging{
			Judge: judgeBy(st.snap), JudgedBy: st.judgedBy, Generation: st.generation,
		})
		if err != nil || !r.Outdated {
			return Effect{Numbers: r.Numbers, Calls: r.Calls}, err
		}
		if err := s.read(ctx); err != nil {
			return Effect{}, err
		}
		st = s.now.Load()
	}
}

func judgeBy(snap *registry.Snapshot) Judge {
	return numbers.New(numbers.Params{Registry: snap}).Classify
}

// Fresh reads the registry again where another program changed it, and gives
// its generation.
func (s *Service) Fresh(ctx context.Context) (int64, error) {
	generation, err := s.p.Store.Generation(ctx)
	if err != nil || generation == s.now.Load().generation {
		return generation, err
	}
	s.changing.Lock()
	defer s.changing.Unlock()
	err = s.read(ctx)
	return s.now.Load().generation, err
}

// Settle judges the log again where the registry is no longer that of the
// generation: calls that were stored meanwhile may have been judged by the one
// before.
func (s *Service) Settle(ctx context.Context, generation int64) error {
	now, err := s.Fresh(ctx)
	if err != nil || now == generation {
		return err
	}
	s.changing.Lock()
	defer s.changing.Unlock()
	_, err = s.judgeAll(ctx, s.now.Load())
	return err
}

// Installed says whether the workspace has a list of its own, whether it counts
// or not.
func (s *Service) Installed() bool { return s.now.Load().installed }

// Problem says why an installed list does not count, nil where all is well.
func (s *Service) Problem() error { return s.now.Load().problem }
