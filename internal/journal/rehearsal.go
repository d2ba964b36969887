package journal

import (
	"strconv"

	"quietline/internal/domain"
)

// Rehearsal is what several dry runs, one after the other, would have stored.
// It remembers a hash of each call, as ordinals do. The zero value is empty;
// it is used by one import at a time.
type Rehearsal struct {
	shards [256]shard
}

// fresh gives the calls that no dry run before had, and remembers all of them:
// whether the store has the others already or would have them by now, they are
// duplicates from now on. Without a rehearsal every call is fresh.
func (r *Rehearsal) fresh(calls []domain.Call) []domain.Call {
	if r == nil {
		return calls
	}
	out := make([]domain.Call, 0, len(calls))
	for i := range calls {
		c := &calls[i]
		key := strconv.FormatInt(int64(c.PersonID), 10) + "/" + strconv.Itoa(c.Ordinal) + "/" + c.Number
		h := rowHash(key, c.StartedAt.UnixMilli(), c.Direction)
		if r.shards[h>>56].insert(h) {
			out = append(out, *c)
		}
	}
	return out
}
