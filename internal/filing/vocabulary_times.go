package filing

import "strings"

// westernTime writes a time with Chinese words between its parts, such as
// 2024年5月20日 9时15分, with signs.
func westernTime(text string) string {
	if !strings.ContainsAny(text, "年月日号时點点分秒") {
		return text
	}
	text = strings.NewReplacer("年", "-", "月", "-", "日", " ", "号", " ", "时", ":", "點", ":", "点", ":", "分", ":", "秒", "").Replace(text)
	text = strings.Join(strings.Fields(text), " ")
	switch before, ok := strings.CutSuffix(text, ":"); {
	case ok && strings.Contains(before, ":"):
		return before
	case ok: // the full hour
		return text + "00"
	}
	return text
}
