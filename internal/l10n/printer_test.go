package l10n_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
)

func catalogues() fstest.MapFS {
	return fstest.MapFS{
		"en.json": {Data: []byte(`{"hello": "Hello {{.Name}}", "calls": {"one": "{{.Count}} call", "other": "{{.Count}} calls"},
			"err.disk.full": "The disk {{.Path}} is full.", "err.disk.full.hint": "Make room.",
			"err.internal": "A defect.", "err.internal.hint": "Report it.", "err.cancelled": "Stopped.", "err.cancelled.hint": "Start again.",
			"term.category.loan": "Loans"}`)},
		"zh-Hans.json": {Data: []byte(`{"hello": "{{.Name}}，您好", "calls": {"other": "{{.Count}} 个来电"},
			"err.disk.full": "磁盘 {{.Path}} 已满。", "err.disk.full.hint": "请腾出空间。",
			"err.internal": "程序缺陷。", "err.internal.hint": "请反馈。", "err.cancelled": "已停止。", "err.cancelled.hint": "请重新开始。",
			"term.category.loan": "贷款理财"}`)},
	}
}

func TestPrinterSpeaksAndSwitches(t *testing.T) {
	p, err := l10n.New(catalogues(), l10n.English)
	if err != nil {
		t.Fatal(err)
	}
	check := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	check(p.T("hello", l10n.Args{"Name": "Li"}), "Hello Li")
	check(p.T("hello"), "Hello …")
	check(p.N("calls", 1), "1 call")
	check(p.N("calls", 0), "0 calls")
	check(p.N("calls", 2), "2 calls")
	check(p.Term("category", "loan"), "Loans")
	check(p.Term("category", ""), "")
	check(p.T("no.such.key"), "no.such.key")
	if p.Has("no.such.key") || !p.Has("calls") {
		t.Error("Has is wrong")
	}
	p.SetLanguage(l10n.Chinese)
	check(p.T("hello", l10n.Args{"Name": "李"}), "李，您好")
	check(p.N("calls", 1), "1 个来电")
	p.SetLanguage("fr")
	check(string(p.Language()), "zh-Hans")
}

func TestExplain(t *testing.T) {
	p, err := l10n.New(catalogues(), l10n.English)
	if err != nil {
		t.Fatal(err)
	}
	full := domain.E("store.Open", domain.Unavailable, "disk.full", domain.Args{"Path": "/x"}, errors.New("ENOSPC"))
	for _, tc := range []struct {
		name string
		err  error
		want l10n.Explanation
	}{
		{"keyed", full, l10n.Explanation{Code: "disk.full", Message: "The disk /x is full.", Hint: "Make room.", Kind: domain.Unavailable}},
		{"wrapped", fmt.Errorf("more: %w", full.At("/a")), l10n.Explanation{Code: "disk.full", Message: "The disk /x is full.", Hint: "Make room.", Field: "/a", Kind: domain.Unavailable}},
		{"stopped", context.Canceled, l10n.Explanation{Code: "cancelled", Message: "Stopped.", Hint: "Start again.", Kind: domain.Cancelled}},
		{"foreign", errors.New("boom"), l10n.Explanation{Code: "internal", Message: "A defect.", Hint: "Report it.", Kind: domain.Internal}},
		{"none", nil, l10n.Explanation{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := p.Explain(tc.err); got != tc.want {
				t.Errorf("%+v, want %+v", got, tc.want)
			}
		})
	}
	all := p.ExplainAll(domain.Problems{full.At("/a"), full.At("/b")})
	if len(all) != 2 || all[0].Field != "/a" || all[1].Field != "/b" {
		t.Errorf("%+v", all)
	}
	// What a log gets names no argument.
	if text := full.At("/a").Error(); strings.Contains(text, "/x") || !strings.Contains(text, "disk.full at /a") {
		t.Errorf("for the log: %q", text)
	}
}

func TestMissingOrBrokenCatalogueIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(fstest.MapFS){
		"missing": func(m fstest.MapFS) { delete(m, "en.json") },
		"broken":  func(m fstest.MapFS) { m["en.json"].Data = []byte("{") },
	} {
		t.Run(name, func(t *testing.T) {
			m := catalogues()
			spoil(m)
			if _, err := l10n.New(m, l10n.English); domain.KindOf(err) != domain.Internal {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestOurCataloguesLoad(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		if p.T("err.internal") == "err.internal" {
			t.Error("no words")
		}
	})
}

func TestNumbersByThousands(t *testing.T) {
	p, err := l10n.New(catalogues(), l10n.English)
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000"} {
		for _, l := range l10n.Languages() {
			p.SetLanguage(l)
			if got := p.Number(n); got != want {
				t.Errorf("%s: %d is %q, want %q", l, n, got, want)
			}
		}
	}
}

// Words in another language leave the language of the window alone.
func TestAnotherLanguageBeside(t *testing.T) {
	p := testkit.Printer(t, l10n.English)
	if zh := p.In(l10n.Chinese); zh.Language() != l10n.Chinese || zh.T("kit.copy") == p.T("kit.copy") || p.Language() != l10n.English {
		t.Errorf("%s beside %s", zh.Language(), p.Language())
	}
}
