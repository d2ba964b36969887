package journaltest

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/width"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// callKey is what makes two rows the same call.
type callKey struct {
	person    domain.PersonID
	number    string
	at        int64
	direction domain.Direction
	ordinal   int
}

func keyOf(c domain.Call) callKey {
	return callKey{c.PersonID, c.Number, c.StartedAt.UnixMilli(), c.Direction, c.Ordinal}
}

// AddCalls keeps the promise of the port.
func (s *Store) AddCalls(ctx context.Context, calls []domain.Call, dryRun bool) (journal.AddResult, error) {
	return s.AddCallBatches(ctx, slices.Values([][]domain.Call{calls}), dryRun)
}

// AddCallBatches keeps the promise of the port.
func (s *Store) AddCallBatches(ctx context.Context, batches iter.Seq[[]domain.Call], dryRun bool) (journal.AddResult, error) {
	defer s.mu.Unlock()
	if err := s.begin(ctx, "AddCalls"); err != nil {
		return journal.AddResult{}, err
	}
	a := adding{calls: maps.Clone(s.calls), keys: maps.Clone(s.keys), last: s.last}
	for batch := range batches {
		for _, c := range batch {
			if s.find(func(p person) bool { return p.ID == c.PersonID }) == nil {
				return journal.AddResult{}, domain.E("journaltest.AddCalls", domain.Internal, "internal", nil, nil)
			}
			a.add(c)
		}
	}
	if !dryRun {
		s.calls, s.keys, s.last = a.calls, a.keys, a.last
	}
	return a.result, nil
}

// adding is what a transaction has added so far.
type adding struct {
	calls  map[domain.CallID]domain.Call
	keys   map[callKey]domain.CallID
	last   domain.CallID
	result journal.AddResult
}

func (a *adding) add(c domain.Call) {
	c.StartedAt, c.Techniques = stored(c.StartedAt), slices.Clone(c.Techniques)
	c.Duration, c.Ring = length(c.Duration), length(c.Ring)
	key := keyOf(c)
	if id, there := a.keys[key]; there {
		a.result.Duplicates++
		if richer, more := fillGaps(a.calls[id], c); more {
			a.result.Filled++
			a.calls[id] = richer
		}
		return
	}
	a.result.Added++
	a.last++
	c.ID = a.last
	a.calls[c.ID], a.keys[key] = c, c.ID
}

// fillGaps gives a stored call what it lacks and the other has.
func fillGaps(old, other domain.Call) (richer domain.Call, more bool) {
	if old.Duration == nil && other.Duration != nil {
		old.Duration, more = other.Duration, true
	}
	if old.Ring == nil && other.Ring != nil {
		old.Ring, more = other.Ring, true
	}
	if old.Name == "" && other.Name != "" {
		old.Name, more = other.Name, true
	}
	return old, more
}

func length(d *time.Duration) *time.Duration {
	if d == nil {
		return nil
	}
	whole := d.Truncate(time.Millisecond)
	return &whole
}

// Calls keeps the promise of the port.
func (s *Store) Calls(ctx context.Context, f domain.CallFilter, p domain.Page) (journal.CallPage, error) {
	defer s.mu.Unlock()
	if err := s.begin(ctx, "Calls"); err != nil {
		return journal.CallPage{}, err
	}
	rows := s.matching(f)
	if p.After != "" {
		ms, id, err := readCursor(p.After)
		if err != nil {
			return journal.CallPage{}, domain.E("journaltest.Calls", domain.Invalid, "page.cursor_invalid", nil, err)
		}
		rows = slices.DeleteFunc(rows, func(c domain.Call) bool {
			return cmp.Or(cmp.Compare(c.StartedAt.UnixMilli(), ms), cmp.Compare(c.ID, id)) >= 0
		})
	}
	limit := p.Limit
	if limit < 1 || limit > domain.MaxPageSize {
		limit = domain.MaxPageSize
	}
	if len(rows) <= limit {
		return journal.CallPage{Calls: rows}, nil
	}
	return journal.CallPage{Calls: rows[:limit], Next: cursor(rows[limit-1])}, nil
}

// IndexCalls keeps the promise of the port.
func (s *Store) IndexCalls(ctx context.Context, f domain.CallFilter, every int) (journal.CallIndex, error) {
	defer s.mu.Unlock()
	if err := s.begin(ctx, "IndexCalls"); err != nil {
		return journal.CallIndex{}, err
	}
	rows := s.matching(f)
	index := journal.CallIndex{Count: int64(len(rows))}
	for i := max(every, 1); i < len(rows); i += max(every, 1) {
		index.Cursors = append(index.Cursors, cursor(rows[i-1]))
	}
	return index, nil
}

func cursor(c domain.Call) string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "fake %d %d", c.StartedAt.UnixMilli(), c.ID))
}

func readCursor(text string) (ms int64, id domain.CallID, err error) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err == nil {
		_, err = fmt.Sscanf(string(raw), "fake %d %d", &ms, &id)
	}
	return ms, id, err
}

// Call keeps the promise of the port.
func (s *Store) Call(ctx context.Context, id domain.CallID) (domain.Call, error) {
	defer s.mu.Unlock()
	if err := s.begin(ctx, "Call"); err != nil {
		return domain.Call{}, err
	}
	c, ok := s.calls[id]
	if !ok {
		return domain.Call{}, noCall(id)
	}
	return s.filled(c), nil
}

// MarkCall keeps the promise of the port.
func (s *Store) MarkCall(
	ctx context.Context, id domain.CallID, category domain.Category, techniques []domain.Technique, note string,
) error {
	defer s.mu.Unlock()
	if err := s.begin(ctx, "MarkCall"); err != nil {
		return err
	}
	c, ok := s.calls[id]
	if !ok {
		return noCall(id)
	}
	c.Category, c.Techniques, c.Note = category, slices.Clone(techniques), note
	s.calls[id] = c
	return nil
}

// RemoveCalls keeps the promise of the port.
func (s *Store) RemoveCalls(ctx context.Context, ids []domain.CallID) (journal.Removed, error) {
	defer s.mu.Unlock()
	if err := s.begin(ctx, "RemoveCalls"); err != nil {
		return journal.Removed{}, err
	}
	for _, id := range ids {
		if _, ok := s.calls[id]; !ok {
			return journal.Removed{}, noCall(id)
		}
	}
	gone := make([]domain.Call, len(ids))
	for i, id := range ids {
		gone[i] = s.calls[id]
		delete(s.keys, keyOf(gone[i]))
		delete(s.calls, id)
	}
	return journal.Removed{
		Extent: journal.Extent{Calls: int64(len(ids))},
		Undo:   func(ctx context.Context) error { return s.restore(ctx, gone) },
	}, nil
}

func (s *Store) restore(ctx context.Context, gone []domain.Call) error {
	defer s.mu.Unlock()
	if err := s.begin(ctx, "Undo"); err != nil {
		return err
	}
	for _, c := range gone {
		if twin, there := s.keys[keyOf(c)]; there {
			delete(s.calls, twin)
		}
		s.calls[c.ID], s.keys[keyOf(c)] = c, c.ID
	}
	return nil
}

func noCall(id domain.CallID) error {
	return domain.E("journaltest.Call", domain.NotFound, "call.not_found", domain.Args{"ID": int64(id)}, nil)
}

// filled is a call as it is read: with copies, and the name of the person.
func (s *Store) filled(c domain.Call) domain.Call {
	c.Techniques, c.Duration, c.Ring = slices.Clone(c.Techniques), length(c.Duration), length(c.Ring)
	if p := s.find(func(p person) bool { return p.ID == c.PersonID }); p != nil {
		c.Person = p.Name
	}
	return c
}

// matching gives the calls that the filter picks, newest first.
func (s *Store) matching(f domain.CallFilter) []domain.Call {
	words := searchWords(f.Text)
	var out []domain.Call
	for _, c := range s.calls {
		if picks(f, c) && found(words, c) {
			out = append(out, s.filled(c))
		}
	}
	slices.SortFunc(out, func(a, b domain.Call) int {
		return cmp.Or(b.StartedAt.Compare(a.StartedAt), cmp.Compare(b.ID, a.ID))
	})
	return out
}

func picks(f domain.CallFilter, c domain.Call) bool {
	return (f.PersonID == 0 || f.PersonID == c.PersonID) &&
		(f.Number == "" || f.Number == c.Number) &&
		(f.Code == "" || f.Code == c.Code) &&
		(f.From.IsZero() || !c.StartedAt.Before(f.From)) &&
		(f.To.IsZero() || c.StartedAt.Before(f.To)) &&
		(f.Direction == "" || f.Direction == c.Direction) &&
		(f.Family == "" || f.Family == c.Family) &&
		(f.Verdict == "" || f.Verdict == c.Verdict)
}

// searchWords cuts a search text at its spaces, unless all of it is one
// number with signs between the digits.
func searchWords(text string) []string {
	text = strings.ToLower(strings.TrimSpace(width.Fold.String(text)))
	if digits := dialled(text); digits != "" {
		return []string{digits}
	}
	return strings.Fields(text)
}

// found says whether every word is in the name, the note or, where it is a
// number, in that of the call.
func found(words []string, c domain.Call) bool {
	for _, w := range words {
		digits := dialled(w)
		if !strings.Contains(strings.ToLower(width.Fold.String(c.Name)), w) &&
			!strings.Contains(strings.ToLower(width.Fold.String(c.Note)), w) &&
			(digits == "" || !strings.Contains(c.Number, digits) && !strings.Contains(c.Display, digits)) {
			return false
		}
	}
	return true
}

// dialled is the number in a text without signs between its digits, empty
// where the text is none.
func dialled(text string) string {
	number := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", ".", "").Replace(text)
	if digits := strings.TrimPrefix(number, "+"); digits == "" || strings.Trim(digits, "0123456789") != "" {
		return ""
	}
	return number
}
