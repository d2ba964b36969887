package report

import (
	"path/filepath"
	"strings"
	"time"

	"quietline/internal/domain"
)

// CallsFile takes the calls of an export one after another: into a table for
// people or, by its ending, into a JSON array for programs. End it with Commit
// or Discard. It is for one goroutine.
type CallsFile struct {
	write func(domain.Call) error
	file  interface {
		Rows() int
		Commit() error
		Discard()
	}
}

// CreateCalls begins a file of calls by its ending: .json for an array of
// CallObject, else a table as Create makes it. A file that stands there is
// replaced by Commit with replace, and left alone until then; without it,
// CreateCalls and Commit fail with Conflict "report.exists". The other failures
// are those of Create.
func CreateCalls(path string, replace bool, p CallsParams) (*CallsFile, error) {
	if strings.EqualFold(filepath.Ext(path), ".json") {
		f, err := CreateJSON(path, replace)
		if err != nil {
			return nil, err
		}
		return &CallsFile{write: func(k domain.Call) error { return f.Write(NewCallObject(k, p.Zone)) }, file: f}, nil
	}
	create := CreateNew
	if replace {
		create = Create
	}
	rows := NewCalls(p)
	f, err := create(path, rows.Header())
	if err != nil {
		return nil, err
	}
	return &CallsFile{write: func(k domain.Call) error { return f.Write(rows.Row(k)) }, file: f}, nil
}

// Write adds a call; it fails like File.Write.
func (f *CallsFile) Write(k domain.Call) error { return f.write(k) }

// Rows is the number of calls written so far.
func (f *CallsFile) Rows() int { return f.file.Rows() }

// Commit finishes the file and puts it in its place, like File.Commit.
func (f *CallsFile) Commit() error { return f.file.Commit() }

// Discard throws away what was written. After Commit it does nothing, so it can
// be deferred.
func (f *CallsFile) Discard() { f.file.Discard() }

// CallObject is a call as programs read it (cli.md).
type CallObject struct {
	ID              domain.CallID      `json:"id"`
	Person          string             `json:"person"`
	Number          string             `json:"number"`
	Display         string             `json:"display"`
	AreaCode        string             `json:"area_code"`
	Code            string             `json:"code"`
	Family          domain.Family      `json:"family"`
	Verdict         domain.Verdict     `json:"verdict"`
	StartedAt       string             `json:"started_at"`
	DurationSeconds *int64             `json:"duration_seconds"`
	RingSeconds     *int64             `json:"ring_seconds"`
	Direction       domain.Direction   `json:"direction"`
	Name            string             `json:"name"`
	Category        domain.Category    `json:"category"`
	Techniques      []domain.Technique `json:"techniques"`
	Note            string             `json:"note"`
	Source          string             `json:"source"`
}

// NewCallObject makes a CallObject, with its time in the zone.
func NewCallObject(k domain.Call, zone *time.Location) CallObject {
	v := CallObject{
		ID: k.ID, Person: k.Person, Number: k.Number, Display: k.Display, AreaCode: k.AreaCode,
		Code: k.Code, Family: k.Family, Verdict: k.Verdict, StartedAt: k.StartedAt.In(zone).Format(time.RFC3339),
		DurationSeconds: domain.WholeSeconds(k.Duration), RingSeconds: domain.WholeSeconds(k.Ring), Direction: k.Direction,
		Name: k.Name, Category: k.Category, Techniques: k.Techniques, Note: k.Note, Source: k.Source,
	}
	if v.Techniques == nil {
		v.Techniques = []domain.Technique{}
	}
	return v
}
