package registry

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"quietline/internal/domain"
)

const opManifest = "registry.ParseManifest"

// maxFileName is the longest name of a table, in bytes.
const maxFileName = 100

// ParseManifest reads a manifest. Nothing in it can be believed before its
// signature was verified; see VerifyManifest. It fails with Corrupt
// "registry.feed_too_large" (Args: File, Limit in KiB) or
// "registry.feed_malformed" (Args: Part, the name of the faulty field), and with
// Conflict "registry.feed_format" for a format of other versions.
//
// Every field has to be there, once and in this spelling, and no other, so that
// two readers of a manifest cannot understand it differently.
func ParseManifest(data []byte) (Manifest, error) {
	if err := CheckSize(ManifestFile, data, MaxManifest); err != nil {
		return Manifest{}, err
	}
	// Another format has other fields: it is told from a malformed manifest first.
	var head struct {
		Format string `json:"format"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return Manifest{}, malformedPart("format", err)
	}
	tables := []string{"codes", "notes"}
	switch head.Format {
	case FeedFormat:
	case AdviceFormat:
		tables = append(tables, "advice")
	default:
		return Manifest{}, domain.E(opManifest, domain.Conflict, "registry.feed_format", nil, nil)
	}
	top, err := object(data, "format", "version", "date", "files")
	if err != nil {
		return Manifest{}, malformedPart(ManifestFile, err)
	}
	files, err := object(top["files"], tables...)
	if err != nil {
		return Manifest{}, malformedPart("files", err)
	}
	var m Manifest
	if err := json.Unmarshal(top["version"], &m.Version); err != nil || !isVersion(m.Version) {
		return Manifest{}, malformedPart("version", err)
	}
	if err := json.Unmarshal(top["date"], &m.Date); err != nil {
		return Manifest{}, malformedPart("date", err)
	}
	if _, err := time.Parse(time.DateOnly, m.Date); err != nil {
		return Manifest{}, malformedPart("date", errField)
	}
	into := map[string]*FeedTable{"codes": &m.Codes, "notes": &m.Notes, "advice": &m.Advice}
	names := map[string]bool{}
	for _, part := range tables {
		t, err := parseTable(part, files[part])
		if err != nil {
			return Manifest{}, err
		}
		name := strings.ToLower(t.Name)
		if names[name] {
			return Manifest{}, malformedPart("files."+part+".name", errField)
		}
		names[name], *into[part] = true, t
	}
	return m, nil
}

var errField = errors.New("a field of the manifest is not of its kind")

func malformedPart(part string, cause error) error {
	if cause == nil {
		cause = errField
	}
	return domain.E(opManifest, domain.Corrupt, "registry.feed_malformed", domain.Args{"Part": part}, cause)
}

func parseTable(part string, data []byte) (FeedTable, error) {
	part = "files." + part
	fields, err := object(data, "name", "size", "sha256", "rows")
	if err != nil {
		return FeedTable{}, malformedPart(part, err)
	}
	var t FeedTable
	for _, f := range []struct {
		name string
		into any
		fits func() bool
	}{
		{"name", &t.Name, func() bool { return fileName(t.Name) }},
		{"size", &t.Size, func() bool { return t.Size > 0 }},
		{"sha256", &t.SHA256, func() bool { return digest(t.SHA256) }},
		{"rows", &t.Rows, func() bool { return t.Rows >= 0 && t.Rows <= MaxRows }},
	} {
		if err := json.Unmarshal(fields[f.name], f.into); err != nil || !f.fits() {
			return FeedTable{}, malformedPart(part+"."+f.name, err)
		}
	}
	if t.Size > MaxTable {
		return FeedTable{}, domain.E(opManifest, domain.Corrupt, "registry.feed_too_large",
			domain.Args{"File": t.Name, "Limit": MaxTable >> 10}, nil)
	}
	return t, nil
}

// object reads a JSON object that has exactly these fields. encoding/json alone
// would take the last of two fields, and fields in capitals.
func object(data []byte, names ...string) (map[string]json.RawMessage, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.Join(errField, err)
	}
	fields := make(map[string]json.RawMessage, len(names))
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return nil, err
		}
		name, _ := t.(string)
		if _, twice := fields[name]; twice || !slices.Contains(names, name) {
			return nil, errField
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, err
		}
		if bytes.Equal(value, []byte("null")) {
			return nil, errField
		}
		fields[name] = value
	}
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) || len(fields) != len(names) {
		return nil, errField
	}
	return fields, nil
}

// fileName says whether the name is that of a file beside the manifest, on
// every system and in every address: letters, digits, and between them dots,
// hyphens and low lines.
func fileName(name string) bool {
	if name == "" || len(name) > maxFileName || strings.HasSuffix(name, ".") {
		return false
	}
	for i := range len(name) {
		switch c := name[i]; {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		case i > 0 && strings.IndexByte("._-", c) >= 0:
		default:
			return false
		}
	}
	return !strings.EqualFold(name, ManifestFile) && !strings.EqualFold(name, ManifestFile+SignatureEnd)
}

func digest(s string) bool {
	_, err := hex.DecodeString(s)
	return err == nil && len(s) == 64 && strings.ToLower(s) == s
}
