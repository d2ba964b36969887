// Package registry holds the compiled public lists of 95, 96 and other service
// numbers, the provinces, area codes and mobile segments. A Snapshot is read
// once and never changes; look-ups do not allocate.
//
// The lists say who a code was publicly named for, not that a call showing it
// is genuine; where each row comes from stands in the row.
package registry

import (
	"iter"
	"strings"

	"quietline/internal/domain"
)

// National is the scope of a holder that has its code in the whole country.
const National = "national"

// The confidence marks of a row.
const (
	// SingleSource marks a row that one list gives.
	SingleSource = "single source"
	// TwoSources marks a row on which two lists agree; the ministry did not
	// confirm it.
	TwoSources = "verified in 2+ sources"
)

// Lengths of a code in digits: 110 at one end, room for the longest special
// form at the other.
const (
	minCode = 3
	maxCode = 13
)

// Categories lists the categories of holders. "call_centre" is a category by
// number block where nothing better is known of the firm.
func Categories() []string {
	return []string{
		"bank", "insurance", "securities", "fund", "call_centre", "telecom",
		"government", "internet", "logistics", "airline", "utility", "other",
	}
}

// Segment is a block of mobile numbers. Since numbers can be carried over it
// names the operator that got the block, not the one that serves a number.
type Segment struct {
	// Prefix is what the numbers begin with, three or four digits.
	Prefix     string
	OperatorZH string
	OperatorEN string
	// Kind is "public mobile", "virtual operator (MVNO)" … in the list's own
	// words.
	Kind       string
	Source     string
	Confidence string
}

// area is what an area code stands for.
type area struct {
	province string
	city     string
}

// Snapshot is one version of the registry. It is immutable and safe for
// concurrent use; the slices that it gives out must not be changed.
type Snapshot struct {
	info     domain.RegistryInfo
	codes    []string // in the order of the file, one for every row
	rows     []domain.Holder
	byCode   map[string][]domain.Holder
	longest  int
	areas    map[string]area
	segments map[string]Segment
	// provinces is keyed by every name under which a province is found, in
	// the form of nameKey, and by the plain Chinese names.
	provinces map[string]domain.Province
	list      []domain.Province // in the order of the file

	// base is the list without the user's corrections, nil where there are
	// none; hidden are its rows that the user hid.
	base   *Snapshot
	hidden []domain.RegistryEntry
}

// Info says which version this is.
func (s *Snapshot) Info() domain.RegistryInfo { return s.info }

// Find gives the holders of exactly this code in the order of the registry, or
// nil.
func (s *Snapshot) Find(code string) []domain.Holder { return s.byCode[code] }

// Longest finds the longest registered code with which the digits begin. It
// gives the empty code and nil where there is none. The code is a part of
// digits.
func (s *Snapshot) Longest(digits string) (code string, holders []domain.Holder) {
	for n := min(len(digits), s.longest); n >= minCode; n-- {
		if h, ok := s.byCode[digits[:n]]; ok {
			return digits[:n], h
		}
	}
	return "", nil
}

// AreaCode finds the longest area code with which the digits begin; the trunk
// zero belongs to it ("0551"). The code is a part of digits.
func (s *Snapshot) AreaCode(digits string) (areaCode, provinceZH string, ok bool) {
	for n := min(len(digits), 4); n >= 3; n-- {
		if a, ok := s.areas[digits[:n]]; ok {
			return digits[:n], a.province, true
		}
	}
	return "", "", false
}

// City gives the Chinese names of the places of an area code with its trunk
// zero, separated as in the list, or the empty string.
func (s *Snapshot) City(areaCode string) string { return s.areas[areaCode].city }

// Segment finds the block of a mobile number.
func (s *Snapshot) Segment(digits string) (Segment, bool) {
	for n := min(len(digits), 4); n >= 3; n-- {
		if g, ok := s.segments[digits[:n]]; ok {
			return g, true
		}
	}
	return Segment{}, false
}

// Province finds a province by its Chinese name with or without 省, 市 or
// 自治区, its English name, its pinyin (in any case, spaces do not matter) or
// its two-digit code.
func (s *Snapshot) Province(name string) (domain.Province, bool) {
	if p, ok := s.provinces[name]; ok {
		return p, true
	}
	if len(name) > maxProvinceName {
		return domain.Province{}, false
	}
	p, ok := s.provinces[nameKey(name)]
	return p, ok
}

// maxProvinceName bounds the work on a name that is asked for, in bytes.
const maxProvinceName = 100

// Provinces lists the 31 provinces in the order of their codes.
func (s *Snapshot) Provinces() []domain.Province {
	return append([]domain.Province(nil), s.list...)
}

// All goes through every row in the order of the registry.
func (s *Snapshot) All() iter.Seq2[string, domain.Holder] {
	return func(yield func(string, domain.Holder) bool) {
		for i, code := range s.codes {
			if !yield(code, s.rows[i]) {
				return
			}
		}
	}
}

// nameKey folds what does not tell provinces apart: case, spaces, hyphens,
// apostrophes and the word for the kind of unit.
func nameKey(name string) string {
	key := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '-', '\'', '\u2019', '\u3000':
			return -1
		}
		return r
	}, strings.ToLower(name))
	for _, unit := range unitWords() {
		if short := strings.TrimSuffix(key, unit); short != "" && short != key {
			return short
		}
	}
	return key
}
