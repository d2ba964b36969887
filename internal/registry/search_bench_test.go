package registry_test

import (
	"strconv"
	"testing"

	"quietline/internal/registry"
)

func BenchmarkNewIndex(b *testing.B) {
	entries, words := entriesOf(b), wordsOf(b)
	b.ReportAllocs()
	for b.Loop() {
		registry.NewIndex(entries, words)
	}
}

func BenchmarkSearch(b *testing.B) {
	ix := registry.NewIndex(entriesOf(b), wordsOf(b))
	for i, query := range []string{
		"9", "95588", "z", "zsyh", "zhaoshang", "zhao shang yin hang", "银", "招商银行", "安徽 银行", "china bank",
		"zhoashangyinhang", "招尚银行", "qqqqqqqqqq", "a b c d e f g h i j k l m n o p q r s t u v w x y z",
	} {
		b.Run(strconv.Itoa(i)+" "+query, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ix.Search(query, 50)
			}
		})
	}
}
