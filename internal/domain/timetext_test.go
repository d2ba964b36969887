package domain_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"quietline/internal/domain"
)

func TestParseTime(t *testing.T) {
	utc := time.UTC
	china := domain.China()
	tests := []struct {
		text string
		zone *time.Location
		want time.Time
	}{
		{"2024-05-20T09:15:03+08:00", utc, time.Date(2024, 5, 20, 9, 15, 3, 0, china)},
		{"2024-05-20t01:15:03z", china, time.Date(2024, 5, 20, 1, 15, 3, 0, utc)},
		{"2024-05-20 09:15:03+08:00", utc, time.Date(2024, 5, 20, 9, 15, 3, 0, china)},
		{"2024-05-20T09:15:03.1239+08:00", nil, time.Date(2024, 5, 20, 9, 15, 3, 123e6, china)},
		{"2024-05-20 09:15", nil, time.Date(2024, 5, 20, 9, 15, 0, 0, china)},
		{"2024-05-20 09:15:03", nil, time.Date(2024, 5, 20, 9, 15, 3, 0, china)},
		{"2024-05-20 09:15:03.5", nil, time.Date(2024, 5, 20, 9, 15, 3, 5e8, china)},
		{"2024-05-20 09:15", utc, time.Date(2024, 5, 20, 9, 15, 0, 0, utc)},
		{"2024-05-20T09:15", nil, time.Date(2024, 5, 20, 9, 15, 0, 0, china)},
		{" 2024/5/2  9:15 ", nil, time.Date(2024, 5, 2, 9, 15, 0, 0, china)},
		{"２０２４－０５－２０　０９：１５", nil, time.Date(2024, 5, 20, 9, 15, 0, 0, china)},
		{"2026年11月3日 下午3点20分", nil, time.Date(2026, 11, 3, 15, 20, 0, 0, china)},
		{"2026年11月3日15时20分", utc, time.Date(2026, 11, 3, 15, 20, 0, 0, utc)},
		{"２０２６年１１月３日下午３时２０分５秒", nil, time.Date(2026, 11, 3, 15, 20, 5, 0, china)},
		{"2026年 11月 3日 15時 20分", nil, time.Date(2026, 11, 3, 15, 20, 0, 0, china)},
		{"2026年11月3日 15:20", nil, time.Date(2026, 11, 3, 15, 20, 0, 0, china)},
		{"2026年11月3日 晚上8点", nil, time.Date(2026, 11, 3, 20, 0, 0, 0, china)},
		{"2026年11月3号上午9点半", nil, time.Date(2026, 11, 3, 9, 30, 0, 0, china)},
		{"2026年11月3日中午12点整", nil, time.Date(2026, 11, 3, 12, 0, 0, 0, china)},
		{"2026年11月3日凌晨12点5分", nil, time.Date(2026, 11, 3, 0, 5, 0, 0, china)},
		{"2026/11/3 上午 12:05", nil, time.Date(2026, 11, 3, 0, 5, 0, 0, china)},
		{"2026/11/3 下午 12:05:09", nil, time.Date(2026, 11, 3, 12, 5, 9, 0, china)},
		{"2026年11月3日 下午15点20分", nil, time.Date(2026, 11, 3, 15, 20, 0, 0, china)},
		{"2026-11-03 3:20 pm", nil, time.Date(2026, 11, 3, 15, 20, 0, 0, china)},
		{"2024-02-29 00:00:00", nil, time.Date(2024, 2, 29, 0, 0, 0, 0, china)},
	}
	for _, tt := range tests {
		got, err := domain.ParseTime(tt.text, tt.zone)
		if err != nil || !got.Equal(tt.want) {
			t.Errorf("ParseTime(%q) = %v, %v; want %v", tt.text, got, err, tt.want)
		}
	}
}

func TestParseTimeRefuses(t *testing.T) {
	for _, text := range []string{
		"", "T", " ", "now", "2024-05-20", "09:15", "2024-05-20 25:00", "2024-05-20 24:00",
		"2024-13-01 00:00", "2023-02-29 00:00", "2024-05-20 09:15:61", "2024-05-20 9:5",
		"24-05-20 09:15", "20.05.2024 09:15", "2024-05-20 09:15 x", "2024-05-20T09:15:03+0800",
		"2024-05-20 -1:15", "\xff\xfe",
		"2026年11月3日", "2026年11月3日 下午", "2026年11月3日 9", "11月3日 15点20分", "2026年11月3日 25点20分", "2026年11月31日 15点20分",
		"2026年11月3日 晚上12点10分", "2026年11月3日 晚上1点", "2026年11月3日 上午15点", "2026年11月3日 上午下午3点", "2026年11月3日 3点20分下午晚上",
		"2026年11月3日 15点20分左右", "2026-11-03T15:20:00+08:00 下午", "下午3点20分",
	} {
		got, err := domain.ParseTime(text, nil)
		if domain.KeyOf(err) != "time.invalid" || domain.KindOf(err) != domain.Invalid {
			t.Errorf("ParseTime(%q) = %v, %v; want time.invalid", text, got, err)
		}
	}
}

func FuzzParseTime(f *testing.F) {
	for _, s := range []string{
		"2024-05-20T09:15:03+08:00", "2024-05-20 09:15", "2024/5/2 9:15:03.5",
		"２０２４-05-20 09：15", "", "2026年11月3日 下午3点20分", "2026/11/3 上午 12:05", "0000-01-01T00:00:00-23:59", "2024-05-20 09:15:03Z",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := domain.ParseTime(text, nil)
		if err != nil {
			if domain.KeyOf(err) != "time.invalid" {
				t.Fatalf("error %v", err)
			}
			return
		}
		again, err := domain.ParseTime(got.Format(time.RFC3339Nano), nil)
		if err != nil || !again.Equal(got) {
			t.Fatalf("%q reads as %v, which reads as %v, %v", text, got, again, err)
		}
	})
}

func TestClip(t *testing.T) {
	tests := []struct {
		text string
		n    int
		want string
	}{
		{"", 3, ""},
		{"abc", 3, "abc"},
		{"abcd", 3, "ab…"},
		{"来电话单", 4, "来电话单"},
		{"来电话单表", 4, "来电话…"},
		{"\xff\xff\xff\xff", 3, "\xff\xff…"},
	}
	for _, tt := range tests {
		if got := domain.Clip(tt.text, tt.n); got != tt.want || utf8.RuneCountInString(got) > tt.n {
			t.Errorf("Clip(%q, %d) = %q, want %q", tt.text, tt.n, got, tt.want)
		}
	}
}

func TestHalfOfTheDay(t *testing.T) {
	for _, tt := range []struct {
		word       string
		hour, want int
		ok         bool
	}{
		{"", 0, 0, true},
		{"", 23, 23, true},
		{"", 24, 0, false},
		{"上午", 11, 11, true},
		{"上午", 12, 0, true},
		{"上午", 13, 0, false},
		{"中午", 11, 11, true},
		{"中午", 12, 12, true},
		{"中午", 1, 13, true},
		{"中午", 9, 0, false},
		{"下午", 0, 12, true},
		{"下午", 1, 13, true},
		{"下午", 12, 12, true},
		{"下午", 23, 23, true},
		{"pm", 11, 23, true},
		{"晚上", 7, 19, true},
		{"晚上", 19, 19, true},
		{"晚上", 12, 0, false},
		{"晚上", 2, 0, false},
	} {
		rest, half := domain.CutHalf(tt.word)
		got, ok := half.Hour(tt.hour)
		if ok != tt.ok || ok && got != tt.want || strings.TrimSpace(rest) != "" {
			t.Errorf("%q %d = %d, %v (rest %q); want %d, %v", tt.word, tt.hour, got, ok, rest, tt.want, tt.ok)
		}
	}
}
