package practice

import (
	"encoding/json"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"quietline/internal/domain"
)

// The codes of field problems, for programs; their words are the messages
// "practice.field.CODE".
const (
	codeRequired = "required"
	codeType     = "invalid_type"
	codeValue    = "invalid_value"
	codeFormat   = "invalid_format"
	codeTime     = "invalid_time"
	codeFuture   = "in_future"
	codeRange    = "out_of_range"
	codeLong     = "too_long"
	codeMany     = "too_many"
)

// maxProblems bounds how many field problems one answer lists.
const maxProblems = 50

// checker collects field problems while a document is read.
type checker struct {
	found []domain.FieldProblem
	now   time.Time
}

func (c *checker) fail(pointer, code string) {
	if len(c.found) < maxProblems {
		c.found = append(c.found, domain.FieldProblem{Pointer: pointer, Code: code})
	}
}

// node is an object of the document. Members that nobody asks for are
// tolerated; null counts as left out.
type node struct {
	c       *checker
	pointer string
	members map[string]any
}

// at is the pointer of a member (RFC 6901; our names need no escaping).
func (n node) at(name string) string { return n.pointer + "/" + name }

// has gives a member, and reports a required one that is missing.
func (n node) has(name string, required bool) (any, bool) {
	v := n.members[name]
	if v == nil && required {
		n.c.fail(n.at(name), codeRequired)
	}
	return v, v != nil
}

// object reads an object; ok is false where it is missing or something else.
func (n node) object(name string, required bool) (node, bool) {
	v, ok := n.has(name, required)
	if !ok {
		return node{}, false
	}
	return n.c.asObject(n.at(name), v)
}

func (c *checker) asObject(pointer string, v any) (node, bool) {
	m, ok := v.(map[string]any)
	if !ok {
		c.fail(pointer, codeType)
		return node{}, false
	}
	return node{c: c, pointer: pointer, members: m}, true
}

// list reads an array of at most most items.
func (n node) list(name string, required bool, most int) ([]any, bool) {
	v, ok := n.has(name, required)
	if !ok {
		return nil, false
	}
	l, ok := v.([]any)
	switch {
	case !ok:
		n.c.fail(n.at(name), codeType)
	case len(l) > most:
		n.c.fail(n.at(name), codeMany)
		ok = false
	}
	return l, ok
}

// textRule says what a string must be. An optional string may be empty.
type textRule struct {
	required bool
	max      int // in characters
	values   []string
	form     *regexp.Regexp
}

// str reads a string and returns it where it keeps the rule.
func (n node) str(name string, rule textRule) string {
	v, ok := n.has(name, rule.required)
	if !ok {
		return ""
	}
	return n.c.asText(n.at(name), v, rule)
}

func (c *checker) asText(pointer string, v any, rule textRule) string {
	s, ok := v.(string)
	switch {
	case !ok:
		c.fail(pointer, codeType)
	case s == "" && rule.required:
		c.fail(pointer, codeRequired)
	case s == "":
	case rule.max > 0 && utf8.RuneCountInString(s) > rule.max:
		c.fail(pointer, codeLong)
	case rule.values != nil && !slices.Contains(rule.values, s):
		c.fail(pointer, codeValue)
	case rule.form != nil && !rule.form.MatchString(s):
		c.fail(pointer, codeFormat)
	default:
		return s
	}
	return ""
}

// words reads an array of strings out of a fixed set.
func (n node) words(name string, required bool, most int, values []string) {
	l, _ := n.list(name, required, most)
	for i, v := range l {
		n.c.asText(n.at(name)+"/"+strconv.Itoa(i), v, textRule{required: true, values: values})
	}
}

// whole reads an integer from 0 to most.
func (n node) whole(name string, required bool, most int64) {
	v, ok := n.has(name, required)
	if !ok {
		return
	}
	number, ok := v.(json.Number)
	if !ok {
		n.c.fail(n.at(name), codeType)
		return
	}
	f, err := number.Float64() // 1e2 and 3.0 are integers in JSON, too
	switch {
	case err != nil || f < 0 || f > float64(most):
		n.c.fail(n.at(name), codeRange)
	case f != math.Trunc(f):
		n.c.fail(n.at(name), codeType)
	}
}

func (n node) boolean(name string) {
	if v, ok := n.has(name, false); ok {
		if _, ok := v.(bool); !ok {
			n.c.fail(n.at(name), codeType)
		}
	}
}

// clockSkew is how far in the future a time may lie: clocks differ, and so do
// ideas of the zone.
const clockSkew = 24 * time.Hour

// moment reads an RFC 3339 time between 1990 and a little after now.
func (n node) moment(name string, required bool) {
	s := n.str(name, textRule{required: required, max: 64})
	if s == "" {
		return
	}
	t, err := time.Parse(time.RFC3339, strings.ToUpper(s))
	switch {
	case err != nil || t.Year() < 1990:
		n.c.fail(n.at(name), codeTime)
	case t.After(n.c.now.Add(clockSkew)):
		n.c.fail(n.at(name), codeFuture)
	}
}
