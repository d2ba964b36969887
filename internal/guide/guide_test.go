package guide_test

import (
	"image/png"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"quietline/assets"
	"quietline/i18n"
	"quietline/internal/domain"
	"quietline/internal/guide"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
)

// shipped reads the guide of the program.
func shipped(t *testing.T, p *l10n.Printer) *guide.Book {
	t.Helper()
	b, err := guide.Read(i18n.Guide(), p)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// small is a guide with something of every kind.
func small(check string) fstest.MapFS {
	files := fstest.MapFS{}
	for _, id := range guide.IDs() {
		files["guide/en/"+id+".md"] = &fstest.MapFile{Data: []byte("# About " + id + "\n\nNothing.\n")}
	}
	files["guide/en/check.md"] = &fstest.MapFile{Data: []byte(check)}
	return files
}

func TestEveryKindOfBlock(t *testing.T) {
	b, err := guide.Read(small(`# Check with "{{kit.paste}}"

A line
goes on, with `+"`quietctl`"+`.

1. Press "{{kit.close}}".
2. Look.

![What it looks like](../../x/check-1.png)

3. Go on.

> Careful!

## Some thing

- One
- Two

[There](log.md)

[Open it](page:check)

[On the web](https://a.example/b)
`), testkit.Printer(t, l10n.English))
	if err != nil {
		t.Fatal(err)
	}
	got, err := b.Topic("check")
	if err != nil {
		t.Fatal(err)
	}
	want := guide.Topic{ID: "check", Title: `Check with "Paste"`, Sections: []guide.Section{
		{Blocks: []guide.Block{
			{Kind: guide.Paragraph, Text: "A line goes on, with quietctl."},
			{Kind: guide.Step, Number: 1, Text: `Press "Close".`},
			{Kind: guide.Step, Number: 2, Text: "Look."},
			{Kind: guide.Picture, Text: "What it looks like", Target: "check-1"},
			{Kind: guide.Step, Number: 3, Text: "Go on."},
			{Kind: guide.Note, Text: "Careful!"},
		}},
		{Heading: "Some thing", Blocks: []guide.Block{
			{Kind: guide.Bullet, Text: "One"},
			{Kind: guide.Bullet, Text: "Two"},
			{Kind: guide.ToTopic, Text: "There", Target: "log"},
			{Kind: guide.ToPage, Text: "Open it", Target: "check"},
			{Kind: guide.ToWeb, Text: "On the web", Target: "https://a.example/b"},
		}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if about := got.About(); about != "A line goes on, with quietctl." {
		t.Errorf("%q", about)
	}
}

// What is not understood is refused, because it would be missing on the screen.
func TestWhatIsNotUnderstoodIsRefused(t *testing.T) {
	for name, source := range map[string]string{
		"no title":           "Words.",
		"two titles":         "# A\n\n# B",
		"a smaller heading":  "# A\n\n### B",
		"an unknown key":     "# A\n\n{{kit.nothing_like_it}}",
		"an unknown key, 2":  "# A\n\n1. {{kit.nothing_like_it}}",
		"a rule":             "# A\n\n***",
		"emphasis":           "# A\n\nThis is *important*.",
		"a link in a text":   "# A\n\nSee [there](log.md).",
		"a link to anywhere": "# A\n\n[there](http://a.example)",
		"a list in a list":   "# A\n\n- one\n  - two",
		"HTML":               "# A\n\n<br>",
	} {
		if _, err := guide.Read(small(source), testkit.Printer(t, l10n.English)); domain.KeyOf(err) != "internal" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := guide.Read(fstest.MapFS{}, testkit.Printer(t, l10n.English)); domain.KeyOf(err) != "internal" {
		t.Errorf("no files: %v", err)
	}
}

func TestUnknownTopic(t *testing.T) {
	b := shipped(t, testkit.Printer(t, l10n.English))
	if _, err := b.Topic("checks"); domain.KeyOf(err) != "guide.topic_unknown" || domain.KindOf(err) != domain.NotFound {
		t.Error(err)
	}
}

func TestSearch(t *testing.T) {
	for _, tc := range []struct {
		lang  l10n.Language
		query string
		// want is "topic/section" of what is found, in order.
		want []string
	}{
		{l10n.English, "", []string{"check/0", "log/0", "complain/0", "parent/0", "sheet/0", "troubleshooting/0", "privacy/0"}},
		{l10n.English, "  PASSPHRASE ", []string{"troubleshooting/8", "privacy/6"}},
		{l10n.English, "disk FULL", []string{"troubleshooting/12"}},
		{l10n.English, "opengl 2.1", []string{"troubleshooting/7"}},
		{l10n.English, "neighbours sheet", []string{"sheet/0"}},
		{l10n.English, "qqqqqq", nil},
		{l10n.Chinese, "口令", []string{"troubleshooting/8", "privacy/6"}},
		{l10n.Chinese, "ｏｐｅｎｇｌ", []string{"troubleshooting/7"}},
	} {
		var got []string
		for _, h := range shipped(t, testkit.Printer(t, tc.lang)).Search(tc.query) {
			got = append(got, h.Topic.ID+"/"+strconv.Itoa(h.Section))
			if h.Section > 0 && h.Heading() == "" {
				t.Errorf("%q: a section without a heading", tc.query)
			}
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%q: %s", tc.query, diff)
		}
	}
}

// shape is what has to be the same in both languages.
func shape(b *guide.Book) []string {
	var out []string
	for _, t := range b.Topics() {
		for i, s := range t.Sections {
			out = append(out, t.ID+" "+strconv.Itoa(i))
			for _, x := range s.Blocks {
				line := string(x.Kind) + " " + x.Target
				if x.Number > 0 {
					line += strconv.Itoa(x.Number)
				}
				out = append(out, line)
			}
		}
	}
	return out
}

func TestBothLanguagesHaveTheSame(t *testing.T) {
	en, zh := shipped(t, testkit.Printer(t, l10n.English)), shipped(t, testkit.Printer(t, l10n.Chinese))
	if diff := cmp.Diff(shape(en), shape(zh)); diff != "" {
		t.Error(diff)
	}
	key := regexp.MustCompile(`\{\{[a-z0-9_.]+\}\}`)
	for _, id := range guide.IDs() {
		named := func(lang l10n.Language) []string {
			source, err := fs.ReadFile(i18n.Guide(), "guide/"+string(lang)+"/"+id+".md")
			if err != nil {
				t.Fatal(err)
			}
			keys := key.FindAllString(string(source), -1)
			slices.Sort(keys)
			return keys
		}
		if diff := cmp.Diff(named(l10n.English), named(l10n.Chinese)); diff != "" {
			t.Errorf("%s names other things in Chinese: %s", id, diff)
		}
	}
}

// Steps are counted from 1 in every section, and there are never many.
func TestStepsAreFewAndInOrder(t *testing.T) {
	for _, topic := range shipped(t, testkit.Printer(t, l10n.English)).Topics() {
		for _, s := range topic.Sections {
			n := 0
			for _, b := range s.Blocks {
				if b.Kind == guide.Step {
					if n++; b.Number != n {
						t.Errorf("%s %s: step %d is the %dth", topic.ID, s.Heading, b.Number, n)
					}
				}
			}
			if n > 8 {
				t.Errorf("%s %s: %d steps", topic.ID, s.Heading, n)
			}
		}
	}
}

func TestLinksLeadSomewhere(t *testing.T) {
	b := shipped(t, testkit.Printer(t, l10n.English))
	for _, topic := range b.Topics() {
		for _, s := range topic.Sections {
			for _, x := range s.Blocks {
				if x.Kind == guide.ToTopic && !slices.Contains(guide.IDs(), x.Target) {
					t.Errorf("%s leads to %q", topic.ID, x.Target)
				}
			}
		}
	}
}

// most is how large a file with a picture may be.
const most = 150 << 10

// TestPictures: each picture that is named is there in both languages, can be
// shown and is small; there is no other.
func TestPictures(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		var want []string
		for _, topic := range shipped(t, p).Topics() {
			for _, s := range topic.Sections {
				for _, b := range s.Blocks {
					if b.Kind == guide.Picture {
						want = append(want, b.Target+".png")
					}
				}
			}
		}
		slices.Sort(want)
		var got []string
		entries, err := fs.ReadDir(assets.GuidePictures(), string(p.Language()))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			got = append(got, e.Name())
			name := path.Join(string(p.Language()), e.Name())
			if info, err := e.Info(); err != nil || info.Size() > most {
				t.Errorf("%s: %v bytes, %v", name, info.Size(), err)
			}
			f, err := assets.GuidePictures().Open(name)
			if err != nil {
				t.Fatal(err)
			}
			if c, err := png.Decode(f); err != nil || c.Bounds().Dx() < 800 || c.Bounds().Dx() > 1280 {
				t.Errorf("%s: %v", name, err)
			}
			_ = f.Close()
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		// Where the sources are read on the web, the same pictures are found.
		for _, id := range guide.IDs() {
			source, err := fs.ReadFile(i18n.Guide(), "guide/"+string(p.Language())+"/"+id+".md")
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(`!\[.*\]\((.*)\)`).FindAllStringSubmatch(string(source), -1) {
				if path.Dir(m[1]) != "../../../assets/guide/"+string(p.Language()) {
					t.Errorf("%s: %s", id, m[1])
				}
			}
		}
	})
}
