package journal

import (
	"math/bits"
	"time"

	"quietline/internal/domain"
)

// ordinals tells equal rows of one file apart: the first is 0, the second 1,
// and so on in every format, so that two calls within one minute of a log
// that knows no seconds are both kept, and the same file read again gives the
// same ordinals. It remembers a hash of each row and not the row, ten to
// thirteen bytes, so that a log of millions of rows stays small. Two of ten
// million different rows share their 64 bits with a chance of one in 370,000,
// and then the second of them is stored as number 1 instead of 0: no call is
// lost.
type ordinals struct {
	shards [256]shard     // by the first byte of the hash, so that none is large
	more   map[uint64]int // how often a row came, where more than once
}

// shard is a set of hashes with open addressing; 0 is a free place.
type shard struct {
	slots []uint64
	used  int
}

// next gives the ordinal of a row and counts it. Rows of one import belong to
// one person.
func (o *ordinals) next(number string, startedAt time.Time, d domain.Direction) int {
	h := rowHash(number, startedAt.UnixMilli(), d)
	if o.shards[h>>56].insert(h) {
		return 0
	}
	if o.more == nil {
		o.more = map[uint64]int{}
	}
	o.more[h]++
	return o.more[h]
}

// insert says whether the hash is new. At four fifths full the shard grows by
// a quarter.
func (s *shard) insert(h uint64) bool {
	if 5*(s.used+1) > 4*len(s.slots) {
		old := s.slots
		s.slots, s.used = make([]uint64, max(16, len(old)+len(old)/4)), 0
		for _, h := range old {
			if h != 0 {
				s.insert(h)
			}
		}
	}
	// The bits behind the first byte, scaled to the length.
	at, _ := bits.Mul64(h<<8, uint64(len(s.slots)))
	for {
		switch s.slots[at] {
		case h:
			return false
		case 0:
			s.slots[at] = h
			s.used++
			return true
		}
		if at++; at == uint64(len(s.slots)) {
			at = 0
		}
	}
}

// rowHash is FNV-1a with the finishing steps of MurmurHash3, whose low bits
// are as good as its high ones. It is the same in every process: a second
// import must give the same ordinals.
func rowHash(number string, ms int64, d domain.Direction) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	for i := range len(number) {
		h = (h ^ uint64(number[i])) * prime
	}
	h = (h ^ 0xff) * prime // no byte of UTF-8: it parts the fields
	for range 8 {
		h = (h ^ uint64(ms&0xff)) * prime
		ms >>= 8
	}
	for i := range len(d) {
		h = (h ^ uint64(d[i])) * prime
	}
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	h ^= h >> 33
	return max(h, 1) // 0 is a free place
}
