// Package numberbox is the box into which a number is typed or pasted, with the
// verdict that follows while typing. Every page that asks for one number and
// answers at once uses it.
package numberbox

import (
	"slices"
	"strings"

	"quietline/internal/domain"
	"quietline/internal/numbers"
)

// Checker judges a number as displayed. It does no I/O, so it is asked while
// the user types.
type Checker interface {
	// Check reads the number; province is the Chinese name of the place where
	// the call was received, or empty.
	Check(input, province string) domain.Check
}

// Model is the number as typed and what is said of it. It is used on one
// goroutine only.
type Model struct {
	checker  Checker
	changed  func()
	input    string
	settled  bool
	missing  bool // submitted without a number
	province string
	check    domain.Check
}

// NewModel makes a Model; changed is called after the verdict changed.
func NewModel(c Checker, changed func()) *Model { return &Model{checker: c, changed: changed} }

// Input is the number as typed.
func (m *Model) Input() string { return m.input }

// Asked says whether there is a number to judge.
func (m *Model) Asked() bool { return strings.TrimSpace(m.input) != "" }

// Check is the answer about the number; it means nothing unless Asked.
func (m *Model) Check() domain.Check { return m.check }

// Province is where the call was received, or empty.
func (m *Model) Province() string { return m.province }

// Type takes the number over as it stands in the box.
func (m *Model) Type(input string) {
	if input == m.input {
		return
	}
	m.input, m.settled, m.missing = input, false, false
	m.Judge()
}

// Paste takes over a whole number at once: it is not half typed. Of a message
// that holds one number it takes that.
func (m *Model) Paste(text string) {
	m.input, m.settled, m.missing = numbers.InMessage(text), true, false
	m.Judge()
}

// Submit says that the user wants the answer now.
func (m *Model) Submit() {
	if m.Asked() {
		m.Settle()
		return
	}
	m.missing = true
	m.changed()
}

// Missing says that the answer is wanted, but there is no number.
func (m *Model) Missing() bool { return m.missing }

// Settle says that the user has finished typing.
func (m *Model) Settle() {
	if !m.settled {
		m.settled = true
		m.changed()
	}
}

// Judge asks again about the same number, because the registry may say
// something else now.
func (m *Model) Judge() {
	if m.Asked() {
		m.check = m.checker.Check(m.input, m.province)
	} else {
		m.check = domain.Check{}
	}
	m.changed()
}

// MoveTo judges the number again where the province turns out to be another.
func (m *Model) MoveTo(province string) {
	if province == m.province {
		return
	}
	m.province = province
	if m.Asked() {
		m.Judge()
	}
}

// longestTyped is the number of digits from which on a number counts as
// complete: a mobile number has eleven.
const longestTyped = 11

// Incomplete says that the number may only be half typed, so that "no genuine
// number has this form" would be said too early.
func (m *Model) Incomplete() bool {
	if m.settled || !m.Asked() {
		return false
	}
	digits := 0
	for _, r := range m.input {
		if r >= '0' && r <= '9' || r >= '０' && r <= '９' {
			digits++
		}
	}
	if digits == 0 || digits >= longestTyped {
		return false
	}
	// More digits can mend a wrong length, but nothing else that is wrong.
	if slices.ContainsFunc(m.check.Rules, func(r domain.Rule) bool {
		return r.Severity() == domain.SeverityDanger && r != domain.RuleWrongLength
	}) {
		return false
	}
	return m.check.Family == domain.FamilyMalformed || slices.Contains(m.check.Rules, domain.RuleWrongLength)
}
