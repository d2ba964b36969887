package advice

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"quietline/internal/domain"
	"quietline/internal/registry"
)

// TableFile is the name under which the table is shipped and published.
const TableFile = "advice.csv"

// The bounds of a table. They are far above what is shipped, and keep a table
// from elsewhere from filling the memory or a page.
const (
	// MaxRows is the largest number of rows.
	MaxRows = 20_000
	// MaxText is the longest text, in characters.
	MaxText = 1000
	// maxSource is the longest source and value, in bytes.
	maxSource = 1000
)

// Columns are the columns of a table.
func Columns() []string {
	return []string{"entry", "group", "part", "value", "zh", "en", "certainty", "source"}
}

// Table is one version of the advice. It is immutable and safe for concurrent
// use; the slices that it gives out must not be changed.
type Table struct {
	entries []Entry
	rows    int
	once    sync.Once
	docs    *registry.Docs
}

// Entries gives every entry in the order of the table.
func (t *Table) Entries() []Entry { return t.entries }

// Rows is the number of rows under the header.
func (t *Table) Rows() int { return t.rows }

// Entry finds an entry by its ID.
func (t *Table) Entry(id string) (Entry, bool) {
	i := slices.IndexFunc(t.entries, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return Entry{}, false
	}
	return t.entries[i], true
}

var errRow = errors.New("a field is not of its kind")

// Parse reads a table. It fails with Corrupt "advice.malformed" (Args: Line,
// counted from 1) where it holds something else than it should: every row needs
// both languages, a known certainty and, unless it is our own advice, a source,
// its own or that of its entry; the rows of an entry stand together behind its
// title; and what to do when money has gone must be there, with the number of
// the police.
func Parse(data []byte) (*Table, error) {
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = len(Columns())
	head, err := r.Read()
	if err != nil || !slices.Equal(head, Columns()) {
		return nil, malformed(1, errors.Join(errRow, err))
	}
	t := &Table{}
	seen := map[string]bool{}
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			line := t.rows + 2
			if at, ok := errors.AsType[*csv.ParseError](err); ok {
				line = at.Line
			}
			return nil, malformed(line, err)
		}
		line, _ := r.FieldPos(0)
		if t.rows++; t.rows > MaxRows || !t.add(fields, seen) {
			return nil, malformed(line, errRow)
		}
	}
	if e, ok := t.Entry(Transferred); !ok || !slices.ContainsFunc(e.Points, police) {
		return nil, malformed(t.rows+1, errRow)
	}
	return t, nil
}

func malformed(line int, cause error) error {
	return domain.E("advice.Parse", domain.Corrupt, "advice.malformed", domain.Args{"Line": line}, cause)
}

// add takes one row; it says whether the row is sound.
func (t *Table) add(f []string, seen map[string]bool) bool {
	id, group, part := f[0], Group(f[1]), Part(f[2])
	p := Point{Part: part, Value: f[3], Text: Text{ZH: f[4], EN: f[5]}, Certainty: Certainty(f[6]), Source: f[7]}
	if !idShape.MatchString(id) || !slices.Contains(Groups(), group) || !p.sound() {
		return false
	}
	if part == partTitle {
		// One entry says what to do when money has gone, and nothing else does.
		if seen[id] || (id == Transferred) != (group == GroupTransferred) || !sourced(p) {
			return false
		}
		seen[id] = true
		t.entries = append(t.entries, Entry{ID: id, Group: group, Title: p.Text, Certainty: p.Certainty, Source: p.Source})
		return true
	}
	if len(t.entries) == 0 {
		return false
	}
	e := &t.entries[len(t.entries)-1]
	if p.Source == "" && p.Certainty != Own {
		p.Source = e.Source
	}
	if e.ID != id || e.Group != group || !sourced(p) {
		return false
	}
	if part == partWords {
		first := e.Words == Text{}
		e.Words = p.Text
		return first
	}
	e.Points = append(e.Points, p)
	return true
}

// police says whether a point is the number that must not be missing.
func police(p Point) bool { return p.Part == PartPhone && p.Value == "110" }

func sourced(p Point) bool { return p.Source != "" || p.Certainty == Own }

var (
	idShape    = regexp.MustCompile(`^[a-z0-9_]{1,40}$`)
	phoneShape = regexp.MustCompile(`^[0-9][0-9-]{1,18}[0-9]$`)
	smsShape   = regexp.MustCompile(`^([0-9]{3,12} )?[A-Za-z0-9*#]{1,60}$`)
)

// sound judges a row for itself.
func (p Point) sound() bool {
	for _, text := range []string{p.Text.ZH, p.Text.EN} {
		if strings.TrimSpace(text) == "" || utf8.RuneCountInString(text) > MaxText || !plain(text) {
			return false
		}
	}
	if !slices.Contains(Certainties(), p.Certainty) || len(p.Source) > maxSource || !plain(p.Source) ||
		p.Source != strings.TrimSpace(p.Source) || len(p.Value) > maxSource {
		return false
	}
	switch p.Part {
	case PartPhone:
		return phoneShape.MatchString(p.Value)
	case PartSMS:
		return smsShape.MatchString(p.Value)
	case PartLink:
		return webAddress(p.Value)
	case partTitle, partWords, PartSign, PartDo, PartSay, PartKeep, PartFact, PartCaution:
		return p.Value == ""
	}
	return false
}

// webAddress says whether a text is the https address of a page, in plain ASCII
// so that it reads as what it is.
func webAddress(text string) bool {
	if strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return false
	}
	u, err := url.Parse(text)
	return err == nil && u.Scheme == "https" && u.Hostname() != "" && u.User == nil
}

func plain(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, domain.Control)
}
