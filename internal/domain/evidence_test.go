package domain_test

import (
	"strings"
	"testing"

	"quietline/internal/domain"
)

// People are told what they can add, in names that they know.
func TestTakenMedia(t *testing.T) {
	for _, tc := range []struct{ types, want string }{
		{"video/mp4 image/png audio/x-m4a audio/mp4", "PNG M4A"},
		{"image/*", "JPEG PNG WebP HEIC"},
		{"application/pdf;version=1.7 model/stl", "PDF"},
		{"", ""},
	} {
		c := &domain.Capabilities{EvidenceTypes: strings.Fields(tc.types)}
		if got := strings.Join(c.TakenMedia(), " "); got != tc.want {
			t.Errorf("%q: %q, want %q", tc.types, got, tc.want)
		}
	}
}
