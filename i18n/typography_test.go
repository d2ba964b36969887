package i18n_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"quietline/internal/l10n"
)

// The tests of this file read the catalogues as a typesetter does. What a program
// reads (an address, a command, the name of a flag) is no sentence and keeps its own
// signs.

// action is something that is filled in, or a choice between texts.
var action = regexp.MustCompile(`\{\{.*?\}\}`)

// filled stands for what is filled in: neither Chinese nor a sign.
const filled = "\uFFFC"

// faults of Chinese typesetting, by what is wrong.
func chineseFaults() map[string]*regexp.Regexp {
	return map[string]*regexp.Regexp{
		"a half-width sign beside Chinese":      regexp.MustCompile(`\p{Han}[,;:!?()\[\]"']|[,;:!?()\[\]"']\p{Han}`),
		"a half-width full stop behind Chinese": regexp.MustCompile(`\p{Han}\.(?:$|\s|\p{Han})`),
		"a space between Chinese":               regexp.MustCompile(`\p{Han} +\p{Han}`),
		"a space beside a full-width sign":      regexp.MustCompile(`[，。；：！？（）、“”] | [，。；：！？）、”]`),
		"two full-width signs in a row":         regexp.MustCompile(`[，。；：！？、][，。；：！？、]`),
		"three dots":                            regexp.MustCompile(`\.\.\.`),
		"half an ellipsis at the end":           regexp.MustCompile(`[^…\s]…$`),
		// It is set in the font of the word before.
		"an ellipsis that sits on the line":   regexp.MustCompile(`[A-Za-z0-9]…`),
		"corner brackets for quotes":          regexp.MustCompile(`[「」『』]`),
		"no space between Chinese and a word": regexp.MustCompile(`\p{Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Han}`),
		"a Chinese sentence ends in a comma":  regexp.MustCompile(`[，、；]$`),
	}
}

// setOtherwise says that a message shows something in its own spelling: what is
// typed into a terminal or a field, a title as its owner writes it, a sign that
// separates.
func setOtherwise(key, fault string) bool {
	typed := []string{
		"app.usage", "cli.calls.map", "cli.complaints.import_map", "cli.complaints.no_name", "err.cli.province_unknown.hint",
		"err.import.mapping_pair.hint", "err.duration.invalid.hint", "assist.note.where", "practice.detail.idempotency_key_invalid",
		"cli.practice.faults_all", "cli.label.sibling", "cli.complaints.import_guessed", "cli.help.command", "cli.help.options",
		"err.time.invalid.hint",
	}
	separates := strings.HasSuffix(fault, "comma") && strings.HasSuffix(key, "separator")
	return separates || slices.Contains(typed, key)
}

func TestChineseIsSetAsChinese(t *testing.T) {
	for key, forms := range catalogue(t, l10n.Chinese) {
		for _, text := range forms {
			text = action.ReplaceAllString(text, filled)
			for fault, sign := range chineseFaults() {
				if at := sign.FindString(text); at != "" && !setOtherwise(key, fault) {
					t.Errorf("%q: %s: %q in %q", key, fault, at, text)
				}
			}
			if strings.Count(text, "“") != strings.Count(text, "”") || strings.Count(text, "（") != strings.Count(text, "）") ||
				strings.Count(text, "《") != strings.Count(text, "》") {
				t.Errorf("%q: a pair is not closed: %q", key, text)
			}
		}
	}
}

// TestChineseFaultsAreSeen shows each rule a text that breaks it, and one that none
// of them minds.
func TestChineseFaultsAreSeen(t *testing.T) {
	for fault, text := range map[string]string{
		"a half-width sign beside Chinese":      "投诉,已提交",
		"a half-width full stop behind Chinese": "投诉已提交.",
		"a space between Chinese":               "投诉 已提交",
		"a space beside a full-width sign":      "投诉已提交， 请等待",
		"two full-width signs in a row":         "投诉已提交。。",
		"three dots":                            "正在提交...",
		"half an ellipsis at the end":           "正在提交…",
		"an ellipsis that sits on the line":     "存为 PDF……",
		"corner brackets for quotes":            "点「提交」",
		"no space between Chinese and a word":   "拨打96110咨询",
		"a Chinese sentence ends in a comma":    "投诉已提交，",
	} {
		if !chineseFaults()[fault].MatchString(text) {
			t.Errorf("%s is not seen in %q", fault, text)
		}
	}
	for fault, sign := range chineseFaults() {
		if at := sign.FindString("共 3 份投诉（CSV、XLSX），见 https://a.cn/…/x.json：“提交”……"); at != "" {
			t.Errorf("%s is seen in %q", fault, at)
		}
	}
}

func TestEnglishIsSetAsEnglish(t *testing.T) {
	faults := map[string]*regexp.Regexp{
		"a full-width sign":       regexp.MustCompile(`[，。；：！？（）、“”]`),
		"a space before a sign":   regexp.MustCompile(`\w [,;:!?](?:\s|$)`),
		"a space before the end":  regexp.MustCompile(` …$`),
		"three dots":              regexp.MustCompile(`\.\.\.`),
		"two spaces":              regexp.MustCompile(`\S  +\S`),
		"a full stop too many":    regexp.MustCompile(`[^.]\.\.(?:\s|$)`),
		"no space behind a comma": regexp.MustCompile(`[a-z],[A-Za-z]`),
	}
	for key, forms := range catalogue(t, l10n.English) {
		if mayQuoteChinese(key) || key == "app.usage" || key == "diagnosis.readme" || strings.HasPrefix(key, "cli.practice.faults") || key == "err.practice.faults_invalid.hint" {
			continue
		}
		for _, text := range forms {
			text = action.ReplaceAllString(text, filled)
			for fault, sign := range faults {
				if at := sign.FindString(text); at != "" {
					t.Errorf("%q: %s: %q in %q", key, fault, at, text)
				}
			}
		}
	}
}

// TestBothLanguagesEndAlike: where one says a sentence, the other does.
func TestBothLanguagesEndAlike(t *testing.T) {
	en, zh := catalogue(t, l10n.English), catalogue(t, l10n.Chinese)
	for key := range en {
		e, z := last(en[key]), last(zh[key])
		if strings.HasSuffix(e, "?") != strings.HasSuffix(z, "？") && strings.HasSuffix(z, "？") {
			t.Errorf("%q: only the Chinese asks: %q, %q", key, e, z)
		}
		if strings.HasSuffix(e, "…") != strings.HasSuffix(z, "……") {
			t.Errorf("%q: only one goes on: %q, %q", key, e, z)
		}
		if strings.HasPrefix(key, "err.") && !strings.HasSuffix(z, "。") && !command(e, z) {
			t.Errorf("%q: an error is a sentence: %q", key, z)
		}
	}
}

// command says that a text ends in what is typed or chosen, which takes no full stop.
func command(texts ...string) bool {
	return slices.ContainsFunc(texts, func(s string) bool {
		return regexp.MustCompile(`(?:quietctl [a-z ]+[A-Z]*|\}\}”?|TITLE|标题|passphrase\.txt)$`).MatchString(s)
	})
}

func last(forms map[string]string) string {
	if text, ok := forms["other"]; ok {
		return text
	}
	return forms[""]
}

// TestOneWordForOneThing: the words of the glossary, and not others for the same.
func TestOneWordForOneThing(t *testing.T) {
	for lang, others := range map[l10n.Language]map[string]string{
		l10n.Chinese: {
			"密钥环": "系统钥匙串", "来电者": "来电方", "回执号": "回执编号", "证物": "证据", "收件端": "受理端", "號": "号", "点击": "点",
		},
		l10n.English: {"the app": "Quietline", "favorites": "favourites", "canceled": "cancelled"},
	} {
		for key, forms := range catalogue(t, lang) {
			for _, text := range forms {
				for wrong, right := range others {
					if regexp.MustCompile(`(?:^|\P{L}|\p{Han})` + wrong + `(?:\P{L}|\p{Han}|$)`).MatchString(text) {
						t.Errorf("%s %q: %q instead of %q: %q", lang, key, wrong, right, text)
					}
				}
			}
		}
	}
}
