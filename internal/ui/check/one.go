package check

import (
	"context"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/registrar"
	"quietline/internal/ui/numberbox"
)

// One is the one number that is looked up.
type One struct {
	*numberbox.Model
	p ModelParams

	chosen bool // the user chose the province; that of the owner no longer counts
	loads  int  // counts loads of the owner; the answer of an older one is dropped

	card    journal.Card
	known   bool   // the card is there
	number  string // whose card it is, or will be
	lookups int    // counts look-ups; the answer of an older one is dropped
}

func newOne(p ModelParams) *One {
	o := &One{p: p}
	o.Model = numberbox.NewModel(p.Checker, o.judged)
	return o
}

// Ask takes over a number that another page hands over.
func (o *One) Ask(number string) { o.Paste(number) }

// ChooseProvince says where calls are received, by the Chinese name, or empty
// for unknown.
func (o *One) ChooseProvince(name string) {
	o.chosen = true
	o.MoveTo(name)
	o.p.Events.Province()
}

// load fetches the province of the owner, where the user chose no other, and
// counts the calls anew.
func (o *One) load() {
	o.known = false
	if o.chosen {
		return
	}
	o.loads++
	load := o.loads
	var province string
	o.p.Run(func(ctx context.Context) error {
		people, err := o.p.Journal.People(ctx)
		for _, x := range people {
			if x.ID == domain.SelfID {
				province = x.Province
			}
		}
		return err
	}, func(err error) {
		if load != o.loads || o.chosen {
			return
		}
		if err != nil {
			o.p.Events.Failed(err)
			return
		}
		if province != o.Province() {
			o.MoveTo(province)
			o.p.Events.Province()
		}
	})
}

// Card is what the log knows of the number and what to do about it; ok is false
// while that is not known.
func (o *One) Card() (c journal.Card, ok bool) {
	return o.card, o.known && o.Asked() && o.number == o.Check().Number
}

func (o *One) judged() {
	o.p.Events.Verdict()
	if o.Asked() && !o.Incomplete() {
		o.lookUp(o.Check().Number)
	}
}

// lookUp finds out what the log knows of the number.
func (o *One) lookUp(number string) {
	if number == o.number && o.known {
		return
	}
	o.lookups++
	lookup := o.lookups
	o.number, o.known = number, false
	input, province := o.Input(), o.Province()
	var card journal.Card
	o.p.Run(func(ctx context.Context) (err error) {
		// This notices what another program changed in the registry.
		card, err = o.p.Journal.Card(ctx, input, province)
		return err
	}, func(err error) {
		if lookup != o.lookups {
			return
		}
		if err != nil {
			o.p.Events.Failed(err)
			return
		}
		o.card, o.known = card, true
		if c := o.Check(); card.Check.Verdict != c.Verdict || !slices.Equal(card.Check.Holders, c.Holders) {
			o.Judge()
			return
		}
		o.p.Events.Verdict()
	})
}

// Correctable is the entry that a correction of the shown number begins with:
// the first that the registry has for its code, else an own one for the whole
// country. several says that there are others; ok is false where the registry
// can hold nothing of the kind.
func (o *One) Correctable() (e domain.RegistryEntry, several, ok bool) {
	c := o.Check()
	code := c.Code
	if code == "" {
		code = c.Number
	}
	if !o.Asked() || !codeShaped(code) {
		return e, false, false
	}
	rows := withCode(o.p.Registry.Entries(), code)
	if len(rows) == 0 {
		if c.Code == "" && !registrar.ServiceLine(c) {
			return e, false, false
		}
		return domain.RegistryEntry{Code: code}, false, true
	}
	for _, row := range rows {
		if len(c.Holders) > 0 && row.Holder == c.Holders[0] {
			return row, len(rows) > 1, true
		}
	}
	return rows[0], len(rows) > 1, true
}

// The bounds of domain.Correction.Code, in digits.
const (
	shortestCode = 3
	longestCode  = 13
)

func codeShaped(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return len(s) >= shortestCode && len(s) <= longestCode
}
