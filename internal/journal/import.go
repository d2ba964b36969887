package journal

import (
	"context"
	"errors"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/progress"
)

// ImportRequest says what to import for whom.
type ImportRequest struct {
	// Path is the file.
	Path string
	// PersonID or else Person, a name, is whose log it is; without either it
	// is the owner's.
	PersonID domain.PersonID
	Person   string
	// Format is a name of Formats, empty or "auto" to find out by content.
	Format string
	// OwnNumber is a number of the phone itself, in any spelling, besides
	// those kept with the person; empty for none.
	OwnNumber string
	// Year is assumed where the file leaves it out; 0 to guess.
	Year int
	// Mapping says where the fields of a table are; it is remembered for tables
	// with the same titles. Empty where the titles or what is remembered tell.
	Mapping Mapping
	// ForgetMapping has what is remembered for the titles of the table
	// forgotten, and not used.
	ForgetMapping bool
	// DryRun does all of the work and writes nothing.
	DryRun bool
	// Rehearsal holds what the dry runs before this one would have stored, so
	// that those of several files count as their imports would; nil where there
	// was none.
	Rehearsal *Rehearsal
	// Zone is used for times without an offset; that of the Service where nil.
	Zone *time.Location
	// OnReject hears of every rejected row in turn, also of those that the report
	// has no room for, as long as files are read; nil for nobody.
	OnReject func(RowRemark)
}

// ImportReport is what an import did. Rows is always Imported + Duplicates +
// Skipped + Rejected: rows that were read but not stored, because the import
// was stopped or failed, are in none of them.
type ImportReport struct {
	// File is the name of the file without its folder.
	File             string
	Format, Encoding string
	Rows             int
	// Imported are calls that were stored, in a dry run those that would be.
	Imported int
	// Duplicates are calls that were there already.
	Duplicates int
	// Filled are those of the duplicates that told what was not known of a
	// call: its length, how long it rang, or a name.
	Filled int
	// Skipped are rows that are no calls.
	Skipped int
	// Rejected are calls that cannot be read.
	Rejected int
	// SkippedFor counts the skipped rows by reason; its words are the message
	// SkipWords + reason.
	SkippedFor map[string]int
	// Rejects are the first MaxRejects rejected rows; the words of a Reason are
	// the message RejectWords + Reason.
	Rejects []RowRemark
	// Notes are the first MaxRejects calls of which a lesser part could not be
	// read, and remarks about the file; the words of a Reason are the message
	// NoteWords + Reason.
	Notes []RowRemark
	// FirstAt and LastAt are the times of the earliest and the latest call
	// that was imported or a duplicate; zero where there was none.
	FirstAt, LastAt time.Time
	// PersonID and Person, a name, tell whose log it is.
	PersonID domain.PersonID
	Person   string
	DryRun   bool
	// Mapping is what the user said about the columns of the table, now or, where
	// MappingRemembered is set, in an earlier import; nil where titles told.
	Mapping           Mapping
	MappingRemembered bool
}

// What stands before a reason in the key of the message with its words.
const (
	RejectWords = "import.reject."
	SkipWords   = "import.skip."
	NoteWords   = "import.note."
)

// RowRemark is a remark about one row of a file.
type RowRemark struct {
	// Line is the line of a text file, else the ordinal of the record, from 1.
	Line   int
	Reason string
	// Text is the raw row, at most 200 characters.
	Text string
}

// MaxRejects is how many rejected rows a report lists; the counts hold all.
const MaxRejects = 1000

// Import reads a call log and stores its calls. What was stored stays, also
// where an error ends the import: a file that was cut off fails with Corrupt
// "import.truncated" after its whole records, a stopped context with Cancelled
// "cancelled"; the report then says what was done before. Reading the same
// file again changes nothing. It fails with NotFound "person.not_found",
// Invalid "import.year_range" and "import.own_number", Invalid
// "import.no_rows" for a file that holds titles or a frame only, and what
// Importers.Open fails with; a mapping with domain.Problems that point at
// /map/FIELD. The counter may be nil.
func (s *Service) Import(ctx context.Context, r ImportRequest, c *progress.Counter) (ImportReport, error) {
	const op = "journal.Import"
	report := ImportReport{File: filepath.Base(r.Path), DryRun: r.DryRun}
	person, err := s.person(ctx, op, r.PersonID, r.Person)
	if err != nil {
		return report, err
	}
	report.PersonID, report.Person = person.ID, person.Name
	options, err := s.importOptions(op, r, person)
	if err != nil {
		return report, err
	}
	generation, err := s.registry.Fresh(ctx)
	if err != nil {
		return report, err
	}
	source, err := s.importers.Open(ctx, r.Path, options)
	if err != nil {
		return report, err
	}
	defer source.Close()
	if c == nil {
		c = &progress.Counter{}
	}
	run := importRun{
		store: storing{calls: s.calls, dryRun: r.DryRun}, checker: s.checker, person: person, source: source, counter: c, report: &report,
		oldest: domain.OldestCall(), latest: s.latest(), seen: map[string]reading{}, onReject: r.OnReject,
	}
	if r.DryRun {
		run.store.rehearsal = r.Rehearsal
	}
	err = run.all(ctx)
	if !r.DryRun {
		// What was stored before a stop stays and has to be right as well.
		if settle := s.registry.Settle(context.WithoutCancel(ctx), generation); err == nil {
			err = settle
		}
	}
	if kept := s.keepMapping(context.WithoutCancel(ctx), r, &report, source); err == nil {
		err = kept
	}
	report.Format, report.Encoding = source.Format(), source.Encoding()
	for _, m := range source.Remarks() {
		report.Notes = remark(report.Notes, Record{Line: m.Line, Text: m.Text}, m.Reason)
	}
	report.Rows = report.Imported + report.Duplicates + report.Skipped + report.Rejected
	if err != nil && ctx.Err() != nil {
		err = domain.E(op, domain.Cancelled, "cancelled", nil, err)
	}
	if err == nil && report.Rows == 0 {
		err = domain.E(op, domain.Invalid, "import.no_rows", domain.Args{"File": report.File}, nil)
	}
	return report, err
}

func (s *Service) importOptions(op string, r ImportRequest, person domain.Person) (ImportOptions, error) {
	o := ImportOptions{
		Format: r.Format, OwnNumbers: slices.Clone(person.Numbers), Year: r.Year, Zone: r.Zone, Now: s.clock.Now(),
	}
	if o.Zone == nil {
		o.Zone = s.zone
	}
	if err := judgeMapping(op, r.Mapping).Err(); err != nil {
		return o, err
	}
	o.Mapping, o.Recall = maps.Clone(r.Mapping), s.recall(r)
	first, last := domain.OldestCall().Year(), o.Now.In(o.Zone).Year()
	if r.Year != 0 && (r.Year < first || r.Year > last) {
		return o, domain.E(op, domain.Invalid, "import.year_range", domain.Args{"First": first, "Last": last}, nil).At("/year")
	}
	if strings.TrimSpace(r.OwnNumber) != "" {
		number, ok := s.ownNumber(r.OwnNumber)
		if !ok {
			return o, domain.E(op, domain.Invalid, "import.own_number", nil, nil).At("/own_number")
		}
		o.OwnNumbers = append(o.OwnNumbers, number)
	}
	return o, nil
}

// importRun is one import under way.
type importRun struct {
	store          storing
	checker        Checker
	person         domain.Person
	source         ImportSource
	counter        *progress.Counter
	report         *ImportReport
	oldest, latest time.Time
	batch          []domain.Call
	ordinals       ordinals
	seen           map[string]reading
	onReject       func(RowRemark) // nil for nobody
}

// reading is what a call keeps of the check of its number.
type reading struct {
	number, display, areaCode, code string
	family                          domain.Family
	verdict                         domain.Verdict
}

// maxSeen and maxSeenText bound the memory of a log whose numbers are all
// different: how many are remembered, and the longest, in bytes. Most logs have
// few, and reading one costs more than looking it up; a text beyond any number
// is read each time.
const (
	maxSeen     = 1 << 14
	maxSeenText = 128
)

// all reads to the end. Before any error but a stopped context what was read
// is stored.
func (r *importRun) all(ctx context.Context) error {
	// Also when reading panics: nothing is written behind our back. Where it has
	// something to say, another error came before.
	defer func() { _ = r.settle() }()
	r.tell()
	for n := 1; ; n++ {
		rec, err := r.source.Next()
		if err != nil {
			if ferr := r.flush(ctx); ferr != nil {
				return ferr
			}
			if ferr := r.settle(); ferr != nil {
				return ferr
			}
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		r.take(rec)
		if len(r.batch) == batchSize {
			if err := r.flush(ctx); err != nil {
				return err
			}
		}
		if n%256 == 0 {
			r.tell()
			if err := ctx.Err(); err != nil {
				return errors.Join(r.settle(), err)
			}
		}
	}
}

// take counts a record or puts its call into the batch.
func (r *importRun) take(rec Record) {
	r.counter.AddItems(1)
	if rec.Skip != "" {
		r.report.Skipped++
		if r.report.SkippedFor == nil {
			r.report.SkippedFor = map[string]int{}
		}
		r.report.SkippedFor[rec.Skip]++
		return
	}
	if rec.Reject == "" && (rec.StartedAt.Before(r.oldest) || rec.StartedAt.After(r.latest)) {
		rec.Reject = "time_range"
		rec.Text = strings.TrimSpace(rec.StartedAt.Format(time.RFC3339) + " " + domain.Clip(rec.Number, 64))
	}
	if rec.Reject != "" {
		r.report.Rejected++
		r.report.Rejects = remark(r.report.Rejects, rec, rec.Reject)
		if r.onReject != nil {
			r.onReject(RowRemark{Line: rec.Line, Reason: rec.Reject, Text: rec.Text})
		}
		r.counter.AddFailed(1)
		return
	}
	if rec.Note != "" {
		r.report.Notes = remark(r.report.Notes, rec, rec.Note)
	}
	number := r.read(rec.Number)
	at := rec.StartedAt.Truncate(time.Millisecond)
	r.batch = append(r.batch, domain.Call{
		PersonID: r.person.ID, Person: r.person.Name,
		Number: number.number, Display: number.display, AreaCode: number.areaCode, Code: number.code,
		Family: number.family, Verdict: number.verdict,
		StartedAt: at, Duration: rec.Duration, Ring: rec.Ring, Direction: rec.Direction,
		Ordinal: r.ordinals.next(number.number, at, rec.Direction),
		Name:    cleanName(rec.Name), Source: r.source.Format(),
	})
}

func remark(list []RowRemark, rec Record, reason string) []RowRemark {
	if len(list) == MaxRejects {
		return list
	}
	return append(list, RowRemark{Line: rec.Line, Reason: reason, Text: rec.Text})
}

// read checks a number, each only once unless it is too long to be one.
func (r *importRun) read(text string) reading {
	if got, ok := r.seen[text]; ok {
		return got
	}
	c := r.checker.Check(text, r.person.Province)
	got := reading{
		number: c.Number, display: domain.Clip(strings.TrimSpace(domain.Undirected(text)), domain.MaxDisplay), areaCode: c.AreaCode, code: c.Code,
		family: c.Family, verdict: c.Verdict,
	}
	if len(text) > maxSeenText {
		return got
	}
	if len(r.seen) == maxSeen {
		clear(r.seen)
	}
	r.seen[text] = got
	return got
}

// cleanName keeps of a contact name what can be shown in one line.
func cleanName(name string) string {
	const most = 2 * domain.MaxNameLength
	if !printable(name) {
		name = strings.Map(func(r rune) rune {
			if !printable(string(r)) {
				return ' '
			}
			return r
		}, name)
	}
	return domain.Clip(strings.TrimSpace(name), most)
}

// flush has the batch stored while reading goes on.
func (r *importRun) flush(ctx context.Context) error {
	if len(r.batch) == 0 {
		return nil
	}
	var done stored
	r.batch, done = r.store.put(ctx, r.batch)
	return r.count(done)
}

// settle waits until all is stored that was flushed.
func (r *importRun) settle() error { return r.count(r.store.end()) }

// count takes what was committed into the report.
func (r *importRun) count(done stored) error {
	r.report.Imported += done.Added
	r.report.Duplicates += done.Duplicates
	r.report.Filled += done.Filled
	if r.report.FirstAt.IsZero() || !done.first.IsZero() && done.first.Before(r.report.FirstAt) {
		r.report.FirstAt = done.first
	}
	if done.last.After(r.report.LastAt) {
		r.report.LastAt = done.last
	}
	r.tell()
	return done.err
}

// tell reports how much of the file was read.
func (r *importRun) tell() {
	done, total := r.source.Progress()
	r.counter.SetTotal(total)
	r.counter.SetDone(done)
}
