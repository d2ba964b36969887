package importer_test

import (
	"testing"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

func own(r journal.Record, number string) journal.Record {
	r.OwnNumber = number
	return r
}

func skipped(line int, key string) journal.Record {
	return journal.Record{Line: line, Direction: domain.DirectionUnknown, Skip: key}
}

// bill are the five calls that the fixtures of the operators share.
func bill(landline string) []journal.Record {
	return []journal.Record{
		call(2, "95013000", "2024-05-20 09:15:03", 12, domain.DirectionIncoming),
		call(3, "95588", "2024-05-21 10:00:00", 65, domain.DirectionIncoming),
		call(4, "961234", "2024-05-21 10:30:00", 30, domain.DirectionIncoming),
		call(5, "13800000001", "2024-05-21 11:05:00", 120, domain.DirectionOutgoing),
		call(6, landline, "2024-05-22 08:00:00", 8, domain.DirectionIncoming),
	}
}

func TestGenericCSV(t *testing.T) {
	huadan := bill("(010)6620-0000")
	for i := range huadan {
		huadan[i] = own(huadan[i], "13800000002")
	}
	formattest.Run(t, formattest.Suite{
		Format: importer.GenericCSV(),
		Cases: []formattest.Case{
			{Name: "generic_huadan.csv", Encoding: "UTF-8", Want: huadan},
			{Name: "cmcc_shop10086_calls_202405.gb18030.csv", Encoding: "GB18030", Want: append(bill("01066200000"), skipped(7, "filler"))},
			{Name: "unicom_calldetail_202405.tsv", Encoding: "UTF-8", Want: bill("(010) 6620-0000")},
		},
	})
}

func FuzzGenericCSV(f *testing.F) {
	f.Add([]byte("时间,号码,类型,通话时长\n2024-05-20 09:15:03,95588,被叫,12秒\n"))
	f.Add([]byte("sep=;\r\ndate;time;number;duration\r\n2024-05-20;9:15;\"955\"\"88\";1:05"))
	f.Add([]byte("账期：202405\n\n主叫号码\t被叫号码\t起始时间\n13800000002\t95588\t05-20 09:15:03\n合计\n"))
	f.Add([]byte("\xfe\xff\x00t\x00i\x00m\x00e"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, r := range importer.ReadAll(t, data, importer.GenericCSV()) {
			formattest.CheckRecord(t, r)
		}
	})
}
