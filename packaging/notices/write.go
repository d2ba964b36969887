package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"
)

// writeNotices writes every part that others have made, with its licences.
func writeNotices(w io.Writer, parts []*part) error {
	var b strings.Builder
	b.WriteString("Quietline is under the Apache License 2.0. It contains what is listed here,\nunder the licences that follow the list.\n\n")
	for _, p := range parts {
		if !p.main {
			fmt.Fprintf(&b, "  %s %s: %s\n", p.name, p.version, p.licence)
		}
	}
	for _, p := range parts {
		if p.main {
			continue
		}
		for _, t := range p.texts {
			fmt.Fprintf(&b, "\n%s\n%s %s: %s\n\n%s", strings.Repeat("=", 80), p.name, p.version, t.name, t.body)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// The fields of CycloneDX 1.6 that are used here, in the order of its schema.
type (
	bom struct {
		Schema       string       `json:"$schema"`
		Format       string       `json:"bomFormat"`
		Spec         string       `json:"specVersion"`
		Serial       string       `json:"serialNumber"`
		Version      int          `json:"version"`
		Metadata     metadata     `json:"metadata"`
		Components   []component  `json:"components"`
		Dependencies []dependency `json:"dependencies"`
	}
	metadata struct {
		Timestamp string    `json:"timestamp"`
		Component component `json:"component"`
	}
	component struct {
		Type     string    `json:"type"`
		Ref      string    `json:"bom-ref"`
		Name     string    `json:"name"`
		Version  string    `json:"version"`
		Hashes   []hash    `json:"hashes,omitempty"`
		Licences []licence `json:"licenses"`
		PURL     string    `json:"purl,omitempty"`
	}
	hash struct {
		Algorithm string `json:"alg"`
		Content   string `json:"content"`
	}
	licence struct {
		Expression string `json:"expression"`
	}
	dependency struct {
		Ref       string   `json:"ref"`
		DependsOn []string `json:"dependsOn"`
	}
)

// writeBOM writes the bill of materials. Its serial number follows from what it
// says, so that the same build has the same bill.
func writeBOM(w io.Writer, b build, parts []*part) error {
	doc := bom{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", Spec: "1.6", Version: 1,
		Metadata: metadata{Timestamp: b.at.Format(time.RFC3339)},
	}
	refs := map[string]string{}
	for _, p := range parts {
		c, err := newComponent(p, b)
		if err != nil {
			return err
		}
		refs[p.name] = c.Ref
		if p.main {
			doc.Metadata.Component = c
		} else {
			doc.Components = append(doc.Components, c)
		}
	}
	for _, p := range parts {
		d := dependency{Ref: refs[p.name], DependsOn: []string{}}
		for _, name := range p.uses {
			d.DependsOn = append(d.DependsOn, refs[name])
		}
		doc.Dependencies = append(doc.Dependencies, d)
	}
	content, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	doc.Serial = uuid.NewSHA1(uuid.NameSpaceOID, content).URN()
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

func newComponent(p *part, b build) (component, error) {
	c := component{Type: "library", Name: p.name, Version: p.version, Licences: []licence{{p.licence}}}
	switch {
	case p.main:
		c.Type, c.Version = "application", b.version
	case p.foreign:
		c.Ref = p.name + "@" + p.version
		return c, nil
	}
	c.PURL = "pkg:golang/" + p.name + "@" + strings.ReplaceAll(c.Version, "+", "%2B")
	c.Ref = c.PURL
	if p.sum == "" {
		return c, nil
	}
	sum, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(p.sum, "h1:"))
	if err != nil {
		return c, fmt.Errorf("the checksum of %s: %w", p.name, err)
	}
	c.Hashes = []hash{{"SHA-256", hex.EncodeToString(sum)}}
	return c, nil
}
