package registry_test

import (
	"testing"

	"quietline/internal/registry"
)

func TestListNames(t *testing.T) {
	for source, want := range map[string]string{
		"metowolf/vCards:data/a.yaml; aksb/CallerID_Module:app/b.java":              "metowolf/vCards, aksb/CallerID_Module",
		"GitHub code index file 53217998128 (bank contact list); metowolf/vCards:x": "bank contact list, metowolf/vCards",
		"page tech.sina.cn/2020-09-21/detail.html (国家反诈中心)":                         "国家反诈中心",
		"metowolf/vCards:a; metowolf/vCards:b":                                      "metowolf/vCards",
		"":                                                                          "",
	} {
		if got := registry.ListNames(source); got != want {
			t.Errorf("%q is %q, want %q", source, got, want)
		}
	}
}

// What an old list alone says is marked so: codes were taken back since.
func TestOldListsAreSaid(t *testing.T) {
	s := load(t)
	old := 0
	for _, h := range s.All() {
		if h.Vintage != "" {
			old++
		}
	}
	if old < 700 || old > 1129 {
		t.Errorf("%d rows of old lists alone", old)
	}
	if h := s.Find("95013")[0]; h.Vintage != "2018-2019" {
		t.Errorf("%+v", h)
	}
	if h := s.Find("95588")[0]; h.Vintage != "" {
		t.Errorf("%+v", h)
	}
}
