package custody_test

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"

	"quietline/internal/custody"
)

// remanifest is a backup whose database is another, as its manifest says.
func remanifest(t *testing.T, text []byte, database string) []byte {
	t.Helper()
	sum := sha256.Sum256([]byte(database))
	return rewrite(t, text, func(h *tar.Header, b []byte) []byte {
		switch h.Name {
		case custody.DatabaseFile:
			return []byte(database)
		case "manifest.json":
			var m map[string]any
			must(t, json.Unmarshal(b, &m))
			first := m["members"].([]any)[0].(map[string]any)
			first["bytes"], first["sha256"] = len(database), hex.EncodeToString(sum[:])
			b, err := json.Marshal(m)
			must(t, err)
			return b
		}
		return b
	})
}
