package importer_test

import (
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

// call makes the record of a call in China; seconds below 0 are unknown.
func call(line int, number, at string, seconds int, d domain.Direction) journal.Record {
	t, err := domain.ParseTime(at, nil)
	if err != nil {
		panic(err)
	}
	r := journal.Record{Line: line, Number: number, StartedAt: t, Direction: d}
	if seconds >= 0 {
		length := time.Duration(seconds) * time.Second
		r.Duration = &length
	}
	return r
}

func named(r journal.Record, name string) journal.Record {
	r.Name = name
	return r
}

func TestSMSBackupRestore(t *testing.T) {
	formattest.Run(t, formattest.Suite{
		Format: importer.SMSBackupRestore(),
		Cases: []formattest.Case{{
			Name: "calls-20240522090000.xml", Encoding: "UTF-8",
			Want: []journal.Record{
				call(4, "95013000", "2024-05-20 09:15:03", 12, domain.DirectionIncoming),
				call(5, "95013000", "2024-05-20 09:15:40", 0, domain.DirectionMissed),
				call(6, "95013000", "2024-05-20 09:16:10", 0, domain.DirectionMissed),
				call(7, "9521330012", "2024-05-20 22:47:11", 0, domain.DirectionMissed),
				call(8, "+8617012340000", "2024-05-21 03:02:05", 0, domain.DirectionMissed),
				call(9, "95588", "2024-05-21 10:00:00", 65, domain.DirectionIncoming),
				call(10, "961234", "2024-05-21 10:30:00", 30, domain.DirectionIncoming),
				named(call(11, "13800000001", "2024-05-21 11:05:00", 120, domain.DirectionOutgoing), "女儿"),
				call(12, "", "2024-05-21 15:20:30", 0, domain.DirectionRejected),
				call(13, "952133001234567", "2024-05-21 16:00:00", 0, domain.DirectionBlocked),
				call(14, "(010) 6620-0000", "2024-05-22 08:00:00", 8, domain.DirectionIncoming),
			},
		}},
	})
}

func readXML(t *testing.T, body string) formattest.Result {
	t.Helper()
	return formattest.Read(t, []byte(body), journal.ImportOptions{}, importer.SMSBackupRestore())
}

func TestSMSBackupElements(t *testing.T) {
	at := "2024-05-20 09:15:03"
	tests := []struct {
		name, element string
		want          journal.Record
	}{
		{"end tag", `<call number="95588" date="1716167703000" duration="1" type="1"></call>`, call(1, "95588", at, 1, domain.DirectionIncoming)},
		{"single quotes", `<call number='95588' date='1716167703000' duration='1' type='2'/>`, call(1, "95588", at, 1, domain.DirectionOutgoing)},
		{"voicemail", `<call number="95588" date="1716167703000" duration="1" type="4"/>`, call(1, "95588", at, 1, domain.DirectionVoicemail)},
		{"elsewhere", `<call number="95588" date="1716167703000" duration="1" type="7"/>`, call(1, "95588", at, 1, domain.DirectionAnsweredElsewhere)},
		{"no duration", `<call number="95588" date="1716167703000" type="1"/>`, call(1, "95588", at, -1, domain.DirectionIncoming)},
		{"payphone", `<call number="95588" date="1716167703000" duration="1" presentation="4" type="1"/>`, call(1, "", at, 1, domain.DirectionIncoming)},
		{"hidden mark", `<call number="-2" date="1716167703000" duration="1" presentation="1" type="1"/>`, call(1, "", at, 1, domain.DirectionIncoming)},
		{"no number", `<call date="1716167703000" duration="1" type="1"/>`, call(1, "", at, 1, domain.DirectionIncoming)},
		{
			"name with signs", `<call number="95588" contact_name="A &amp; B > C" date="1716167703000" duration="1" type="1"/>`,
			named(call(1, "95588", at, 1, domain.DirectionIncoming), "A & B > C"),
		},
		{
			"bare ampersand and unknown entity", `<call number="95588" contact_name="A & B &lol; C" date="1716167703000" duration="1" type="1"/>`,
			named(call(1, "95588", at, 1, domain.DirectionIncoming), "A & B &lol; C"),
		},
		{
			"emoji in two halves", `<call number="95588" contact_name="&#55357;&#56841;" date="1716167703000" duration="1" type="1"/>`,
			named(call(1, "95588", at, 1, domain.DirectionIncoming), "😉"),
		},
		{
			"half an emoji", `<call number="95588" contact_name="&#55357;x" date="1716167703000" duration="1" type="1"/>`,
			named(call(1, "95588", at, 1, domain.DirectionIncoming), "\ufffdx"),
		},
		{
			"characters that XML forbids",
			"<call number=\"95588\" contact_name=\"a&#1;b&#xB;c\vd&#xFFFF;e\" date=\"1716167703000\" duration=\"1\" type=\"1\"/>",
			named(call(1, "95588", at, 1, domain.DirectionIncoming), "a b c d e"),
		},
		{"milliseconds", `<call number="95588" date="1716167703250" duration="1" type="1"/>`, call(1, "95588", at+".25", 1, domain.DirectionIncoming)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readXML(t, "<calls>"+tt.element+"</calls>")
			if got.Err != nil {
				t.Fatal(got.Err)
			}
			if d := formattest.Diff([]journal.Record{tt.want}, got.Records); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSMSBackupDoubts(t *testing.T) {
	tests := []struct {
		name, element, reject, note string
	}{
		{"no date", `<call number="95588" duration="1" type="1"/>`, "time", ""},
		{"a date in words", `<call number="95588" date="today" type="1"/>`, "time", ""},
		{"a date too large", `<call number="95588" date="99999999999999999999" type="1"/>`, "time", ""},
		{"an unknown type", `<call number="95588" date="1716167703000" duration="1" type="9"/>`, "", "direction"},
		{"a broken duration", `<call number="95588" date="1716167703000" duration="abc" type="1"/>`, "", "duration"},
		{"a quote never closed", `<call number="95588 date="1716167703000" type="1"/>`, "damaged", ""},
		{"a huge attribute", `<call number="95588" contact_name="` + strings.Repeat("x", 200_000) + `" date="1716167703000"/>`, "too_long", ""},
	}
	good := `<call number="95588" date="1716167703000" duration="1" type="1"/>`
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readXML(t, "<calls>"+tt.element+"\n"+good+"</calls>")
			if got.Err != nil || len(got.Records) != 2 {
				t.Fatalf("%d records, %v; want 2: the fault costs its own row only", len(got.Records), got.Err)
			}
			if r := got.Records[0]; r.Reject != tt.reject || r.Note != tt.note {
				t.Errorf("reject %q, note %q; want %q, %q", r.Reject, r.Note, tt.reject, tt.note)
			}
			if r := got.Records[1]; r.Reject != "" || r.Number != "95588" {
				t.Errorf("the row after: %+v", r)
			}
		})
	}
}

func TestSMSBackupStructure(t *testing.T) {
	good := `<call number="95588" date="1716167703000" duration="1" type="1"/>`
	tests := []struct {
		name, body, key string
		calls           int
	}{
		{"empty root", `<calls count="0"/>`, "", 0},
		{"comments and sections", `<!-- <call --><calls><!-- ` + good + ` --><![CDATA[` + good + `]]>` + good + `</calls>`, "", 1},
		{"something behind the end", `<calls>` + good + `</calls>` + good, "", 1},
		{"other elements", `<calls><sms body="x"/>` + good + `</calls>`, "", 1},
		{"no end", `<calls>` + good, "import.truncated", 1},
		{"cut inside a comment", `<calls>` + good + `<!-- `, "import.truncated", 1},
		{
			"entities that multiply",
			`<!DOCTYPE calls [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><calls>` +
				strings.Replace(good, "95588", "&b;", 1) + `</calls>`, "", 1,
		},
		{"messages, not calls", `<smses><sms/></smses>`, "import.format_unknown", 0},
		{"no root", `call`, "import.format_unknown", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readXML(t, tt.body)
			if domain.KeyOf(got.Err) != tt.key || len(got.Records) != tt.calls {
				t.Errorf("%d calls, %v; want %d, %q", len(got.Records), got.Err, tt.calls, tt.key)
			}
			for _, r := range got.Records {
				if r.Reject != "" || len(r.Number) > 10 {
					t.Errorf("record %+v", r)
				}
			}
		})
	}
}

func FuzzSMSBackupRestore(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0"?><calls><call number="95588" date="1716167703000" duration="1" type="1"/></calls>`))
	f.Add([]byte(`<calls><call number="&#55357;&#56841;" contact_name='&lol;' date="1"></call><!-- -->`))
	f.Add([]byte("\xff\xfe<\x00c\x00a\x00l\x00l\x00s\x00>\x00"))
	f.Add([]byte(`<!DOCTYPE x [<!ENTITY a "b">]><calls><call number="1<call date="2"/></calls>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, r := range importer.ReadAll(t, data, importer.SMSBackupRestore()) {
			formattest.CheckRecord(t, r)
		}
	})
}

// TestSMSBackupDamage: a broken byte does not cost the names beside it.
func TestSMSBackupDamage(t *testing.T) {
	got := readXML(t, "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<calls count=\"2\">"+
		`<call number="95588" date="1716167703000" type="1" contact_name="张三"/>`+
		"<call number=\"95533\" date=\"1716167703000\" type=\"1\" contact_name=\"李\xff\"/></calls>")
	if got.Err != nil || len(got.Records) != 2 || got.Encoding != "UTF-8" {
		t.Fatalf("%+v in %s, %v", got.Records, got.Encoding, got.Err)
	}
	if a, b := got.Records[0].Name, got.Records[1].Name; a != "张三" || b != "李\ufffd" {
		t.Errorf("%q and %q", a, b)
	}
}
