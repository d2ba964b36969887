package numbers

import "strings"

// hiddenMark says whether the text is what phones, bills and modems write in
// place of a number that the caller withheld. Text is folded and trimmed.
func hiddenMark(text string) bool {
	switch text {
	case "-1", "-2", "-3": // Android before 4.4: unknown, private, payphone
		return true
	}
	key := strings.ToLower(strings.Map(func(r rune) rune {
		if separator(r) || r == '_' {
			return -1
		}
		return r
	}, text))
	switch key {
	case "未知", "未知号码", "未知來電", "未知来电", "未知號碼", "未知主叫", "未知来电者",
		"隐藏", "隐藏号码", "号码隐藏", "已隐藏", "隱藏", "隱藏號碼",
		"无号码", "無號碼", "无主叫号码", "無主叫號碼", "无来电显示", "無來電顯示", "无",
		"私人号码", "私密号码", "私人號碼", "保密", "保密号码", "匿名", "匿名来电", "匿名号码",
		"不显示号码", "未显示", "未显示号码", "无法显示", "不可用", "号码不可用", "受限", "限制", "受限号码",
		"公用电话", "空号码":
		return true
	case "unknown", "unknownnumber", "unknowncaller",
		"private", "privatenumber", "privatecaller",
		"restricted", "restrictednumber",
		"anonymous", "anonymouscaller",
		"hidden", "hiddennumber", "withheld", "numberwithheld", "withheldnumber",
		"nocallerid", "nonumber", "noid", "unavailable", "notavailable", "blocked", "blockednumber", "blockedcallerid",
		"outofarea", "payphone", "null", "<null>", "none", "nil", "n/a",
		"p", "o": // what a modem prints: private, out of area
		return true
	}
	return false
}
