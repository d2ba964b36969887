// Package wording proposes what a complaint says: a text made of the record,
// with the rules that apply to its calls. It also knows how long a record of a
// call has to be kept. It reads no clock; what is certain and what is not
// stands in one table.
package wording

import (
	"slices"
	"time"

	"quietline/internal/domain"
	"quietline/internal/insight"
)

// Certainty says how well a rule is known; the marks are those of
// assets/advice/notice-2020.md.
type Certainty string

// The certainties. Only what is Verified is ever cited to an endpoint.
const (
	// Verified: official text, or two sources.
	Verified Certainty = "verified"
	// Unverified: its text, or the number of its article, was not found.
	Unverified Certainty = "unverified"
	// Draft: it was published for comment, and is not known to be in force.
	Draft Certainty = "draft"
	// OtherSubject: it is in force, and about something else than calls.
	OtherSubject Certainty = "other_subject"
)

// Rule is a rule that may be put forward about a call.
type Rule struct {
	// Key names it: "rule.KEY" is its name, "rule.KEY.text" what a complaint
	// says of it, "rule.KEY.caveat" what the author should know.
	Key string
	// Certainty is how well its text is known.
	Certainty Certainty
	// Since is when it came into force: no call before that is held against it.
	Since time.Time
	// Source is where the project knows it from; § is a section of
	// assets/advice/notice-2020.md.
	Source string

	// covers says whether it is about such a call, whenever that was.
	covers func(k *kase, call domain.CallRef) bool
}

// Citable says whether the rule may be put forward to an endpoint.
func (r Rule) Citable() bool { return r.Certainty == Verified }

// Rules lists every rule in the order in which a complaint names them: those
// nearest to the call first. What is not citable stands here too, so that the
// author learns why it is left out.
func Rules() []Rule {
	return []Rule{
		{
			// The firms had until 2020-07-30 to correct themselves, so only
			// later calls are held against the notice. Its number (81) was not
			// seen in a source, and its text in reprints only: the date alone
			// names it.
			Key: "notice_2020", Certainty: Verified, Since: noticeSince(), Source: "§1",
			covers: func(k *kase, c domain.CallRef) bool { return k.callCentre() && k.unwanted(c) },
		},
		{
			// No clock times are given, so the author has to say that it was
			// a time of rest.
			Key: "notice_2020_rest", Certainty: Verified, Since: noticeSince(), Source: "§1, §6",
			covers: func(k *kase, _ domain.CallRef) bool { return k.callCentre() && k.how(domain.TechniqueNight) },
		},
		{
			Key: "notice_2020_records", Certainty: Verified, Since: noticeSince(), Source: "§1",
			covers: func(k *kase, c domain.CallRef) bool { return k.callCentre() && !lastDay(c).Before(k.today) },
		},
		{
			Key: "consumer_regulation_24", Certainty: Verified, Since: day(2024, time.July, 1), Source: "§5",
			covers: func(k *kase, c domain.CallRef) bool { return k.commercial() && k.unwanted(c) },
		},
		{
			// In force in this wording since 2014-03-15; the date only bounds
			// which calls are held against it.
			Key: "consumer_law_29_3", Certainty: Verified, Since: day(2014, time.March, 15), Source: "§5",
			covers: func(k *kase, c domain.CallRef) bool { return k.commercial() && k.afterRefusal(c) },
		},
		{
			// In force since 2021-01-01, as above.
			Key: "civil_code_1033", Certainty: Verified, Since: day(2021, time.January, 1), Source: "§5",
			covers: func(k *kase, c domain.CallRef) bool { return k.unwanted(c) },
		},
		{
			// The date of 2022-12-01 was not in the text that was read (§5); it
			// only bounds which calls are held against it.
			Key: "anti_fraud_13", Certainty: Verified, Since: day(2022, time.December, 1), Source: "§5",
			covers: func(k *kase, _ domain.CallRef) bool { return k.fraud() && k.how(domain.TechniqueSpoofed) },
		},
		{
			Key: "anti_fraud_30", Certainty: Verified, Since: day(2022, time.December, 1), Source: "§5",
			covers: func(k *kase, _ domain.CallRef) bool { return k.fraud() },
		},
		{
			// Art. 42(5) of the text of 2012 spoke of messages; where it stands
			// in the revised law is not known.
			Key: "public_security", Certainty: Unverified, Since: day(2026, time.January, 1), Source: "§5",
			covers: func(k *kase, _ domain.CallRef) bool {
				return k.body.Category == domain.CategoryMalicious || k.how(domain.TechniqueBombing)
			},
		},
		{
			// No law names hours; 8 or 9 to 21 h are companies' own.
			Key: "hours", Certainty: Unverified, Since: domain.OldestCall(), Source: "§6",
			covers: func(k *kase, _ domain.CallRef) bool { return k.how(domain.TechniqueNight) },
		},
		{
			Key: "draft_2020", Certainty: Draft, Since: day(2020, time.August, 31), Source: "§3",
			covers: func(k *kase, c domain.CallRef) bool { return k.commercial() && k.unwanted(c) },
		},
		{
			Key: "sms_2026", Certainty: OtherSubject, Since: day(2026, time.May, 1), Source: "§4",
			covers: func(k *kase, c domain.CallRef) bool { return k.commercial() && k.unwanted(c) },
		},
	}
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, domain.China()) }

// kase is the complaint that rules are held against.
type kase struct {
	body  domain.ComplaintBody
	today time.Time // its midnight in China
}

func (k *kase) callCentre() bool { return k.body.Caller.Family == domain.FamilyCallCentre95 }

func (k *kase) commercial() bool { return insight.ClassOf(k.body.Category) == insight.ClassSales }

func (k *kase) fraud() bool { return k.body.Category == domain.CategoryFraud }

func (k *kase) how(t domain.Technique) bool { return slices.Contains(k.body.Techniques, t) }

// afterRefusal says whether the call came although its kind had been refused.
func (k *kase) afterRefusal(c domain.CallRef) bool {
	if at := k.body.RefusedAt; at != nil {
		return c.StartedAt.After(*at)
	}
	return k.how(domain.TechniqueRedialAfterRefusal)
}

// unwanted says whether the call may have needed a consent that was not there:
// who had agreed, and not taken it back, has none of the rules on their side.
func (k *kase) unwanted(c domain.CallRef) bool {
	agreed := k.body.ConsentGiven != nil && *k.body.ConsentGiven
	return !agreed || k.afterRefusal(c)
}

// Citation is a rule that is about calls of a complaint.
type Citation struct {
	Rule
	// Calls is how many of the complaint's calls it is about.
	Calls int
}

// Cite says which rules a complaint may put forward on the day of now, and
// which are about its calls too but are left out, because they are not known
// well enough or are no law for calls. Calls that the person made themselves,
// and those before a rule was in force, are never held against it.
func Cite(body domain.ComplaintBody, now time.Time) (cited, left []Citation) {
	k := &kase{body: body, today: midnight(now)}
	for _, r := range Rules() {
		c := Citation{Rule: r}
		for _, call := range body.Calls {
			if received(call) && !call.StartedAt.Before(r.Since) && r.covers(k, call) {
				c.Calls++
			}
		}
		switch {
		case c.Calls == 0:
		case r.Citable():
			cited = append(cited, c)
		default:
			left = append(left, c)
		}
	}
	return cited, left
}

// received says whether the call came in; without a time nothing is known of it.
func received(c domain.CallRef) bool {
	return c.Direction != domain.DirectionOutgoing && !c.StartedAt.IsZero()
}

func midnight(t time.Time) time.Time {
	y, m, d := t.In(domain.China()).Date()
	return day(y, m, d)
}
