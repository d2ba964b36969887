package importer_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"quietline/internal/importer"
	"quietline/internal/importer/formattest"
	"quietline/internal/journal"
)

// BenchmarkBills reads generated bills of 20,000 calls each.
func BenchmarkBills(b *testing.B) {
	const rows = 20_000
	at := func(i int) string {
		return fmt.Sprintf("2024-05-%02d %02d:%02d:%02d", 1+i%28, i%24, i/24%60, i/1440%60)
	}
	for _, bench := range []struct {
		format           importer.Format
		head, tail, part string
		row              func(i int) string
	}{
		{importer.CMCCBill(), "起始时间,通信地点,通信方式,对方号码,通信时长,通信类型,套餐优惠,实收通信费(元)\n", "", "", func(i int) string {
			return fmt.Sprintf("%s,南京,被叫,95%06d,%02d分%02d秒,本地(非漫游、被叫),--,0.00\n", at(i), i%5000, i%60, i%59)
		}},
		{importer.CMCCJiangsu(), "通信方式~对方号码~集团短号~起始时间~通话时长~通信地点~小计(元)\n", "", "", func(i int) string {
			return fmt.Sprintf("被叫~95%06d~~202405%02d%02d%02d%02d~%d~南京~0.00\n", i%5000, 1+i%28, i%24, i/24%60, i/1440%60, i%600)
		}},
		{importer.CMCCJSON(), `jQuery1({"data":[`, `],"startDate":"20240501","endDate":"20240531"})`, ",", func(i int) string {
			return fmt.Sprintf(`{"remark":null,"startTime":"%s","commPlac":"南京","commMode":"被叫","anotherNm":"95%06d",`+
				`"commTime":"%02d分%02d秒","commType":"本地(非漫游、被叫)","mealFavorable":"--","commFee":"0.00"}`, at(i)[5:], i%5000, i%60, i%59)
		}},
		{importer.UnicomBill(), "序号\t业务类型\t通话起始时间\t通话时长\t呼叫类型\t对方号码\t本机通话地\t对方归属地\t通话类型\t小计\n", "", "", func(i int) string {
			return fmt.Sprintf("%d\t语音电话\t%s\t%d秒\t被叫\t95%06d\t上海\t\t国内通话\t0.00\n", i, at(i), i%600, i%5000)
		}},
		{importer.UnicomJSON(), `{"pageMap":{"result":[`, `]}}`, ",", func(i int) string {
			return fmt.Sprintf(`{"calldate":"%s","calltime":"%s","calllonghour":"%d秒","calltypeName":"被叫","othernum":"95%06d",`+
				`"homeareaName":"上海","calledhome":"","landtype":"国内通话","nativefee":"0.00","totalfee":"0.00"}`, at(i)[:10], at(i)[11:], i%600, i%5000)
		}},
		{importer.TelecomBill(), "主叫号码,被叫号码,呼叫方式,通话地点,起始时间,时长(s),基本费,费用\n", "", "", func(i int) string {
			return fmt.Sprintf("95%06d,13800000002,被叫,天津,%s,%d,0.00,0.00\n", i%5000, at(i), i%600)
		}},
	} {
		b.Run(bench.format.Name(), func(b *testing.B) {
			var data bytes.Buffer
			data.WriteString(bench.head)
			for i := range rows {
				if i > 0 {
					data.WriteString(bench.part)
				}
				data.WriteString(bench.row(i))
			}
			data.WriteString(bench.tail)
			b.SetBytes(int64(data.Len()))
			b.ReportAllocs()
			path := filepath.Join(b.TempDir(), "bill")
			if err := os.WriteFile(path, data.Bytes(), 0o600); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				src, err := newImporters().Open(b.Context(), path, journal.ImportOptions{Format: bench.format.Name(), Now: formattest.Now()})
				if err != nil {
					b.Fatal(err)
				}
				n := 0
				for ; err == nil; n++ {
					_, err = src.Next()
				}
				if n != rows+1 || !errors.Is(err, io.EOF) {
					b.Fatalf("%d records, %v; want %d", n-1, err, rows)
				}
				if err := src.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
