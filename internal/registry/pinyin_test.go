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
	by := make(map[string][]rune)
	for code, all := range pinyin.PinyinDict {
		for reading := range strings.SplitSeq(all, ",") {
			s := toneless(reading)
			by[s] = append(by[s], rune(code))
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
		slices.Sort(by[s])
		fmt.Fprintf(&b, "%s\t%s\n", s, string(slices.Compact(by[s])))
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
		'行': "hang", '重': "chong", '长': "chang", '厦': "xia", '乐': "le", '六': "lu",
		'台': "tai", '亳': "bo", '蚌': "beng", '埠': "bu", '莞': "guan", '单': "shan", '会': "kuai",
		'朝': "chao", '曾': "zeng", '都': "du", '发': "fa", '便': "bian", '大': "dai", '绿': "lv", '略': "lve",
		'䶮': "yan", '𠂇': "zuo", '〇': "ling",
	}
	wanted := map[rune]bool{'a': true, '。': true, -1: true, 0x10ffff: true}
	for r := range want {
		wanted[r] = true
	}
	got := readings(wanted)
	for r, reading := range want {
		if !slices.Contains(got[r], reading) {
			t.Errorf("%c is read %v, not %s", r, got[r], reading)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d characters have readings, want %d", len(got), len(want))
	}
	if diff := cmp.Diff([]string{"chong", "tong", "zhong"}, got['重']); diff != "" {
		t.Error(diff)
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
