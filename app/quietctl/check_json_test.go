package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"quietline/i18n"
	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// checkLine is a line of check as cli.md writes it, for encoding/json.
type checkLine struct {
	Input     string              `json:"input"`
	Number    string              `json:"number"`
	Family    domain.Family       `json:"family"`
	Verdict   domain.Verdict      `json:"verdict"`
	Code      string              `json:"code"`
	Extension string              `json:"extension"`
	AreaCode  string              `json:"area_code"`
	Province  string              `json:"province"`
	Country   string              `json:"country"`
	Holders   []domain.Holder     `json:"holders"`
	Warnings  []warningJSON       `json:"warnings"`
	Registry  domain.RegistryInfo `json:"registry"`
}

func toCheckLine(words *l10n.Printer, info domain.RegistryInfo, k domain.Check) checkLine {
	v := checkLine{
		Input: k.Input, Number: k.Number, Family: k.Family, Verdict: k.Verdict, Code: k.Code,
		Extension: k.Extension, AreaCode: k.AreaCode, Province: k.Province, Country: k.Country,
		Holders: append([]domain.Holder{}, k.Holders...), Warnings: []warningJSON{}, Registry: info,
	}
	for _, r := range k.Rules {
		v.Warnings = append(v.Warnings, warningJSON{Rule: r, Severity: r.Severity(), Text: words.T("rule." + string(r))})
	}
	return v
}

func english(t testing.TB) *l10n.Printer {
	t.Helper()
	p, err := l10n.New(i18n.Files(), l10n.English)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// anyText gives what an input can hold: valid and invalid UTF-8, and what JSON
// writes in a way of its own.
func anyText() *rapid.Generator[string] {
	special := rapid.SampledFrom([]string{
		"", `"`, `\`, "/", "<b>&amp;", "\x00", "\x07", "\b", "\t", "\n", "\v", "\f", "\r", "\x1b[0m", "\x1f", "\x7f", "\u0085",
		"\u2027", "\u2028", "\u2029", "\u202a", "\ufffd", "\ufeff", "\xff", "\xe4\xb8", "\xed\xa0\x80", "\xf4\x90\x80\x80", "中国", "😀", "95588",
	})
	raw := rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 12), func(b []byte) string { return string(b) })
	return rapid.Map(rapid.SliceOfN(rapid.OneOf(special, raw, rapid.String()), 0, 6), func(parts []string) string {
		var s string
		for _, p := range parts {
			s += p
		}
		return s
	})
}

func anyCheck() *rapid.Generator[domain.Check] {
	holder := rapid.Custom(func(t *rapid.T) domain.Holder {
		text := func(name string) string { return anyText().Draw(t, name) }
		return domain.Holder{
			NameZH: text("name_zh"), NameEN: text("name_en"), Category: text("category"), Scope: text("scope"),
			Confidence: text("confidence"), Source: text("source"), Note: text("note"),
			Own: rapid.Bool().Draw(t, "own"), OwnNote: text("own_note"),
		}
	})
	return rapid.Custom(func(t *rapid.T) domain.Check {
		text := func(name string) string { return anyText().Draw(t, name) }
		return domain.Check{
			Input: text("input"),
			Reading: domain.Reading{
				Number: text("number"), Family: rapid.SampledFrom(domain.Families()).Draw(t, "family"),
				AreaCode: text("area_code"), Country: text("country"),
			},
			Verdict: rapid.SampledFrom(domain.Verdicts()).Draw(t, "verdict"),
			Code:    text("code"), Extension: text("extension"), Province: text("province"),
			Holders: rapid.SliceOfN(holder, 0, 3).Draw(t, "holders"),
			Rules:   rapid.SliceOfN(rapid.SampledFrom(domain.Rules()), 0, 4).Draw(t, "rules"),
		}
	})
}

func TestCheckJSONIsWhatEncodingJSONWrites(t *testing.T) {
	words, info := english(t), domain.RegistryInfo{Version: "1 \"<&\u2028", Date: "2026-08-21", Entries: 3}
	// One for all, so that what was kept of one line is used in the next ones.
	lines := newCheckJSON(words, info)
	rapid.Check(t, func(t *rapid.T) {
		k := anyCheck().Draw(t, "check")
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(toCheckLine(words, info, k)); err != nil {
			t.Fatal(err)
		}
		for range 2 { // rendered, and remembered
			if got := lines.append([]byte("before"), k); string(got) != "before"+want.String() {
				t.Fatalf("got  %swant %s", got[len("before"):], want.Bytes())
			}
		}
	})
}

func TestCheckJSONRemembersTheRegistryOnly(t *testing.T) {
	checker, info, err := shippedRegistry()
	if err != nil {
		t.Fatal(err)
	}
	lines := newCheckJSON(english(t), info)
	var buf []byte
	provinces := []string{"", "安徽", "山东", "江苏"}
	one := func(number string) {
		for _, p := range provinces {
			buf = lines.append(buf[:0], checker.Check(number, p))
		}
	}
	for i := range 20_000 {
		one("9" + string(rune('5'+i%2)) + digits(i))
	}
	holders, warnings := len(lines.holders), len(lines.warnings)
	if holders == 0 || holders > info.Entries || warnings > len(domain.Rules()) {
		t.Fatalf("%d holders and %d warnings are kept of a registry of %d rows", holders, warnings, info.Entries)
	}
	k := checker.Check("95588", "")
	if n := testing.AllocsPerRun(100, func() { buf = lines.append(buf[:0], k) }); n != 0 {
		t.Errorf("%v allocations a line", n)
	}
}

// digits is a number of three to five digits, the last of which change fastest.
func digits(i int) string {
	const all = "0123456789"
	s := ""
	for n := 3 + i%3; n > 0; n-- {
		s = all[i%10:i%10+1] + s
		i /= 10
	}
	return s
}
