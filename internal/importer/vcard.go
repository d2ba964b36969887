package importer

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

var _ journal.ContactFiles = (*Importers)(nil)

// OpenContacts opens an address book: cards of vCard 2.1, 3.0 (RFC 2426) and
// 4.0 (RFC 6350), mixed as they come. The library for vCards in Go
// (emersion/go-vcard) does not know the quoted-printable of version 2.1, which
// is what Android writes, and keeps whole cards with their photos; so this is
// read here.
func (im *Importers) OpenContacts(ctx context.Context, path string) (journal.ContactSource, error) {
	args := domain.Args{"File": filepath.Base(path)}
	file, size, err := openFile(path, args)
	if err != nil {
		return nil, err
	}
	s, err := readContacts(newCounted(ctx, file, size), args)
	if err != nil {
		_ = file.Close() // the error that came before counts
		return nil, err
	}
	s.file = file
	return s, nil
}

func readContacts(raw *counted, args domain.Args) (*contactSource, error) {
	sample, err := takeSample(raw)
	switch {
	case err != nil:
		return nil, readError(err)
	case len(bytes.TrimSpace(sample.Text)) == 0 && !sample.Binary:
		return nil, domain.E(opOpen, domain.Invalid, "import.file_empty", args, nil)
	case !bytes.Contains(bytes.ToUpper(sample.Text), []byte("BEGIN:VCARD")):
		return nil, domain.E(opOpen, domain.Invalid, "contacts.not_vcard", args, nil)
	}
	text := newText(raw.Reader)
	return &contactSource{raw: raw, text: text, cards: newCards(text)}, nil
}

// contactSource is an open address book.
type contactSource struct {
	file  io.Closer
	raw   *counted
	text  *text
	cards *cards
	err   error
}

// Encoding is the character set found so far.
func (s *contactSource) Encoding() string { return s.text.Encoding() }

// Progress is how many bytes were read, and the size when the file was opened.
func (s *contactSource) Progress() (done, total int64) { return s.raw.done.Load(), s.raw.total }

// Close closes the file.
func (s *contactSource) Close() error { return s.file.Close() }

// Next gives the next card.
func (s *contactSource) Next() (journal.ContactCard, error) {
	if s.err != nil {
		return journal.ContactCard{}, s.err
	}
	card, err := s.cards.next()
	if err != nil {
		s.err = readError(err)
		return journal.ContactCard{}, s.err
	}
	return card, nil
}

// The reasons to reject a card.
const (
	cardDamaged = "damaged" // lines of it cannot be read, and no number is left
	cardOpen    = "open"    // it begins and never ends
	cardTooLong = "too_long"
)

const (
	// maxCardNumbers is more than anybody has.
	maxCardNumbers = 256
	// maxCardLine bounds what is kept of a line, folds included. Photos are
	// longer and are not wanted.
	maxCardLine = 16 << 10
)

// cards reads cards from a text in UTF-8.
type cards struct {
	in   *bufio.Reader
	line int // of the line that is read next
	buf  []byte
	// at is the line on which buf began, cut that it was longer than buf.
	at  int
	cut bool
	// begun is the line of a BEGIN that came before the END of the card before.
	begun int
}

func newCards(text io.Reader) *cards {
	return &cards{in: bufio.NewReaderSize(newLineEnds(text), SampleSize), line: 1}
}

// next gives the next card. What stands between cards is passed over.
func (c *cards) next() (journal.ContactCard, error) {
	start := c.begun
	c.begun = 0
	for start == 0 {
		if err := c.readLine(); err != nil {
			return journal.ContactCard{}, err
		}
		if p, ok := parseProperty(c.buf); ok && p.is("BEGIN", "VCARD") {
			start = c.at
		}
	}
	card := card{line: start}
	for {
		err := c.readLine()
		if errors.Is(err, io.EOF) {
			return card.rejected(cardOpen), nil
		}
		if err != nil {
			return journal.ContactCard{}, err
		}
		switch p, ok := parseProperty(c.buf); {
		case !ok:
			card.unread(c.buf)
		case p.is("END", "VCARD"):
			if card.inner == 0 {
				return card.done(), nil
			}
			card.inner--
		case p.is("BEGIN", "VCARD"):
			if !card.agent {
				c.begun = c.at
				return card.rejected(cardOpen), nil
			}
			card.inner++
		case card.inner == 0:
			card.take(p, c.cut)
		}
	}
}

// readLine puts the next line, unfolded and without its end, into buf. It ends
// with io.EOF where there is no line any more.
func (c *cards) readLine() error {
	c.buf, c.cut, c.at = c.buf[:0], false, c.line
	if err := c.readPart(); err != nil {
		return err
	}
	quoted := quotedPrintable(c.buf)
	for {
		head, _ := c.in.Peek(len("BEGIN:VCARD"))
		switch {
		case len(head) == 0:
			return nil
		case quoted && bytes.HasSuffix(c.buf, []byte("=")):
			// A soft line break; it may stand in the middle of a character. Some
			// programs end the value with one.
			c.buf = c.buf[:len(c.buf)-1]
			if frame(head) {
				return nil
			}
		case head[0] == ' ' || head[0] == '\t':
			_, _ = c.in.Discard(1) // it was just seen
		default:
			return nil
		}
		if err := c.readPart(); err != nil {
			return err
		}
	}
}

// frame says whether a line begins or ends a card.
func frame(head []byte) bool {
	head = bytes.ToUpper(head)
	return bytes.HasPrefix(head, []byte("BEGIN:VCARD")) || bytes.HasPrefix(head, []byte("END:VCARD"))
}

// readPart appends the rest of a physical line to buf, as far as it has room.
func (c *cards) readPart() error {
	for some := false; ; some = true {
		part, err := c.in.ReadSlice('\n')
		ended := bytes.HasSuffix(part, []byte("\n"))
		if ended {
			part = part[:len(part)-1]
			c.line++
		}
		room := maxCardLine - len(c.buf)
		if len(part) > room {
			part, c.cut = part[:max(room, 0)], true
		}
		c.buf = append(c.buf, part...)
		switch {
		case ended:
			return nil
		case errors.Is(err, io.EOF) && (some || len(part) > 0):
			return nil // the last line has no end
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return err
		}
	}
}

// card gathers what is wanted of one card.
type card struct {
	line                        int
	full, parts, company, alias string
	numbers                     []string
	// agent says that the property before was an AGENT, whose value may be a
	// card of its own; inner counts the cards that are open inside this one.
	agent bool
	inner int
	// binary says that the property before was Base64, whose lines need no fold
	// in version 2.1; broken that a line could not be read.
	binary, broken, tooMany bool
}

// unread remembers a line that is no property.
func (k *card) unread(line []byte) {
	if !k.binary && len(bytes.TrimSpace(line)) > 0 {
		k.broken = true
	}
}

// take keeps a property of the card. One that is longer than any name is not
// kept.
func (k *card) take(p property, cut bool) {
	k.binary, k.agent = p.base64(), p.name == "AGENT"
	switch p.name {
	case "FN", "N", "ORG", "NICKNAME", "TEL":
	default:
		return
	}
	if cut {
		k.broken = true
		return
	}
	value := p.text()
	switch p.name {
	case "FN":
		first(&k.full, unescape(value))
	case "N":
		first(&k.parts, joinName(value))
	case "ORG":
		first(&k.company, unescape(firstPart(value)))
	case "NICKNAME":
		first(&k.alias, unescape(value))
	case "TEL":
		if number := telNumber(unescape(value)); number == "" {
			return
		} else if k.tooMany = len(k.numbers) == maxCardNumbers; !k.tooMany {
			k.numbers = append(k.numbers, number)
		}
	}
}

// first keeps the first value that says something.
func first(to *string, value string) {
	if *to == "" {
		*to = value
	}
}

func (k *card) name() string {
	for _, name := range []string{k.full, k.parts, k.alias, k.company} {
		if name != "" {
			return name
		}
	}
	return ""
}

func (k *card) rejected(reason string) journal.ContactCard {
	text := k.name()
	for _, n := range k.numbers[:min(len(k.numbers), 8)] {
		text += " " + n
	}
	return journal.ContactCard{Line: k.line, Reject: reason, Text: excerpt([]byte(text))}
}

func (k *card) done() journal.ContactCard {
	switch {
	case k.tooMany:
		return k.rejected(cardTooLong)
	case k.broken && len(k.numbers) == 0:
		return k.rejected(cardDamaged)
	}
	return journal.ContactCard{Line: k.line, Name: k.name(), Numbers: k.numbers}
}
