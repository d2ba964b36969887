package registry_test

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/registry"
)

const (
	codesHead = "code,scope,organisation_zh,organisation_en,category,source,confidence\n"
	bankRow   = "95588,national,工行,,bank,list,single source\n"
)

// folder is a small sound registry.
func folder() fstest.MapFS {
	return fstest.MapFS{
		"registry-95-96.csv": {Data: []byte(codesHead + bankRow +
			"96588,安徽,徽商银行（0551-96588）,,bank,list,single source\n" +
			"95000,national,一号公司,,call_centre,list,verified in 2+ sources\n" +
			"96588,山东,青岛银行,,bank,list,single source\n")},
		"registry-notes.csv":  {Data: []byte("code,scope,note_zh\n96588,山东,旧名\n")},
		"provinces.csv":       {Data: []byte("code,name_zh,name_en,pinyin\n34,安徽,Anhui,Anhui\n37,山东,Shandong,Shandong\n")},
		"area-codes.csv":      {Data: []byte("area_code,city_zh,province_zh\n0551,合肥市,安徽\n")},
		"mobile-segments.csv": {Data: []byte("prefix,operator_zh,operator_en,kind,source,confidence\n138,中国移动,China Mobile,public mobile,list,single source\n")},
		"version.json":        {Data: []byte(`{"version":"1","date":"2026-08-21","rows":4}`)},
	}
}

func TestLoadSmallFolder(t *testing.T) {
	s, err := registry.Load(folder())
	if err != nil {
		t.Fatal(err)
	}
	want := []domain.Holder{
		{NameZH: "徽商银行", Category: "bank", Scope: "安徽", Confidence: "single source", Source: "list"},
		{NameZH: "青岛银行", Category: "bank", Scope: "山东", Confidence: "single source", Source: "list", Note: "旧名"},
	}
	if diff := cmp.Diff(want, s.Find("96588")); diff != "" {
		t.Errorf("rows of one code that lie apart: %s", diff)
	}
	if diff := cmp.Diff(domain.RegistryInfo{Version: "1", Date: "2026-08-21", Entries: 4}, s.Info()); diff != "" {
		t.Error(diff)
	}
}

func TestLoadRefusesMalformedData(t *testing.T) {
	const (
		codes, notes, provinces = "registry-95-96.csv", "registry-notes.csv", "provinces.csv"
		areas, segments         = "area-codes.csv", "mobile-segments.csv"
	)
	for _, tc := range []struct {
		name, file, data string
		line             int
	}{
		{"empty", codes, "", 1},
		{"another header", codes, "code,scope\n" + bankRow, 1},
		{"columns swapped", notes, "scope,code,note_zh\n", 1},
		{"too few fields", codes, codesHead + bankRow + "95599,national\n", 3},
		{"open quote", codes, codesHead + bankRow + "95599,\"national\n", 3},
		{"letters in a code", codes, codesHead + "95a88,national,工行,,bank,list,single source\n", 2},
		{"short code", codes, codesHead + "95,national,工行,,bank,list,single source\n", 2},
		{"long code", codes, codesHead + "95588955889558,national,工行,,bank,list,single source\n", 2},
		{"unknown scope", codes, codesHead + "95588,火星,工行,,bank,list,single source\n", 2},
		{"scope in English", codes, codesHead + "96588,Anhui,徽商银行,,bank,list,single source\n", 2},
		{"nobody", codes, codesHead + "95588,national, ,,bank,list,single source\n", 2},
		{"unknown category", codes, codesHead + "95588,national,工行,,Bank,list,single source\n", 2},
		{"no source", codes, codesHead + "95588,national,工行,,bank,,single source\n", 2},
		{"unknown confidence", codes, codesHead + "95588,national,工行,,bank,list,certain\n", 2},
		{"repeated", codes, codesHead + bankRow + bankRow, 3},
		{"one code for two", codes, codesHead + bankRow + "95588,national,农行,,bank,list,single source\n", 3},
		{"province of a 95 code", codes, codesHead + "95588,安徽,工行,,bank,list,single source\n", 2},
		{"95 code of nowhere", codes, codesHead + "95588,,工行,,bank,list,single source\n", 2},
		{"province of a note on 95", notes, "code,scope,note_zh\n95588,安徽,甲\n", 2},
		{"long name", codes, codesHead + "95588,national," + strings.Repeat("工", 101) + ",,bank,list,single source\n", 2},
		{"long English name", codes, codesHead + "95588,national,工行," + strings.Repeat("I", 101) + ",bank,list,single source\n", 2},
		{"long source", codes, codesHead + "95588,national,工行,,bank," + strings.Repeat("s", 1001) + ",single source\n", 2},
		{"long note", notes, "code,scope,note_zh\n95588,national," + strings.Repeat("甲", 4001) + "\n", 2},
		{"escape in a name", codes, codesHead + "95588,national,\x1b[31m工行,,bank,list,single source\n", 2},
		{"name turned round", codes, codesHead + "95588,national,\u202e行工,,bank,list,single source\n", 2},
		{"English name turned round", codes, codesHead + "95588,national,工行,\u2067CBCI,bank,list,single source\n", 2},
		{"two lines in a source", codes, codesHead + "95588,national,工行,,bank,\"a\nb\",single source\n", 2},
		{"mark in a note", notes, "code,scope,note_zh\n95588,national,甲\u200f乙\n", 2},
		{"zero byte in a note", notes, "code,scope,note_zh\n95588,national,甲\x00乙\n", 2},
		{"no UTF-8", codes, codesHead + "95588,national,\xff,,bank,list,single source\n", 2},
		{"cut off", codes, codesHead + bankRow, 2},
		{"note without words", notes, "code,scope,note_zh\n95588,national,\n", 2},
		{"note twice", notes, "code,scope,note_zh\n95588,national,甲\n95588,national,乙\n", 3},
		{"note on nothing", notes, "code,scope,note_zh\n,national,甲\n", 2},
		{"province code", provinces, "code,name_zh,name_en,pinyin\n3,安徽,Anhui,Anhui\n", 2},
		{"province twice", provinces, "code,name_zh,name_en,pinyin\n34,安徽,Anhui,Anhui\n35,安徽,Fujian,Fujian\n", 3},
		{"area code without zero", areas, "area_code,city_zh,province_zh\n551,合肥市,安徽\n", 2},
		{"area code twice", areas, "area_code,city_zh,province_zh\n0551,合肥市,安徽\n0551,合肥市,安徽\n", 3},
		{"area code elsewhere", areas, "area_code,city_zh,province_zh\n0551,合肥市,火星\n", 2},
		{"segment of a landline", segments, "prefix,operator_zh,operator_en,kind,source,confidence\n238,甲,A,k,list,single source\n", 2},
		{"no JSON", "version.json", "{", 1},
		{"no day", "version.json", `{"version":"1","date":"2026-13-01"}`, 1},
		{"no version", "version.json", `{"date":"2026-08-21"}`, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			files := maps.Clone(folder())
			files[tc.file] = &fstest.MapFile{Data: []byte(tc.data)}
			s, err := registry.Load(files)
			var e *domain.Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, %v", s, err)
			}
			got := *e
			got.Cause = nil
			want := domain.Error{Op: "registry.Load", Kind: domain.Corrupt, Key: "registry.malformed", Args: domain.Args{"File": tc.file, "Line": tc.line}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestLoadTakesWhatIsJustInBounds(t *testing.T) {
	files := folder()
	files["registry-95-96.csv"] = &fstest.MapFile{Data: []byte(codesHead + "96588,national," + strings.Repeat("工", 100) + "," + strings.Repeat("I", 100) +
		",bank," + strings.Repeat("s", 1000) + ",single source\n96588,,乙,,bank,list,single source\n")}
	files["registry-notes.csv"] = &fstest.MapFile{Data: []byte("code,scope,note_zh\n96588,national," + strings.Repeat("甲", 4000) + "\n")}
	files["version.json"] = &fstest.MapFile{Data: []byte(`{"version":"1","date":"2026-08-21","rows":2,"notes":1}`)}
	if s, err := registry.Load(files); err != nil || len(s.Find("96588")) != 2 {
		t.Error(err)
	}
}

func TestLoadBoundsTheRows(t *testing.T) {
	rows := func(head, format string, n int) *fstest.MapFile {
		data := []byte(head)
		for i := range n {
			data = fmt.Appendf(data, format, i)
		}
		return &fstest.MapFile{Data: data}
	}
	for file, table := range map[string]func(n int) *fstest.MapFile{
		"registry-95-96.csv": func(n int) *fstest.MapFile {
			return rows(codesHead, "95%06d,national,甲,,bank,list,single source\n", n)
		},
		"registry-notes.csv": func(n int) *fstest.MapFile { return rows("code,scope,note_zh\n", "95%06d,national,甲\n", n) },
	} {
		files := folder()
		files["version.json"] = &fstest.MapFile{Data: []byte(`{"version":"1","date":"2026-08-21"}`)}
		files[file] = table(registry.MaxRows)
		if _, err := registry.Load(files); err != nil {
			t.Errorf("%s with as many rows as it may have: %v", file, err)
		}
		files[file] = table(registry.MaxRows + 1)
		_, err := registry.Load(files)
		keyed(t, err, domain.Corrupt, "registry.malformed", domain.Args{"File": file, "Line": registry.MaxRows + 2})
	}
}

func TestLoadMissesFiles(t *testing.T) {
	for file := range folder() {
		files := folder()
		delete(files, file)
		if _, err := registry.Load(files); domain.KeyOf(err) != "registry.missing" {
			t.Errorf("without %s: %v", file, err)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(codesHead+bankRow), []byte(`{"version":"1","date":"2026-08-21"}`))
	f.Add([]byte(codesHead+"96056,安徽,甲（乙，0571-96056）,,bank,list,single source\n"), []byte("{}"))
	f.Add([]byte(codesHead+"96056,,（）,,bank,list,single source\n"), []byte("[]"))
	f.Fuzz(func(t *testing.T, codes, version []byte) {
		files := folder()
		files["registry-95-96.csv"] = &fstest.MapFile{Data: codes}
		files["version.json"] = &fstest.MapFile{Data: version}
		s, err := registry.Load(files)
		if err != nil {
			if domain.KeyOf(err) != "registry.malformed" {
				t.Fatalf("error %v", err)
			}
			return
		}
		n := 0
		for code := range s.All() {
			n++
			if len(s.Find(code)) == 0 {
				t.Fatalf("%q is there and not found", code)
			}
			if got, _ := s.Longest(code + "0"); len(got) < len(code) {
				t.Fatalf("Longest(%q) = %q", code+"0", got)
			}
		}
		if n != s.Info().Entries {
			t.Fatalf("%d rows, %d counted", n, s.Info().Entries)
		}
	})
}
