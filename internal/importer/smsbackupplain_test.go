package importer_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/importer"
)

func TestPlainTags(t *testing.T) {
	for tag, want := range map[string]bool{
		`<call number="95588" date="1716167703000" type="1" contact_name="张 医生" />`: true,
		`<call number="1" number="2" date="5"/>`:                                    true,
		`<call number='95588' date="1" />`:                                          false,
		`<call number="95588"date="1" />`:                                           false,
		`<call contact_name="a&amp;b" date="1" />`:                                  false,
		`<call x:number="1" date="1" />`:                                            false,
		"<call number=\"1\"\tdate=\"1\" />":                                         false,
		"<call contact_name=\"\uFFFE\" date=\"1\" />":                               false,
		`<call number=1 date="1" />`:                                                false,
		`<call number="1" date="1`:                                                  false,
		`<call / >`:                                                                 false,
		`<call number="1<2" date="1" />`:                                            false,
	} {
		plain, decoded, taken := importer.PlainAndDecoded([]byte(tag))
		if taken != want {
			t.Errorf("%s: taken %v", tag, taken)
		}
		if d := cmp.Diff(decoded, plain); d != "" {
			t.Errorf("%s (-decoded +plain)\n%s", tag, d)
		}
	}
}

// What the short way takes, the decoder of the standard library reads the same.
func FuzzPlainTag(f *testing.F) {
	f.Add(`<call number="95588" duration="1:05" date="1716167703000" type="1" presentation="2" contact_name="张" />`)
	f.Add(`<call number = "1" date="1" />`)
	f.Add("<call a=\"\xa0\">")
	f.Add(`<call number="97588" date="1<2" type="1" />`)
	f.Add("<call number=\"\u2028\x7f\" date=\"1\">")
	f.Fuzz(func(t *testing.T, tag string) {
		plain, decoded, taken := importer.PlainAndDecoded([]byte(tag))
		if !taken {
			return
		}
		if d := cmp.Diff(decoded, plain); d != "" {
			t.Errorf("(-decoded +plain)\n%s", d)
		}
	})
}
