// Package custody holds what concerns a workspace as a whole: a backup of it, in
// one file, its restoration, and the erasure of a person or of everything. What
// replaces files is prepared beside them and put in their place at the end, so
// that whatever fails before leaves the workspace as it was.
package custody

import (
	"context"
	"time"

	"quietline/internal/domain"
)

// The files and folders of a data directory that custody knows by name.
const (
	DatabaseFile   = "quietline.db"
	PracticeFile   = "practice.db"
	EvidenceFolder = "evidence"
	TokensFile     = "tokens.json"
)

// Reader looks at a database that is in use.
type Reader interface {
	// Snapshot writes a complete copy into a file that is there and empty.
	Snapshot(ctx context.Context, to string) error
	// Toll says what erasing a person would take of the database; by name, so
	// that somebody who was removed, or for whom a complaint was filed without
	// being one of the people, is found too. Fails with NotFound
	// "person.not_found".
	Toll(ctx context.Context, person string) (Toll, error)
}

// Databases works on database files that no program has open.
type Databases interface {
	// Fold puts everything of a database into its one file. Fails with
	// Unavailable "store.busy" where a program has it open.
	Fold(ctx context.Context, path string) error
	// Copy writes a complete copy into a file that is there and empty, of a
	// database of any kind.
	Copy(ctx context.Context, from, to string) error
	// Verify says whether the file is a sound database of this product, of a
	// version that this program reads. It changes nothing.
	Verify(ctx context.Context, path string) error
	// Sound says whether the file is a sound database of any kind.
	Sound(ctx context.Context, path string) error
	// Settle brings a database out of a backup to the present version and
	// applies filing.AfterRestore to its outbox.
	Settle(ctx context.Context, path string, s Settlement) (Settled, error)
	// Channels lists those of a database, and the name of its workspace.
	Channels(ctx context.Context, path string) (workspace string, list []domain.Channel, err error)
	// Expunge writes into a file that is there and empty what remains of the
	// database without the person. The original stays as it is.
	Expunge(ctx context.Context, e Expunging) (Toll, error)
}

// Settlement is what a database out of a backup has to be told.
type Settlement struct {
	// TakenAt is when the backup was made, Now when it is restored.
	TakenAt, Now time.Time
	// Workspace is the name under which the tokens of the place lie in the
	// keyring, empty where it has none yet.
	Workspace string
	// Channels are those that the place had.
	Channels []domain.Channel
	// WithToken are the channels of the backup that had a token, nil where the
	// backup does not say.
	WithToken *[]domain.ChannelID
}

// Settled is what became of the outbox of a restored database.
type Settled struct {
	// ByKey is how many complaints are cleared up by their key, ByPerson how many
	// wait for a person, Drafts how many are drafts.
	ByKey, ByPerson, Drafts int
	// Channels are those of the place whose tokens may stay: the same endpoint
	// under the same number.
	Channels []domain.ChannelID
	// NoToken is how many channels had a token that has to be entered again; of a
	// backup that does not say which, all that may have had one.
	NoToken int
}

// Expunging is what Expunge needs.
type Expunging struct {
	From, To, Person string
	// Step is called after each of the ExpungeSteps parts of the work.
	Step func()
}

// ExpungeSteps is how many parts the work of Expunge has.
const ExpungeSteps = 4

// Toll is what erasing takes, or took.
type Toll struct {
	Person string
	// Owner says that it is the owner of the workspace, who stays without a name.
	Owner bool
	Calls int64
	// OthersCalls are calls of other people with the person's own numbers.
	OthersCalls int64
	Contacts    int64
	Alerts      int64
	Complaints  int64
	// Open are complaints that lie at an endpoint and are not closed there, as
	// far as is known.
	Open int64
	// Waiting are complaints in the outbox that never left; they are cancelled.
	Waiting int64
	// Unsettled are complaints that may have reached an endpoint, without a
	// receipt number yet.
	Unsettled int64
	// Mentions are texts of other people in which the name stands.
	Mentions int64
	// Evidence are the digests of the files that no other complaint needs, Needed
	// those that some other needs.
	Evidence, Needed []string
	// Copies are older copies of the database, logs and other files that go
	// whole.
	Copies int
	// Left are files of the folder that are not the program's and stay.
	Left []string
}
