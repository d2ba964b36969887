package importer_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

// TestBillTitles: which operator's a table is, in the spellings of its titles.
func TestBillTitles(t *testing.T) {
	row := "\n2024-05-20 09:15:03,x,被叫,95588,12秒,x,x,x\n"
	for titles, want := range map[string]string{
		"起始时间,通信地点,通信方式,对方号码,通信时长,通信类型,套餐优惠,实收通信费(元)": "cmcc_bill",
		"起始时间,通话地点,通话方式,对端号码,通话时长,通话类型,套餐优惠,实收费":      "cmcc_bill",
		"起始时间,通信地点,通信方式,其他号码,通信时长,通信类型,套餐优惠,实收通信费（元）": "cmcc_bill",
		"起始 时间,通信地点*,通信方式,对方号码,通信时长（秒）,通信类型,套餐优惠,备注":  "cmcc_bill",
		"起始时间,通信地点,通信方式,对方号码,通信时长":                    "generic_csv",
		"开始时间,事件类型,用户号码,通话时长,对端号码,对端归属地,活动地区":         "generic_csv",
		"通信方式,对方号码,集团短号,起始时间,通话时长,通信地点,小计(元)":         "cmcc_jiangsu",
		"序号,业务类型,通话起始时间,通话时长,呼叫类型,对方号码,本机通话地,对方归属地":   "unicom_bill",
		"对方号码,呼叫类型,起始时间,通话时长（秒）,通话类型,使用地点,费用（元）":      "telecom_bill",
		"主叫号码,被叫号码,呼叫方式,通话地点,起始时间,时长(s),基本费,费用(元)":    "telecom_bill",
		"主叫号码,被叫号码,起始时间,时长":                           "generic_csv",
	} {
		got := formattest.Read(t, []byte(titles+row), journal.ImportOptions{}, importer.DefaultFormats()...)
		if got.Err != nil || got.Format != want {
			t.Errorf("%s: read as %q, %v; want %s", titles, got.Format, got.Err, want)
		}
	}
}

// TestBillRows reads single rows of a bill below lines of a customer.
func TestBillRows(t *testing.T) {
	const head = "中国移动通信详单\n客户：某某\n查询周期：2023年12月01日-2023年12月31日\n" +
		"起始时间,通信地点,通信方式,对方号码,通信时长,通信类型,套餐优惠,实收通信费(元)\n"
	in, out := domain.DirectionIncoming, domain.DirectionOutgoing
	at := "2023-12-20 09:15:03"
	for name, tt := range map[string]struct {
		row  string
		want journal.Record
	}{
		"whole":                {"2023-12-20 09:15:03,南京,被叫,95588,12秒,本地,--,0.00", call(5, "95588", at, 12, in)},
		"slashes":              {"2023/12/20 09:15:03,南京,主叫,95588,12秒,本地,--,0.00", call(5, "95588", at, 12, out)},
		"no year":              {"12-20 09:15:03,南京,被叫,95588,05秒,本地,--,0.00", call(5, "95588", at, 5, in)},
		"no year, slashes":     {"12/20 09:15:03,南京,被叫,95588,02分34秒,本地,--,0.00", call(5, "95588", at, 154, in)},
		"dash for a second":    {"2023-12-20 20:17:-0,南京,被叫,95588,9分08秒,本地,--,0.00", call(5, "95588", "2023-12-20 20:17:00", 548, in)},
		"hours":                {"2023-12-20 09:15:03,南京,被叫,95588,1小时59分钟41秒,本地,--,0.00", call(5, "95588", at, 7181, in)},
		"colons":               {"2023-12-20 09:15:03,南京,被叫,95588,00:03:11,本地,--,0.00", call(5, "95588", at, 191, in)},
		"plain seconds":        {"2023-12-20 09:15:03,南京,被叫,95588,191,本地,--,0.00", call(5, "95588", at, 191, in)},
		"seconds of a float":   {"2023-12-20 09:15:03,南京,被叫,95588,12.0,本地,--,0.00", call(5, "95588", at, 12, in)},
		"full-width":           {"２０２３-12-20 09：15：03,南京,被叫,（010）66200000,12秒,本地（非漫游、被叫）,--,0.00", call(5, "（010）66200000", at, 12, in)},
		"withheld":             {"2023-12-20 09:15:03,南京,被叫,-,12秒,本地,--,0.00", call(5, "", at, 12, in)},
		"withheld, two":        {"2023-12-20 09:15:03,南京,被叫,--,12秒,本地,--,0.00", call(5, "", at, 12, in)},
		"filler":               {"12-31 23:59:59,--,--,--,--,--,本地通话,1", skipped(5, "filler")},
		"all dashes":           {"--,--,--,--,--,--,--,--", skipped(5, "filler")},
		"total":                {"合计,,,,12秒,,,0.00", skipped(5, "total")},
		"a message":            {"2023-12-20 09:15:03,南京,发送,10086,--,国内短信,--,0.10", skipped(5, "sms")},
		"data":                 {"2023-12-20 09:15:03,南京,CMNET,--,100,手机上网流量,--,0.10", skipped(5, "data")},
		"a kind in the tariff": {"2023-12-20 09:15:03,南京,,95588,12秒,国内长途(主叫),--,0.00", call(5, "95588", at, 12, out)},
	} {
		got := formattest.Read(t, []byte(head+tt.row+"\n"), journal.ImportOptions{}, importer.DefaultFormats()...)
		if d := formattest.Diff([]journal.Record{tt.want}, got.Records); d != "" || got.Err != nil || got.Format != "cmcc_bill" {
			t.Errorf("%s: by %q, %v\n%s", name, got.Format, got.Err, d)
		}
	}
}

// TestBillOwnNumber: where both ends of a call are named, the phone's own end
// decides, and it is found in many places.
func TestBillOwnNumber(t *testing.T) {
	const titles = "主叫号码,被叫号码,呼叫方式,通话地点,起始时间,时长(s),基本费,费用\n"
	const row = "13800000002,95588,%,天津,2024-05-20 09:15:03,12,0.00,0.00\n"
	out := own(call(0, "95588", "2024-05-20 09:15:03", 12, domain.DirectionOutgoing), "13800000002")
	for name, tt := range map[string]struct {
		above, word string
		given       []string
		line        int
	}{
		"the word":                    {"", "主叫", nil, 2},
		"the number given":            {"", "--", []string{"13800000002"}, 2},
		"the number beats the word":   {"", "被叫", []string{"+8613800000002"}, 2},
		"the number in a line above":  {"业务号码：13800000002，客服 10000\n", "--", nil, 3},
		"two numbers in a line above": {"号码：13800000002，联系人 13900000003\n", "市话", nil, 3},
	} {
		want := out
		want.Line = tt.line
		body := tt.above + titles + strings.Replace(row, "%", tt.word, 1)
		got := formattest.Read(t, []byte(body), journal.ImportOptions{OwnNumbers: tt.given}, importer.TelecomBill())
		if d := formattest.Diff([]journal.Record{want}, got.Records); d != "" || got.Err != nil {
			t.Errorf("%s: %v\n%s", name, got.Err, d)
		}
	}
	got := formattest.Read(t, []byte(titles+strings.Replace(row, "%", "--", 1)), journal.ImportOptions{}, importer.TelecomBill())
	if outcome(got.Records) != "!own_side" {
		t.Errorf("nobody knows: %q", outcome(got.Records))
	}
	// A number of eighteen digits above is not one of a phone.
	body := "证件：110101138000000027\n" + titles + strings.Replace(row, "%", "--", 1)
	if got := formattest.Read(t, []byte(body), journal.ImportOptions{}, importer.TelecomBill()); outcome(got.Records) != "!own_side" {
		t.Errorf("an identity card: %q", outcome(got.Records))
	}
}

// TestTelecomShape: rows without known titles are taken for a bill only where
// every place fits.
func TestTelecomShape(t *testing.T) {
	const good = "95588,13800000002,被叫,天津,本地,2024-05-20 09:15:03,12,0.00,0.00"
	for body, want := range map[string]string{
		good + "\n": "telecom_bill",
		strings.ReplaceAll(good, ",", "\t") + "\n":                   "telecom_bill",
		"甲,乙\n" + good + "\n":                                        "telecom_bill",
		strings.Replace(good, "被叫", "天津", 1) + "\n":                  "",
		strings.Replace(good, "95588", "某某", 1) + "\n":               "",
		strings.Replace(good, "2024-05-20 09:15:03", "昨天", 1) + "\n": "",
		strings.Replace(good, ",12,", ",一会儿,", 1) + "\n":             "",
		strings.Replace(good, "本地,", "", 1) + "\n":                   "telecom_bill",
		strings.Replace(good, "天津,本地,", "", 1) + "\n":                "",
		strings.Repeat("说明\n", 11) + good + "\n":                     "",
	} {
		got := formattest.Read(t, []byte(body), journal.ImportOptions{}, importer.DefaultFormats()...)
		if got.Format != want || want != "" && outcome(got.Records[len(got.Records)-1:]) != "95588" {
			t.Errorf("%q: read as %q, %v %q; want %q", body, got.Format, got.Err, outcome(got.Records), want)
		}
	}
}

// TestBillCharsets: zero bytes cost nothing and are told of; a file in another
// character set of Chinese is not guessed at.
func TestBillCharsets(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "cmcc_shanghai_202405.csv"))
	if err != nil {
		t.Fatal(err)
	}
	read := func(data string) (journal.ImportSource, []journal.Record) {
		path := filepath.Join(t.TempDir(), "log")
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		src, err := newImporters().Open(context.Background(), path, journal.ImportOptions{Now: formattest.Now()})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = src.Close() })
		var records []journal.Record
		for {
			r, err := src.Next()
			if errors.Is(err, io.EOF) {
				return src, records
			}
			if err != nil {
				t.Fatal(err)
			}
			records = append(records, r)
		}
	}
	want := bill("(010)6620-0000")
	for name, tt := range map[string]struct {
		data string
		line int
	}{
		"none":          {string(data), 0},
		"behind a cell": {strings.Replace(string(data), "95588,", "95588\x00,", 1), 3},
		"a tail":        {string(data) + strings.Repeat("\x00", 100_000), 7},
	} {
		src, records := read(tt.data)
		if d := formattest.Diff(want, records); d != "" || src.Format() != "cmcc_bill" {
			t.Errorf("%s: by %s\n%s", name, src.Format(), d)
		}
		var remarks []journal.RowRemark
		if tt.line > 0 {
			remarks = []journal.RowRemark{{Line: tt.line, Reason: "nul"}}
		}
		if d := cmp.Diff(remarks, src.Remarks()); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	_, records := read(strings.Replace(string(data), "95588", "955\x0088", 1))
	if got := records[1].Number; got != "955?88" {
		t.Errorf("a number with a hole is %q", got)
	}
	// "通話時間,對方號碼" in Big5.
	big5 := "\xb3\x71\xb8\xdc\xae\xc9\xb6\xa1,\xb9\xef\xa4\xe8\xb8\xb9\xbd\x58\n2024-05-20 09:15:03,95588\n"
	if got := formattest.Read(t, []byte(big5), journal.ImportOptions{}, importer.DefaultFormats()...); domain.KeyOf(got.Err) != "import.format_unknown" {
		t.Errorf("Big5 is read as %q, %v", got.Format, got.Err)
	}
}

// fuzzBill reads whatever it is given; its first inputs are the fixtures.
func fuzzBill(f *testing.F, format importer.Format, fixtures ...string) {
	f.Helper()
	for _, name := range fixtures {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, r := range importer.ReadAll(t, data, format) {
			formattest.CheckRecord(t, r)
		}
	})
}

func FuzzCMCCBill(f *testing.F) {
	fuzzBill(f, importer.CMCCBill(), "cmcc_shop10086_calls_202405.csv", "cmcc_shop10086_calls_202405.gb18030.csv", "cmcc_shanghai_202405.csv", "cmcc_shaanxi_202405.csv")
}

func FuzzCMCCJiangsu(f *testing.F) {
	fuzzBill(f, importer.CMCCJiangsu(), "cmcc_jiangsu_202405.txt")
}

func FuzzCMCCJSON(f *testing.F) {
	fuzzBill(f, importer.CMCCJSON(), "cmcc_detailbill_202405.jsonp.txt", "cmcc_detailbill_202405.json")
}

func FuzzUnicomBill(f *testing.F) {
	fuzzBill(f, importer.UnicomBill(), "unicom_calldetail_202405.tsv", "unicom_calldetail_202405.csv")
}

func FuzzUnicomJSON(f *testing.F) {
	fuzzBill(f, importer.UnicomJSON(), "unicom_calldetail_202405.json", "unicom_hubei_202405.json")
}

func FuzzTelecomBill(f *testing.F) {
	fuzzBill(f, importer.TelecomBill(), "telecom_chongqing_202405.csv", "telecom_tianjin_202405.csv", "telecom_tianjin_untitled_202405.csv")
}
