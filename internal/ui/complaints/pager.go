package complaints

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// pageFunc fetches one page of complaints, newest first.
type pageFunc func(ctx context.Context, f domain.ComplaintFilter, p domain.Page) (filing.ComplaintPage, error)

// stream is the list of one send state, read ahead.
type stream struct {
	state  domain.SendState
	buffer []domain.Complaint
	cursor string
	done   bool
}

// pager merges the lists of several send states into one, newest first. The
// store filters by one state at a time, and a segment of the page holds
// several; asking for all states and dropping most rows would read the whole
// history to find three drafts. A pager is a value: next returns the pager
// that goes on behind the rows, and the old one can be used again.
type pager struct {
	fetch   pageFunc
	filter  domain.ComplaintFilter
	streams []stream
}

func newPager(fetch pageFunc, filter domain.ComplaintFilter, states []domain.SendState) pager {
	p := pager{fetch: fetch, filter: filter}
	for _, s := range states {
		p.streams = append(p.streams, stream{state: s})
	}
	return p
}

// next gives the next n complaints (fewer at the end) and the pager behind
// them.
func (p pager) next(ctx context.Context, n int) ([]domain.Complaint, pager, error) {
	p.streams = slices.Clone(p.streams)
	for i := range p.streams {
		if err := p.fill(ctx, &p.streams[i], n); err != nil {
			return nil, p, err
		}
	}
	var out []domain.Complaint
	for len(out) < n {
		s := newest(p.streams)
		if s == nil {
			break
		}
		out = append(out, s.buffer[0])
		s.buffer = s.buffer[1:]
	}
	return out, p, nil
}

// fill reads ahead until n complaints of the state are there or no more exist.
func (p pager) fill(ctx context.Context, s *stream, n int) error {
	for !s.done && len(s.buffer) < n {
		f := p.filter
		f.SendState = s.state
		page, err := p.fetch(ctx, f, domain.Page{Limit: min(n, domain.MaxPageSize), After: s.cursor})
		if err != nil {
			return err
		}
		// The old slice may still belong to another pager.
		s.buffer = append(slices.Clone(s.buffer), page.Complaints...)
		s.cursor, s.done = page.Next, page.Next == ""
	}
	return nil
}

// newest is the stream whose first complaint comes next, nil at the end.
func newest(streams []stream) *stream {
	var best *stream
	for i := range streams {
		s := &streams[i]
		if len(s.buffer) > 0 && (best == nil || newer(&s.buffer[0], &best.buffer[0]) < 0) {
			best = s
		}
	}
	return best
}

// newer orders complaints as the store does: the newest first.
func newer(a, b *domain.Complaint) int {
	if c := b.CreatedAt.Compare(a.CreatedAt); c != 0 {
		return c
	}
	return strings.Compare(string(b.ID), string(a.ID))
}

// listing is one list as a table looks at it: in pages of a fixed size, any of
// them. Which rows stand on a page is only known by going through the pages
// before it, so the places that were passed are remembered. It is safe for
// concurrent use.
type listing struct {
	counts func(context.Context) (map[domain.SendState]int64, error)
	states []domain.SendState

	mu    sync.Mutex
	pages []pager // where page i begins
}

// count says how many rows there are.
func (l *listing) count(ctx context.Context) (int, error) {
	counts, err := l.counts(ctx)
	n := int64(0)
	for _, s := range l.states {
		n += counts[s]
	}
	return int(n), err
}

// page gives page i.
func (l *listing) page(ctx context.Context, i, size int) ([]domain.Complaint, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := min(i, len(l.pages)-1)
	for {
		rows, rest, err := l.pages[at].next(ctx, size)
		if err != nil {
			return nil, err
		}
		if at+1 == len(l.pages) {
			l.pages = append(l.pages, rest)
		}
		if at == i || len(rows) < size {
			if at != i {
				rows = nil
			}
			return rows, nil
		}
		at++
	}
}

// cursors name the pages behind the first, for a table.
func cursors(count, size int) []string {
	var out []string
	for i := 1; i*size < count; i++ {
		out = append(out, strconv.Itoa(i))
	}
	return out
}

// pageOf reads such a name; the empty one is the first page.
func pageOf(cursor string) int {
	i, err := strconv.Atoi(cursor)
	if err != nil {
		return 0
	}
	return max(0, i)
}
