package portaltest

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// Fault is one thing that goes wrong with a request: one of these, or a refusal of
// the sign-in service, as [FaultSlowDown].
type Fault string

const (
	// FaultServerError answers 500 InternalServerException.
	FaultServerError Fault = "500"
	// FaultUnavailable answers 503 ServiceUnavailableException.
	FaultUnavailable Fault = "503"
	// FaultTimeout never answers; it waits for the client to go.
	FaultTimeout Fault = "timeout"
	// FaultReset drops the connection without an answer. Where the connection
	// is not ours to take, it panics with [http.ErrAbortHandler], as net/http
	// expects and anybody else who calls ServeHTTP has to recover. HTTP clients
	// repeat a request on their own if the connection had served before: while
	// such a rule is set, every API answer closes its connection. A rule that
	// is set later meets connections that are open by then.
	FaultReset Fault = "reset"
	// FaultHTML answers 200 with the page of a captive portal.
	FaultHTML Fault = "html"
	// FaultTruncated does what was asked and sends the first half of the answer,
	// as if that were all: credentials are issued, a device code is used up.
	FaultTruncated Fault = "truncated"
	// FaultThrottle answers 429 TooManyRequestsException without touching the
	// quota. [Portal.Throttled] counts it.
	FaultThrottle Fault = "throttle"
	// FaultSlow lets FaultRule.Time pass and then does what was asked.
	FaultSlow Fault = "slow"
	// FaultSkew answers by a clock that is off by FaultRule.Time: the Date
	// header, and when role credentials and registrations are said to expire.
	FaultSkew Fault = "skew"
	// FaultExpired ends the session of the access token it meets. This request
	// and all later ones with that token are unauthorized.
	FaultExpired Fault = "expired"
	// FaultRevoked refuses role credentials as if the role were not assigned,
	// though the directory lists it.
	FaultRevoked Fault = "revoked"
	// FaultForbidden answers 403 ForbiddenException.
	FaultForbidden Fault = "forbidden"
	// FaultGateway answers 403 with the page of a company's web gateway.
	FaultGateway Fault = "gateway"
	// FaultMissing answers 200 with an object that lacks everything.
	FaultMissing Fault = "missing"
	// FaultDeep answers 200 with brackets that nest 9,990 deep.
	FaultDeep Fault = "deep"
	// FaultEndless names another next page of a list again and again, two in
	// turn.
	FaultEndless Fault = "endless"
	// FaultHoles puts elements into a list that are null or lack an ID, and takes
	// the name of the first account.
	FaultHoles Fault = "holes"
	// FaultTimeless leaves out how long what is handed out lives; credentials are
	// said to have expired in 1970.
	FaultTimeless Fault = "timeless"
)

// FaultRule says which requests a fault meets. Requests count that reached an
// operation by its method; the same request repeated counts again. For its
// textual form see [ParseFaults].
type FaultRule struct {
	Operation string // in the service model, as ListAccounts; "" for all
	Account   string // only requests for this account ID, unless ""
	Role      string // only requests for this role, unless ""
	From      int    // the first request it meets; 1, as 0, is the very first
	Count     int    // how many it meets from there; 0 for all
	Fault     Fault
	Time      time.Duration // of FaultSlow the delay, of FaultSkew how far ahead
}

// Check says what is wrong with a rule.
func (f FaultRule) Check() error {
	service, known := serviceOf[f.Operation]
	takesRole := f.Operation == "GetRoleCredentials"
	takesAccount := takesRole || f.Operation == "ListAccountRoles"
	timed := f.Fault == FaultSlow || f.Fault == FaultSkew
	isList := f.Operation == "ListAccounts" || f.Operation == "ListAccountRoles"
	switch {
	case f.Operation != "" && !known:
		return fmt.Errorf("there is no operation %q", f.Operation)
	case !slices.Contains(allFaults, f.Fault) && refusals[f.Fault] == nil:
		return fmt.Errorf("there is no fault %q", f.Fault)
	case f.Account != "" && !(takesAccount && isAccountID(f.Account)):
		return fmt.Errorf("account %q: must be 12 digits, for ListAccountRoles or GetRoleCredentials", f.Account)
	case f.Role != "" && !takesRole:
		return fmt.Errorf("role %q: only GetRoleCredentials is for a role", f.Role)
	case f.From < 0 || f.Count < 0:
		return fmt.Errorf("%d requests from number %d: must not be negative", f.Count, f.From)
	case timed != (f.Time != 0) || (f.Fault == FaultSlow && f.Time < 0):
		return fmt.Errorf("fault %s with time %v: slow takes one above zero, skew one that is not zero, others none", f.Fault, f.Time)
	case f.Fault == FaultExpired && !(known && service == portalService):
		return fmt.Errorf("fault %s: %q has no session", f.Fault, f.Operation)
	case (f.Fault == FaultEndless || f.Fault == FaultHoles) && !isList:
		return fmt.Errorf("fault %s: only ListAccounts and ListAccountRoles list", f.Fault)
	case refusals[f.Fault] != nil && !(known && service == oidcService):
		return fmt.Errorf("fault %s: only the sign-in service refuses so, not %q", f.Fault, f.Operation)
	case f.Fault == FaultRevoked && !takesRole:
		return fmt.Errorf("fault %s: only GetRoleCredentials can be refused so", f.Fault)
	}
	return nil
}

var allFaults = []Fault{
	FaultServerError, FaultUnavailable, FaultTimeout, FaultReset, FaultHTML, FaultTruncated,
	FaultThrottle, FaultSlow, FaultSkew, FaultExpired, FaultRevoked,
	FaultForbidden, FaultGateway, FaultMissing, FaultDeep, FaultEndless, FaultHoles, FaultTimeless,
}

// activeFault is a rule and how many requests it could have met.
type activeFault struct {
	FaultRule
	seen int
}

// meets counts the request if the rule is about its like, and tells whether
// it is one to spoil.
func (f *activeFault) meets(operation string, query url.Values) bool {
	if (f.Operation != "" && f.Operation != operation) ||
		(f.Account != "" && f.Account != query.Get("account_id")) ||
		(f.Role != "" && f.Role != query.Get("role_name")) {
		return false
	}
	f.seen++
	return f.seen >= f.From && (f.Count == 0 || f.seen-max(1, f.From) < f.Count)
}

// SetFaults puts rules in force in place of those there were; all begin to
// count anew. A request may meet several: slow, skew, expired and revoked pass
// it on to the next in order, truncated, endless, holes and timeless change what
// the next ones answer, and any other ends it. It panics if [FaultRule.Check] refuses a rule.
func (p *Portal) SetFaults(rules ...FaultRule) {
	faults := make([]*activeFault, 0, len(rules))
	for _, rule := range rules {
		if err := rule.Check(); err != nil {
			panic("portaltest: " + err.Error())
		}
		faults = append(faults, &activeFault{FaultRule: rule})
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = faults
}

// arrive counts the request and returns the rules it meets.
func (p *Portal) arrive(w http.ResponseWriter, r *http.Request, e endpoint) []FaultRule {
	query := r.URL.Query()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests[e.operation]++
	var met []FaultRule
	for _, fault := range p.faults {
		if fault.Fault == FaultReset {
			w.Header().Set("Connection", "close")
		}
		if fault.meets(e.operation, query) {
			met = append(met, fault.FaultRule)
		}
	}
	if len(met) > 0 {
		p.spoiled++
	}
	return met
}
