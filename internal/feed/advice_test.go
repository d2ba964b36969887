package feed_test

import (
	"bytes"
	"slices"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/feed"
	"quietline/internal/feed/feedtest"
)

const adviceName = "advice.csv"

func TestAdviceComesWithTheList(t *testing.T) {
	key := feedtest.NewKey(t)
	p := tables()
	p.Advice = []byte("entry,group\nx,scam\n")
	list := key.Publish(t, p)
	s := serve(t, list)
	fetched, err := s.fetch(t.Context(), key.Public)
	if err != nil || !bytes.Equal(fetched.Advice, p.Advice) {
		t.Fatalf("%q, %v", fetched.Advice, err)
	}
	if want := []string{manifestName, signatureName, codesName, notesName, adviceName}; !slices.Equal(s.asked, want) {
		t.Errorf("asked for %v", s.asked)
	}
	opened, err := feed.New(feed.Params{}).Open(t.Context(), list.Save(t), key.Public)
	if err != nil || !bytes.Equal(opened.Advice, p.Advice) {
		t.Errorf("%q, %v", opened.Advice, err)
	}
	// A table that is not that of the manifest, and one that is not there.
	for name, tc := range map[string]struct {
		spoil        func()
		served, file string
	}{
		"changed": {func() { list[adviceName] = []byte("entry,group\ny,scam\n") }, "registry.feed_digest", "registry.feed_digest"},
		"longer":  {func() { list[adviceName] = append(p.Advice, "y,scam\n"...) }, "registry.feed_longer", "registry.feed_longer"},
		"gone":    {func() { delete(list, adviceName) }, "registry.feed_not_found", "registry.feed_file_missing"},
	} {
		tc.spoil()
		got, err := s.fetch(t.Context(), key.Public)
		if domain.KeyOf(err) != tc.served || len(got.Manifest) != 0 {
			t.Errorf("%s, served: %v", name, err)
		}
		got, err = feed.New(feed.Params{}).Open(t.Context(), list.Save(t), key.Public)
		if domain.KeyOf(err) != tc.file || len(got.Codes) != 0 {
			t.Errorf("%s, in a folder: %v", name, err)
		}
	}
}
