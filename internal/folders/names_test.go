package folders_test

import (
	"testing"
	"time"

	"quietline/internal/folders"
	"quietline/internal/testkit"
)

func TestIgnored(t *testing.T) {
	for name, want := range map[string]bool{
		"calls.xml": false, "来电.csv": false, "calls.sync-conflict-20240520.xml": false, "parts.xml": false,
		"": true, ".calls.xml": true, ".syncthing.calls.xml.tmp": true, "~syncthing~calls.xml.tmp": true,
		".~lock.calls.csv#": true, "~$calls.xlsx": true, "calls.xml.part": true, "CALLS.XML.CRDOWNLOAD": true,
		"calls.xml.baiduyun.p.downloading": true, "calls.tmp": true, "Desktop.ini": true, "Thumbs.db": true,
		"@eaDir": true, "#recycle": true, "$RECYCLE.BIN": true, "calls.xml~": true, "System Volume Information": true,
	} {
		if got := folders.Ignored(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestDue(t *testing.T) {
	now := testkit.Epoch()
	e := folders.Entry{Path: "a", Size: 1, Modified: 2}
	for name, tt := range map[string]struct {
		known folders.Known
		want  bool
	}{
		"new":                   {folders.Known{}, true},
		"imported":              {folders.Known{Size: 1, Modified: 2, State: folders.StateImported, Reader: "old"}, false},
		"copy":                  {folders.Known{Size: 1, Modified: 2, State: folders.StateCopy}, false},
		"grown":                 {folders.Known{Size: 0, Modified: 2, State: folders.StateImported}, true},
		"newer":                 {folders.Known{Size: 1, Modified: 1, State: folders.StateImported}, true},
		"failed":                {folders.Known{Size: 1, Modified: 2, State: folders.StateFailed, Reader: "r"}, false},
		"failed before":         {folders.Known{Size: 1, Modified: 2, State: folders.StateFailed, Reader: "old"}, true},
		"foreign":               {folders.Known{Size: 1, Modified: 2, State: folders.StateForeign, Reader: "r"}, false},
		"foreign before":        {folders.Known{Size: 1, Modified: 2, State: folders.StateForeign, Reader: "old"}, true},
		"later, not yet":        {folders.Known{Size: 1, Modified: 2, State: folders.StateLater, Reader: "r", RetryAt: now.Add(1)}, false},
		"later, now":            {folders.Known{Size: 1, Modified: 2, State: folders.StateLater, Reader: "r", RetryAt: now}, true},
		"later, clock wrong":    {folders.Known{Size: 1, Modified: 2, State: folders.StateLater, Reader: "r", RetryAt: now.Add(2 * time.Hour)}, true},
		"claimed":               {folders.Known{Size: 1, Modified: 2, State: folders.StateClaimed, LeaseUntil: now.Add(1)}, false},
		"claimed and grown":     {folders.Known{Size: 0, Modified: 2, State: folders.StateClaimed, LeaseUntil: now.Add(1)}, false},
		"claimed, over":         {folders.Known{Size: 1, Modified: 2, State: folders.StateClaimed, LeaseUntil: now}, true},
		"claimed, clock wrong":  {folders.Known{Size: 1, Modified: 2, State: folders.StateClaimed, LeaseUntil: now.Add(time.Hour)}, true},
		"a state from tomorrow": {folders.Known{Size: 1, Modified: 2, State: "new"}, true},
	} {
		if got := tt.known.Due(e, "r", now); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
