package domain_test

import (
	"testing"
	"time"

	"quietline/internal/domain"
)

func TestParseDuration(t *testing.T) {
	const s, m, h = time.Second, time.Minute, time.Hour
	tests := []struct {
		text string
		want time.Duration
	}{
		{"0", 0},
		{"65", 65 * s},
		{"12.0", 12 * s},
		{"12.9", 12 * s},
		{"12秒", 12 * s},
		{"05秒", 5 * s},
		{"00秒", 0},
		{"01分05秒", m + 5*s},
		{"9分08秒", 9*m + 8*s},
		{"2小时0分5秒", 2*h + 5*s},
		{"1小时59分钟41秒", h + 59*m + 41*s},
		{"3时2分", 3*h + 2*m},
		{"2分钟", 2 * m},
		{"00:03:11", 3*m + 11*s},
		{"3:11", 3*m + 11*s},
		{"75:00", 75 * m},
		{"0:00:12.5", 12 * s},
		{"１：０５", m + 5*s},
		{" 1m5s ", m + 5*s},
		{"1h 2m 3s", h + 2*m + 3*s},
		{"2 MIN", 2 * m},
		{"1.5h", 90 * m},
		{"12 seconds", 12 * s},
	}
	for _, tt := range tests {
		got, err := domain.ParseDuration(tt.text)
		if err != nil || got != tt.want {
			t.Errorf("ParseDuration(%q) = %v, %v; want %v", tt.text, got, err, tt.want)
		}
	}
}

func TestParseDurationRefuses(t *testing.T) {
	for _, text := range []string{
		"", "-", "--", "-5", ":", "1:", ":1", "1:60", "1:2:3:4", "1:2:60", "秒", "5秒1分",
		"1分1分", "1分5", "5 6", "1e5", "12,5", "9999999999", "999999999", "2024-05-20", "9:15分", "x", "\xff",
	} {
		if got, err := domain.ParseDuration(text); domain.KeyOf(err) != "duration.invalid" {
			t.Errorf("ParseDuration(%q) = %v, %v; want duration.invalid", text, got, err)
		}
	}
}

func FuzzParseDuration(f *testing.F) {
	for _, s := range []string{"12秒", "1小时59分钟41秒", "00:03:11", "12.0", "1m5s", "--", "1:60"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := domain.ParseDuration(text)
		if err != nil {
			return
		}
		if got < 0 || got > 366*24*time.Hour || got%time.Second != 0 {
			t.Fatalf("%q reads as %v", text, got)
		}
		if again, err := domain.ParseDuration(got.String()); err != nil || again != got {
			t.Fatalf("%q reads as %v, which reads as %v, %v", text, got, again, err)
		}
	})
}
