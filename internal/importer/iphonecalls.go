package importer

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/journal"
)

// iphoneCalls reads CallHistory.storedata of an iPhone (formats.md 3.4): the
// table ZCALLRECORD, in which the calls of other programs stand as well.
type iphoneCalls struct{}

// IPhoneCallHistory is the format "iphone_callhistory".
func IPhoneCallHistory() Format { return iphoneCalls{} }

// The columns of the table, in the order in which they are read.
const (
	iphoneAddress = iota
	iphoneDate
	iphoneDuration
	iphoneOriginated
	iphoneAnswered
	iphoneCause
	iphoneKind
	iphoneProvider
	iphoneName
)

func iphoneColumns() []string {
	return []string{
		"zaddress", "zdate", "zduration", "zoriginated", "zanswered", "zdisconnected_cause", "zcalltype",
		"zservice_provider", "zname",
	}
}

// iphoneEpoch is 2001-01-01 00:00 UTC, from which iPhones count seconds, in
// seconds since 1970.
const iphoneEpoch = 978307200

// Name is the name of the format.
func (iphoneCalls) Name() string { return "iphone_callhistory" }

// Recognise looks for the table.
func (f iphoneCalls) Recognise(s *Sample) bool {
	_, ok := f.table(s)
	return ok
}

func (iphoneCalls) table(s *Sample) (Table, bool) {
	return findTable(s.Tables, "zcallrecord", "zaddress", "zdate")
}

// Read reads the table.
func (f iphoneCalls) Read(ctx context.Context, in Input) (Rows, error) {
	t, _ := f.table(in.Sample) // Recognise found it
	return in.Database.read(ctx, in, t, iphoneColumns(), func(rec *journal.Record, cells []any) {
		fillIPhone(rec, cells, in.Options)
	})
}

func fillIPhone(rec *journal.Record, cells []any, o journal.ImportOptions) {
	if !isPhoneCall(textOf(cells[iphoneProvider]), textOf(cells[iphoneKind])) {
		rec.Skip = skipOtherApp
		return
	}
	fillDuration(rec, cells[iphoneDuration])
	rec.Direction = iphoneDirection(cells)
	if rec.Direction == domain.DirectionUnknown && cells[iphoneOriginated] != nil {
		rec.Note = noteDirection
	}
	fillNumber(rec, textOf(cells[iphoneAddress]), textOf(cells[iphoneName]))
	seconds, ok := numberOf(cells[iphoneDate])
	at, in := momentOf((seconds+iphoneEpoch)*1000, o.Zone)
	if rec.StartedAt = at; !ok || !in {
		rec.Reject, rec.Note = rejectTime, ""
	}
}

// isPhoneCall tells the calls of the telephone from those of FaceTime and of
// other programs. Where the row says nothing, it is one.
func isPhoneCall(provider, kind string) bool {
	if provider != "" {
		return provider == "com.apple.Telephony"
	}
	return kind == "" || kind == "1"
}

// iphoneDirection reads who called and what became of it. A cause of 6 means
// that the call was rejected.
func iphoneDirection(cells []any) domain.Direction {
	out, ok := numberOf(cells[iphoneOriginated])
	if ok && out == 1 {
		return domain.DirectionOutgoing
	}
	answered, told := numberOf(cells[iphoneAnswered])
	switch cause, _ := numberOf(cells[iphoneCause]); {
	case !ok || out != 0 || !told:
		return domain.DirectionUnknown
	case answered != 0:
		return domain.DirectionIncoming
	case cause == 6:
		return domain.DirectionRejected
	}
	return domain.DirectionMissed
}
