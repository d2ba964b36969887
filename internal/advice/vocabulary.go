package advice

import "strings"

// phrases cuts a Chinese text where its punctuation does.
func phrases(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("，。；：、？“”「」（）", r) })
}
