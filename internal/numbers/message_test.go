package numbers_test

import (
	"testing"

	"pgregory.net/rapid"

	"quietline/internal/numbers"
)

func TestInMessage(t *testing.T) {
	for text, want := range map[string]string{
		// The one number of a message, as it is written there.
		"骚扰电话：952133001234567 你好":                        "952133001234567",
		"骚扰电话：95013000\n请处理":                             "95013000",
		"Missed call from +86 138 0013 8000, 09:15":      "+86 138 0013 8000",
		"00852-1234 5678 来电":                             "00852-1234 5678",
		"我刚接到 138-0013-8000 的电话":                         "138-0013-8000",
		"010-66200000转3":                                 "010-66200000",
		"固话(010) 6620-0000。":                             "(010) 6620-0000",
		"徽商银行（0551-96588）":                               "0551-96588",
		"客服 400-800-1234":                                "400-800-1234",
		"客服：4001 234 567":                                "4001 234 567",
		"【工商银行】９５５８８来电":                                  "95588",
		"95588，又是 95588":                                 "95588",
		"2024-05-22 09:15 95013000 呼入":                   "95013000",
		"2024年5月22日9时15分，95013000，12秒":                   "95013000",
		"5月22日 21:09 15013000123":                        "15013000123",
		"卡号 6222020200112233445，电话 95588":                "95588",
		"[2024/05/22 09:15:03] incoming: 95013000 (12s)": "95013000",

		// Nothing but a number, however it is written.
		"95588":             "95588",
		" 1380013 \n":       "1380013",
		"+95588":            "+95588",
		"1 3 8 0 0 1 3 8":   "1 3 8 0 0 1 3 8",
		"8610 12345678":     "8610 12345678",
		"13800138000\r\n":   "13800138000",
		"(010)\t6620-0000":  "(010) 6620-0000",
		"未知":                "未知",
		"Private number":    "Private number",
		"-1":                "-1",
		"952133001234567 8": "952133001234567 8",
		"（95588）":           "（95588）",
		"（95588）请":          "95588",

		// Several, or none that is sure: the text stays, on one line.
		"13800138000\n95588":    "13800138000 95588",
		"95588 和 95013000":      "95588 和 95013000",
		"电话 95588 95013000":     "电话 95588 95013000",
		"电话 8610 12345678":      "电话 8610 12345678",
		"call me":               "call me",
		"尾号 1234 的卡":            "尾号 1234 的卡",
		"6222020200112233445 卡": "6222020200112233445 卡",
		"2024-05-22 下午":         "2024-05-22 下午",
		" \n\t ":                "",
	} {
		if got := numbers.InMessage(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestInMessageIsStable: what was taken out of a message is all of a number,
// and nothing more is taken out of it.
func TestInMessageIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[0-9+() .\-年：,a９]{0,40}`).Draw(t, "text")
		once := numbers.InMessage(text)
		if twice := numbers.InMessage(once); twice != once {
			t.Fatalf("%q, then %q", once, twice)
		}
	})
}
