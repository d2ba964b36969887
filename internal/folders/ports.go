// Package folders holds the use cases on watched folders: a folder belongs to
// a person, and new call logs in it are imported for that person without being
// asked for. What was done with a file stands in the store, so that a restart
// and a second program carry on where another stopped.
package folders

import (
	"context"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/progress"
)

// Store keeps the folders and what became of the files in them. Several
// processes may use it at once.
type Store interface {
	// AddFolder stores a new folder and fills in the ID. Fails with Conflict
	// "folder.taken" where the folder is watched already, for whomever.
	AddFolder(ctx context.Context, f *Folder) error
	// RemoveFolder forgets a folder and its files; the calls stay. Fails with
	// NotFound "folder.not_watched".
	RemoveFolder(ctx context.Context, id FolderID) error
	// Folders lists all by time of adding, each with its counts and with the
	// latest MaxFailures failures.
	Folders(ctx context.Context) ([]Folder, error)
	// SetProblem notes the error key of why the folder cannot be read, empty
	// once it can; changed is false where that is known already.
	SetProblem(ctx context.Context, id FolderID, key string) (changed bool, err error)
	// KnownFiles gives what is known of the files of a folder, by path.
	KnownFiles(ctx context.Context, id FolderID) (map[string]Known, error)
	// ForgetFiles forgets files that are there no longer. What is claimed or
	// was imported stays.
	ForgetFiles(ctx context.Context, id FolderID, paths []string) error
	// ClaimFile takes a file for its owner in one transaction, where Known.Due says
	// that it is due and the folder is still watched, and stores Known.TriesOf;
	// it gives what was known before.
	ClaimFile(ctx context.Context, c Claim) (before Known, claimed bool, err error)
	// RenewClaims moves the end of the owner's leases.
	RenewClaims(ctx context.Context, owner string, until time.Time) error
	// FinishFile writes what became of a claimed file; held is false where the
	// owner lost it, and then nothing is written.
	FinishFile(ctx context.Context, f Finish) (held bool, err error)
	// ReleaseClaims gives back what the owner still holds; it is due at once.
	ReleaseClaims(ctx context.Context, owner string, now time.Time) error
	// Imported says whether this content was imported for the person before,
	// from any of their folders.
	Imported(ctx context.Context, person domain.PersonID, sha256 string) (bool, error)
}

// Files looks into folders. It opens nothing but regular files and follows no
// link below the folder.
type Files interface {
	// Resolve gives the absolute path of a folder with links resolved. It fails
	// like List.
	Resolve(dir string) (string, error)
	// List calls see with every regular file of the folder and of the folders
	// directly in it, in no order. Names that Ignored knows and the folders of
	// except are left out. Fails with NotFound "folder.missing", Invalid
	// "folder.not_folder", Denied "folder.unreadable" or Unavailable
	// "folder.read_failed"; complete is false where a folder inside could not
	// be read.
	List(ctx context.Context, dir string, except []string, see func(Entry)) (complete bool, err error)
	// Stat looks at one file again, by its path below the folder. ok is false
	// where no regular file is there.
	Stat(dir, path string) (e Entry, ok bool)
	// Path is where the file lies.
	Path(dir, path string) string
	// Hash is the SHA-256 of a file in lower-case hexadecimal. It fails with
	// NotFound "import.file_missing", Denied "import.file_unreadable", Invalid
	// "import.not_regular" or Unavailable "import.read_failed".
	Hash(ctx context.Context, dir, path string) (string, error)
}

// Notifier hints that something happened in folders, so that a look is worth
// while before the next slow scan. It may miss things, as it does on network
// folders.
type Notifier interface {
	// Watch sets the folders, in place of those before; it gives back at once
	// and leaves out what cannot be watched.
	Watch(dirs []string)
	// Changed gets a value when something happened. It is never closed.
	Changed() <-chan struct{}
	// Close ends it.
	Close() error
}

// People finds people.
type People interface {
	// PersonByName fails with NotFound "person.not_found".
	PersonByName(ctx context.Context, name string) (domain.Person, error)
	// People lists the present people, the owner first.
	People(ctx context.Context) ([]domain.Person, error)
}

// Importer imports call logs (journal.Service).
type Importer interface {
	// Recognise says by which format the file would be read. It reads its
	// beginning only.
	Recognise(ctx context.Context, path string) (format string, err error)
	// Import reads a file and stores its calls.
	Import(ctx context.Context, r journal.ImportRequest, c *progress.Counter) (journal.ImportReport, error)
	// Formats lists the names of the formats.
	Formats() []string
}
