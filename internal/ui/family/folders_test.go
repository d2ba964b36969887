package family_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/folders"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/family"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// fakeFolders keeps watched folders in memory; the user chooses chosen.
type fakeFolders struct {
	list   []folders.Folder
	added  []string
	gone   []folders.FolderID
	chosen string
	err    error
}

func (f *fakeFolders) List(context.Context) ([]folders.Folder, error) { return f.list, nil }

func (f *fakeFolders) Add(_ context.Context, name, dir string) (folders.Folder, error) {
	f.added = append(f.added, name+" "+dir)
	return folders.Folder{Dir: dir, Person: name}, f.err
}

func (f *fakeFolders) RemoveByID(_ context.Context, id folders.FolderID) error {
	f.gone = append(f.gone, id)
	return f.err
}

func (f *fakeFolders) choose(_ string, chosen func(string)) {
	if f.chosen != "" {
		chosen(f.chosen)
	}
}

func watched() []folders.Folder {
	return []folders.Folder{
		{ID: 1, PersonID: 2, Person: "妈妈", Dir: "/home/wang/Nutstore Files/妈妈的手机/CallLogBackups", Imported: 12, Failed: 1, Foreign: 3, Failures: []folders.Failure{{
			Path: "calls-20240520.xml", At: time.Date(2024, 5, 20, 9, 0, 0, 0, domain.China()),
			Reason: folders.Reason{Kind: domain.Corrupt, Key: "import.no_rows", Args: map[string]string{"File": "calls-20240520.xml"}},
		}}},
		{ID: 2, PersonID: 2, Person: "妈妈", Dir: "/mnt/nas/calls", Problem: "folder.missing"},
	}
}

// That folders are not watched is said where they are, as long as there are any.
func TestPausedWatchingIsResumed(t *testing.T) {
	f := &fakePeople{list: people()}
	paused := true
	h := uitest.New(t, uitest.Options{})
	show := func() {
		h.Show(family.NewPage(h.Env, family.NewModel(family.Params{
			People: f, Folders: &f.folders, Contacts: &f.contacts,
		}), kit.Watching{Paused: func() bool { return paused }, Resume: func() { paused = false }}), kit.Route{})
	}
	show()
	if h.Shows("kit.watching.paused") {
		t.Error("nothing is watched")
	}
	f.folders.list = []folders.Folder{{ID: 1, PersonID: 2, Dir: "/calls"}}
	show()
	if !h.Shows("kit.watching.paused") {
		t.Fatalf("%q", h.Texts())
	}
	h.Press("tray.resume")
	show()
	if paused || h.Shows("kit.watching.paused") {
		t.Errorf("%q", h.Texts())
	}
}

func TestFormWithFoldersFits(t *testing.T) {
	uitest.Matrix(t, func(t *testing.T, o uitest.Options) {
		o.Size = fyne.NewSize(860, 1500)
		if o.TextSize == settings.TextLargest {
			o.Size = fyne.NewSize(860, 2800)
		}
		f := &fakePeople{list: people()[1:2], folders: fakeFolders{list: watched()}}
		h := show(t, o, f, kit.Route{})
		if !h.Shows("family.folders.trouble") {
			t.Error("the card says nothing of the failures")
		}
		h.Press("family.edit")
		h.Check()
		h.Golden("folders")
		h.Draw("family-folders")
	})
}

func TestChosenFolderIsWatched(t *testing.T) {
	f := &fakePeople{list: people()[1:2], folders: fakeFolders{chosen: "/srv/calls"}}
	h := show(t, uitest.Options{Language: l10n.English}, f, kit.Route{})
	h.Press("family.edit")
	f.folders.list = watched()[1:]
	h.Press("family.folders.add")
	if diff := cmp.Diff([]string{"妈妈 /srv/calls"}, f.folders.added); diff != "" {
		t.Fatal(diff)
	}
	if len(h.Toasts) != 1 || len(h.Topics) != 1 || h.Topics[0] != "folders" {
		t.Fatalf("toasts %q, topics %q", h.Toasts, h.Topics)
	}
	if !h.Reads("/mnt/nas/calls") || !h.Shows("family.folders.remove") {
		t.Errorf("the open form does not show the new folder: %q", h.Texts())
	}
	f.folders.list = nil
	h.Press("family.folders.remove")
	if diff := cmp.Diff([]folders.FolderID{2}, f.folders.gone); diff != "" {
		t.Fatal(diff)
	}
	if !h.Shows("family.folders.removed") {
		t.Fatalf("nothing is said where it happened: %q", h.Texts())
	}
	h.Press("family.undo")
	if diff := cmp.Diff([]string{"妈妈 /srv/calls", "妈妈 /mnt/nas/calls"}, f.folders.added); diff != "" {
		t.Error(diff)
	}
	if h.Shows("family.undo") {
		t.Error("the way back is still there")
	}
}

func TestNoFolderChosenIsNone(t *testing.T) {
	f := &fakePeople{list: people()[1:2]}
	h := show(t, uitest.Options{}, f, kit.Route{})
	h.Press("family.edit")
	h.Press("family.folders.add")
	if len(f.folders.added)+len(h.Toasts) != 0 {
		t.Errorf("added %q", f.folders.added)
	}
}

func TestRefusedFolderSaysWhy(t *testing.T) {
	f := &fakePeople{list: people()[1:2], folders: fakeFolders{
		chosen: "/srv/calls", err: domain.E("t", domain.Conflict, "folder.taken", domain.Args{"Path": "/srv/calls"}, nil),
	}}
	h := show(t, uitest.Options{}, f, kit.Route{})
	h.Press("family.edit")
	h.Press("family.folders.add")
	if len(h.Toasts) != 0 || len(h.Topics) != 0 || !h.Shows("err.folder.taken.hint") {
		t.Errorf("toasts %q, texts %q", h.Toasts, h.Texts())
	}
}

// Somebody new has no folders before they are saved.
func TestNobodyNewHasFolders(t *testing.T) {
	h := show(t, uitest.Options{}, &fakePeople{list: people()[:1]}, kit.Route{Action: kit.ActionNew})
	if h.Shows("family.folders.add") {
		t.Error("a folder for nobody")
	}
}

var _ family.Folders = (*fakeFolders)(nil)
