package portaltest

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// ParseFaults reads rules as FaultRule.String writes them, with commas between:
//
//	ListAccountRoles:3-5=503          the third to the fifth
//	GetRoleCredentials:1=reset        the first
//	CreateToken:2-=slow:3s            all from the second on
//	CreateToken:1=ExpiredTokenException
//	RegisterClient=KMS_DisabledException
//	*=skew:-2h                        every request of every operation
//	ListAccountRoles@123456789012=500 those for one account
//	GetRoleCredentials@123456789012/ReadOnlyAccess=revoked
//	GetRoleCredentials@/ReadOnlyAccess=revoked
//
// In a role all but letters, digits and - . _ ~ is escaped as in the query of a
// URL. An empty text is no rule.
func ParseFaults(text string) ([]FaultRule, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	var rules []FaultRule
	for part := range strings.SplitSeq(text, ",") {
		rule, err := parseFault(strings.TrimSpace(part))
		if err != nil {
			return nil, fmt.Errorf("fault rule %q: %w", part, err)
		}
		rules = append(rules, rule)
	}
	return rules, nil
}

func parseFault(text string) (FaultRule, error) {
	var rule FaultRule
	left, right, found := strings.Cut(text, "=")
	if !found {
		return rule, fmt.Errorf("must be operation=fault")
	}
	left, numbers, ranged := strings.Cut(left, ":")
	if err := rule.parseTarget(left); err != nil {
		return rule, err
	}
	if ranged {
		if err := rule.parseNumbers(numbers); err != nil {
			return rule, err
		}
	}
	fault, duration, timed := strings.Cut(right, ":")
	rule.Fault = Fault(fault)
	if timed {
		var err error
		if rule.Time, err = time.ParseDuration(duration); err != nil {
			return rule, err
		}
	}
	return rule, rule.Check()
}

func (f *FaultRule) parseTarget(text string) error {
	operation, target, targeted := strings.Cut(text, "@")
	if operation == "" {
		return fmt.Errorf("the operation is missing; * means all")
	}
	if operation != "*" {
		f.Operation = operation
	}
	account, role, ofRole := strings.Cut(target, "/")
	if targeted && account == "" && role == "" || ofRole && role == "" {
		return fmt.Errorf("the account or role after @ is missing")
	}
	f.Account = account
	var err error
	f.Role, err = url.QueryUnescape(role)
	return err
}

func (f *FaultRule) parseNumbers(text string) error {
	first, last, ranged := strings.Cut(text, "-")
	from, err := parseNumber(first)
	if err != nil {
		return err
	}
	f.From = from
	switch {
	case !ranged:
		f.Count = 1
	case last != "":
		to, err := parseNumber(last)
		if err != nil {
			return err
		}
		if to < from {
			return fmt.Errorf("from %d to %d is backwards", from, to)
		}
		f.Count = to - from + 1
	}
	return nil
}

// parseNumber reads the number of a request. The first is 1.
func parseNumber(text string) (int, error) {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil || n == 0 {
		return 0, fmt.Errorf("%q is not the number of a request", text)
	}
	return int(n), nil
}

// String writes the rule as [ParseFaults] reads it.
func (f FaultRule) String() string {
	operation := f.Operation
	if operation == "" {
		operation = "*"
	}
	return operation + f.target() + f.numbers() + "=" + string(f.Fault) + f.time()
}

func (f FaultRule) target() string {
	switch {
	case f.Role != "":
		return "@" + f.Account + "/" + url.QueryEscape(f.Role)
	case f.Account != "":
		return "@" + f.Account
	}
	return ""
}

func (f FaultRule) numbers() string {
	from := max(1, f.From)
	switch {
	case f.Count == 1:
		return fmt.Sprintf(":%d", from)
	case f.Count > 1:
		return fmt.Sprintf(":%d-%d", from, from+f.Count-1)
	case from > 1:
		return fmt.Sprintf(":%d-", from)
	}
	return ""
}

func (f FaultRule) time() string {
	if f.Time == 0 {
		return ""
	}
	return ":" + f.Time.String()
}
