package importer

import "unicode/utf8"

// sharedStrings are the texts of a workbook, which its cells name by number.
// They are kept one behind the other, because a million small strings would
// take many times the room.
type sharedStrings struct {
	chunks [][]byte
	at     []uint64 // which chunk, where in it, how long
	bytes  int
}

// The bounds of the texts of one workbook: a table of a million rows in which
// each has a time and a number of its own stays below them.
const (
	stringChunk    = 1 << 20
	maxStrings     = 4 << 20
	maxStringBytes = 64 << 20
)

// add keeps a text, of one that is longer than most, which is less than 2^16
// bytes, the beginning; false where there are too many.
func (s *sharedStrings) add(text []byte, most int) bool {
	if len(text) > most {
		text = text[:most]
		for !utf8.Valid(text[max(0, len(text)-utf8.UTFMax):]) && len(text) > most-utf8.UTFMax {
			text = text[:len(text)-1]
		}
	}
	if s.bytes += len(text); s.bytes > maxStringBytes || len(s.at) >= maxStrings {
		return false
	}
	last := len(s.chunks) - 1
	if last < 0 || len(s.chunks[last])+len(text) > stringChunk {
		s.chunks = append(s.chunks, make([]byte, 0, stringChunk))
		last++
	}
	s.at = append(s.at, uint64(last)<<40|uint64(len(s.chunks[last]))<<16|uint64(len(text)))
	s.chunks[last] = append(s.chunks[last], text...)
	return true
}

// get gives a text, empty for a number that none has.
func (s *sharedStrings) get(i int) string {
	if i < 0 || i >= len(s.at) {
		return ""
	}
	at := s.at[i]
	from, length := at>>16&(1<<24-1), at&(1<<16-1)
	return string(s.chunks[at>>40][from : from+length])
}
