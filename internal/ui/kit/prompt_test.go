package kit_test

import (
	"strings"
	"testing"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// A list without a prompt says nothing, not what the toolkit says in English.
func TestNoPromptIsNotTheToolkits(t *testing.T) {
	h := uitest.New(t, uitest.Options{})
	h.ShowObject(kit.NewChoice("", []kit.Option[int]{{Code: 1, Text: "一"}}, nil))
	if all := strings.Join(h.Texts(), ""); all != "" {
		t.Errorf("%q", all)
	}
}
