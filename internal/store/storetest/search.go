package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
)

func searchTests() []test {
	return []test{
		{"search/text and numbers", search},
		{"search/nothing typed breaks it", nothingBreaksSearch},
	}
}

func search(t *testing.T, s Full) {
	type row struct{ number, display, name, note string }
	for i, r := range []row{
		0: {number: "95013000", display: "+8695013000", note: textSentence},
		1: {number: "13800138000", name: textName, note: textUnrelated},
		2: {number: "02112345678", display: "021-12345678", name: "Anna Schmidt", note: textMixed},
		3: {number: "+85212345678", note: "100% sure_thing C:\\x 4711"},
		4: {number: "96588", note: textWide},
		5: {number: "10000", name: textRare, note: textQuotes},
		6: {number: "4711000", name: textName, note: textSentence},
	} {
		c := newCall(r.number, after(time.Duration(i)*time.Minute))
		c.Name, c.Note, c.Ordinal = r.name, r.note, i
		if r.display != "" {
			c.Display = r.display
		}
		add(t, s, c)
	}
	for text, want := range map[string][]int{
		"":                      {6, 5, 4, 3, 2, 1, 0},
		"  ":                    {6, 5, 4, 3, 2, 1, 0},
		textFraud:               {6, 0},
		textReversed:            {},
		textOneHan:              {6, 5, 0},
		textTwoWords:            {6, 0},
		textSentence:            {6, 0},
		textMixedWord:           {2},
		textMixedPart:           {2},
		"000 4711":              {}, // one number, typed with a space
		textName:                {6, 1},
		textAcross:              {},
		textNarrow:              {4},
		textRareWord:            {5},
		textQuoted:              {5},
		"schm":                  {2},
		"ANNA schmidt":          {2},
		"nna":                   {2},
		"950130":                {0},
		"+86950":                {0},
		"138 0013-8000":         {1},
		"(021) 12345678":        {2},
		"12345678":              {3, 2},
		"+852":                  {3},
		"4711":                  {6, 3},
		"%":                     {3},
		"_":                     {3},
		"0% s":                  {3},
		"e_t":                   {3},
		"eXt":                   {},
		`\x`:                    {3},
		`\`:                     {3},
		"95013000 " + textFraud: {0},
		"96588 " + textFraud:    {},
	} {
		t.Run(text, func(t *testing.T) {
			got := all(t, s, domain.CallFilter{Text: text}, 3)
			ordinals := make([]int, len(got))
			for i, c := range got {
				ordinals[i] = c.Ordinal
			}
			same(t, ordinals, want)
		})
	}
}

func nothingBreaksSearch(t *testing.T, s Full) {
	c := newCall("95013000", start())
	c.Note = textSentence
	add(t, s, c)
	for _, text := range []string{
		`"`, `""`, `'`, `"` + textFraud, textFraud + `"*`, textFraud + " OR 1=1", "NEAR(" + textFraud + ")", "text:" + textFraud,
		"-" + textFraud, "^" + textFraud, "\x00", textFraud + "\x00" + textFraud, "\xff\xfe", "*", "()", "{}", "; DROP TABLE call",
		strings.Repeat("a", 100_000), strings.Repeat(textFraud, 10_000), strings.Repeat(textFraud+" ", 10_000),
		strings.Repeat("%_", 50_000), strings.Repeat("1", 100_000), "\u200b", "\ue000",
	} {
		f := domain.CallFilter{Text: text}
		if _, err := s.Calls(t.Context(), f, domain.Page{Limit: 10}); err != nil {
			t.Errorf("%.20q: %v", text, err)
		}
		if _, err := s.IndexCalls(t.Context(), f, 10); err != nil {
			t.Errorf("index of %.20q: %v", text, err)
		}
		if _, err := s.Complaints(t.Context(), domain.ComplaintFilter{Text: text}, domain.Page{Limit: 10}); err != nil {
			t.Errorf("complaints with %.20q: %v", text, err)
		}
	}
	for _, f := range []domain.CallFilter{
		{Number: "' OR 1=1 --"}, {Code: "'"}, {Direction: "'"}, {Family: `"`}, {Verdict: ";"},
	} {
		t.Run(fmt.Sprint(f), func(t *testing.T) { same(t, len(all(t, s, f, 10)), 0) })
	}
}
