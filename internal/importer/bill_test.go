package importer_test

import (
	"testing"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

// on puts records on other lines.
func on(records []journal.Record, lines ...int) []journal.Record {
	for i := range records {
		records[i].Line = lines[i]
	}
	return records
}

// ofOwn gives records the number of the phone.
func ofOwn(records []journal.Record) []journal.Record {
	for i := range records {
		records[i].OwnNumber = "13800000002"
	}
	return records
}

func withheld(line int, at string, seconds int) journal.Record {
	return call(line, "", at, seconds, domain.DirectionIncoming)
}

func TestCMCCBill(t *testing.T) {
	formattest.Run(t, formattest.Suite{
		Format: importer.CMCCBill(),
		Cases: []formattest.Case{
			{Name: "cmcc_shop10086_calls_202405.csv", Encoding: "UTF-8", Want: append(bill("01066200000"), skipped(7, "filler"))},
			{Name: "cmcc_shop10086_calls_202405.gb18030.csv", Encoding: "GB18030", Want: append(bill("01066200000"), skipped(7, "filler"))},
			{Name: "cmcc_shanghai_202405.csv", Encoding: "UTF-8", Want: bill("(010)6620-0000")},
			{
				Name: "cmcc_shaanxi_202405.csv", Encoding: "UTF-8",
				Want: append(on(bill("(010)6620-0000"), 6, 7, 8, 9, 10), withheld(11, "2024-05-22 09:00:00", 7181)),
			},
		},
	})
}

func TestCMCCJiangsu(t *testing.T) {
	formattest.Run(t, formattest.Suite{
		Format: importer.CMCCJiangsu(),
		Cases:  []formattest.Case{{Name: "cmcc_jiangsu_202405.txt", Encoding: "UTF-8", Want: bill("(010) 6620-0000")}},
	})
}

func TestCMCCJSON(t *testing.T) {
	formattest.Run(t, formattest.Suite{
		Format: importer.CMCCJSON(),
		Cases: []formattest.Case{
			{Name: "cmcc_detailbill_202405.jsonp.txt", Encoding: "UTF-8", Want: on(bill("(010) 6620-0000"), 1, 1, 1, 1, 1)},
			{
				Name: "cmcc_detailbill_202405.json", Encoding: "UTF-8",
				Want: append(on(bill("(010) 6620-0000"), 3, 14, 25, 36, 47), withheld(58, "2024-05-22 09:00:00", 5), skipped(69, "filler")),
			},
		},
	})
}

func TestUnicomBill(t *testing.T) {
	formattest.Run(t, formattest.Suite{
		Format: importer.UnicomBill(),
		Cases: []formattest.Case{
			{Name: "unicom_calldetail_202405.tsv", Encoding: "UTF-8", Want: bill("(010) 6620-0000")},
			{
				Name: "unicom_calldetail_202405.csv", Encoding: "UTF-8",
				Want: func() []journal.Record {
					b := on(bill("(010) 6620-0000"), 2, 3, 5, 6, 7)
					return []journal.Record{b[0], b[1], skipped(4, "sms"), b[2], b[3], b[4], skipped(8, "total")}
				}(),
			},
		},
	})
}

func TestUnicomJSON(t *testing.T) {
	formattest.Run(t, formattest.Suite{
		Format: importer.UnicomJSON(),
		Cases: []formattest.Case{
			{Name: "unicom_calldetail_202405.json", Encoding: "UTF-8", Want: on(bill("(010) 6620-0000"), 4, 16, 28, 40, 52)},
			{Name: "unicom_hubei_202405.json", Encoding: "UTF-8", Want: append(bill("(010) 6620-0000"), withheld(7, "2024-05-22 09:00:00", 5))},
		},
	})
}

func TestTelecomBill(t *testing.T) {
	formattest.Run(t, formattest.Suite{
		Format: importer.TelecomBill(),
		Cases: []formattest.Case{
			{Name: "telecom_chongqing_202405.csv", Encoding: "UTF-8", Want: append(bill("(010)6620-0000"), skipped(7, "total"))},
			{Name: "telecom_tianjin_202405.csv", Encoding: "UTF-8", Want: append(ofOwn(bill("(010)6620-0000")), skipped(7, "total"))},
			{
				Name: "telecom_tianjin_untitled_202405.csv", Encoding: "UTF-8",
				Want: append(ofOwn(on(bill("01066200000"), 3, 4, 5, 6, 7)), skipped(8, "filler")),
			},
		},
	})
}
