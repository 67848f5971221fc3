package ssocore

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The vectors record what botocore put on the wire and made of answers. A case
// is held when ssocore does the same. Where it differs on purpose, the rule it
// follows is named here; no case is special.
const (
	ruleUnreadable   = "an unreadable answer is a typed error"
	ruleRedirect     = "redirects are refused"
	ruleThrottled    = "a 429 is always retryable"
	ruleRegion       = "the region must be a valid host label"
	ruleZero         = "a zero value is not given"
	ruleTypes        = "parameters have types"
	ruleHeader       = "an access token must be a legal header field"
	ruleNumbers      = "numbers have 64 bits"
	ruleEndpointHTTP = "an endpoint is an http or https URL without a user"
)

// vectorFile is a file of recorded cases.
type vectorFile struct {
	Title        string
	RecordedFrom map[string]string `json:"recorded_from"`
	HowToRead    string            `json:"how_to_read"`
	Partitions   json.RawMessage
	Count        int
	Cases        []json.RawMessage
}

// outcome is what became of one case: held, or which rule explains that it
// differs, or why it failed.
type outcome struct {
	rule    string
	failure string
	outside bool // of what ssocore offers
}

var held = outcome{}

func deviates(rule string) outcome { return outcome{rule: rule} }

func failed(format string, args ...any) outcome {
	return outcome{failure: fmt.Sprintf(format, args...)}
}

// vectorKinds says how to run each file's cases.
var vectorKinds = map[string]func(t *testing.T, raw json.RawMessage) outcome{
	"requests":       runRequestCase,
	"oidc_requests":  runRequestCase,
	"responses":      runResponseCase,
	"oidc_responses": runResponseCase,
	"endpoints":      runEndpointCase,
}

func TestVectors(t *testing.T) {
	dir := cmp.Or(os.Getenv("SSOCORE_VECTORS"), "testdata/vectors")
	var table strings.Builder
	for _, kind := range slices.Sorted(maps.Keys(vectorKinds)) {
		text, err := os.ReadFile(filepath.Join(dir, kind+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var file vectorFile
		if err := strict(text, &file); err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if len(file.Cases) == 0 || len(file.Cases) != file.Count {
			t.Fatalf("%s: %d cases, announced are %d", kind, len(file.Cases), file.Count)
		}
		counts := map[string]int{}
		for _, raw := range file.Cases {
			var name struct{ ID string }
			if err := json.Unmarshal(raw, &name); err != nil {
				t.Fatal(err)
			}
			o := vectorKinds[kind](t, raw)
			switch {
			case o.failure != "":
				t.Errorf("%s %s: %s", kind, name.ID, o.failure)
			case o.outside:
				counts["outside"]++
			case o.rule != "":
				counts[o.rule]++
			default:
				counts["held"]++
			}
		}
		fmt.Fprintf(&table, "\n%-15s %3d cases, %3d held", kind, len(file.Cases), counts["held"])
		if n := counts["outside"]; n > 0 {
			fmt.Fprintf(&table, ", %d ask for FIPS or dual-stack", n)
		}
		for _, rule := range slices.Sorted(maps.Keys(counts)) {
			if rule != "held" && rule != "outside" {
				fmt.Fprintf(&table, "\n%26d deviate: %s", counts[rule], rule)
			}
		}
	}
	t.Log(table.String())
}

// strict decodes JSON and refuses members it does not know.
func strict(text []byte, v any) error {
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.DisallowUnknownFields()
	return d.Decode(v)
}
