package assets_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"image/png"
	"io/fs"
	"testing"
	"time"

	"quietline/assets"
)

// Header lines are what the registry's reader relies on.
func TestRegistryFilesHaveTheirColumns(t *testing.T) {
	for name, want := range map[string]struct {
		rows    int
		columns string
	}{
		"registry-95-96.csv":  {1396, "code,scope,organisation_zh,organisation_en,category,source,confidence"},
		"registry-notes.csv":  {79, "code,scope,note_zh"},
		"provinces.csv":       {31, "code,name_zh,name_en,pinyin"},
		"area-codes.csv":      {327, "area_code,city_zh,province_zh"},
		"mobile-segments.csv": {76, "prefix,operator_zh,operator_en,kind,source,confidence"},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := fs.ReadFile(assets.Registry(), name)
			if err != nil {
				t.Fatal(err)
			}
			header, _, _ := bytes.Cut(data, []byte("\n"))
			if string(header) != want.columns {
				t.Errorf("header %q, want %q", header, want.columns)
			}
			rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			if len(rows)-1 != want.rows {
				t.Errorf("%d rows, want %d", len(rows)-1, want.rows)
			}
		})
	}
}

func TestRegistryVersionAgreesWithTheRows(t *testing.T) {
	data, err := fs.ReadFile(assets.Registry(), "version.json")
	if err != nil {
		t.Fatal(err)
	}
	var version struct {
		Version string `json:"version"`
		Date    string `json:"date"`
		Rows    int    `json:"rows"`
	}
	if err := json.Unmarshal(data, &version); err != nil {
		t.Fatal(err)
	}
	if version.Version == "" {
		t.Error("no version")
	}
	if _, err := time.Parse(time.DateOnly, version.Date); err != nil {
		t.Errorf("date: %v", err)
	}
	table, err := fs.ReadFile(assets.Registry(), "registry-95-96.csv")
	if err != nil {
		t.Fatal(err)
	}
	if rows := bytes.Count(table, []byte("\n")) - 1; rows != version.Rows {
		t.Errorf("version.json says %d rows, the table has %d", version.Rows, rows)
	}
}

func TestSamplesAndOpenAPIAreEmbedded(t *testing.T) {
	for _, name := range []string{"calls-20240522090000.xml", "generic_huadan.csv"} {
		if _, err := fs.Stat(assets.Samples(), name); err != nil {
			t.Error(err)
		}
	}
	if entries, err := fs.ReadDir(assets.OpenAPI(), "."); err != nil || len(entries) == 0 {
		t.Errorf("openapi: %d entries, %v", len(entries), err)
	}
}

func TestIconIsAPictureOfItsOwn(t *testing.T) {
	first := assets.Icon()
	picture, err := png.DecodeConfig(bytes.NewReader(first))
	if err != nil {
		t.Fatal(err)
	}
	if picture.Width != 512 || picture.Height != 512 {
		t.Errorf("%d by %d, want 512 by 512", picture.Width, picture.Height)
	}
	first[0] = 0
	if assets.Icon()[0] == 0 {
		t.Error("writing to one caller's icon changed another's")
	}
}
