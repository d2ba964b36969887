package importer

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"time"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// skipErased is the reason for a call that was deleted from the phone's log.
const skipErased = "erased"

// smsIE reads the calls-*.json files of the Android app SMS Import / Export: an
// array with one object a call, which holds the raw columns of Android's call
// log as strings and the name of the contact (formats.md 3.2). The app writes
// messages as one object a line; calls in that form are read as well.
type smsIE struct{}

// SMSImportExport is the format "sms_ie_json".
func SMSImportExport() Format { return smsIE{} }

func (smsIE) Name() string { return "sms_ie_json" }

// Recognise asks the first object for the columns that every call has and a
// message has not.
func (smsIE) Recognise(s *Sample) bool {
	head := bytes.TrimSpace(s.Text)
	if s.Binary || len(head) == 0 || head[0] != '[' && head[0] != '{' {
		return false
	}
	first, err := newEntries(bytes.NewReader(head)).next()
	if err != nil || first.damage != "" {
		return false
	}
	keys := map[string]json.RawMessage{}
	if json.Unmarshal(first.bytes, &keys) != nil {
		return false
	}
	for _, column := range [...]string{"date", "type", "duration"} {
		if keys[column] == nil {
			return false
		}
	}
	return keys["number"] != nil || keys["presentation"] != nil
}

func (smsIE) Read(_ context.Context, in Input) (Rows, error) {
	return &smsIERows{entries: newEntries(in.Text), zone: in.Options.Zone}, nil
}

type smsIERows struct {
	entries *entries
	zone    *time.Location
}

// Next gives the next call. Whatever stands behind the end of the array is
// ignored; an array without that end was cut off.
func (r *smsIERows) Next() (journal.Record, error) {
	e, err := r.entries.next()
	if err != nil {
		return journal.Record{}, err
	}
	rec := journal.Record{Line: e.line, Direction: domain.DirectionUnknown, Reject: e.damage}
	if rec.Reject == "" {
		var call smsIECall
		if json.Unmarshal(e.bytes, &call) != nil {
			rec.Reject = rejectDamaged
		} else {
			call.fill(&rec, r.zone)
		}
	}
	if rec.Reject != "" || rec.Note != "" {
		rec.Text = excerpt(e.bytes)
	}
	return rec, nil
}

// smsIECall are the columns that matter; the others are ignored.
type smsIECall struct {
	Number       looseText `json:"number"`
	Presentation looseText `json:"presentation"`
	Date         looseText `json:"date"`
	Duration     looseText `json:"duration"`
	Type         looseText `json:"type"`
	Deleted      looseText `json:"deleted"`
	// DisplayName is the contact as the app looked it up, in the spellings of
	// its older and newer versions; Name is what the call log itself kept.
	DisplayName  looseText `json:"display-name"`
	DisplayName2 looseText `json:"__display_name"`
	Name         looseText `json:"name"`
}

func (c *smsIECall) fill(rec *journal.Record, zone *time.Location) {
	if c.Deleted == "1" {
		rec.Skip = skipErased
		return
	}
	direction, ok := androidType(string(c.Type))
	if rec.Direction = direction; !ok {
		rec.Note = noteDirection
	}
	if d, err := domain.ParseDuration(string(c.Duration)); err == nil {
		rec.Duration = &d
	} else if !isNothing(string(c.Duration)) {
		rec.Note = noteDuration
	}
	// 2 restricted, 3 unknown, 4 payphone carry no number.
	withheld := c.Presentation == "2" || c.Presentation == "3" || c.Presentation == "4"
	if !withheld && !isHidden(string(c.Number)) {
		rec.Number = string(c.Number)
	}
	for _, name := range [...]looseText{c.DisplayName, c.DisplayName2, c.Name} {
		if rec.Name == "" && !isNoName(string(name)) {
			rec.Name = string(name)
		}
	}
	ms, err := strconv.ParseInt(string(c.Date), 10, 64)
	if err != nil {
		rec.Reject, rec.Note = rejectTime, ""
		return
	}
	rec.StartedAt = time.UnixMilli(ms).In(zone)
}

// looseText is a value that may be a string, a number or a truth value; null is
// empty. What stands in brackets is kept as it is and fits nowhere.
type looseText string

// UnmarshalJSON takes any value.
func (t *looseText) UnmarshalJSON(b []byte) error {
	switch {
	case len(b) > 1 && b[0] == '"' && bytes.IndexByte(b, '\\') < 0:
		*t = looseText(b[1 : len(b)-1]) // as nearly all are
	case len(b) > 0 && b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*t = looseText(s)
	case string(b) == "null":
		*t = ""
	default:
		*t = looseText(b)
	}
	return nil
}
