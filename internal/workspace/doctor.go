package workspace

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"quietline/internal/custody"
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/platform"
	"quietline/internal/secrets"
	"quietline/internal/store"
)

// Status is how serious a finding is.
type Status string

// The statuses of a finding. Only a fault makes the workspace unsound.
const (
	StatusOK      Status = "ok"
	StatusWarning Status = "warning"
	StatusFault   Status = "fault"
)

// Finding is the result of one check.
type Finding struct {
	// Check names what was looked at; "doctor.check.CHECK" is its word.
	Check  string `json:"check"`
	Status Status `json:"status"`
	// Code is the error key, or empty.
	Code string `json:"code"`
	// Text is one or two sentences in the language of the printer.
	Text string `json:"text"`
}

// Report is what an examination found.
type Report struct {
	// OK says that data and permissions are sound, whatever is missing around
	// them.
	OK       bool      `json:"ok"`
	Dir      string    `json:"data_dir"`
	Findings []Finding `json:"checks"`
}

// lowDisk is how many free bytes are too few to be at ease.
const lowDisk = 200 << 20

// Examine looks over a workspace that this program does not have open: folder,
// permissions, database, tokens, registry, disk. It opens what it needs itself;
// a damaged database is a finding, not an error. As with any other command, a
// database of an older version is brought up to date by being opened.
func Examine(ctx context.Context, p Params) Report {
	err := p.fill()
	e := examine(p.Dir, p.Printer)
	if err != nil {
		e.add("texts", StatusFault, domain.KeyOf(err), err.Error()) // there are no other words
		return e.report
	}
	e.data(func() (found bool, err error) {
		if _, err := os.Stat(p.database().Path); err == nil {
			claim, err := custody.Use(ctx, p.Dir)
			if err != nil {
				return false, err
			}
			defer func() { _ = claim.Release() }()
		}
		return store.Examine(ctx, p.database())
	})
	e.evidenceIn(ctx, p)
	// After the permissions were looked at, which opening mends.
	if l, err := OpenLookup(ctx, p); err != nil {
		e.fault("registry", err)
	} else {
		e.registry(l.Registry.Info(), l.Problem)
	}
	e.machine()
	return e.report
}

// Examine looks the open workspace over, as the function of this name does with
// a closed one, and leaves to the store what is in the database.
func (w *Workspace) Examine(ctx context.Context) Report {
	e := examine(w.Dir, w.Printer)
	e.data(func() (bool, error) { return true, w.store.Check(ctx) })
	e.evidence(w.Filing.CheckEvidence(ctx))
	e.registry(w.Registry.Info(), w.Registrar.Problem())
	e.machine()
	return e.report
}

type examination struct {
	dir     string
	printer *l10n.Printer
	report  Report
}

func examine(dir string, printer *l10n.Printer) *examination {
	return &examination{dir: dir, printer: printer, report: Report{OK: true, Dir: dir}}
}

// data looks at what is in the folder; check at the database there, if it is
// found.
func (e *examination) data(check func() (found bool, err error)) {
	if !e.folder() {
		return
	}
	// Before the database is opened, because that mends its own mode.
	e.permissions()
	switch found, err := check(); {
	case err != nil:
		e.fault("database", err)
	case found:
		e.fine("database", "database", nil)
	default:
		e.fine("database", "database_new", nil)
	}
	e.tokens()
	e.disk()
}

// machine looks at what is around the data.
func (e *examination) machine() {
	e.fine("fonts", "fonts", nil)
	e.display()
}

func (e *examination) add(check string, s Status, code, text string) {
	e.report.Findings = append(e.report.Findings, Finding{Check: check, Status: s, Code: code, Text: text})
	if s == StatusFault {
		e.report.OK = false
	}
}

func (e *examination) fault(check string, err error) {
	x := e.printer.Explain(err)
	e.add(check, StatusFault, x.Code, x.Message+" "+x.Hint)
}

func (e *examination) fine(check, key string, args map[string]any) {
	e.add(check, StatusOK, "", e.printer.T("doctor.ok."+key, args))
}

func (e *examination) warn(check, key string, args map[string]any) {
	e.add(check, StatusWarning, key, e.printer.T("doctor.warn."+key, args))
}

// registry says which list counts; an installed one that does not is a warning,
// because the program's own does its work. What is wrong with the database is
// said at the database.
func (e *examination) registry(info domain.RegistryInfo, problem error) {
	if strings.HasPrefix(domain.KeyOf(problem), "registry.") {
		x := e.printer.Explain(problem)
		e.add("registry", StatusWarning, x.Code, x.Message+" "+x.Hint)
		return
	}
	e.fine("registry", "registry", map[string]any{"Version": info.Version, "Date": info.Date, "Entries": info.Entries})
}

// folder says whether there is a data directory to look into.
func (e *examination) folder() bool {
	info, err := os.Stat(e.dir)
	switch {
	case os.IsNotExist(err):
		e.fine("folder", "folder_new", map[string]any{"Path": e.dir})
		return false
	case err != nil:
		e.fault("folder", domain.E("workspace.folder", domain.Denied, "data_dir.unwritable", domain.Args{"Path": e.dir}, err))
		return false
	case !info.IsDir():
		e.fault("folder", domain.E("workspace.folder", domain.Invalid, "data_dir.not_directory", domain.Args{"Path": e.dir}, nil))
		return false
	}
	e.fine("folder", "folder", map[string]any{"Path": e.dir})
	return true
}

func (e *examination) tokens() {
	in, err := secrets.New(secrets.Params{File: filepath.Join(e.dir, tokensFile)}).InFile()
	switch {
	case err != nil:
		e.fault("tokens", err)
	case in:
		e.warn("tokens", "tokens_in_file", nil)
	default:
		e.fine("tokens", "tokens", nil)
	}
}

// permissions looks at what other users of the machine could read.
func (e *examination) permissions() {
	if runtime.GOOS == "windows" {
		return // the profile folder's access list decides there
	}
	open, err := openToOthers(e.dir)
	switch {
	case err != nil:
		e.fault("permissions", domain.E("workspace.permissions", domain.Denied, "data_dir.unwritable", domain.Args{"Path": e.dir}, err))
	case open != "":
		e.fault("permissions", domain.E("workspace.permissions", domain.Denied, "doctor.readable_by_others", domain.Args{"Path": open}, nil))
	default:
		e.fine("permissions", "permissions", nil)
	}
}

// openToOthers gives a file or folder that is open to them, or empty.
func openToOthers(dir string) (open string, err error) {
	root, err := filepath.EvalSymlinks(dir) // the walk follows no link
	if err != nil {
		return "", err
	}
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		var info fs.FileInfo
		if err == nil {
			info, err = d.Info()
		}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // logs and drafts come and go
		case err == nil && info.Mode().Perm()&0o077 != 0 && info.Mode().Type()&fs.ModeSymlink == 0:
			open = path
		}
		return err
	})
	return open, err
}

func (e *examination) disk() {
	free, err := platform.FreeBytes(e.dir)
	switch {
	case err != nil:
		e.warn("disk", "disk_unknown", nil)
	case free < lowDisk:
		e.warn("disk", "disk_low", map[string]any{"MB": free >> 20})
	default:
		e.fine("disk", "disk", map[string]any{"MB": free >> 20})
	}
}

// display says whether the desktop program could open a window here.
func (e *examination) display() {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		e.warn("display", "no_display", nil)
		return
	}
	e.fine("display", "display", nil)
}
