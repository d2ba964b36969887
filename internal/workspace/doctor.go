package workspace

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"quietline/internal/domain"
	"quietline/internal/platform"
	"quietline/internal/registry"
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

// Examine looks the workspace over: folder, permissions, database, tokens,
// registry, disk. It opens what it needs itself; a damaged database is a
// finding, not an error. As with any other command, a database of an older
// version is brought up to date by being opened.
func Examine(ctx context.Context, p Params) Report {
	r := &examination{p: &p, report: Report{OK: true, Dir: p.Dir}}
	if err := p.fill(); err != nil {
		r.fault("texts", err)
		return r.report
	}
	r.registry()
	if r.folder() {
		// Before the database is opened, because that mends its own mode.
		r.permissions()
		r.database(ctx)
		r.tokens()
		r.disk()
	}
	r.fine("fonts", "fonts", nil)
	r.display()
	return r.report
}

type examination struct {
	p      *Params
	report Report
}

func (e *examination) add(check string, s Status, code, text string) {
	e.report.Findings = append(e.report.Findings, Finding{Check: check, Status: s, Code: code, Text: text})
	if s == StatusFault {
		e.report.OK = false
	}
}

func (e *examination) fault(check string, err error) {
	x := e.p.Printer.Explain(err)
	e.add(check, StatusFault, x.Code, x.Message+" "+x.Hint)
}

func (e *examination) fine(check, key string, args map[string]any) {
	e.add(check, StatusOK, "", e.p.Printer.T("doctor.ok."+key, args))
}

func (e *examination) warn(check, key string, args map[string]any) {
	e.add(check, StatusWarning, key, e.p.Printer.T("doctor.warn."+key, args))
}

func (e *examination) registry() {
	snap, err := registry.Load(e.p.Registry)
	if err != nil {
		e.fault("registry", err)
		return
	}
	info := snap.Info()
	e.fine("registry", "registry", map[string]any{"Version": info.Version, "Date": info.Date, "Entries": info.Entries})
}

// folder says whether there is a data directory to look into.
func (e *examination) folder() bool {
	info, err := os.Stat(e.p.Dir)
	switch {
	case os.IsNotExist(err):
		e.fine("folder", "folder_new", map[string]any{"Path": e.p.Dir})
		return false
	case err != nil:
		e.fault("folder", domain.E("workspace.folder", domain.Denied, "data_dir.unwritable", domain.Args{"Path": e.p.Dir}, err))
		return false
	case !info.IsDir():
		e.fault("folder", domain.E("workspace.folder", domain.Invalid, "data_dir.not_directory", domain.Args{"Path": e.p.Dir}, nil))
		return false
	}
	e.fine("folder", "folder", map[string]any{"Path": e.p.Dir})
	return true
}

func (e *examination) database(ctx context.Context) {
	path := filepath.Join(e.p.Dir, DatabaseFile)
	if _, err := os.Stat(path); os.IsNotExist(err) {
		e.fine("database", "database_new", nil)
		return
	}
	db, err := store.Open(ctx, store.Params{Path: path, Clock: e.p.Clock, SelfName: domain.SelfName})
	if err != nil {
		e.fault("database", err)
		return
	}
	err = db.Check(ctx)
	if cerr := db.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		e.fault("database", err)
		return
	}
	e.fine("database", "database", nil)
}

func (e *examination) tokens() {
	in, err := secrets.New(secrets.Params{File: filepath.Join(e.p.Dir, tokensFile)}).InFile()
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
	open := ""
	err := filepath.WalkDir(e.p.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 && info.Mode().Type()&fs.ModeSymlink == 0 {
			open = path
		}
		return err
	})
	switch {
	case err != nil:
		e.fault("permissions", domain.E("workspace.permissions", domain.Denied, "data_dir.unwritable", domain.Args{"Path": e.p.Dir}, err))
	case open != "":
		e.fault("permissions", domain.E("workspace.permissions", domain.Denied, "doctor.readable_by_others", domain.Args{"Path": open}, nil))
	default:
		e.fine("permissions", "permissions", nil)
	}
}

func (e *examination) disk() {
	free, err := platform.FreeBytes(e.p.Dir)
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
