package linked

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// SBOM gives the software bill of materials of a version of the extension, whose
// programs are those of the module in root, compiled by the toolchain in goroot: a
// CycloneDX 1.6 document in JSON (ECMA-424). It names Go's standard library and each
// foreign module of which a package is linked, with the digest that go.sum has of it
// and its licence by its SPDX ID. The same source, version and time give the same bytes.
func SBOM(goroot, root, version string, made time.Time) ([]byte, error) {
	parts, err := modules(goroot, root)
	if err != nil {
		return nil, err
	}
	own, err := licence(root)
	if err != nil {
		return nil, err
	}
	product := component{Type: "application", Ref: "pkg:generic/portico@" + version, Name: "portico", Version: version, PURL: "pkg:generic/portico@" + version}
	if product.Licences, err = licences(own); err != nil {
		return nil, fmt.Errorf("bill of materials: %w", err)
	}
	bom := document{Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", SpecVersion: "1.6", Version: 1,
		Metadata: metadata{made.UTC().Format(time.RFC3339), product}}
	everything := dependency{Ref: product.Ref}
	for _, m := range parts {
		c, err := m.component()
		if err != nil {
			return nil, fmt.Errorf("bill of materials: %s: %w", m.Path, err)
		}
		bom.Components = append(bom.Components, c)
		everything.DependsOn = append(everything.DependsOn, c.Ref)
		bom.Dependencies = append(bom.Dependencies, dependency{Ref: c.Ref})
	}
	bom.Dependencies = slices.Insert(bom.Dependencies, 0, everything)

	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(bom); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

// modules gives what is linked of others, by path, behind Go's standard library.
func modules(goroot, root string) ([]Module, error) {
	packages, err := list(goroot, root, programs)
	if err != nil {
		return nil, err
	}
	version, err := os.ReadFile(filepath.Join(goroot, "VERSION"))
	if err != nil {
		return nil, err
	}
	number, _, _ := strings.Cut(strings.TrimPrefix(string(version), "go"), "\n")
	return append([]Module{{Path: "std", Version: number, Dir: goroot}}, foreign(packages)...), nil
}

// What follows are CycloneDX's objects, in its own terms.
type document struct {
	Schema       string       `json:"$schema"`
	Format       string       `json:"bomFormat"`
	SpecVersion  string       `json:"specVersion"`
	Version      int          `json:"version"`
	Metadata     metadata     `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

type metadata struct {
	Timestamp string    `json:"timestamp"`
	Component component `json:"component"`
}

type component struct {
	Type     string          `json:"type"`
	Ref      string          `json:"bom-ref"`
	Name     string          `json:"name"`
	Version  string          `json:"version"`
	Hashes   []hash          `json:"hashes,omitempty"`
	Licences []licenceChoice `json:"licenses"`
	PURL     string          `json:"purl"`
}

type hash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

type licenceChoice struct {
	Licence struct {
		ID string `json:"id"`
	} `json:"license"`
}

type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn,omitempty"`
}

// component describes a module; of the standard library there is no digest.
func (m Module) component() (component, error) {
	purl := "pkg:golang/" + strings.ToLower(m.Path) + "@" + strings.ReplaceAll(m.Version, "+", "%2B")
	c := component{Type: "library", Ref: purl, Name: m.Path, Version: m.Version, PURL: purl}
	if m.Sum != "" {
		digest, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(m.Sum, "h1:")) // SHA-256 of the module's files
		if err != nil {
			return c, fmt.Errorf("read digest: %w", err)
		}
		c.Hashes = []hash{{"SHA-256", hex.EncodeToString(digest)}}
	}
	text, err := licence(m.Dir)
	if err != nil {
		return c, err
	}
	c.Licences, err = licences(text)
	return c, err
}

// marks are by which licences are known: what stands in each, and in no other.
var marks = []struct{ id, text string }{
	{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy of this software"},
	{"BSD-3-Clause", "may be used to endorse or promote products derived from this software without specific prior written permission"},
}

// licences tells which licence a text is. One that nobody has read yet is an error.
func licences(text string) ([]licenceChoice, error) {
	text = strings.Join(strings.Fields(text), " ")
	var all []licenceChoice
	for _, mark := range marks {
		if strings.Contains(text, mark.text) {
			var c licenceChoice
			c.Licence.ID = mark.id
			all = append(all, c)
		}
	}
	if len(all) != 1 {
		return nil, fmt.Errorf("its licence is one of %d that are known: read it, and say in internal/linked by what it is known", len(all))
	}
	return all, nil
}
