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

// fritzList are the calls of both fixtures: all by minutes.
func fritzList() []journal.Record {
	list := []journal.Record{
		call(3, "95013000", "2024-05-20 09:15", 60, domain.DirectionIncoming),
		call(4, "95013000", "2024-05-20 09:15", 0, domain.DirectionMissed),
		call(5, "95013000", "2024-05-20 09:16", 0, domain.DirectionMissed),
		call(6, "9521330012", "2024-05-20 22:47", 0, domain.DirectionMissed),
		call(7, "+8617012340000", "2024-05-21 03:02", 0, domain.DirectionMissed),
		call(8, "95588", "2024-05-21 10:00", 120, domain.DirectionIncoming),
		call(9, "961234", "2024-05-21 10:30", 60, domain.DirectionIncoming),
		named(call(10, "13800000001", "2024-05-21 11:05", 120, domain.DirectionOutgoing), "女儿"),
		call(11, "", "2024-05-21 15:20", 0, domain.DirectionBlocked),
		call(12, "952133001234567", "2024-05-21 16:00", 0, domain.DirectionBlocked),
		call(13, "(010) 6620-0000", "2024-05-22 08:00", 60, domain.DirectionIncoming),
	}
	for i := range list {
		list[i] = own(list[i], "12345678")
	}
	return list
}

func TestFritzBox(t *testing.T) {
	formattest.Run(t, formattest.Suite{
		Format: importer.FritzBox(),
		Cases: []formattest.Case{
			{Name: "FRITZ_Anrufliste.csv", Encoding: "UTF-8", Want: fritzList()},
			{Name: "FRITZ_Anrufliste_8col.csv", Encoding: "UTF-8", Want: fritzList()},
		},
	})
}

func readFritz(t *testing.T, body string) formattest.Result {
	t.Helper()
	return formattest.Read(t, []byte(body), journal.ImportOptions{}, importer.FritzBox())
}

// TestFritzBoxTitles reads one call under the titles of every version.
func TestFritzBoxTitles(t *testing.T) {
	const german, english = "1;20.05.24 09:15;银行;95588;Telefon 1;12345678;0:01\n", "1;20.05.24 09:15;银行;95588;Phone 1;12345678;0:01\n"
	tests := map[string]string{
		"sep=;\nTyp;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\n":                               german,
		"Typ; Datum; Name; Rufnummer; Nebenstelle; Eigene Rufnummer; Dauer\n":                                german,
		"sep=;\nTyp;Datum;Name;Rufnummer;Landes-/Ortsnetzbereich;Nebenstelle;Eigene Rufnummer;Dauer\n":       strings.Replace(german, ";Telefon", ";Hamburg;Telefon", 1),
		"sep=;\nType;Date;Name;Number;Extension;Outgoing Caller ID;Duration\n":                               english,
		"sep=;\nTyp;Date;Name;Number;Extension;Outgoing Caller ID;Duration\n":                                english,
		"sep=;\nType;Date;Name;Number;Extension;Telephone Number;Duration\n":                                 english,
		"sep=;\nType;Date;Name;Telephone number;Extension;Telephone number;Duration\n":                       english,
		"sep=;\nType;Date;Name;Number;Country/Local Area;Extension;Telephone number;Duration\n":              strings.Replace(english, ";Phone", ";;Phone", 1),
		"sep=,\nType,Date,Name,Number,Extension,Telephone Number,Duration\n":                                 strings.ReplaceAll(english, ";", ","),
		"sep=;\r\n\"Type\";\"Date\";\"Name\";\"Number\";\"Extension\";\"Telephone Number\";\"Duration\"\r\n": english,
	}
	for titles, row := range tests {
		got := readFritz(t, titles+row)
		want := own(named(call(strings.Count(titles, "\n")+1, "95588", "2024-05-20 09:15", 60, domain.DirectionIncoming), "银行"), "12345678")
		if got.Err != nil {
			t.Errorf("%q: %v", titles, got.Err)
		} else if d := formattest.Diff([]journal.Record{want}, got.Records); d != "" {
			t.Errorf("%q:\n%s", titles, d)
		}
	}
	// A list of the first versions, without names.
	got := readFritz(t, "Typ;Datum;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\n4;20.05.24 09:15;95588;Telefon 1;12345678;1:02\n")
	want := own(call(2, "95588", "2024-05-20 09:15", 3720, domain.DirectionOutgoing), "12345678")
	if d := formattest.Diff([]journal.Record{want}, got.Records); got.Err != nil || d != "" {
		t.Errorf("without names: %v\n%s", got.Err, d)
	}
}

func TestFritzBoxIsNotEveryTable(t *testing.T) {
	for _, titles := range []string{
		"Type;Date;Name;Number;Duration", "Typ;Datum;Rufnummer;Nebenstelle;Dauer", "Type;Date;Name;Extension;Number;Own;Duration",
		"Time;Date;Name;Number;Extension;Own;Duration", "Type;Date;Name;Number;Extension;Own;Length",
	} {
		if got := readFritz(t, titles+"\n1;20.05.24 09:15;;95588;T;1;0:01\n"); domain.KeyOf(got.Err) != "import.format_unknown" {
			t.Errorf("%q is read as a call list: %v", titles, got.Err)
		}
	}
}

// TestFritzBoxTypes: what type 3 means follows from the rest of the list, or
// else from the row.
func TestFritzBoxTypes(t *testing.T) {
	const talked, silent, nobody = "3;20.05.24 09:15;;95588;Telefon 1;1;0:01", "3;20.05.24 09:15;;95588;Telefon 1;1;0:00", "3;20.05.24 09:15;;95588;;1;0:00"
	const newer, older = "4;20.05.24 09:14;;95533;Telefon 1;1;0:01", "10;20.05.24 09:14;;95533;;1;0:00"
	in, out, blocked := domain.DirectionIncoming, domain.DirectionOutgoing, domain.DirectionBlocked
	tests := []struct {
		rows []string
		want domain.Direction
		note string
	}{
		{[]string{talked}, out, ""},
		{[]string{nobody}, blocked, ""},
		{[]string{silent}, out, "fritz_type"},
		{[]string{silent, newer}, blocked, ""},
		{[]string{newer, silent}[1:], out, "fritz_type"},
		{[]string{silent, older}, out, ""},
		{[]string{nobody, older}, out, ""},
		{[]string{silent, older, newer}, blocked, ""},
		{[]string{silent, newer, older}, blocked, ""},
		{[]string{"9;20.05.24 09:15;;95588;T;1;0:01"}, in, ""},
		{[]string{"11;20.05.24 09:15;;95588;T;1;0:01"}, out, ""},
		{[]string{older}, domain.DirectionRejected, ""},
		{[]string{"7;20.05.24 09:15;;95588;T;1;0:01"}, domain.DirectionUnknown, "direction"},
		{[]string{";20.05.24 09:15;;95588;T;1;0:01"}, domain.DirectionUnknown, "direction"},
	}
	for _, tt := range tests {
		got := readFritz(t, "sep=;\nTyp;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\n"+strings.Join(tt.rows, "\n")+"\n")
		if got.Err != nil || len(got.Records) != len(tt.rows) {
			t.Fatalf("%v: %+v, %v", tt.rows, got.Records, got.Err)
		}
		if r := got.Records[0]; r.Direction != tt.want || r.Note != tt.note {
			t.Errorf("%v: %s with note %q, want %s with %q", tt.rows, r.Direction, r.Note, tt.want, tt.note)
		}
	}
}

func TestFritzBoxRows(t *testing.T) {
	const good = "1;20.05.24 09:15;;95588;T;1;0:01\n"
	tests := []struct{ name, row, skip, reject, note string }{
		{"a day that does not exist", "1;30.02.24 09:15;;95588;T;1;0:01", "", "time", ""},
		{"no time", "1;;;95588;T;1;0:01", "", "time", ""},
		{"too few cells", "1;20.05.24 09:15;;95588", "", "columns", ""},
		{"a quotation mark too few", `1;20.05.24 09:15;"x;95588;T;1;0:01`, "", "quotes", ""},
		{"a number that a spreadsheet rounded", "1;20.05.24 09:15;;1.38E+10;T;1;0:01", "", "rounded", ""},
		{"a duration in words", "1;20.05.24 09:15;;95588;T;1;kurz", "", "", "duration"},
		{"a sentence", "Seite 2", "remark", "", ""},
		{"four digits of the year", "1;20.05.2024 09:15;;95588;T;1;0:01", "", "", ""},
		{"seconds", "1;20.05.24 09:15:30;;95588;T;1;0:01", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readFritz(t, "sep=;\nTyp;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\n"+good+tt.row+"\n"+good)
			if got.Err != nil || len(got.Records) != 3 {
				t.Fatalf("%+v, %v", got.Records, got.Err)
			}
			if r := got.Records[1]; r.Skip != tt.skip || r.Reject != tt.reject || r.Note != tt.note {
				t.Errorf("skip %q, reject %q, note %q", r.Skip, r.Reject, r.Note)
			}
			if r := got.Records[2]; r.Number != "95588" || r.Reject != "" {
				t.Errorf("the row behind it: %+v", r)
			}
		})
	}
}

// TestFritzBoxLocal: a number without its area code stays one.
func TestFritzBoxLocal(t *testing.T) {
	got := readFritz(t, "Typ;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\n1;20.05.24 09:15;;66200000;T;Internet: 12345678;\n")
	if got.Err != nil || len(got.Records) != 1 {
		t.Fatalf("%+v, %v", got.Records, got.Err)
	}
	if r := got.Records[0]; r.Number != "66200000" || r.OwnNumber != "Internet: 12345678" || r.Duration != nil {
		t.Errorf("%+v", r)
	}
	if !got.Records[0].StartedAt.Equal(time.Date(2024, 5, 20, 1, 15, 0, 0, time.UTC)) {
		t.Errorf("at %v", got.Records[0].StartedAt)
	}
}

func FuzzFritzBox(f *testing.F) {
	f.Add([]byte("sep=;\nTyp;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\n3;20.05.24 09:15;;95588;T;1;0:00\n"))
	f.Add([]byte("Type,Date,Name,Telephone number,Extension,Telephone number,Duration\n10,1.1.2024 9:15,\"a\n\",,,,999:59\n"))
	f.Add([]byte("Typ;Datum;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\n;;;\n\n1;31.02.24 25:61;;;;0:0"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, r := range importer.ReadAll(t, data, importer.FritzBox()) {
			formattest.CheckRecord(t, r)
		}
	})
}
