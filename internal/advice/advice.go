// Package advice holds what the program knows about fraud and harassment by
// telephone: the scripts with their signs and what to do, the operators'
// services, the rules, and what to do when money has gone. It is one table of
// statements in both languages, each with where it comes from and how certain
// it is. A Table is read once and never changes.
package advice

import (
	"regexp"
	"strings"
)

// Group is a kind of entries.
type Group string

// The groups.
const (
	// GroupTransferred holds one entry: what to do when money has gone.
	GroupTransferred Group = "transferred"
	GroupScam        Group = "scam"
	GroupOperator    Group = "operator"
	GroupReport      Group = "report"
	GroupRule        Group = "rule"
	// GroupDisplay is how to read a number that a phone shows.
	GroupDisplay Group = "display"
)

// Groups lists the groups in the order in which they are shown.
func Groups() []Group {
	return []Group{GroupTransferred, GroupScam, GroupOperator, GroupReport, GroupRule, GroupDisplay}
}

// Transferred is the entry that every table has: what to do when money has
// gone.
const Transferred = "transferred"

// Part says what a statement is to its entry.
type Part string

// The parts.
const (
	// PartSign tells the pattern from a sound call.
	PartSign Part = "sign"
	// PartDo is what to do, PartSay what to say on the phone, PartKeep what to
	// keep as evidence.
	PartDo   Part = "do"
	PartSay  Part = "say"
	PartKeep Part = "keep"
	PartFact Part = "fact"
	// PartCaution is what is not known, or what a reader may get wrong.
	PartCaution Part = "caution"
	// PartPhone has a number to call as its value, PartSMS a text message to
	// send (the number, a space and the text, or the text alone), PartLink the
	// https address of a page.
	PartPhone Part = "phone"
	PartSMS   Part = "sms"
	PartLink  Part = "link"
)

// partTitle is the first row of an entry.
const partTitle Part = "title"

// partWords are words to be found by, which are not shown.
const partWords Part = "words"

// Parts lists the parts of statements in the order in which they are shown.
func Parts() []Part {
	return []Part{PartSign, PartDo, PartPhone, PartSMS, PartLink, PartSay, PartKeep, PartFact, PartCaution}
}

// Certainty says how well a statement is known.
type Certainty string

// The certainties; the marks behind them are those of assets/advice.
const (
	// Verified: two or more sources, or an official text [V].
	Verified Certainty = "verified"
	// VerifiedOld is Verified by old sources alone.
	VerifiedOld Certainty = "verified_old"
	// VerifiedDraft: it is verified that a draft says so, not that it is in force.
	VerifiedDraft Certainty = "verified_draft"
	// Single: one source [S].
	Single Certainty = "single"
	// Unverified: no source was found, or sources disagree [U].
	Unverified Certainty = "unverified"
	// Own: advice or a summary in our own words.
	Own Certainty = "own"
)

// Certainties lists the certainties, the most certain first.
func Certainties() []Certainty {
	return []Certainty{Verified, VerifiedOld, VerifiedDraft, Single, Unverified, Own}
}

// Text is a text in both languages.
type Text struct{ ZH, EN string }

// In gives the English or the Chinese text.
func (t Text) In(english bool) string {
	if english {
		return t.EN
	}
	return t.ZH
}

// Point is one statement of an entry.
type Point struct {
	Part Part
	// Value is what can be used: of a phone, an SMS or a link; else empty.
	Value     string
	Text      Text
	Certainty Certainty
	// Source is empty only where Certainty is Own.
	Source string
}

// Entry is one subject.
type Entry struct {
	// ID names it, in small letters, digits and low lines.
	ID    string
	Group Group
	Title Text
	// Certainty and Source are those of the entry as a whole.
	Certainty Certainty
	Source    string
	Points    []Point
	// Words are what people may search for who do not know how the entry says it.
	Words Text
}

// Of gives the statements of one part in their order.
func (e Entry) Of(part Part) []Point {
	var out []Point
	for _, p := range e.Points {
		if p.Part == part {
			out = append(out, p)
		}
	}
	return out
}

// noteFile is where a source names a file of our own notes.
var noteFile = regexp.MustCompile(` ?\(?[a-z0-9-]+\.md[^();]*\)?`)

// Published is what of a source was published, empty where that is nothing: the
// notes that a statement was taken from are for those who keep the table.
func Published(source string) string {
	return strings.Trim(noteFile.ReplaceAllString(source, ""), " ;")
}
