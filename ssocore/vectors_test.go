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
// follows is named here, with its reason; no case is special.
const (
	// The service's answer could not be read: botocore takes it for an empty
	// success, or raises whatever Python stumbles over.
	ruleUnreadable = "an unreadable answer is a typed error"

	// A redirect that is followed would carry the token to another host.
	ruleRedirect = "redirects are refused"

	// botocore's standard mode retries a 429 by its code alone.
	ruleThrottled = "a 429 is always retryable"

	// botocore's token may hold any parameter, the access token included, and
	// fails in Python's own ways on some of the rest.
	ruleStartingToken = "a starting token holds nextToken and boto_truncate_amount of their types, checked before sending"

	// What does not compile can't be observed; where a value of any type can be
	// given (Params), a truth value is not taken for a number.
	ruleTypes = "arguments have types"

	// The Fetch standard refuses other header values as if the network were lost.
	ruleHeader = "an access token must be a legal header field"

	// Python's numbers have no end.
	ruleNumbers = "numbers have 64 bits"

	// What a browser's fetch can't call, or what would put a password into logs.
	ruleEndpoint = "an endpoint is a legal http or https URL without a user"

	// A number is read as text wherever the service should have sent text, and
	// botocore reads it so, too, but refuses it as a parameter.
	ruleTokenText = "a next token is text, even where the service sent a number"

	// botocore honours x-amz-retry-after with AWS_NEW_RETRIES_2026 only, and
	// Retry-After never; a service that says when to come again is believed.
	ruleRetryAfter = "retry-after and x-amz-retry-after are honoured"

	// Go's types hold texts as text and lists as lists; botocore hands on whatever
	// is there.
	ruleStructure = "a member of another structure than it should have is a typed error"

	// The models require nothing of answers; but without a token, a code or a key
	// there is nothing to go on with, and asking again gives the same.
	ruleMissing = "an answer that lacks what it must hold is a typed error"

	// Whoever nests deeper is after the stack.
	ruleDepth = "answers nest no deeper than 64"

	// Tokens that alternate go on for ever, too.
	ruleSeenToken = "a next token that was received before ends a listing"

	// botocore drops it when something in front of the service answers 5xx; for
	// whoever asks AWS what happened it is all there is.
	ruleRequestID = "a request ID is kept whatever the body"

	// The region becomes part of a host name, and of signatures.
	ruleRegion = "the region must be a valid host label"

	// The options of the paginators are structs: their zero values are not given.
	ruleZero = "a zero value is not given"
)

// vectorFile is a file of recorded cases.
type vectorFile struct {
	Title        string
	RecordedFrom map[string]string `json:"recorded_from"`
	HowToRead    string            `json:"how_to_read"`
	Partitions   json.RawMessage
	Model        json.RawMessage
	Clock        string
	Credentials  map[string]map[string]string
	Count        int
	Cases        []json.RawMessage
}

// outcome is what became of one case: held, or which rule explains that it
// differs, or why it failed.
type outcome struct {
	rule    string
	failure string
}

var held = outcome{}

func deviates(rule string) outcome { return outcome{rule: rule} }

func failed(format string, args ...any) outcome {
	return outcome{failure: fmt.Sprintf(format, args...)}
}

// vectorKinds says how to run each file's cases.
var vectorKinds = map[string]func(t *testing.T, file *vectorFile, raw json.RawMessage) outcome{
	"client_api":     runClientAPICase,
	"endpoints":      runEndpointCase,
	"oidc_requests":  runRequestCase,
	"oidc_responses": runResponseCase,
	"pagination":     runPaginationCase,
	"presign":        runPresignCase,
	"requests":       runRequestCase,
	"responses":      runResponseCase,
	"retries":        runRetryCase,
}

// TestVectors runs every case of every file in testdata/vectors, or in the
// folder that SSOCORE_VECTORS names.
func TestVectors(t *testing.T) {
	dir := cmp.Or(os.Getenv("SSOCORE_VECTORS"), "testdata/vectors")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	cases := 0
	for _, entry := range entries {
		kind, isJSON := strings.CutSuffix(entry.Name(), ".json")
		if vectorKinds[kind] == nil || !isJSON {
			t.Errorf("%s is of no known kind", entry.Name())
			continue
		}
		file := readVectors(t, filepath.Join(dir, entry.Name()))
		cases += len(file.Cases)
		table.WriteString(runVectors(t, kind, file))
	}
	if cases == 0 {
		t.Error("no cases")
	}
	if dir == "testdata/vectors" && len(entries) != len(vectorKinds) {
		t.Errorf("%d files, want one of each of the %d kinds", len(entries), len(vectorKinds))
	}
	t.Logf("%d cases%s", cases, table.String())
}

func readVectors(t *testing.T, path string) *vectorFile {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file := new(vectorFile)
	if err := strict(text, file); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if len(file.Cases) == 0 || len(file.Cases) != file.Count {
		t.Errorf("%s: %d cases, announced are %d", path, len(file.Cases), file.Count)
	}
	return file
}

// runVectors runs a file's cases and returns its lines of the closing table.
func runVectors(t *testing.T, kind string, file *vectorFile) string {
	counts := map[string]int{}
	for _, raw := range file.Cases {
		var name struct{ ID string }
		if err := json.Unmarshal(raw, &name); err != nil {
			t.Fatal(err)
		}
		o := vectorKinds[kind](t, file, raw)
		switch {
		case o.failure != "":
			t.Errorf("%s %s: %s", kind, name.ID, o.failure)
		case o.rule != "":
			counts[o.rule]++
		default:
			counts["held"]++
		}
	}
	lines := fmt.Sprintf("\n%-15s %3d cases, %3d held", kind, len(file.Cases), counts["held"])
	delete(counts, "held")
	for _, rule := range slices.Sorted(maps.Keys(counts)) {
		lines += fmt.Sprintf("\n%26d deviate: %s", counts[rule], rule)
	}
	return lines
}

// strict decodes JSON and refuses members it does not know.
func strict(text []byte, v any) error {
	d := json.NewDecoder(strings.NewReader(string(text)))
	d.DisallowUnknownFields()
	d.UseNumber()
	return d.Decode(v)
}
