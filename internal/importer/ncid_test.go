package importer_test

import (
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

func TestNCID(t *testing.T) {
	formattest.Run(t, formattest.Suite{
		Format: importer.NCID(),
		Cases: []formattest.Case{{
			Name: "cidcall.log", Encoding: "UTF-8",
			Want: []journal.Record{
				call(1, "95013000", "2024-05-20 09:15", -1, domain.DirectionIncoming),
				call(2, "95013000", "2024-05-20 09:15", -1, domain.DirectionIncoming),
				call(3, "95013000", "2024-05-20 09:16", -1, domain.DirectionIncoming),
				call(4, "9521330012", "2024-05-20 22:47", -1, domain.DirectionIncoming),
				call(5, "+8617012340000", "2024-05-21 03:02", -1, domain.DirectionIncoming),
				call(6, "95588", "2024-05-21 10:00", -1, domain.DirectionIncoming),
				call(7, "961234", "2024-05-21 10:30", -1, domain.DirectionIncoming),
				call(8, "", "2024-05-21 15:20", -1, domain.DirectionIncoming),
				call(9, "952133001234567", "2024-05-21 16:00", -1, domain.DirectionBlocked),
				call(10, "(010) 6620-0000", "2024-05-22 08:00", -1, domain.DirectionIncoming),
			},
		}},
	})
}

func readNCID(t *testing.T, body string) formattest.Result {
	t.Helper()
	return formattest.Read(t, []byte(body), journal.ImportOptions{}, importer.NCID())
}

// cid is a line of a call.
func cid(label, date, number, name string) string {
	return label + ": *DATE*" + date + "*TIME*0915*LINE*-*NMBR*" + number + "*MESG*NONE*NAME*" + name + "*\n"
}

func TestNCIDLines(t *testing.T) {
	in, out, blocked := domain.DirectionIncoming, domain.DirectionOutgoing, domain.DirectionBlocked
	at := "2024-05-20 09:15"
	reject := func(key string) journal.Record { return journal.Record{Reject: key} }
	tests := []struct {
		name, line string
		want       journal.Record
	}{
		{"incoming", cid("CID", "05202024", "95588", "BANK"), named(call(2, "95588", at, -1, in), "BANK")},
		{"through a gateway", cid("+CID", "05202024", "95588", "-"), call(2, "95588", at, -1, in)},
		{"from a server", cid("CIDLOG", "05202024", "95588", "-"), call(2, "95588", at, -1, in)},
		{"hung up", cid("HUP", "05202024", "95588", "-"), call(2, "95588", at, -1, blocked)},
		{"blocked", cid("BLK", "05202024", "95588", "-"), call(2, "95588", at, -1, blocked)},
		{"outgoing", cid("OUT", "05202024", "95588", "-"), call(2, "95588", at, -1, out)},
		{"outgoing on a phone", cid("PUT", "05202024", "95588", "-"), call(2, "95588", at, -1, out)},
		{"waiting", cid("WID", "05202024", "95588", "-"), call(2, "95588", at, -1, in)},
		{"out of area", cid("CID", "05202024", "OUT-OF-AREA", "OUT OF AREA"), call(2, "", at, -1, in)},
		{"private", cid("CID", "05202024", "PRIVATE", "PRIVATE"), call(2, "", at, -1, in)},
		{"no number", cid("CID", "05202024", "NO-NUMBER", "NO NAME"), call(2, "", at, -1, in)},
		{"an empty number", cid("CID", "05202024", "", ""), call(2, "", at, -1, in)},
		{"stars in a number", cid("CID", "05202024", "**622", "A*B"), named(call(2, "**622", at, -1, in), "A*B")},
		{"a name that is a field", cid("CID", "05202024", "95588", "LINE"), named(call(2, "95588", at, -1, in), "LINE")},
		{"no year", cid("CID", "0520", "95588", "-"), call(2, "95588", at, -1, in)},
		{"no date", "CID: *TIME*0915*NMBR*95588*NAME*-*\n", reject("damaged")},
		{"no day", cid("CID", "02302024", "95588", "-"), reject("time")},
		{"a date in words", cid("CID", "today", "95588", "-"), reject("time")},
		{"a message", "MSG: hello***DATE*05202024*TIME*0915*NAME*x*NMBR*95588*LINE*-*MTYPE*IN*\n", skipped(2, "remark")},
		{"a text message", "NOT: hello***DATE*05202024*TIME*0915*NAME*x*NMBR*95588*LINE*-*MTYPE*IN*\n", skipped(2, "sms")},
		{"the end of a call", "END: *HTYPE*BYE*DATE*05202024*TIME*0915*SCALL*05/20/2024 09:15:00*\n", skipped(2, "remark")},
		{"a remark", "# rotated\n", skipped(2, "remark")},
		{"too long", "CID: *DATE*05202024*NAME*" + strings.Repeat("x", 200_000) + "*\n", reject("too_long")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readNCID(t, cid("CID", "05312024", "95533", "-")+tt.line+cid("CID", "05202024", "95533", "-"))
			if got.Err != nil || len(got.Records) != 3 || got.Records[2].Number != "95533" || got.Records[2].Line != 3 {
				t.Fatalf("%+v, %v", got.Records, got.Err)
			}
			r := got.Records[1]
			if tt.want.Reject != "" {
				if r.Reject != tt.want.Reject || r.Line != 2 || r.Note != "" {
					t.Errorf("%+v, want the reject %q", r, tt.want.Reject)
				}
				return
			}
			if d := formattest.Diff([]journal.Record{tt.want}, []journal.Record{r}); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestNCIDDates: which of the two orders a log has follows from the dates that
// can be read in one only.
func TestNCIDDates(t *testing.T) {
	tests := []struct {
		dates []string
		want  string // of the first
		note  string
	}{
		{[]string{"05202024"}, "2024-05-20 09:15", ""},
		{[]string{"20052024"}, "2024-05-20 09:15", ""},
		{[]string{"05042024"}, "2024-05-04 09:15", "day_month"},
		{[]string{"05052024"}, "2024-05-05 09:15", ""},
		{[]string{"05042024", "20052024"}, "2024-04-05 09:15", ""},
		{[]string{"05042024", "05202024"}, "2024-05-04 09:15", ""},
		{[]string{"05202024", "20052024", "21052024"}, "2024-05-20 09:15", ""},
	}
	for _, tt := range tests {
		var b strings.Builder
		for _, d := range tt.dates {
			b.WriteString(cid("CID", d, "95588", "-"))
		}
		got := readNCID(t, b.String())
		if got.Err != nil || len(got.Records) != len(tt.dates) {
			t.Fatalf("%v: %+v, %v", tt.dates, got.Records, got.Err)
		}
		want := call(1, "95588", tt.want, -1, domain.DirectionIncoming)
		want.Note = tt.note
		if d := formattest.Diff([]journal.Record{want}, got.Records[:1]); d != "" {
			t.Errorf("%v:\n%s", tt.dates, d)
		}
	}
}

func TestNCIDEnds(t *testing.T) {
	whole := strings.TrimSuffix(cid("CID", "05202024", "95588", "BANK"), "\n")
	for body, key := range map[string]string{
		whole: "", whole + "\n" + whole: "", whole + "\n# end": "", whole + "\nMSG: hello": "",
		whole + "\n" + whole[:60]: "import.truncated", whole + "\nCI": "import.truncated",
		whole + "\nCID: *DATE*05202024*TIME*0915*LINE*-*NMBR*95588*": "import.truncated",
		"MSG: hello\n": "import.format_unknown", "CID: hello\n": "import.format_unknown",
	} {
		if got := readNCID(t, body); domain.KeyOf(got.Err) != key {
			t.Errorf("%q: %v, want %q", body, got.Err, key)
		}
	}
}

func FuzzNCID(f *testing.F) {
	f.Add([]byte(cid("CID", "05202024", "95588", "NO NAME") + cid("HUP", "20052024", "PRIVATE", "")))
	f.Add([]byte("CID: *DATE**TIME**NMBR***NAME*DATE*\n:\n\nMSG: ***DATE*"))
	f.Add([]byte("CID: *DATE*0520*TIME*9:15*NMBR*NAME*NMBR*x*NAME**"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, r := range importer.ReadAll(t, data, importer.NCID()) {
			formattest.CheckRecord(t, r)
		}
	})
}
