package registry

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"slices"
	"time"

	"quietline/internal/domain"
)

// The files of a registry folder.
const (
	codesFile     = "registry-95-96.csv"
	notesFile     = "registry-notes.csv"
	provincesFile = "provinces.csv"
	areasFile     = "area-codes.csv"
	segmentsFile  = "mobile-segments.csv"
	versionFile   = "version.json"
)

const opLoad = "registry.Load"

// Load reads a registry folder. It fails with Corrupt "registry.missing" where
// a file cannot be opened and with Corrupt "registry.malformed" (Args: File,
// Line, counted from 1) where one holds something else than it should.
func Load(fsys fs.FS) (*Snapshot, error) {
	b := &builder{
		fsys:   fsys,
		notes:  make(map[[2]string]string, 128),
		common: make(map[string]string, 512),
		seen:   make(map[[2]string]bool, 2048),
		s: &Snapshot{
			byCode:    make(map[string][]domain.Holder, 2048),
			areas:     make(map[string]area, 512),
			segments:  make(map[string]Segment, 128),
			provinces: make(map[string]domain.Province, 256),
		},
	}
	// Areas, notes and codes name provinces, and codes have notes.
	for _, t := range []struct {
		file    string
		columns []string
		row     func(fields []string) bool
	}{
		{provincesFile, []string{"code", "name_zh", "name_en", "pinyin"}, b.province},
		{areasFile, []string{"area_code", "city_zh", "province_zh"}, b.area},
		{segmentsFile, []string{"prefix", "operator_zh", "operator_en", "kind", "source", "confidence"}, b.segment},
		{notesFile, []string{"code", "scope", "note_zh"}, b.note},
		{codesFile, []string{"code", "scope", "organisation_zh", "organisation_en", "category", "source", "confidence"}, b.code},
	} {
		if err := b.table(t.file, t.columns, t.row); err != nil {
			return nil, err
		}
	}
	if err := b.version(); err != nil {
		return nil, err
	}
	b.s.index()
	return b.s, nil
}

// builder fills a Snapshot that nobody else sees yet.
type builder struct {
	fsys  fs.FS
	s     *Snapshot
	notes map[[2]string]string // by code and scope
	// seen holds code and scope of the rows so far.
	seen map[[2]string]bool
	// common keeps one copy of the sources, categories and scopes, which
	// repeat in most rows.
	common map[string]string
}

func malformed(file string, line int, cause error) error {
	return domain.E(opLoad, domain.Corrupt, "registry.malformed", domain.Args{"File": file, "Line": line}, cause)
}

var errRow = errors.New("a field is not of its kind")

// table reads a CSV file with exactly these columns in this order.
func (b *builder) table(file string, columns []string, row func(fields []string) bool) error {
	f, err := b.fsys.Open(file)
	if err != nil {
		return domain.E(opLoad, domain.Corrupt, "registry.missing", domain.Args{"File": file}, err)
	}
	defer func() { _ = f.Close() }() // only read
	r := csv.NewReader(f)
	r.FieldsPerRecord = len(columns)
	r.ReuseRecord = true
	head, err := r.Read()
	if err != nil {
		return malformed(file, 1, err)
	}
	if !slices.Equal(head, columns) {
		return malformed(file, 1, errRow)
	}
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			var at *csv.ParseError
			if errors.As(err, &at) {
				return malformed(file, at.Line, err)
			}
			return malformed(file, 1, err)
		}
		if !row(fields) {
			line, _ := r.FieldPos(0)
			return malformed(file, line, errRow)
		}
	}
}

// version reads version.json. Where it states numbers of rows, they must be
// there: a file that was cut off at the end of a line is well-formed otherwise.
func (b *builder) version() error {
	data, err := fs.ReadFile(b.fsys, versionFile)
	if err != nil {
		return domain.E(opLoad, domain.Corrupt, "registry.missing", domain.Args{"File": versionFile}, err)
	}
	var v struct {
		Version string `json:"version"`
		Date    string `json:"date"`
		Rows    *int   `json:"rows"`
		Notes   *int   `json:"notes"`
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return malformed(versionFile, 1, err)
	}
	if _, err := time.Parse(time.DateOnly, v.Date); err != nil {
		return malformed(versionFile, 1, err)
	}
	if v.Version == "" {
		return malformed(versionFile, 1, errRow)
	}
	if v.Rows != nil && *v.Rows != len(b.s.rows) {
		return malformed(codesFile, len(b.s.rows)+1, errRow)
	}
	if v.Notes != nil && *v.Notes != len(b.notes) {
		return malformed(notesFile, len(b.notes)+1, errRow)
	}
	b.s.info = domain.RegistryInfo{Version: v.Version, Date: v.Date, Entries: len(b.s.rows)}
	return nil
}

// index gives every code its run of rows. The rows of one code lie together in
// the file; where they do not, they are copied together.
func (s *Snapshot) index() {
	for lo := 0; lo < len(s.codes); {
		hi := lo + 1
		for hi < len(s.codes) && s.codes[hi] == s.codes[lo] {
			hi++
		}
		code, run := s.codes[lo], s.rows[lo:hi:hi]
		if before, ok := s.byCode[code]; ok {
			run = slices.Concat(before, run)
		}
		s.byCode[code] = run
		s.longest = max(s.longest, len(code))
		lo = hi
	}
}
