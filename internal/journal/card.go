package journal

import (
	"context"
	"time"

	"quietline/internal/domain"
)

// Card is all that is known of one number: the verdict and what the log tells.
type Card struct {
	Check domain.Check
	// Logged is false where no call of the log shows the number; the rest is
	// empty then, but for the siblings.
	Logged bool
	NumberLog
	// Do is what can be done, in the order of doing it.
	Do []Deed
}

// NumberLog is what the log tells of one number and its holder code.
type NumberLog struct {
	// Calls counts the calls from the number, Outgoing those to it.
	Calls, Outgoing int64
	// First and Last are the begins of the earliest and the latest of them.
	First, Last time.Time
	// People are those who were called, the most called first.
	People []PersonCalls
	// Hours counts the calls from the number by hour of the day, China time.
	Hours [24]int64
	// AreaCodes are the area codes before the number, the most frequent first;
	// of a 96 code they tell holders apart.
	AreaCodes []AreaCalls
	// Notes are the user's latest notes and marks, newest first, at most
	// MaxCardRows.
	Notes []CallMark
	// Siblings are the other numbers of the holder code, those with the most
	// calls first, at most MaxCardRows; SiblingNumbers and SiblingCalls count
	// all.
	Siblings                     []Sibling
	SiblingNumbers, SiblingCalls int64
}

// MaxCardRows bounds the lists of a Card.
const MaxCardRows = 20

// PersonCalls counts calls to one person.
type PersonCalls struct {
	PersonID domain.PersonID
	Person   string
	Calls    int64
	Last     time.Time
}

// AreaCalls counts calls that showed one area code, empty for none.
type AreaCalls struct {
	AreaCode string
	Calls    int64
}

// CallMark is what the user said of one call.
type CallMark struct {
	CallID    domain.CallID
	PersonID  domain.PersonID
	Person    string
	StartedAt time.Time
	Category  domain.Category
	Note      string
}

// Sibling is another number of the same holder code.
type Sibling struct {
	Number string
	Calls  int64
	Last   time.Time
}

// Deed is something to do about a number; its words are the message
// "deed.DEED".
type Deed string

// The deeds, in the order of doing them.
const (
	// DeedCallBack: call the organisation on the number printed on its card.
	DeedCallBack Deed = "call_back"
	// DeedPolice: it looks like fraud; 96110 advises, 110 helps.
	DeedPolice Deed = "police"
	// DeedRefuse: say no once, clearly, and note the time.
	DeedRefuse Deed = "refuse"
	// DeedComplain: file a complaint with time and content.
	DeedComplain Deed = "complain"
	// DeedBlock: have the operator block the number or its kind.
	DeedBlock Deed = "block"
)

// Deeds lists every deed in the order of doing.
func Deeds() []Deed { return []Deed{DeedCallBack, DeedPolice, DeedRefuse, DeedComplain, DeedBlock} }

// CardStore tells what the log knows of a number.
type CardStore interface {
	// NumberLog counts the calls of the number and of its holder code, which
	// may be empty. A number without calls gives zeros.
	NumberLog(ctx context.Context, number, code string, most int) (NumberLog, error)
}

// Card tells what is known of a number as displayed: the verdict, the calls in
// the log, the other numbers of its holder code, and what to do. The province
// is where it called, by any of its names, or empty. A hidden number and what
// is no number have no log.
func (s *Service) Card(ctx context.Context, input, province string) (Card, error) {
	if _, err := s.registry.Fresh(ctx); err != nil {
		return Card{}, err
	}
	check := s.checker.Check(input, province)
	c := Card{Check: check, Do: deeds(check)}
	if check.Number == "" || check.Family == domain.FamilyMalformed {
		return c, nil
	}
	log, err := s.cards.NumberLog(ctx, check.Number, check.Code, MaxCardRows)
	if err != nil {
		return Card{}, err
	}
	c.NumberLog, c.Logged = log, log.Calls+log.Outgoing > 0
	return c, nil
}

// deeds says what to do about a number. Nothing is to be complained about on
// an emergency or public line: whoever shows it without being it is a matter
// for the police.
func deeds(c domain.Check) []Deed {
	public := c.Family == domain.FamilyPublicService || c.Family == domain.FamilyPublic95
	switch {
	case c.Family == domain.FamilyHidden || c.Family == domain.FamilyMalformed:
		return []Deed{DeedRefuse, DeedBlock}
	case c.Verdict == domain.VerdictInvalid:
		return []Deed{DeedPolice, DeedComplain, DeedBlock}
	case public:
		return []Deed{DeedCallBack, DeedPolice}
	case c.Verdict == domain.VerdictListed, c.Verdict == domain.VerdictListedExtension:
		return []Deed{DeedCallBack, DeedRefuse, DeedComplain, DeedBlock}
	case c.Family == domain.FamilyInternational:
		return []Deed{DeedPolice, DeedComplain, DeedBlock}
	default:
		return []Deed{DeedRefuse, DeedComplain, DeedBlock}
	}
}
