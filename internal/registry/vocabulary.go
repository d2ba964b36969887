package registry

import "strings"

// unitWords are the words behind the name of a province, in the form of
// nameKey, the longer ones first.
func unitWords() []string {
	return []string{
		"维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市",
		"autonomousregion", "municipality", "province", "city",
	}
}

// plainName takes the dialling form out of the name of an organisation, as in
// 徽商银行（0551-96588）: area code and code stand in fields of their own.
func plainName(name, code string) string {
	const opening, closing, comma = "（", "）", "，"
	open := strings.LastIndex(name, opening)
	if open <= 0 || !strings.HasSuffix(name, closing) {
		return name
	}
	inside := strings.TrimSuffix(name[open+len(opening):], closing)
	if dialled(inside, code) {
		return name[:open]
	}
	if cut := strings.LastIndex(inside, comma); cut > 0 && dialled(inside[cut+len(comma):], code) {
		return name[:open] + opening + inside[:cut] + closing
	}
	return name
}

// dialled says whether the text is an area code, a hyphen and the code.
func dialled(text, code string) bool {
	area, rest, ok := strings.Cut(text, "-")
	return ok && rest == code && (len(area) == 3 || len(area) == 4) && area[0] == '0' && digitsOnly(area)
}
