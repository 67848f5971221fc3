package linked

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

func sbom(t *testing.T) []byte {
	t.Helper()
	text, err := SBOM(goroot(t), "../..", "1.2.3", time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// schema is CycloneDX's own of version 1.6, which its library for Go comes with.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/CycloneDX/cyclonedx-go").Output()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(strings.TrimSpace(string(out)), "schema")
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	for id, name := range map[string]string{
		"http://cyclonedx.org/schema/bom-1.6.schema.json":  "bom-1.6.schema.json",
		"http://cyclonedx.org/schema/spdx.schema.json":     "spdx.schema.json",
		"http://cyclonedx.org/schema/jsf-0.82.schema.json": "jsf-0.82.schemax.json",
	} {
		loaded, err := jsonschema.FileLoader{}.Load("file://" + filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiler.AddResource(id, loaded); err != nil {
			t.Fatal(err)
		}
	}
	compiled, err := compiler.Compile("http://cyclonedx.org/schema/bom-1.6.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func TestBillOfMaterialsHasCycloneDXsForm(t *testing.T) {
	form, text := schema(t), sbom(t)
	valid := func(text []byte) error {
		read, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return form.Validate(read)
	}
	if err := valid(text); err != nil {
		t.Error(err)
	}
	// The schema is held to, too: what it does not know, it refuses.
	for was, is := range map[string]string{`"SHA-256"`: `"SHA-265"`, `"BSD-3-Clause"`: `"BSD"`, `"bom-ref"`: `"bomref"`, `2026-01-02T`: `2026-13-02T`} {
		if broken := bytes.ReplaceAll(text, []byte(was), []byte(is)); bytes.Equal(broken, text) || valid(broken) == nil {
			t.Errorf("%s for %s is taken", is, was)
		}
	}
}

func TestBillOfMaterialsNamesWhatIsLinked(t *testing.T) {
	text := sbom(t)
	if again := sbom(t); !bytes.Equal(text, again) {
		t.Error("two bills differ")
	}
	var bom cdx.BOM
	if err := cdx.NewBOMDecoder(bytes.NewReader(text), cdx.BOMFileFormatJSON).Decode(&bom); err != nil {
		t.Fatal(err)
	}
	if c := bom.Metadata.Component; c.Name != "portico" || c.Version != "1.2.3" || (*c.Licenses)[0].License.ID != "MIT" {
		t.Errorf("it is of %+v", c)
	}
	var got, leads []string
	for i, c := range *bom.Components {
		id := (*c.Licenses)[0].License.ID
		got = append(got, c.Name+" "+id)
		leads = append(leads, c.BOMRef)
		if hashed := c.Hashes != nil && len((*c.Hashes)[0].Value) == 64; hashed != (i > 0) || !strings.HasPrefix(c.PackageURL, "pkg:golang/"+c.Name+"@") {
			t.Errorf("%+v", c)
		}
	}
	want := []string{"std BSD-3-Clause", "github.com/agnivade/levenshtein MIT", "github.com/syumai/workers MIT", "honnef.co/go/js/dom/v2 MIT"}
	if !slices.Equal(got, want) {
		t.Errorf("it names %q, want %q", got, want)
	}
	if all := (*bom.Dependencies)[0]; all.Ref != bom.Metadata.Component.BOMRef || !slices.Equal(*all.Dependencies, leads) {
		t.Errorf("%+v", all)
	}
}

func TestUnreadLicenceIsRefused(t *testing.T) {
	for _, text := range []string{"", "Do what you want.", marks[0].text + " " + marks[1].text} {
		if got, err := licences(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
	if got, err := licences(strings.ReplaceAll(marks[1].text, " ", "\n  ")); err != nil || got[0].Licence.ID != "BSD-3-Clause" {
		t.Errorf("%v %v", got, err)
	}
}
