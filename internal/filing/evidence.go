package filing

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
)

// AtEvidence is where problems with files appear; that of one file is below.
const AtEvidence = "/evidence"

// EvidencePointer is the field of the file of the index.
func EvidencePointer(i int) string { return AtEvidence + "/" + strconv.Itoa(i) }

// TakenEvidence is a file that was copied into the workspace.
type TakenEvidence struct {
	domain.Evidence

	// LocationRemoved: a place stood in the picture and was taken out.
	// DetailsRemoved: so was anything else that is not the picture.
	LocationRemoved, DetailsRemoved bool
	// MayTellPlace: a place may stand in a file of this kind, and it is sent as
	// it is.
	MayTellPlace bool
	// NameDiffers: by its name it is something else than by its bytes.
	NameDiffers bool
	// Found: the workspace had the file already.
	Found bool
	hold  *hold
}

// Notes are the message keys behind "evidence.note." of what a user should know
// of the file.
func (t TakenEvidence) Notes() []string {
	var out []string
	for _, n := range []struct {
		key string
		so  bool
	}{
		{"location", t.LocationRemoved},
		{"details", t.DetailsRemoved && !t.LocationRemoved},
		{"place", t.MayTellPlace},
		{"name", t.NameDiffers},
	} {
		if n.so {
			out = append(out, n.key)
		}
	}
	return out
}

// StoredEvidence is a file in the workspace.
type StoredEvidence struct {
	SHA256 string
	Bytes  int64
	// At is when it was taken last.
	At time.Time
}

// Vault keeps the files of the workspace. Errors about a file have the Args Name.
type Vault interface {
	// Take copies a file of the user, which it only reads, and takes a place out
	// of a picture. Nothing half-written ever has a name. It fails with NotFound
	// "evidence.not_found", Invalid "evidence.not_file", "evidence.empty",
	// "evidence.too_large" (Args MB), "evidence.type_unknown" or
	// "evidence.damaged", Denied "evidence.unreadable" or "evidence.unwritable",
	// Unavailable "evidence.disk_full".
	Take(ctx context.Context, path string) (TakenEvidence, error)
	// Look says whether a file is there with its size, without reading it. It
	// fails with Conflict "evidence.missing" or "evidence.changed".
	Look(e domain.Evidence) error
	// Check reads all of it, and fails as Look does.
	Check(ctx context.Context, e domain.Evidence) error
	// Open opens a file and fails as Look does; so does reading it, before its
	// last bytes are handed out.
	Open(e domain.Evidence) (io.ReadCloser, error)
	// Export writes a copy for the user, in place of a file that is there.
	Export(ctx context.Context, e domain.Evidence, path string) error
	// ExportToOpen writes a copy that another program can show. Tidy removes it
	// some day.
	ExportToOpen(ctx context.Context, e domain.Evidence) (path string, err error)
	// Lock keeps other processes from locking, so that no file is removed while a
	// complaint that refers to it is being stored.
	Lock(ctx context.Context) (unlock func(), err error)
	// Stored lists what is there.
	Stored(ctx context.Context) ([]StoredEvidence, error)
	// Remove removes a file; one that is not there is removed already.
	Remove(digest string) error
	// Tidy removes what a crash left half-written, and copies that were shown,
	// if it is from before that moment.
	Tidy(before time.Time) error
}

// EvidenceStore keeps what became of the files of complaints. SaveDraft and
// Queue store which files there are; a result that makes a complaint sent makes
// its files waiting, in the same transaction. What a person files stays stored.
type EvidenceStore interface {
	// Evidence lists the files of a complaint in their order.
	Evidence(ctx context.Context, id domain.ComplaintID) ([]domain.EvidenceStatus, error)
	// EvidenceInUse gives the digests that some complaint needs: all that are not
	// cancelled or skipped.
	EvidenceInUse(ctx context.Context) (map[string]bool, error)
	// EvidenceFiles lists every file that some complaint needs and whose endpoint
	// does not have it yet, each once.
	EvidenceFiles(ctx context.Context) ([]domain.Evidence, error)
	// ResendEvidence makes a missing or refused file of a complaint that is filed
	// due now, as one that was never tried; one of another complaint is stored
	// again. Others stay as they are.
	ResendEvidence(ctx context.Context, id domain.ComplaintID, digest string, now time.Time) error
	UploadStore
}

// EvidenceGrace is how long a file stays that no complaint refers to: the form
// to which it was added may still be open.
const EvidenceGrace = 24 * time.Hour

// removeUnused removes files that no complaint refers to and no form of this process
// holds.
func (s *Service) removeUnused(ctx context.Context, digests []string) error {
	if len(digests) == 0 {
		return nil
	}
	return s.underLock(ctx, func() error {
		used, err := s.p.Store.EvidenceInUse(ctx)
		if err != nil {
			return err
		}
		for _, d := range digests {
			if used[d] {
				continue
			}
			if err := s.held.unless(d, func() error { return s.p.Vault.Remove(d) }); err != nil {
				return err
			}
		}
		return nil
	})
}

// SweepEvidence removes what no complaint refers to and what a crash left
// behind, if it is older than EvidenceGrace.
func (s *Service) SweepEvidence(ctx context.Context) error {
	before := s.p.Clock.Now().Add(-EvidenceGrace)
	if err := s.p.Vault.Tidy(before); err != nil {
		return err
	}
	files, err := s.p.Vault.Stored(ctx)
	if err != nil {
		return err
	}
	var old []string
	for _, f := range files {
		if f.At.Before(before) {
			old = append(old, f.SHA256)
		}
	}
	return s.removeUnused(ctx, old)
}

func (s *Service) underLock(ctx context.Context, do func() error) error {
	unlock, err := s.p.Vault.Lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	return do()
}

// withEvidence does something that stores references to files, while nobody
// removes any.
func (s *Service) withEvidence(ctx context.Context, files []domain.Evidence, do func() error) error {
	if len(files) == 0 {
		return do()
	}
	return s.underLock(ctx, do)
}

// status lists the files of a complaint. What is gone from the workspace before
// the endpoint has it is missing, whatever is stored; that of a cancelled one is
// meant to be.
func (s *Service) status(ctx context.Context, c domain.Complaint) ([]domain.EvidenceStatus, error) {
	if len(c.Body.Evidence) == 0 {
		return nil, nil
	}
	list, err := s.p.Store.Evidence(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	for i := range list {
		e := &list[i]
		if e.State != domain.EvidenceStored && e.State != domain.EvidenceWaiting {
			continue
		}
		if err := s.p.Vault.Look(e.Evidence); err != nil {
			e.State, e.Detail = domain.EvidenceMissing, ""
			if c.SendState != domain.SendCancelled {
				e.ErrorKey = domain.KeyOf(err)
			}
		}
	}
	return list, nil
}

// AttachAgain takes a file for a complaint that misses it, or whose endpoint
// refused it. What is frozen names its digest, so it must be the same file. It
// fails as Vault.Take does, and with Conflict "evidence.other_file" where the
// complaint misses no such file (Args Name).
func (s *Service) AttachAgain(ctx context.Context, idOrPrefix, path string) (domain.EvidenceStatus, error) {
	c, err := s.p.Store.Complaint(ctx, idOrPrefix)
	if err != nil {
		return domain.EvidenceStatus{}, err
	}
	taken, err := s.TakeEvidence(ctx, path)
	if err != nil {
		return domain.EvidenceStatus{}, err
	}
	defer taken.letGo()
	if !slices.ContainsFunc(c.Body.Evidence, func(e domain.Evidence) bool { return e.SHA256 == taken.SHA256 }) {
		return domain.EvidenceStatus{}, firstOf(
			domain.E("filing.AttachAgain", domain.Conflict, "evidence.other_file", domain.Args{"Name": taken.FileName}, nil),
			s.DropEvidence(ctx, []TakenEvidence{taken}))
	}
	if err := s.p.Store.ResendEvidence(ctx, c.ID, taken.SHA256, s.p.Clock.Now()); err != nil {
		return domain.EvidenceStatus{}, err
	}
	s.p.Queued()
	list, err := s.status(context.WithoutCancel(ctx), c)
	for _, e := range list {
		if e.SHA256 == taken.SHA256 {
			return e, err
		}
	}
	return domain.EvidenceStatus{Evidence: taken.Evidence}, err
}

// firstOf is the first error, unless cleaning up after it went wrong too, which
// the next sweep makes good.
func firstOf(err, _ error) error { return err }

// SaveEvidence writes a copy of a file of a complaint for the user.
func (s *Service) SaveEvidence(ctx context.Context, e domain.Evidence, path string) error {
	return s.p.Vault.Export(ctx, e, path)
}

// ShowEvidence writes a copy of a file that another program can open.
func (s *Service) ShowEvidence(ctx context.Context, e domain.Evidence) (path string, err error) {
	return s.p.Vault.ExportToOpen(ctx, e)
}

// CheckEvidence reads every file that some complaint needs and that no endpoint
// has yet, and gives an error
// for each that is gone or changed.
func (s *Service) CheckEvidence(ctx context.Context) (files int, wrong []error, err error) {
	list, err := s.p.Store.EvidenceFiles(ctx)
	if err != nil {
		return 0, nil, err
	}
	for _, e := range list {
		if err := s.p.Vault.Check(ctx, e); err != nil {
			if domain.KindOf(err) == domain.Cancelled {
				return 0, nil, err
			}
			wrong = append(wrong, err)
		}
	}
	return len(list), wrong, nil
}

// evidence takes over the files that go with the complaint, each once.
func (b *builder) evidence() error {
	list := eachFile(b.in.Evidence)
	b.c.Body.Evidence = list
	if len(list) > domain.MaxEvidence {
		b.problem(AtEvidence, "evidence.too_many", domain.Args{"Max": domain.MaxEvidence, "Count": len(list)})
	}
	if b.in.Draft || len(list) == 0 {
		return nil
	}
	for i, e := range list {
		if err := b.s.p.Vault.Look(e); err != nil {
			b.problem(EvidencePointer(i), domain.KeyOf(err), domain.Args{"Name": e.FileName})
		}
	}
	if b.c.ChannelID == 0 {
		return nil
	}
	ch, err := b.s.p.Store.ChannelByID(b.ctx, b.c.ChannelID)
	if err != nil {
		return err
	}
	b.problems = append(b.problems, RefuseEvidence(ch, list)...)
	return nil
}

// eachFile leaves out files that are there already, under whatever name.
func eachFile(list []domain.Evidence) []domain.Evidence {
	out := make([]domain.Evidence, 0, len(list))
	for _, e := range list {
		if !slices.ContainsFunc(out, func(o domain.Evidence) bool { return o.SHA256 == e.SHA256 }) {
			out = append(out, e)
		}
	}
	return out
}

// RefuseEvidence says what a channel will not take, as far as it is known
// before anything is sent: all files ("evidence.not_taken"), a type
// ("evidence.type_not_taken") or a size ("evidence.over_limit"). The user hands
// in the files of an assisted channel.
func RefuseEvidence(ch domain.Channel, files []domain.Evidence) domain.Problems {
	const op = "filing.RefuseEvidence"
	if len(files) == 0 || ch.Kind == domain.ChannelAssisted {
		return nil
	}
	caps := ch.Capabilities
	if ch.Kind != domain.ChannelIntake || caps != nil && !caps.TakesEvidence() {
		return domain.Problems{domain.E(op, domain.Conflict, "evidence.not_taken", nil, nil).At(AtEvidence)}
	}
	if caps == nil {
		return nil
	}
	var out domain.Problems
	for i, e := range files {
		args := domain.Args{"Name": e.FileName, "Types": strings.Join(caps.TakenMedia(), " / ")}
		switch {
		case !caps.TakesMedia(e.MediaType):
			out = append(out, domain.E(op, domain.Invalid, "evidence.type_not_taken", args, nil).At(EvidencePointer(i)))
		case e.Bytes > caps.MaxEvidenceBytes:
			args["Max"], args["Bytes"] = megabytes(caps.MaxEvidenceBytes), megabytes(e.Bytes)
			out = append(out, domain.E(op, domain.Invalid, "evidence.over_limit", args, nil).At(EvidencePointer(i)))
		}
	}
	return out
}

// megabytes writes a size for an error, whose words may be in any language.
func megabytes(n int64) string { return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) }

// noVault keeps nothing.
type noVault struct{}

func unkept(op string) error {
	return domain.E(op, domain.Unavailable, "evidence.unwritable", domain.Args{"Name": ""}, nil)
}

func (noVault) Take(context.Context, string) (TakenEvidence, error) {
	return TakenEvidence{}, unkept("filing.Take")
}

func (noVault) Look(domain.Evidence) error { return unkept("filing.Look") }

func (noVault) Check(context.Context, domain.Evidence) error { return unkept("filing.Check") }

func (noVault) Open(domain.Evidence) (io.ReadCloser, error) { return nil, unkept("filing.Open") }

func (noVault) Export(context.Context, domain.Evidence, string) error { return unkept("filing.Export") }

func (noVault) ExportToOpen(context.Context, domain.Evidence) (string, error) {
	return "", unkept("filing.Export")
}
func (noVault) Lock(context.Context) (func(), error)             { return func() {}, nil }
func (noVault) Stored(context.Context) ([]StoredEvidence, error) { return nil, nil }
func (noVault) Remove(string) error                              { return nil }
func (noVault) Tidy(time.Time) error                             { return nil }
