package wire_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quietline/internal/channel/wire"
	"quietline/internal/domain"
)

func TestCheckURL(t *testing.T) {
	long := "https://" + strings.Repeat("a", 2048) + ".example"
	for raw, key := range map[string]string{
		"https://intake.example.org":        "",
		"https://intake.example.org/":       "",
		"https://intake.example.org:8443/a": "",
		"HTTPS://intake.example.org":        "",
		"http://127.0.0.1:8080":             "",
		"http://127.1.2.3":                  "",
		"http://localhost:1":                "",
		"http://LOCALHOST":                  "",
		"http://localhost.":                 "",
		"http://[::1]:80/x":                 "",
		"http://intake.example.org":         "channel.https_required",
		"http://192.0.2.1":                  "channel.https_required",
		"http://0.0.0.0":                    "channel.https_required",
		"http://127.0.0.1.example.org":      "channel.https_required",
		"http://localhost.example.org":      "channel.https_required",
		"http://localho\u017ft":             "channel.https_required", // a long s, which is an s in any case
		"http://localhost..":                "channel.https_required",
		"http://127.0.0.1.":                 "channel.https_required",
		"":                                  "channel.url_invalid",
		"intake.example.org":                "channel.url_invalid",
		"//intake.example.org":              "channel.url_invalid",
		"ftp://intake.example.org":          "channel.url_invalid",
		"https://":                          "channel.url_invalid",
		"https://:443":                      "channel.url_invalid",
		"https:intake.example.org":          "channel.url_invalid",
		"https://me:secret@example.org":     "channel.url_invalid",
		"https://example.org?a=b":           "channel.url_invalid",
		"https://example.org?":              "channel.url_invalid",
		"https://example.org#a":             "channel.url_invalid",
		"https://example.org#":              "channel.url_invalid",
		"https://exa mple.org":              "channel.url_invalid",
		"https://example.org/%zz":           "channel.url_invalid",
		"https://example.org/\n":            "channel.url_invalid",
		"practice:":                         "channel.url_invalid",
		long:                                "channel.url_invalid",
	} {
		err := wire.Check(raw, "")
		if domain.KeyOf(err) != key {
			t.Errorf("%q: %v, want %q", raw, err, key)
		}
		if err != nil && (strings.Contains(err.Error(), "secret") || domain.KindOf(err) != domain.Invalid || !strings.HasSuffix(err.Error(), "at /url")) {
			t.Errorf("%q: %v", raw, err)
		}
	}
}

func TestCAFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, path := range map[string]string{
		"missing": filepath.Join(dir, "none.pem"), "folder": dir, "empty": write("empty.pem", ""),
		"text": write("text.pem", "hello"), "broken": write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
		"huge": write("huge.pem", strings.Repeat("x", 1<<20+1)),
	} {
		if err := wire.Check("https://example.org", path); domain.KeyOf(err) != "channel.ca_unreadable" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
