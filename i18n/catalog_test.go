package i18n_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"quietline/i18n"
	"quietline/internal/domain"
	"quietline/internal/insight"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
)

// catalogue reads every message of a language: key → plural form → text.
func catalogue(t *testing.T, lang l10n.Language) map[string]map[string]string {
	t.Helper()
	data, err := fs.ReadFile(i18n.Files(), string(lang)+".json")
	if err != nil {
		t.Fatal(err)
	}
	raw := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatal(err)
	}
	if lines := keyLine.FindAll(data, -1); len(lines) != len(raw) {
		t.Errorf("%s.json: %d lines for %d keys; one stands there twice", lang, len(lines), len(raw))
	}
	out := map[string]map[string]string{}
	for key, msg := range raw {
		forms := map[string]string{}
		var text string
		if json.Unmarshal(msg, &text) == nil {
			forms[""] = text
		} else if err := json.Unmarshal(msg, &forms); err != nil {
			t.Fatalf("%s: %v", key, err)
		}
		out[key] = forms
	}
	return out
}

// keyLine is where a key stands: one a line, indented by two.
var keyLine = regexp.MustCompile(`(?m)^  "`)

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

func placeholders(forms map[string]string) []string {
	set := map[string]bool{}
	for _, text := range forms {
		for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
			if m[1] != "Count" {
				set[m[1]] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	en, zh := catalogue(t, l10n.English), catalogue(t, l10n.Chinese)
	for key := range en {
		if zh[key] == nil {
			t.Errorf("%q is missing in Chinese", key)
			continue
		}
		if e, z := placeholders(en[key]), placeholders(zh[key]); !slices.Equal(e, z) {
			t.Errorf("%q: placeholders %v in English, %v in Chinese", key, e, z)
		}
		if _, plural := en[key]["other"]; plural && (en[key]["one"] == "" || zh[key]["other"] == "") {
			t.Errorf("%q: a plural form is missing", key)
		}
	}
	for key := range zh {
		if en[key] == nil {
			t.Errorf("%q is missing in English", key)
		}
	}
	for lang, all := range map[string]map[string]map[string]string{"English": en, "Chinese": zh} {
		for key, forms := range all {
			for _, text := range forms {
				if strings.TrimSpace(text) == "" {
					t.Errorf("%s %q is empty", lang, key)
				}
			}
		}
	}
}

func TestEnglishHoldsNoChineseButNames(t *testing.T) {
	for key, forms := range catalogue(t, l10n.English) {
		for _, text := range forms {
			if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) && !mayQuoteChinese(key) {
				t.Errorf("%q: %q", key, text)
			}
		}
	}
}

// The bundled fonts are Chinese: they draw curly quotes a whole character wide,
// which tears English words apart.
func TestEnglishQuotesAreStraight(t *testing.T) {
	for key, forms := range catalogue(t, l10n.English) {
		for _, text := range forms {
			if strings.ContainsAny(text, "\u2018\u2019\u201c\u201d") {
				t.Errorf("%q: %q", key, text)
			}
		}
	}
}

// mayQuoteChinese names the messages that show a Chinese word on purpose.
func mayQuoteChinese(key string) bool {
	for _, k := range []string{"err.cli.province_unknown.hint", "assist.note.where", "quote."} {
		if strings.HasPrefix(key, k) {
			return true
		}
	}
	return strings.Contains(key, "language") || strings.Contains(key, "province") || strings.Contains(key, "app.name")
}

func TestEveryTermHasWords(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		check := func(key string) {
			if !p.Has(key) {
				t.Errorf("no words for %q", key)
			}
		}
		for kind, codes := range enumerations() {
			for _, code := range codes {
				check("term." + kind + "." + code)
			}
		}
		for _, r := range domain.Rules() {
			check("rule." + string(r))
			check("term.severity." + string(r.Severity()))
		}
		for _, v := range domain.Verdicts() {
			check("verdict." + string(v) + ".title")
		}
	})
}

// enumerations are the codes of each kind of terms that the domain lists.
func enumerations() map[string][]string {
	var harm []string
	for h := range domain.MaxHarm + 1 {
		harm = append(harm, strconv.Itoa(int(h)))
	}
	return map[string][]string{
		"category": codes(domain.Categories()), "technique": codes(domain.Techniques()), "direction": codes(domain.Directions()),
		"relation": codes(domain.Relations()), "authority": codes(domain.Authorities()), "mark": codes(domain.ContactMarks()),
		"demand": codes(domain.Demands()), "send_state": codes(domain.SendStates()), "case_state": codes(domain.CaseStates()),
		"family": codes(domain.Families()), "verdict": codes(domain.Verdicts()), "fraud_kind": codes(domain.FraudKinds()),
		"currency": domain.Currencies(), "evidence_state": codes(domain.EvidenceStates()), "service_type": codes(domain.ServiceTypes()),
		"alert": codes(insight.Kinds()), "class": codes(insight.Classes()), "harm": harm,
	}
}

func codes[T ~string](of []T) (out []string) {
	for _, c := range of {
		out = append(out, string(c))
	}
	return out
}
