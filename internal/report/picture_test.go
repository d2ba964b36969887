package report_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	imagecolor "image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quietline/internal/chart"
	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/report"
	"quietline/internal/testkit"
)

// chartDay is a day of the sample, n days after its first.
func chartDay(n int) time.Time { return time.Date(2024, 4, 21+n, 0, 0, 0, 0, domain.China()) }

// chartSample is a month with calls of eight families.
func chartSample() report.ChartData {
	var s insight.Stats
	families := []domain.Family{
		domain.FamilyCallCentre95, domain.FamilyMobile, domain.FamilyEnterprise95, domain.FamilyLandline,
		domain.FamilyProvincial96, domain.FamilySharedCost, domain.FamilyInternational,
	}
	sums := map[domain.Family]int64{}
	first := chartDay(0).Unix()/3600 + 8
	for day := range 30 {
		for n, f := range families {
			if calls := int64((day*7+n*5)%(11-n) - n/2); calls > 0 && day%6 != 4 {
				s.AddHour(first+int64(day)*24+int64(9+n), f, calls)
				sums[f] += calls
			}
		}
	}
	for _, f := range families {
		s.Families = append(s.Families, insight.FamilyCount{Family: f, Calls: sums[f]})
	}
	s.First, s.Last = chartDay(0), chartDay(29)
	for i := range 12 {
		s.Codes = append(s.Codes, insight.CodeCount{Code: fmt.Sprint(95013 + i), Calls: int64(120 - 9*i), Numbers: int64(40 - 3*i)})
	}
	return report.ChartData{
		Stats: s, From: chartDay(0), To: chartDay(29),
		Funnel: filing.FunnelOf([]filing.StateCount{
			{Send: domain.SendDraft, N: 3},
			{Send: domain.SendQueued, N: 2},
			{Send: domain.SendFailed, N: 1},
			{Send: domain.SendSent, Case: domain.CaseReceived, N: 9},
			{Send: domain.SendSent, Case: domain.CaseAccepted, N: 6},
			{Send: domain.SendSent, Case: domain.CaseActionTaken, N: 4},
			{Send: domain.SendSent, Case: "<own>", N: 1},
		}),
		Listed: func(code string) string {
			if code == "95013" {
				return "北京某某科技有限公司"
			}
			return ""
		},
	}
}

func picture(t *testing.T, lang l10n.Language, name report.ChartName, d report.ChartData) report.Picture {
	t.Helper()
	p := testkit.Printer(t, lang)
	x, ok := report.DrawChart(p, name, d)
	if !ok {
		t.Fatalf("%s: nothing to draw", name)
	}
	return report.ChartPicture(p, x, d, testkit.Epoch())
}

func TestPictures(t *testing.T) {
	for _, lang := range l10n.Languages() {
		for _, name := range report.ChartNames() {
			t.Run(string(lang)+" "+string(name), func(t *testing.T) {
				pic := picture(t, lang, name, chartSample())
				dir := t.TempDir()
				if d := os.Getenv("UITEST_PICTURES"); d != "" {
					dir = d
				}
				path := filepath.Join(dir, string(name)+"."+string(lang)+".png")
				if err := report.CreatePicture(path, true, pic, testkit.Epoch()); err != nil {
					t.Fatal(err)
				}
				private(t, path)
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				img, err := png.Decode(bytes.NewReader(data))
				if err != nil {
					t.Fatal(err)
				}
				if b := img.Bounds(); b.Dx() < 1000 || b.Dy() < 600 {
					t.Errorf("%v is too small to print", b)
				}
				if r, g, b, a := img.At(0, 0).RGBA(); r+g+b+a != 4*0xffff {
					t.Error("the paper is not white")
				}
				if n := inkOf(img, chart.Paper()[chart.Series1]); n < 2000 {
					t.Errorf("%d pixels of the chart", n)
				}
				pdf := filepath.Join(dir, string(name)+"."+string(lang)+".pdf")
				if err := report.CreatePicture(pdf, true, pic, testkit.Epoch()); err != nil {
					t.Fatal(err)
				}
				private(t, pdf)
				data, err = os.ReadFile(pdf)
				if err != nil {
					t.Fatal(err)
				}
				pages := bytes.Count(data, []byte("/Type /Page")) - bytes.Count(data, []byte("/Type /Pages"))
				if !bytes.HasPrefix(data, []byte("%PDF-")) || pages != 1 {
					t.Errorf("%d pages", pages)
				}
			})
		}
	}
}

// inkOf counts the pixels of a colour.
func inkOf(img image.Image, c imagecolor.NRGBA) (n int) {
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if imagecolor.NRGBAModel.Convert(img.At(x, y)) == c {
				n++
			}
		}
	}
	return n
}

func private(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 || info.Size() == 0 {
		t.Errorf("%s: %v, %d bytes", path, info.Mode(), info.Size())
	}
}

// The same picture of the same day gives the same bytes.
func TestPicturesAreReproducible(t *testing.T) {
	pic := picture(t, l10n.Chinese, report.ChartDays, chartSample())
	for _, write := range []func(*bytes.Buffer) error{
		func(b *bytes.Buffer) error { return report.WritePNG(b, pic) },
		func(b *bytes.Buffer) error { return report.WritePicturePDF(b, pic, testkit.Epoch()) },
	} {
		var a, b bytes.Buffer
		if err := errors.Join(write(&a), write(&b)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Error("two times, two files")
		}
	}
}

// What stands there is left alone unless it is to be replaced, and what fails
// leaves nothing behind.
func TestPictureIsAllOrNothing(t *testing.T) {
	pic := picture(t, l10n.English, report.ChartWeek, chartSample())
	dir := t.TempDir()
	path := filepath.Join(dir, "a.PNG")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, key := range map[string]string{
		path: "report.exists", filepath.Join(dir, "a.svg"): "report.picture_ending", filepath.Join(dir, "no", "a.pdf"): "report.failed",
	} {
		if err := report.CreatePicture(file, false, pic, testkit.Epoch()); domain.KeyOf(err) != key {
			t.Errorf("%s: %v", file, err)
		}
	}
	pic.Chart = broken{}
	func() {
		defer func() { _ = recover() }()
		_ = report.CreatePicture(path, true, pic, testkit.Epoch())
	}()
	if data, _ := os.ReadFile(path); string(data) != "mine" {
		t.Error("the file is gone")
	}
	list, err := os.ReadDir(dir)
	if err != nil || len(list) != 1 {
		t.Errorf("left behind: %v %v", list, err)
	}
}

// broken is a chart that cannot be drawn.
type broken struct{}

func (broken) Draw(chart.Style) chart.Figure { panic("broken") }

func TestNothingToDraw(t *testing.T) {
	for _, name := range report.ChartNames() {
		if _, ok := report.DrawChart(testkit.Printer(t, l10n.English), name, report.ChartData{From: chartDay(0), To: chartDay(29)}); ok {
			t.Errorf("%s is drawn of nothing", name)
		}
	}
}

// Names of anybody's making fit the sheet and stay on their line.
func TestPictureTakesAnyName(t *testing.T) {
	d := chartSample()
	d.Person = strings.Repeat("很长的名字", 30) + "\n\x00𠮷"
	d.Listed = func(string) string { return strings.Repeat("某某股份有限公司", 40) + "\u202e\n" }
	for _, name := range report.ChartNames() {
		pic := picture(t, l10n.Chinese, name, d)
		var b bytes.Buffer
		if err := errors.Join(report.WritePNG(&b, pic), report.WritePicturePDF(&b, pic, testkit.Epoch())); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
