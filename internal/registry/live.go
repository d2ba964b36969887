package registry

import (
	"sync/atomic"

	"quietline/internal/domain"
)

// Live is the registry of a running program: the snapshot of the moment, which
// an update or a correction replaces as a whole. It is safe for concurrent
// use; a look-up costs what it costs in the Snapshot.
type Live struct{ now atomic.Pointer[Snapshot] }

// NewLive begins with a snapshot.
func NewLive(s *Snapshot) *Live {
	l := &Live{}
	l.now.Store(s)
	return l
}

// Snapshot is the one that counts now.
func (l *Live) Snapshot() *Snapshot { return l.now.Load() }

// Replace has another one count from now on.
func (l *Live) Replace(s *Snapshot) { l.now.Store(s) }

// Find is Snapshot.Find.
func (l *Live) Find(code string) []domain.Holder { return l.Snapshot().Find(code) }

// Longest is Snapshot.Longest.
func (l *Live) Longest(digits string) (code string, holders []domain.Holder) {
	return l.Snapshot().Longest(digits)
}

// AreaCode is Snapshot.AreaCode.
func (l *Live) AreaCode(digits string) (areaCode, provinceZH string, ok bool) {
	return l.Snapshot().AreaCode(digits)
}

// Province is Snapshot.Province.
func (l *Live) Province(name string) (domain.Province, bool) { return l.Snapshot().Province(name) }

// Provinces is Snapshot.Provinces.
func (l *Live) Provinces() []domain.Province { return l.Snapshot().Provinces() }

// Info is Snapshot.Info.
func (l *Live) Info() domain.RegistryInfo { return l.Snapshot().Info() }
