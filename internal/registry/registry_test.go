package registry_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/registry"
)

func names(holders []domain.Holder) []string {
	var out []string
	for _, h := range holders {
		out = append(out, h.NameZH+" "+h.Scope)
	}
	return out
}

func TestFind(t *testing.T) {
	s := load(t)
	for _, tc := range []struct {
		code string
		want []string
	}{
		{"95588", []string{"中国工商银行 national"}},
		{"110", []string{"报警服务台 national"}},
		{"96588", []string{"徽商银行 安徽", "青岛银行 山东"}},
		{"96056", []string{"泰然城（杭州互联网金融平台） 浙江"}},
		{"96699", []string{"广州银行 广东", "洛阳银行（旧） 河南", "温州银行 浙江"}},
		{"9558", nil},
		{"955880", nil},
		{"", nil},
		{"x", nil},
	} {
		if diff := cmp.Diff(tc.want, names(s.Find(tc.code))); diff != "" {
			t.Errorf("Find(%q): %s", tc.code, diff)
		}
	}
}

func TestLongest(t *testing.T) {
	s := load(t)
	for _, tc := range []struct{ digits, code, name string }{
		{"95588", "95588", "中国工商银行 national"},
		{"9558812", "95588", "中国工商银行 national"},
		{"95013999", "950139", "京东物流 national"},
		{"95013899", "95013", "北京天舟通信有限公司 national"},
		{"1008611", "1008611", "中国移动 national"},
		{"100861", "10086", "中国移动 national"},
		{"40088958012", "", ""},
		{"97", "", ""},
		{"", "", ""},
	} {
		code, holders := s.Longest(tc.digits)
		name := ""
		if len(holders) > 0 {
			name = names(holders)[0]
		}
		if code != tc.code || name != tc.name {
			t.Errorf("Longest(%q) = %q %q, want %q %q", tc.digits, code, name, tc.code, tc.name)
		}
	}
}

func TestAreaCode(t *testing.T) {
	s := load(t)
	for _, tc := range []struct {
		digits, area, province string
		ok                     bool
	}{
		{"01066200000", "010", "北京", true},
		{"055196588", "0551", "安徽", true},
		{"0551", "0551", "安徽", true},
		{"055", "", "", false},
		{"1066200000", "", "", false},
		{"0010", "", "", false},
		{"", "", "", false},
	} {
		area, province, ok := s.AreaCode(tc.digits)
		if area != tc.area || province != tc.province || ok != tc.ok {
			t.Errorf("AreaCode(%q) = %q %q %v", tc.digits, area, province, ok)
		}
	}
}

func TestProvince(t *testing.T) {
	s := load(t)
	for _, tc := range []struct{ name, want string }{
		{"安徽", "34"},
		{"安徽省", "34"},
		{"Anhui", "34"},
		{"ANHUI", "34"},
		{"anhui province", "34"},
		{"34", "34"},
		{"北京市", "11"},
		{"beijing city", "11"},
		{"内蒙古自治区", "15"},
		{"Inner Mongolia", "15"},
		{"inner-mongolia autonomous region", "15"},
		{"nei meng gu", "15"},
		{"广西壮族自治区", "45"},
		{"新疆维吾尔自治区", "65"},
		{"宁夏回族自治区", "64"},
		{"Tibet", "54"},
		{"xizang", "54"},
		{"Tibet (Xizang)", "54"},
		{"shanxi", "14"},
		{"Shaanxi", "61"},
		{" 陕西 ", "61"},
		{"台湾", ""},
		{"省", ""},
		{"", ""},
		{"99", ""},
		{"\xff\xfe", ""},
	} {
		p, ok := s.Province(tc.name)
		if p.Code != tc.want || ok != (tc.want != "") {
			t.Errorf("Province(%q) = %+v %v, want %q", tc.name, p, ok, tc.want)
		}
	}
}

func TestNotesAndSegments(t *testing.T) {
	s := load(t)
	if h := s.Find("95105"); len(h) != 1 || h[0].Note != "该接入码下再分配 8 位号码，如 95105588" {
		t.Errorf("note of 95105: %+v", h)
	}
	if g, ok := s.Segment("17012340000"); !ok || g.OperatorEN != "China Telecom" || g.Kind != "virtual operator (MVNO)" {
		t.Errorf("segment 1701: %+v %v", g, ok)
	}
	if g, ok := s.Segment("95588"); ok {
		t.Errorf("95588 is in segment %+v", g)
	}
}

func TestLookupsDoNotAllocate(t *testing.T) {
	s := load(t)
	n := testing.AllocsPerRun(100, func() {
		s.Find("95588")
		s.Longest("95013899")
		s.AreaCode("055196588")
		s.Province("安徽")
		s.Segment("13800138000")
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := registry.Load(assets.Registry()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLongest(b *testing.B) {
	s := load(b)
	for b.Loop() {
		s.Longest("9521330012")
	}
}
