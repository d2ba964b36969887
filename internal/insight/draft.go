package insight

import (
	"slices"

	"quietline/internal/domain"
)

// draft is an alert that grows call by call.
type draft struct {
	Alert
	// seen is the ordinal of the last call in it, for rules that number them.
	seen    int
	numbers map[string]struct{}
	// stranger: one of the calls was a stranger's.
	stranger bool
}

func newDraft(kind Kind, p period, subject string) *draft {
	return &draft{
		Alert:   Alert{Kind: kind, Person: p.person, Subject: subject, Period: p.number},
		numbers: map[string]struct{}{},
	}
}

func (d *draft) add(c *Call) {
	if d.Calls == 0 {
		d.From, d.Number, d.Code = moment(c.At), c.Number, c.Code
	}
	d.To = moment(c.At)
	d.Calls++
	if len(d.CallIDs) < MaxCallIDs {
		d.CallIDs = append(d.CallIDs, c.ID)
	}
	if i, there := slices.BinarySearch(d.People, c.Person); !there {
		d.People = slices.Insert(d.People, i, c.Person)
	}
	d.numbers[c.Number] = struct{}{}
	if c.Number != d.Number {
		d.Number = ""
	}
	if c.Code != d.Code {
		d.Code = ""
	}
	d.Facts.Talk = max(d.Facts.Talk, c.talked()/1000)
	d.stranger = d.stranger || c.Stranger()
}

// finished fills in what was counted.
func (d *draft) finished(severity domain.Severity, why string) Alert {
	d.Severity, d.Why = severity, why
	d.Facts.Numbers, d.Facts.People = len(d.numbers), len(d.People)
	return d.Alert
}

// drafts are the alerts of one kind and period by subject, in the order in
// which they began.
type drafts struct {
	kind   Kind
	period period
	list   []*draft
	by     map[string]*draft
}

func newDrafts(kind Kind, p period) drafts { return drafts{kind: kind, period: p} }

// of gives the draft of the subject, nil where there are enough.
func (d *drafts) of(subject string) *draft {
	if got := d.by[subject]; got != nil {
		return got
	}
	if len(d.list) == maxAlerts {
		return nil
	}
	if d.by == nil {
		d.by = map[string]*draft{}
	}
	made := newDraft(d.kind, d.period, subject)
	d.list, d.by[subject] = append(d.list, made), made
	return made
}

// add puts a call into the draft of its number.
func (d *drafts) add(c *Call) {
	if got := d.of(c.Number); got != nil {
		got.add(c)
	}
}

func (d *drafts) finished(judge func(*draft) (domain.Severity, string)) []Alert {
	var out []Alert
	for _, x := range d.list {
		out = append(out, x.finished(judge(x)))
	}
	return out
}

// window holds the calls of a sliding window that begins in the period.
type window struct {
	length int64
	end    int64 // of the period
	calls  []numbered
	n      int
}

type numbered struct {
	Call
	n int
}

// push adds a call, drops those that are too old for a window that ends with
// it, and says whether the window still begins in the period.
func (w *window) push(c *Call) bool {
	w.n++
	w.calls = append(w.calls, numbered{*c, w.n})
	drop := 0
	for w.calls[drop].At < c.At-w.length {
		drop++
	}
	w.calls = w.calls[drop:]
	return w.calls[0].At < w.end
}

// into adds to the draft what of the window is not in it yet.
func (w *window) into(d *draft) { d.seen = w.since(d.seen, d.add) }

// since hands out the calls of the window behind that of an ordinal, and gives the
// ordinal of the last.
func (w *window) since(seen int, take func(*Call)) (last int) {
	first, _ := slices.BinarySearchFunc(w.calls, seen+1, func(c numbered, n int) int { return c.n - n })
	for i := first; i < len(w.calls); i++ {
		take(&w.calls[i].Call)
	}
	return w.n
}
