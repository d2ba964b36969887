package importer

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// smsBackup reads the calls-*.xml files of the Android app SMS Backup &
// Restore: a root <calls> with one <call …/> a call. The attributes are
// listed in formats.md 3.1; those not named there are ignored.
type smsBackup struct{}

// SMSBackupRestore is the format "sms_backup_restore".
func SMSBackupRestore() Format { return smsBackup{} }

func (smsBackup) Name() string { return "sms_backup_restore" }

func (smsBackup) Recognise(s *Sample) bool { return rootElement(s.Text) == "calls" }

func (smsBackup) Read(_ context.Context, in Input) (Rows, error) {
	return &smsBackupRows{
		tags: newTags(in.Text),
		zone: in.Options.Zone,
		// Emoji come as two references, one for each half of the UTF-16 pair.
		surrogates: regexp.MustCompile(`&#(?:5529[6-9]|55[3-9]\d\d|56[0-2]\d\d|563[01]\d);` +
			`&#(?:563[2-9]\d|56[4-9]\d\d|57[0-2]\d\d|573[0-3]\d|5734[0-3]);`),
		// What XML 1.0 (2.2) forbids and the app writes all the same, because a
		// contact's name holds it.
		forbidden: regexp.MustCompile(`[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|` +
			`[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F])|65534|65535|[xX][fF]{3}[eEfF]);`),
	}, nil
}

type smsBackupRows struct {
	tags       *tags
	zone       *time.Location
	surrogates *regexp.Regexp
	forbidden  *regexp.Regexp
	decoder    *xml.Decoder
	feed       bytes.Reader
	plain      []xml.Attr // reused
	root       bool       // <calls> was read
	done       bool       // </calls> was read
}

// Next gives the next call. Whatever stands behind the end of the root is
// ignored; a file without that end was cut off.
func (r *smsBackupRows) Next() (journal.Record, error) {
	for !r.done {
		t, err := r.tags.next()
		if err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				err = truncated()
			}
			return journal.Record{}, err
		}
		switch string(t.name()) {
		case "calls":
			r.root = true
			r.done = bytes.HasSuffix(t.bytes, []byte("/>"))
		case "/calls":
			r.done = true
		case "call":
			if r.root {
				return r.record(t), nil
			}
		}
	}
	return journal.Record{}, io.EOF
}

// record reads one <call> element. It never fails: what cannot be read makes
// the record a reject.
func (r *smsBackupRows) record(t tag) journal.Record {
	rec := journal.Record{Line: t.line, Direction: domain.DirectionUnknown, Reject: t.damage}
	if rec.Reject == "" {
		attrs, ok := r.plainAttributes(t.bytes)
		var err error
		if !ok {
			attrs, err = r.attributes(t.bytes)
		}
		if err != nil {
			attrs, err = r.attributes(r.forbidden.ReplaceAll(t.bytes, []byte(" ")))
		}
		if err != nil {
			rec.Reject = rejectDamaged
		} else {
			r.fill(&rec, attrs)
		}
	}
	if rec.Reject != "" || rec.Note != "" {
		rec.Text = excerpt(t.bytes)
	}
	return rec
}

// attributes decodes one tag. Strict is off, so that an "&" that some other
// program left as it is does not cost the call; entities are never expanded
// but for the five of XML itself.
func (r *smsBackupRows) attributes(b []byte) ([]xml.Attr, error) {
	if bytes.Contains(b, []byte("&#5")) {
		b = r.surrogates.ReplaceAllFunc(b, joinSurrogates)
	}
	r.feed.Reset(b)
	if r.decoder == nil {
		r.decoder = xml.NewDecoder(&r.feed)
		r.decoder.Strict = false
	}
	token, err := r.decoder.RawToken()
	if err == nil && bytes.HasSuffix(b, []byte("/>")) {
		_, err = r.decoder.RawToken() // the end that the "/" stands for
	}
	start, ok := token.(xml.StartElement)
	if err != nil || !ok || r.feed.Len() > 0 {
		r.decoder = nil // its errors stay with it
		return nil, errors.Join(err, io.ErrUnexpectedEOF)
	}
	return start.Attr, nil
}

// joinSurrogates turns the two references of a UTF-16 pair into one
// character (Unicode 3.9, D91); the expression makes sure of the ranges.
func joinSurrogates(pair []byte) []byte {
	high, low, _ := bytes.Cut(pair[len("&#"):len(pair)-1], []byte(";&#"))
	h, _ := strconv.Atoi(string(high))
	l, _ := strconv.Atoi(string(low))
	return []byte(string(rune((h-0xd800)<<10 + (l - 0xdc00) + 0x10000)))
}

func (r *smsBackupRows) fill(rec *journal.Record, attrs []xml.Attr) {
	rec.Reject = rejectTime // until a time was read
	withheld := false
	for _, a := range attrs {
		switch a.Name.Local {
		case "number":
			rec.Number = a.Value
		case "presentation":
			// 1 allowed; 2 restricted, 3 unknown, 4 payphone carry no number.
			withheld = a.Value == "2" || a.Value == "3" || a.Value == "4"
		case "date":
			if ms, err := strconv.ParseInt(a.Value, 10, 64); err == nil {
				rec.StartedAt = time.UnixMilli(ms).In(r.zone)
				rec.Reject = ""
			}
		case "duration":
			if d, err := domain.ParseDuration(a.Value); err == nil {
				rec.Duration = &d
			} else if !isNothing(a.Value) {
				rec.Note = noteDuration
			}
		case "type":
			direction, ok := androidType(a.Value)
			if rec.Direction = direction; !ok {
				rec.Note = noteDirection
			}
		case "contact_name":
			if !isNoName(a.Value) {
				rec.Name = a.Value
			}
		}
	}
	if withheld || isHidden(rec.Number) {
		rec.Number = ""
	}
}

// androidType reads a call type of Android's call log (CallLog.Calls.TYPE and
// formats.md 3.1).
func androidType(code string) (domain.Direction, bool) {
	switch code {
	case "1":
		return domain.DirectionIncoming, true
	case "2":
		return domain.DirectionOutgoing, true
	case "3":
		return domain.DirectionMissed, true
	case "4":
		return domain.DirectionVoicemail, true
	case "5":
		return domain.DirectionRejected, true
	case "6":
		return domain.DirectionBlocked, true
	case "7":
		return domain.DirectionAnsweredElsewhere, true
	}
	return domain.DirectionUnknown, false
}
