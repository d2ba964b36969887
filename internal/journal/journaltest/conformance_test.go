package journaltest_test

import (
	"slices"
	"strings"
	"testing"

	"quietline/internal/filing"
	"quietline/internal/folders"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
	"quietline/internal/lookout"
	"quietline/internal/registrar"
	"quietline/internal/settings"
	"quietline/internal/store/storetest"
	"quietline/internal/testkit"
)

type (
	memory        = journaltest.Store
	filingStore   = filing.Store
	batchStore    = filing.BatchStore
	contactStore  = journal.ContactStore
	lookoutStore  = lookout.Store
	folderStore   = folders.Store
	settingsStore interface {
		settings.Store
		lookout.SettingStore
	}
	registryStore interface {
		registrar.Store
		registrar.CallStore
	}
)

// fake is the store in memory. It keeps no contacts, no complaints, no settings,
// no registry, no alerts and no folders; asked for them it panics.
type fake struct {
	*memory
	contactStore
	filingStore
	batchStore
	settingsStore
	registryStore
	lookoutStore
	folderStore
}

// ours says whether a test of the suite is about people and calls alone.
func ours(name string) bool {
	area, what, _ := strings.Cut(name, "/")
	return slices.Contains([]string{"people", "calls", "paging", "search", "card", "mapping"}, area) &&
		!slices.Contains([]string{
			"removing leaves complaints", "removed calls leave complaints", "bad cursors", "nothing typed breaks it",
		}, what)
}

// TestPromises runs the suite of the real store on the fake, as far as it is
// about people and calls alone.
func TestPromises(t *testing.T) {
	ran := 0
	storetest.RunSome(t, ours, func(*testing.T) storetest.Full {
		ran++
		return fake{memory: journaltest.NewStore(storetest.Owner, testkit.Epoch())}
	})
	if ran < 15 {
		t.Errorf("only %d tests ran", ran)
	}
}
