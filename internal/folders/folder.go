package folders

import (
	"time"

	"quietline/internal/domain"
)

// FolderID numbers the folders; no number is used twice.
type FolderID int64

// MaxFailures is how many failed files a Folder lists; the count holds all.
const MaxFailures = 5

// Folder is a watched folder.
type Folder struct {
	ID       FolderID
	PersonID domain.PersonID
	// Person is the name of the person.
	Person string
	// Dir is absolute, with links resolved.
	Dir       string
	CreatedAt time.Time
	// Problem is the error key of why it could not be read the last time, or
	// empty; Trouble makes the error.
	Problem string
	// Imported counts the files whose calls are in the log, copies of the same
	// content included; Failed those that could not be imported; Foreign those
	// that are no call logs.
	Imported, Failed, Foreign int64
	// Failures are the latest failed files, newest first.
	Failures []Failure
}

// Trouble is the Problem as an error, nil where there is none.
func (f Folder) Trouble() error {
	if f.Problem == "" {
		return nil
	}
	return domain.E("folders.scan", domain.Unavailable, f.Problem, domain.Args{"Path": f.Dir}, nil)
}

// Failure is a file that could not be imported.
type Failure struct {
	// Path is below the folder, with slashes.
	Path   string
	Reason Reason
	At     time.Time
}

// Reason is an error as it is kept. Its arguments are words already.
type Reason struct {
	Kind domain.Kind
	Key  string
	Args map[string]string
}

// Err is the error again.
func (r Reason) Err() error {
	args := domain.Args{}
	for k, v := range r.Args {
		args[k] = v
	}
	return domain.E("folders.import", r.Kind, r.Key, args, nil)
}

// Entry is a file as a folder lists it.
type Entry struct {
	// Path is below the folder, with slashes.
	Path string
	// Size is in bytes.
	Size int64
	// Modified is in nanoseconds since 1970.
	Modified int64
}

// State is what became of a file.
type State string

// The states of a file.
const (
	// StateClaimed: a program is at it.
	StateClaimed State = "claimed"
	// StateImported: its calls are in the log.
	StateImported State = "imported"
	// StateCopy: its content was imported before under another name or date.
	StateCopy State = "copy"
	// StateFailed: it cannot be imported as it is.
	StateFailed State = "failed"
	// StateLater: it could not be imported for a reason that may pass.
	StateLater State = "later"
	// StateForeign: it is no call log.
	StateForeign State = "foreign"
)

// Known is what the store knows of a file; the zero Known is nothing.
type Known struct {
	Size, Modified int64
	State          State
	// Reader names the formats that could be read then.
	Reader string
	// SHA256 is that of the content, empty where it was not taken.
	SHA256 string
	Reason Reason
	// Tries counts those of this size and date that failed for a reason that
	// may pass or never ended.
	Tries      int
	RetryAt    time.Time
	LeaseUntil time.Time
}

// Lease is how long a claim lasts unless it is renewed.
const Lease = 30 * time.Second

// Due says whether the file is to be looked into: it is new or another one
// than it was, it is to be tried again, or it could not be read while there
// were other formats. What another program is at is not due. A lease or a
// retry that ends later than any does was written while the clock was wrong,
// and counts as over.
func (k Known) Due(e Entry, reader string, now time.Time) bool {
	if k.LeaseUntil.After(now) && !k.LeaseUntil.After(now.Add(Lease)) {
		return false
	}
	if k.Size != e.Size || k.Modified != e.Modified {
		return true
	}
	switch k.State {
	case StateImported, StateCopy:
		return false
	case StateFailed, StateForeign:
		return k.Reader != reader
	case StateLater:
		return !k.RetryAt.After(now) || k.RetryAt.After(now.Add(longestRetry)) || k.Reader != reader
	default: // claimed by one who is gone, or unknown
		return true
	}
}

// TriesOf is how many tries of this very file were in vain: none where it is
// another one by now, and one more where a program ended in the midst of one.
func (k Known) TriesOf(e Entry) int {
	switch {
	case k.Size != e.Size || k.Modified != e.Modified:
		return 0
	case k.State == StateClaimed:
		return k.Tries + 1
	}
	return k.Tries
}

// mostDeaths is how often a program may end in the midst of a file, without
// giving it back, before the file is blamed for that.
const mostDeaths = 3

// firstRetry and longestRetry bound the wait before a file is tried again that
// could not be read; it doubles from one to the other.
const (
	firstRetry   = time.Minute
	longestRetry = time.Hour
)

// retryAfter is the wait after so many tries in vain, from 1.
func retryAfter(tries int) time.Duration {
	wait := firstRetry
	for i := 1; i < tries && wait < longestRetry; i++ {
		wait *= 2
	}
	return min(wait, longestRetry)
}

// Claim asks for a file.
type Claim struct {
	Folder FolderID
	Entry  Entry
	// Reader names the formats that can be read now.
	Reader string
	// Owner is the UUID of the run.
	Owner string
	Now   time.Time
	// Until is when the lease ends if nobody renews it.
	Until time.Time
}

// Finish is what became of a claimed file.
type Finish struct {
	Folder FolderID
	Path   string
	Owner  string
	State  State
	// SHA256 is empty where it was not taken.
	SHA256 string
	// Imported is how many calls were new.
	Imported int
	// Reason is set with StateFailed and StateLater.
	Reason Reason
	Tries  int
	// RetryAt is set with StateLater.
	RetryAt time.Time
	Now     time.Time
}
