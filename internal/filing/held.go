package filing

import (
	"context"
	"sync"

	"quietline/internal/domain"
)

// holds are the files that forms of this process have and that no complaint may
// refer to yet.
type holds struct {
	mu sync.Mutex
	of map[string]*holding
}

// holding is one file. Its copy is ours where a form of this process had it made;
// else it may be for one of another process.
type holding struct {
	forms int
	ours  bool
}

// hold is what one form has of a file until it lets go.
type hold struct {
	in     *holds
	digest string
	once   sync.Once
	// last: it was the last of this process, and the copy is ours to remove.
	last bool
}

func (h *holds) take(t TakenEvidence) *hold {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.of == nil {
		h.of = map[string]*holding{}
	}
	f := h.of[t.SHA256]
	if f == nil {
		f = &holding{}
		h.of[t.SHA256] = f
	}
	f.forms++
	f.ours = f.ours || !t.Found
	return &hold{in: h, digest: t.SHA256}
}

// unless does something about a file that no form has; none gets it meanwhile.
func (h *holds) unless(digest string, do func() error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.of[digest] != nil {
		return nil
	}
	return do()
}

func (h *hold) letGo() {
	h.once.Do(func() {
		h.in.mu.Lock()
		defer h.in.mu.Unlock()
		f := h.in.of[h.digest]
		if f.forms--; f.forms == 0 {
			delete(h.in.of, h.digest)
			h.last = f.ours
		}
	})
}

// letGo says that the form has the file no more, and whether its copy may go. One of
// a complaint that is stored is held by nobody.
func (t TakenEvidence) letGo() (mayGo bool) {
	if t.hold == nil {
		return true
	}
	t.hold.letGo()
	return t.hold.last
}

// TakeEvidence copies a file into the workspace, to be named in
// ComplaintInput.Evidence; see Vault.Take. It stays until DropEvidence gives it up.
func (s *Service) TakeEvidence(ctx context.Context, path string) (TakenEvidence, error) {
	const tries = 3
	for n := 1; ; n++ {
		t, err := s.p.Vault.Take(ctx, path)
		if err != nil {
			return t, err
		}
		t.hold = s.held.take(t)
		// Whoever gave it up a moment ago may have removed it before it was held.
		if s.p.Vault.Look(t.Evidence) == nil || n == tries {
			return t, nil
		}
		t.letGo()
	}
}

// DropEvidence gives up files that a form had, whatever became of it, and removes
// those that no complaint refers to and no other form holds.
func (s *Service) DropEvidence(ctx context.Context, files []TakenEvidence) error {
	var gone []string
	for _, f := range files {
		if f.letGo() {
			gone = append(gone, f.SHA256)
		}
	}
	return s.removeUnused(ctx, gone)
}

// digestsOf are what the vault calls files by.
func digestsOf(files []domain.Evidence) []string {
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = f.SHA256
	}
	return out
}
