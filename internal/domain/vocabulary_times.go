package domain

import (
	"strings"
	"unicode/utf8"
)

// Half is a part of the day as people name it before an hour of twelve.
type Half int

// The parts of the day.
const (
	HalfNone Half = iota
	HalfMorning
	HalfNoon
	HalfAfternoon
	HalfEvening
)

// CutHalf takes the word for a part of the day out of a time. What is left may
// hold another, and is no time then.
func CutHalf(text string) (rest string, half Half) {
	upper := strings.ToUpper(text)
	if len(upper) != len(text) { // letters that no time has
		return text, HalfNone
	}
	for _, w := range [...]struct {
		word string
		half Half
	}{
		{"上午", HalfMorning},
		{"下午", HalfAfternoon},
		{"AM", HalfMorning},
		{"PM", HalfAfternoon},
		{"早上", HalfMorning},
		{"早晨", HalfMorning},
		{"清晨", HalfMorning},
		{"凌晨", HalfMorning},
		{"中午", HalfNoon},
		{"傍晚", HalfAfternoon},
		{"晚上", HalfEvening},
		{"晚间", HalfEvening},
	} {
		if at := strings.Index(upper, w.word); at >= 0 {
			return text[:at] + " " + text[at+len(w.word):], w.half
		}
	}
	return text, HalfNone
}

// Hour is the hour of the day for an hour that is said with a part of it. ok is
// false where that is no time, or where nobody can tell of which day it is: twelve
// in the evening.
func (h Half) Hour(hour int) (of24 int, ok bool) {
	switch {
	case hour < 0 || hour > 23:
		return 0, false
	case h == HalfMorning && hour == 12: // 上午 12:05, as spreadsheets write it
		return 0, true
	case h == HalfMorning:
		return hour, hour < 12
	case h == HalfNoon && (hour == 1 || hour == 2):
		return hour + 12, true
	case h == HalfNoon:
		return hour, hour >= 11 && hour <= 14
	case h == HalfAfternoon && hour < 12, h == HalfEvening && hour >= 5 && hour < 12:
		return hour + 12, true
	case h == HalfEvening:
		return hour, hour >= 17
	}
	return hour, true
}

// westernTime writes a time with Chinese words between its parts, such as
// 2024年5月20日 9时15分, with signs.
func westernTime(text string) string {
	if !strings.ContainsAny(text, "年月日号时時点點分秒") {
		return text
	}
	text = strings.NewReplacer("年", "-", "月", "-", "日", " ", "号", " ", "点半", ":30", "點半", ":30", "点整", ":00", "點整", ":00",
		"时", ":", "時", ":", "点", ":", "點", ":", "分", ":", "秒", "").Replace(text)
	text = strings.Join(strings.Fields(text), " ")
	text = strings.NewReplacer(" -", "-", "- ", "-", " :", ":", ": ", ":").Replace(text)
	date, clock, _ := strings.Cut(text, " ")
	clock, open := strings.CutSuffix(clock, ":")
	parts := strings.Split(clock, ":")
	if open && len(parts) == 1 { // the full hour
		parts = append(parts, "00")
	}
	for i, part := range parts {
		if utf8.RuneCountInString(part) == 1 { // 9点5分
			parts[i] = "0" + part
		}
	}
	return date + " " + strings.Join(parts, ":")
}
