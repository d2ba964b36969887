package importer

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"

	"quietline/internal/domain"
)

func TestOpenError(t *testing.T) {
	secret := "/home/someone/secret"
	refused := &fs.PathError{Op: "open", Path: secret, Err: fs.ErrPermission}
	if err := openError(refused, domain.NotFound, "import.file_missing", nil); domain.KeyOf(err) != "import.file_unreadable" ||
		domain.KindOf(err) != domain.Denied || strings.Contains(err.Error(), secret) {
		t.Errorf("a refusal becomes %v", err)
	}
	missing := &fs.PathError{Op: "stat", Path: secret, Err: fs.ErrNotExist}
	if err := openError(missing, domain.NotFound, "import.file_missing", nil); domain.KeyOf(err) != "import.file_missing" ||
		!errors.Is(err, fs.ErrNotExist) || strings.Contains(err.Error(), secret) {
		t.Errorf("a missing file becomes %v", err)
	}
}

func TestReadError(t *testing.T) {
	disk := &fs.PathError{Op: "read", Path: "/home/someone", Err: errors.New("input/output error")}
	tests := []struct {
		err  error
		key  string
		kind domain.Kind
	}{
		{truncated(), "import.truncated", domain.Corrupt},
		{context.Canceled, "cancelled", domain.Cancelled},
		{disk, "import.read_failed", domain.Unavailable},
	}
	for _, tt := range tests {
		got := readError(tt.err)
		if domain.KeyOf(got) != tt.key || domain.KindOf(got) != tt.kind || strings.Contains(got.Error(), "someone") {
			t.Errorf("%v becomes %v", tt.err, got)
		}
	}
	if got := readError(io.EOF); !errors.Is(got, io.EOF) {
		t.Errorf("the end becomes %v", got)
	}
}

func TestExcerpt(t *testing.T) {
	tests := map[string]string{
		"a,b":                    "a,b",
		"\x1b[31mred\x07":        "[31mred",
		"a\u202eb\u2028c\u009bd": "a b c d",
		strings.Repeat("来", 300): strings.Repeat("来", 199) + "…",
		"a\xffb":                 "a\ufffdb",
		"\x0f\t":                 "\ufffd",
		"":                       "",
		strings.Repeat("x", 200): strings.Repeat("x", 200),
	}
	for raw, want := range tests {
		if got := excerpt([]byte(raw)); got != want {
			t.Errorf("excerpt(%q) = %q, want %q", raw, got, want)
		}
	}
}
