package main

import "testing"

func TestScreenKeepsLines(t *testing.T) {
	for in, want := range map[string]string{
		"a\n  b": "a\n  b", "a\tb\r": "a b ", "\x1b[0m": "\uFFFD[0m", "a\xffb": "a\uFFFDb", "妈妈 👩": "妈妈 👩",
	} {
		if got := screen(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	if got := plain("a\nb\u2028c"); got != "a b c" {
		t.Errorf("one line: %q", got)
	}
}
