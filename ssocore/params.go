package ssocore

import "strings"

// ParamError reports every problem of an input at once. Nothing was sent.
type ParamError struct {
	Operation string
	Problems  []string // one sentence each, naming the API's parameter
}

func (e *ParamError) Error() string {
	return "sso " + e.Operation + ": " + strings.Join(e.Problems, "; ")
}

// params collects what is wrong with an input.
type params struct{ problems []string }

func (p *params) require(name, value string) {
	if value == "" {
		p.add(name + " is missing")
	}
}

func (p *params) add(problem string) { p.problems = append(p.problems, problem) }

// token checks an access token, which travels as a header field. The Fetch
// standard refuses other bytes with an error that looks like a lost network.
func (p *params) token(t Secret) {
	p.require("accessToken", t.Reveal())
	if strings.ContainsFunc(t.Reveal(), notHeader) {
		p.add("accessToken holds characters that no header field can carry")
	}
}

func notHeader(r rune) bool { return r == 0 || r == '\r' || r == '\n' || r >= 0x80 }

// pageSize checks a maxResults. The service, not this package, has the last
// word on how large a page may be.
func (p *params) pageSize(n int32) {
	if n < 0 {
		p.add("maxResults must be at least 1")
	}
}

// err returns what was found as an error, or nil.
func (p *params) err(operation string) error {
	if len(p.problems) == 0 {
		return nil
	}
	return &ParamError{Operation: operation, Problems: p.problems}
}
