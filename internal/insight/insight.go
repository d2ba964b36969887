// Package insight reads patterns out of calls: alerts by one rule a file, and
// what a week was like. It is pure: it knows no database, no clock and no
// words, and what it says about the same calls is always the same, in whatever
// order they came into the log.
//
// What makes that possible is that every alert belongs to one period of
// Chinese time, a day or a week, and follows from the calls of that period and
// of a bounded time around it (Lookahead, Lookback). So a call that is added,
// changed or removed, however old it is, touches the periods it lies in or near,
// and nothing else has to be looked at again.
package insight

import (
	"time"

	"quietline/internal/domain"
)

// Kind is what an alert is about.
type Kind string

// The kinds of cli.md.
const (
	KindRepeated         Kind = "repeated"
	KindFlood            Kind = "flood"
	KindOneRing          Kind = "one_ring"
	KindNight            Kind = "night"
	KindCampaign         Kind = "campaign"
	KindLongStrangerCall Kind = "long_stranger_call"
	KindForeignPrefix    Kind = "foreign_prefix"
	KindAfterRefusal     Kind = "after_refusal"
)

// Kinds lists every kind in the order of cli.md.
func Kinds() []Kind {
	return []Kind{
		KindRepeated, KindFlood, KindOneRing, KindNight, KindCampaign,
		KindLongStrangerCall, KindForeignPrefix, KindAfterRefusal,
	}
}

// Call is what the rules see of a logged call that was received.
type Call struct {
	ID     domain.CallID
	Person domain.PersonID
	// Number is the normalised number, empty where it was withheld; Code is the
	// holder code or empty.
	Number, Code string
	// At is when it began, in milliseconds since 1970 (UTC): a log of a million
	// rows is compared by it.
	At int64
	// Talk and Ring are milliseconds, negative where the source does not tell.
	Talk, Ring int64
	Direction  domain.Direction
	// Forged: a foreign prefix stands before a domestic service number.
	Forged bool
	// Named: the phone itself knew the caller by name.
	Named bool
	// Marked: the user marked it as a call after a clear refusal.
	Marked bool
	// Contact: the number is one of the person's contacts; it raises nothing.
	Contact bool
	// KnownSince is when the person first called the number, or first talked
	// with it for KnownTalk or longer, 0 for never; in milliseconds like At.
	KnownSince int64
	// NumberRefused and CodeRefused are when the person first told the number,
	// or another of the same holder code, not to call again; 0 for never.
	NumberRefused, CodeRefused int64
}

// KnownTalk is how long a call that came in has to be answered for the caller
// to be no stranger afterwards. It is no setting, because the log keeps what
// follows from it.
const KnownTalk = 30 * time.Second

// Stranger says whether the caller was one at that moment: no contact, no name
// in the phone, and before this call the person had neither called the number
// nor talked with it for KnownTalk. A withheld number is always a stranger's.
func (c *Call) Stranger() bool {
	return !c.Contact && !c.Named && (c.Number == "" || c.KnownSince == 0 || c.KnownSince >= c.At)
}

// talked is how long they talked, 0 where they did not or nobody knows. The
// length of a message on an answering machine is none.
func (c *Call) talked() int64 {
	if c.Direction != domain.DirectionIncoming {
		return 0
	}
	return max(c.Talk, 0)
}

// rang says whether the person may have heard it.
func (c *Call) rang() bool {
	return c.Direction != domain.DirectionBlocked && c.Direction != domain.DirectionVoicemail
}

// Alert is what a rule found in one period.
type Alert struct {
	Kind Kind
	// Person is whose calls these are, 0 for a campaign, which looks at all.
	Person domain.PersonID
	// Subject is the number or code it is about, empty for what is about no
	// single one. Period is the day, for a campaign the week, in which it begins
	// (Day, Week), or in which a campaign went on that the week before told of. Kind, Person, Subject and Period are the alert's identity.
	Subject string
	Period  int64
	// Number is empty where several numbers called, Code where they have none.
	Number, Code string
	// From and To are when the first and the last of the calls began.
	From, To time.Time
	// Calls counts all of them; CallIDs are the first MaxCallIDs, in the order
	// of time.
	Calls   int
	CallIDs []domain.CallID
	// People are whose calls these are, by ID.
	People   []domain.PersonID
	Severity domain.Severity
	// Why names the sentence that says why: the message "alert." + Why.
	Why string
	// Facts fill its placeholders.
	Facts Facts
}

// Facts are what the sentence of an alert needs besides its other fields.
type Facts struct {
	// Numbers and People count the different ones among the calls.
	Numbers int `json:"numbers,omitempty"`
	People  int `json:"people,omitempty"`
	// Minutes or Days is the length of the window that the rule looked through.
	Minutes int `json:"minutes,omitempty"`
	Days    int `json:"days,omitempty"`
	// Talk is the longest talk, in whole seconds.
	Talk int64 `json:"talk,omitempty"`
}

// MaxCallIDs is how many calls an alert names; its count holds all.
const MaxCallIDs = 1000

// maxAlerts is how many alerts of one kind a person can have in one day; the
// first ones stand. A log with more is no log of a phone, and a flood tells it.
const maxAlerts = 200
