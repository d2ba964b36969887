package advice_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"quietline/assets"
	"quietline/internal/advice"
	"quietline/internal/domain"
)

const head = "entry,group,part,value,zh,en,certainty,source\n"

// least is the smallest table that is one.
const least = head +
	"transferred,transferred,title,,转了钱,Money has gone,own,\n" +
	"transferred,transferred,phone,110,报警,Police,verified,a page\n"

func TestSourcesAreHandedDown(t *testing.T) {
	table, err := advice.Parse([]byte(least +
		"x,scam,title,,甲,A,single,list 1\n" +
		"x,scam,sign,,乙,B,unverified,\n" +
		"x,scam,sign,,丙,C,verified,list 2\n" +
		"x,scam,do,,丁,D,own,\n"))
	if err != nil {
		t.Fatal(err)
	}
	e, ok := table.Entry("x")
	if !ok || len(e.Points) != 3 || table.Rows() != 6 {
		t.Fatalf("%+v, %d rows", e, table.Rows())
	}
	for i, want := range []string{"list 1", "list 2", ""} {
		if e.Points[i].Source != want {
			t.Errorf("%d: source %q, want %q", i, e.Points[i].Source, want)
		}
	}
	if got := e.Points[0].Certainty; got != advice.Unverified {
		t.Errorf("the mark of the entry was handed down: %q", got)
	}
}

func TestMalformedTables(t *testing.T) {
	for name, tc := range map[string]struct {
		table string
		line  int
	}{
		"empty":            {"", 1},
		"other columns":    {"a,b\n", 1},
		"no rows":          {head, 1},
		"nothing to call":  {head + "transferred,transferred,title,,转了钱,Gone,own,\n", 2},
		"another to call":  {strings.Replace(least, "110", "13800000000", 1), 3},
		"nothing if gone":  {head + "x,scam,title,,甲,A,own,\n", 2},
		"another if gone":  {least + "x,transferred,title,,甲,A,own,\n", 4},
		"no title":         {least + "x,scam,sign,,甲,A,own,\n", 4},
		"points first":     {head + "transferred,transferred,phone,110,报警,Police,verified,a\n", 2},
		"title twice":      {least + "x,scam,title,,甲,A,own,\nx,scam,title,,甲,A,own,\n", 5},
		"torn apart":       {least + "x,scam,title,,甲,A,own,\ny,scam,title,,甲,A,own,\nx,scam,sign,,乙,B,own,\n", 6},
		"two groups":       {least + "x,scam,title,,甲,A,own,\nx,rule,sign,,乙,B,own,\n", 5},
		"no Chinese":       {least + "x,scam,title,, ,A,own,\n", 4},
		"no English":       {least + "x,scam,title,,甲,,own,\n", 4},
		"no certainty":     {least + "x,scam,title,,甲,A,,list\n", 4},
		"unknown mark":     {least + "x,scam,title,,甲,A,certain,list\n", 4},
		"no source":        {least + "x,scam,title,,甲,A,single,\n", 4},
		"own hands none":   {least + "x,scam,title,,甲,A,own,\nx,scam,sign,,乙,B,single,\n", 5},
		"unknown group":    {least + "x,scams,title,,甲,A,own,\n", 4},
		"unknown part":     {least + "x,scam,title,,甲,A,own,\nx,scam,omen,,乙,B,own,\n", 5},
		"bad id":           {least + "X y,scam,title,,甲,A,own,\n", 4},
		"value too much":   {least + "x,scam,title,1,甲,A,own,\n", 4},
		"no number":        {least + "x,scam,title,,甲,A,own,\nx,scam,phone,,乙,B,own,\n", 5},
		"letters to call":  {least + "x,scam,title,,甲,A,own,\nx,scam,phone,call me,乙,B,own,\n", 5},
		"sms of sentences": {least + "x,scam,title,,甲,A,own,\nx,scam,sms,10086 a b,乙,B,own,\n", 5},
		"plain http":       {least + "x,scam,title,,甲,A,own,\nx,scam,link,http://a.cn/,乙,B,own,\n", 5},
		"program":          {least + "x,scam,title,,甲,A,own,\nx,scam,link,file:///bin/sh,乙,B,own,\n", 5},
		"password":         {least + "x,scam,title,,甲,A,own,\nx,scam,link,https://bank.cn@evil.cn/,乙,B,own,\n", 5},
		"letters alike":    {least + "x,scam,title,,甲,A,own,\nx,scam,link,https://b\u0430nk.cn/,乙,B,own,\n", 5},
		"turns direction":  {least + "x,scam,title,,甲\u202e,A,own,\n", 4},
		"no UTF-8":         {least + "x,scam,title,,\xff甲,A,own,\n", 4},
		"escape":           {least + "x,scam,title,,甲,A\x1b[2J,own,\n", 4},
		"too long":         {least + "x,scam,title,," + strings.Repeat("长", advice.MaxText+1) + ",A,own,\n", 4},
		"columns":          {least + "x,scam,title,,甲,A\n", 4},
		"quote":            {least + "x,scam,title,,\"甲,A,own,\n", 4},
	} {
		_, err := advice.Parse([]byte(tc.table))
		e, _ := errors.AsType[*domain.Error](err)
		if domain.KeyOf(err) != "advice.malformed" || e == nil || e.Args["Line"] != tc.line {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := advice.Parse([]byte(least)); err != nil {
		t.Errorf("the smallest one: %v", err)
	}
}

// FuzzParse reads a table as somebody might send it: what is taken is sound.
func FuzzParse(f *testing.F) {
	f.Add([]byte(least))
	f.Add(assets.Advice())
	f.Add([]byte(least + "x,scam,title,,\"甲\n乙\",A,own,\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := advice.Parse(data)
		if err != nil {
			if domain.KeyOf(err) != "advice.malformed" {
				t.Fatal(err)
			}
			return
		}
		rows := 0
		for _, e := range table.Entries() {
			rows += 1 + len(e.Points)
			if e.Words != (advice.Text{}) {
				rows++
			}
			for _, p := range append(e.Points, advice.Point{Text: e.Title, Certainty: e.Certainty, Source: e.Source}) {
				for _, text := range []string{p.Text.ZH, p.Text.EN} {
					if strings.TrimSpace(text) == "" || !utf8.ValidString(text) || strings.ContainsFunc(text, domain.Control) {
						t.Fatalf("%q", text)
					}
				}
				if p.Certainty == "" || p.Source == "" && p.Certainty != advice.Own {
					t.Fatalf("%+v", p)
				}
			}
		}
		if rows != table.Rows() {
			t.Fatalf("%d rows of %d", rows, table.Rows())
		}
		table.Search("bank 110")
	})
}
