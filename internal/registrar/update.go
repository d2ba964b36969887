package registrar

import (
	"quietline/internal/advice"
	"quietline/internal/domain"
)

// Update is a newer list that was fetched and found genuine, with all that it
// would change. Nothing of it counts before Install.
type Update struct {
	// UpToDate says that there is nothing newer; the rest is empty then, but
	// From.
	UpToDate bool
	// From is the list that counts now, To the newer one.
	From, To domain.RegistryInfo
	// Added, Changed and Removed are in the order of the codes.
	Added, Changed, Removed []domain.RegistryChange
	// Advice is what is different in the table of advice.
	Advice advice.Changes
	// Verdicts are the logged numbers that the newer list judges otherwise,
	// those with the most calls first, at most MaxVerdictChanges of them.
	Verdicts []domain.VerdictChange
	// Numbers and Calls count all that change verdict, also beyond that.
	Numbers, Calls int64

	feed Feed
}

// MaxVerdictChanges bounds the list in an Update.
const MaxVerdictChanges = 1000

// Source is where newer lists come from.
type Source struct {
	// URL is the https address of the manifest (registry.json); empty while the
	// user has set none, which is how the program comes.
	URL string
	// Key is the minisign public key of whoever makes the list, in one line.
	Key string
}
