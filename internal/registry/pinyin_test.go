package registry

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

const pinyinHead = `# Readings of Chinese characters without tones, made from go-pinyin %s
# (github.com/mozillazg/go-pinyin, data of pinyin-data) by
# UPDATE_GOLDEN=1 go test -run TestPinyinTable ./internal/registry
#
# The MIT License (MIT)
#
# Copyright (c) 2016 mozillazg
#
# Permission is hereby granted, free of charge, to any person obtaining a copy
# of this software and associated documentation files (the "Software"), to deal
# in the Software without restriction, including without limitation the rights
# to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
# copies of the Software, and to permit persons to whom the Software is
# furnished to do so, subject to the following conditions:
#
# The above copyright notice and this permission notice shall be included in all
# copies or substantial portions of the Software.
#
# THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
# IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
# FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
# AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
# LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
# OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
# SOFTWARE.
`

// toneless writes a reading of the library in ASCII; ü becomes v.
func toneless(reading string) string {
	reading = strings.ReplaceAll(norm.NFD.String(reading), "u\u0308", "v")
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, reading)
}

// TestPinyinTable compares the table with the library that it is made from.
func TestPinyinTable(t *testing.T) {
	// by has the characters that are read so first, and those that are later.
	by := make(map[string]*[2][]rune)
	for code, all := range pinyin.PinyinDict {
		seen := make(map[string]bool)
		for reading := range strings.SplitSeq(all, ",") {
			s, column := toneless(reading), min(len(seen), 1)
			if by[s] == nil {
				by[s] = &[2][]rune{}
			}
			if !seen[s] {
				by[s][column] = append(by[s][column], rune(code))
				seen[s] = true
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, pinyinHead, pinyin.Version)
	syllables := make([]string, 0, len(by))
	for s := range by {
		syllables = append(syllables, s)
	}
	slices.Sort(syllables)
	for _, s := range syllables {
		if strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") != "" || s == "" {
			t.Fatalf("the library reads %q", s)
		}
		slices.Sort(by[s][0])
		slices.Sort(by[s][1])
		fmt.Fprintf(&b, "%s\t%s\t%s\n", s, string(by[s][0]), string(by[s][1]))
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile("pinyin.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if pinyinTable != b.String() {
		t.Error("pinyin.txt is not what the library says (UPDATE_GOLDEN=1 writes it; look at the change)")
	}
}

func TestReadings(t *testing.T) {
	// Characters of names and places that are read in several ways, or in
	// one that is not the first of the dictionary.
	want := map[rune]string{
		'行': "hang heng xing", '重': "chong zhong", '长': "chang zhang", '厦': "sha xia", '乐': "le yue", '六': "liu lu",
		'台': "tai", '亳': "bo", '蚌': "bang beng", '埠': "bu", '莞': "guan wan", '单': "chan dan shan", '会': "hui kuai",
		'朝': "chao zhao", '曾': "ceng zeng", '都': "dou du", '番': "fan pan", '便': "bian pian", '绿': "lu lv", '略': "lve",
		'广': "guang", '国': "guo", '䶮': "yan", '𠂇': "zuo", '〇': "ling",
	}
	wanted := map[rune]bool{'a': true, '。': true, -1: true, 0x10ffff: true}
	for r := range want {
		wanted[r] = true
	}
	got := readings(wanted)
	for r, usual := range want {
		if got[r] == nil || strings.Join(got[r].usual, " ") != usual {
			t.Errorf("%c is read %v, not %s", r, got[r], usual)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d characters have readings, want %d", len(got), len(want))
	}
	if diff := cmp.Diff([]string{"an", "yan"}, got['广'].rare); diff != "" {
		t.Error(diff)
	}
}

// TestSeveralReadings keeps readings out that no dictionary has, and characters
// that are listed twice.
func TestSeveralReadings(t *testing.T) {
	seen := make(map[rune]bool)
	for line := range strings.Lines(severalReadings) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		r := []rune(words[0])[0]
		if len(words) < 3 || seen[r] {
			t.Errorf("line %q", line)
		}
		seen[r] = true
		known := readings(map[rune]bool{r: true})[r]
		if len(known.usual) != len(words)-1 {
			t.Errorf("%c is read %v in the dictionary and %v here", r, *known, words[1:])
		}
	}
	if len(seen) < 100 {
		t.Errorf("%d characters", len(seen))
	}
}

func TestSpellings(t *testing.T) {
	for _, tc := range []struct{ syllable, spellings, initials string }{
		{"zhao", "zhao", "z zh"},
		{"lv", "lv lu lyu", "l"},
		{"nve", "nve nue nyue", "n"},
		{"a", "a", "a"},
		{"hng", "hng", "h"},
	} {
		if got := strings.Join(spellings(tc.syllable), " "); got != tc.spellings {
			t.Errorf("%s is typed %s", tc.syllable, got)
		}
		if got := strings.Join(initials(tc.syllable), " "); got != tc.initials {
			t.Errorf("%s is shortened to %s", tc.syllable, got)
		}
	}
}

func BenchmarkReadings(b *testing.B) {
	wanted := map[rune]bool{}
	for r := '一'; r < '一'+1500; r++ {
		wanted[r] = true
	}
	for b.Loop() {
		readings(wanted)
	}
}
