package journaltest_test

import (
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
	settingsStore
	registryStore
	lookoutStore
	folderStore
}

// TestPromises runs the suite of the real store on the fake, as far as it is
// about people and calls alone.
func TestPromises(t *testing.T) {
	ran := 0
	storetest.Run(t, func(t *testing.T) storetest.Full {
		_, name, _ := strings.Cut(t.Name(), "/")
		area, test, _ := strings.Cut(name, "/")
		switch area {
		case "people", "calls", "paging", "search", "card", "mapping":
		default:
			t.Skip("not about people and calls")
		}
		switch test {
		case "removing_leaves_complaints", "removed_calls_leave_complaints", "bad_cursors", "nothing_typed_breaks_it":
			t.Skip("about complaints too")
		}
		ran++
		return fake{memory: journaltest.NewStore(storetest.Owner, testkit.Epoch())}
	})
	if ran < 15 {
		t.Errorf("only %d tests ran", ran)
	}
}
