package advice_test

import (
	"strings"
	"testing"

	"quietline/assets"
	"quietline/internal/advice"
)

func TestDiff(t *testing.T) {
	before := shipped(t)
	text := string(assets.Advice())
	var kept strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "romance,") {
			_, _ = kept.WriteString(line)
		}
	}
	text = strings.Replace(kept.String(), "放款前收费就是骗", "放款之前收费就是骗", 1)
	after, err := advice.Parse([]byte(text + "x,scam,title,,甲,A,own,\n"))
	if err != nil {
		t.Fatal(err)
	}
	c := advice.Diff(before, after)
	if len(c.Added) != 1 || c.Added[0].ID != "x" || len(c.Changed) != 1 || c.Changed[0].ID != "loan" ||
		len(c.Removed) != 1 || c.Removed[0].ID != "romance" || c.None() {
		t.Errorf("%+v", c)
	}
	if c := advice.Diff(before, shipped(t)); !c.None() {
		t.Errorf("%+v", c)
	}
}
