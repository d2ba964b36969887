package folders

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"quietline/internal/domain"
)

// Params are what a Service is made of. All but Notify, Wait, Every and Log
// are required.
type Params struct {
	Store    Store
	Files    Files
	People   People
	Importer Importer
	Clock    domain.Clock
	Source   domain.Source
	// Notify makes the Notifier of a run; nil, or one that fails, leaves the
	// folders to the slow scan.
	Notify func() (Notifier, error)
	// Wait waits for so long, for a value of one of the channels or for the end
	// of ctx; a real timer where nil.
	Wait func(ctx context.Context, d time.Duration, wake, changed <-chan struct{})
	// Every calls f in a rhythm until ctx ends; a real ticker where nil.
	Every func(ctx context.Context, d time.Duration, f func())
	// Log takes what happens, without names and numbers; nil discards it.
	Log *slog.Logger
}

// Service holds the use cases on watched folders. It is safe for concurrent
// use.
type Service struct {
	p    Params
	wake chan struct{}
}

// New makes a Service.
func New(p Params) *Service {
	if p.Wait == nil {
		p.Wait = wait
	}
	if p.Every == nil {
		p.Every = every
	}
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{p: p, wake: make(chan struct{}, 1)}
}

func wait(ctx context.Context, d time.Duration, wake, changed <-chan struct{}) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-wake:
	case <-changed:
	case <-ctx.Done():
	}
}

// Add has a folder watched for the person of the name, the owner where it is
// empty. It fails with NotFound "person.not_found", Conflict "folder.taken",
// and what Files.Resolve fails with, at /dir.
func (s *Service) Add(ctx context.Context, name, dir string) (Folder, error) {
	const op = "folders.Add"
	person, err := s.person(ctx, name)
	if err != nil {
		return Folder{}, err
	}
	if strings.TrimSpace(dir) == "" {
		return Folder{}, domain.E(op, domain.Invalid, "folder.empty", nil, nil).At("/dir")
	}
	resolved, err := s.p.Files.Resolve(dir)
	if err != nil {
		return Folder{}, err
	}
	f := Folder{PersonID: person.ID, Person: person.Name, Dir: resolved, CreatedAt: s.p.Clock.Now()}
	if err := s.p.Store.AddFolder(ctx, &f); err != nil {
		return Folder{}, err
	}
	s.Kick()
	return f, nil
}

// Remove stops watching a folder of the person; what was imported from it
// stays. It fails with NotFound "person.not_found" and "folder.not_watched".
func (s *Service) Remove(ctx context.Context, name, dir string) (Folder, error) {
	person, err := s.person(ctx, name)
	if err != nil {
		return Folder{}, err
	}
	all, err := s.p.Store.Folders(ctx)
	if err != nil {
		return Folder{}, err
	}
	// A folder that is gone cannot be resolved, but is still known as it was.
	resolved, err := s.p.Files.Resolve(dir)
	if err != nil {
		resolved = dir
	}
	for _, f := range all {
		if f.PersonID == person.ID && (f.Dir == resolved || f.Dir == dir) {
			return f, s.p.Store.RemoveFolder(ctx, f.ID)
		}
	}
	return Folder{}, domain.E("folders.Remove", domain.NotFound, "folder.not_watched", domain.Args{"Path": dir}, nil)
}

// RemoveByID stops watching a folder. It fails with NotFound
// "folder.not_watched".
func (s *Service) RemoveByID(ctx context.Context, id FolderID) error {
	return s.p.Store.RemoveFolder(ctx, id)
}

// List lists the watched folders of all people by time of adding.
func (s *Service) List(ctx context.Context) ([]Folder, error) { return s.p.Store.Folders(ctx) }

// Kick has a run of this program look at once.
func (s *Service) Kick() {
	select {
	case s.wake <- struct{}{}:
	default: // it will look anyway
	}
}

func (s *Service) person(ctx context.Context, name string) (domain.Person, error) {
	if name != "" {
		return s.p.People.PersonByName(ctx, name)
	}
	people, err := s.p.People.People(ctx)
	if err != nil {
		return domain.Person{}, err
	}
	for _, p := range people {
		if p.ID == domain.SelfID {
			return p, nil
		}
	}
	return domain.Person{}, domain.E("folders.person", domain.NotFound, "person.not_found", nil, nil)
}
