package domain

// durationUnit is how many seconds the unit has, 0 for a word that is none.
// The Chinese ones are those of the operators' bills (formats.md 3.5).
func durationUnit(word string) int64 {
	switch word {
	case "h", "hr", "hrs", "hour", "hours", "时", "小时", "个小时":
		return 3600
	case "m", "min", "mins", "minute", "minutes", "分", "分钟":
		return 60
	case "s", "sec", "secs", "second", "seconds", "秒", "秒钟":
		return 1
	}
	return 0
}
