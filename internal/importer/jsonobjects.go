package importer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// objects finds the records in JSON: objects that stand in an array and hold
// no array of objects themselves. All around them, be it a frame of any depth,
// the call of a script's function or the next page of an answer, is passed
// over. encoding/json's own stream is not used because it reads a quotation
// mark that is never closed to the end of the file into memory and stops at
// what it cannot read; here a record is bounded, and a damaged one costs
// itself only.
type objects struct {
	in    *bufio.Reader // twice as large as a record, so that most are in it
	line  int           // the line that is read, from 1
	stack []byte        // the brackets that are open
	deep  int           // how many more are, beyond maxNesting
	lost  bool          // a damaged record left open which brackets are
	key   string        // the key whose value comes next, in a frame
	last  string        // the string before
	after byte          // the sign before, a quotation mark for a string
	// found is told the strings of frames; nil where nobody asks.
	found func(key, value string)
	// skim leaves the values of records unread.
	skim   bool
	values members
}

// The bounds of what is remembered of frames: how deep they stand in each
// other, and the bytes of a key or value.
const (
	maxNesting   = 64
	maxFrameText = 64
)

// object is a record, valid until the next call.
type object struct {
	line   int
	raw    []byte // as it stands in the file; of a damaged one the beginning
	values members
	damage string // a reject key, or empty
}

func newObjects(r io.Reader) *objects {
	return &objects{in: bufio.NewReaderSize(newLineEnds(r), 2*maxRecordBytes), line: 1}
}

// next gives the next record. It ends with io.EOF, or with
// "import.truncated" where a bracket is still open.
func (o *objects) next() (object, error) {
	for {
		c, err := o.in.ReadByte()
		if err != nil {
			return object{}, o.end(err)
		}
		switch c {
		case '\n':
			o.line++
		case '"':
			if err := o.readString(); err != nil {
				return object{}, o.end(err)
			}
		case ':':
			o.key, o.after = o.last, c
		case '{':
			if o.mayBeRecord() {
				_ = o.in.UnreadByte() // it was just read
				got, ok, err := o.record()
				if ok || err != nil {
					return got, err
				}
			}
			o.open(c)
		case '[':
			o.open(c)
		case '}', ']':
			o.shut(c)
		case ',':
			o.after = c
		}
	}
}

// end says whether the file may end here.
func (o *objects) end(err error) error {
	if errors.Is(err, io.EOF) && len(o.stack) > 0 {
		return truncated()
	}
	return err
}

// mayBeRecord says whether an object that begins here may be a record: one in an
// array, and, where damage has lost track of the arrays, any that does not
// stand where the value of a key does.
func (o *objects) mayBeRecord() bool {
	switch {
	case o.lost:
		return true
	case o.deep > 0:
		return false
	case len(o.stack) == 0:
		return o.after == ','
	}
	return o.stack[len(o.stack)-1] == '[' || o.after != ':'
}

func (o *objects) open(c byte) {
	o.key, o.last, o.after = "", "", c
	if len(o.stack) == maxNesting {
		o.deep++
		return
	}
	o.stack = append(o.stack, c)
}

// shut closes the innermost bracket, unless that is of the other kind.
func (o *objects) shut(c byte) {
	o.key, o.last, o.after = "", "", c
	switch n := len(o.stack); {
	case o.deep > 0:
		o.deep--
	case n > 0 && o.stack[n-1] == c-2: // '{' and '}', '[' and ']' are two apart
		o.stack = o.stack[:n-1]
	case n > 0:
		o.lost = true
	}
}

// readString reads a string of a frame behind its quotation mark and keeps
// the beginning.
func (o *objects) readString() error {
	var kept [maxFrameText]byte
	n := 0
	for escaped := false; ; {
		c, err := o.in.ReadByte()
		if err != nil {
			return err
		}
		if c == '"' && !escaped {
			break
		}
		if c == '\n' {
			o.line++
		}
		if escaped = c == '\\' && !escaped; n < len(kept) {
			kept[n] = c
			n++
		}
	}
	if o.last = string(kept[:n]); o.key != "" && o.found != nil {
		o.found(o.key, o.last)
	}
	o.key, o.after = "", '"'
	return nil
}

// record reads the object that comes next. ok is false where it is a frame,
// whose brace alone was read then.
func (o *objects) record() (got object, ok bool, err error) {
	window, err := o.in.Peek(maxRecordBytes)
	if err != nil && !errors.Is(err, io.EOF) {
		return object{}, false, err
	}
	size, frame := objectSize(window)
	if frame {
		_, err := o.in.Discard(1)
		return object{}, false, err
	}
	o.after = '}'
	got = object{line: o.line, raw: window}
	if size > 0 {
		got.raw = window[:size]
		if o.skim || o.decode(got.raw) {
			got.values = o.values
			o.line += bytes.Count(got.raw, []byte("\n"))
			_, err := o.in.Discard(size)
			return got, true, err
		}
	}
	// The next brace is where the next record begins, unless the object is
	// whole but for a detail within it.
	next := 1 + bytes.IndexByte(got.raw[1:], '{')
	switch {
	case next > 0:
		got.damage = rejectDamaged
	case size > 0:
		got.damage, next = rejectDamaged, size
	case err == nil:
		got.damage, next = rejectTooLong, len(window)
	default:
		return object{}, false, truncated()
	}
	o.lost = o.lost || next != size
	got.raw = bytes.Clone(got.raw[:min(next, 1024)])
	o.line += bytes.Count(window[:next], []byte("\n"))
	if _, err := o.in.Discard(next); err != nil || size > 0 {
		return got, true, err
	}
	return got, true, o.skipToBrace()
}

// skipToBrace reads up to the next opening brace, or to the end.
func (o *objects) skipToBrace() error {
	for {
		if _, err := o.in.Peek(1); errors.Is(err, io.EOF) {
			return nil // the next call says that the file was cut off
		} else if err != nil {
			return err
		}
		window, _ := o.in.Peek(o.in.Buffered())
		at := bytes.IndexByte(window, '{')
		if at >= 0 {
			window = window[:at]
		}
		o.line += bytes.Count(window, []byte("\n"))
		if _, err := o.in.Discard(len(window)); err != nil || at >= 0 {
			return err
		}
	}
}

// decode finds the members of an object; ok is false where it is none.
func (o *objects) decode(raw []byte) (ok bool) {
	if !json.Valid(raw) {
		return false
	}
	o.values = o.values[:0]
	for i := 1; ; {
		switch raw[i] {
		case '}':
			return true
		case '"':
			size := stringSize(raw[i:])
			m := member{key: jsonText(raw[i : i+size])}
			i += size
			i += len(raw[i:]) - len(bytes.TrimLeft(raw[i:], " \t\n:"))
			size = valueSize(raw[i:])
			m.value = jsonText(raw[i : i+size])
			o.values = append(o.values, m)
			i += size
		default:
			i++ // a comma or space
		}
	}
}

// members are what an object holds, in its order.
type members []member

// member is a key with its value as a table would show it: a string without
// its quotation marks, a number as its digits, null as nothing.
type member struct{ key, value []byte }

// get finds the value of a key.
func (m members) get(key string) (value []byte, ok bool) {
	for i := range m {
		if string(m[i].key) == key {
			return m[i].value, true
		}
	}
	return nil, false
}

// jsonText is a valid value as a member holds it.
func jsonText(b []byte) []byte {
	switch {
	case string(b) == "null":
		return nil
	case b[0] != '"':
		return b
	case bytes.IndexByte(b, '\\') < 0:
		return b[1 : len(b)-1]
	}
	var s string
	if json.Unmarshal(b, &s) != nil {
		return b // it is valid
	}
	return []byte(s)
}

// valueSize is the length of the valid value that begins the bytes.
func valueSize(b []byte) int {
	switch b[0] {
	case '"':
		return stringSize(b)
	case '{', '[':
		size, _ := objectSize(b)
		return max(size, 1)
	}
	if end := bytes.IndexAny(b, ",}] \t\n"); end > 0 {
		return end
	}
	return len(b)
}

// objectSize finds the end of the object that begins the window: its length,
// 0 where the window does not hold its end. frame tells that it holds an array
// of objects.
func objectSize(window []byte) (size int, frame bool) {
	depth := 0
	for i := 0; i < len(window); i++ {
		switch window[i] {
		case '"':
			end := stringSize(window[i:])
			if end == 0 {
				return 0, false
			}
			i += end - 1
		case '[':
			if rest := bytes.TrimLeft(window[i+1:], " \t\n"); len(rest) > 0 && rest[0] == '{' {
				return 0, true
			}
			depth++
		case '{':
			depth++
		case '}', ']':
			if depth--; depth <= 0 {
				return i + 1, false
			}
		}
	}
	return 0, false
}

// stringSize is the length of the string that begins the window with its
// quotation marks, 0 where the second is missing.
func stringSize(window []byte) int {
	for from := 1; ; {
		i := bytes.IndexByte(window[from:], '"')
		if i < 0 {
			return 0
		}
		from += i + 1
		before := window[1 : from-1]
		if slashes := len(before) - len(bytes.TrimRight(before, `\`)); slashes%2 == 0 {
			return from
		}
	}
}
