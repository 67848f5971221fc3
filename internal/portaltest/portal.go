// Package portaltest is an AWS access portal for tests and demonstrations: the
// portal API, the sign-in service (OIDC) with its authorization page, the start
// page with its verification page, and a console landing page, all as one
// [http.Handler] with an invented organisation behind it.
//
// It has its own structs for everything on the wire and shares no code with
// the client it tests, so that one mistake can not hide in both. It starts no
// goroutine, opens no file and no socket, and reads the time from the clock it
// is given; it never talks to AWS.
//
// Where AWS's own behaviour is not published, the choice made here is stated
// in the comment of the function that makes it.
package portaltest

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Config says what kind of portal to build. The zero value of each field means
// its default.
type Config struct {
	Accounts int    // accounts in the organisation; default 40, negative for none
	Roles    int    // roles in every account; default 3, negative for none
	Seed     uint64 // the same seed gives the same organisation and honours the same tokens

	// TPS is how many portal API requests a second are answered; default 20,
	// negative for no limit. The sign-in service is not limited.
	TPS   float64
	Quota Quota // how TPS is enforced; default TokenBucket

	// Latency passes before each API answer, in real time.
	Latency time.Duration
	// Faults are in force from the start; see [Portal.SetFaults].
	Faults []FaultRule
	// AutoApprove approves every device code as soon as it is issued, and allows
	// every client that is sent to the authorization page.
	AutoApprove bool

	TokenTTL time.Duration // life of an access token; default 8 hours
	// SessionTTL is how long a session lasts from its first sign-in, however often it
	// is refreshed or signed in to again, until Logout; default: each sign-in begins
	// another, that lasts as long as its access token and can't be refreshed.
	SessionTTL time.Duration
	DeviceTTL  time.Duration // life of a device code; default 10 minutes
	Interval   time.Duration // least time between two polls; default 5 seconds

	// Hostile gives ten accounts, or all if there are fewer, texts that attack
	// whoever shows or copies them; see [Portal.Hostile]. Programs that are
	// compiled to JavaScript's WebAssembly have no such texts, and New panics.
	Hostile bool
	// Demo makes it plain that the organisation is one to explore: role
	// credentials have DEMO in all three parts, and the pages say so.
	Demo bool
	// StartURL is where the portal's pages are, if that is not where it is
	// reached: in the demo organisation they are pages of the extension.
	StartURL string
	// Sites, if there are any, are the only hosts at which the portal answers. Its
	// sign-in service names the page of the family in which it was asked, as AWS's
	// does.
	Sites []Site
	// State is what [Portal.State] of an earlier portal returned. What can not
	// be read is as none.
	State []byte

	Now    func() time.Time // default time.Now
	Region string           // default us-east-1
}

func (c Config) withDefaults() Config {
	setDefault(&c.Accounts, 40)
	setDefault(&c.Roles, 3)
	setDefault(&c.TPS, 20)
	setDefault(&c.Quota, TokenBucket)
	setDefault(&c.TokenTTL, 8*time.Hour)
	setDefault(&c.DeviceTTL, 10*time.Minute)
	setDefault(&c.Interval, 5*time.Second)
	setDefault(&c.Region, "us-east-1")
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Portal is one access portal. It is safe for concurrent use.
type Portal struct {
	config    Config
	granted   atomic.Pointer[granted]
	endpoints map[string]endpoint
	sealer    sealer

	mu        sync.Mutex // guards everything below
	secrets   secretSource
	limit     limiter
	faults    []*activeFault
	userCodes map[string]*deviceGrant
	sessions  sessions
	issued    []Credentials
	requests  map[string]int
	throttled int
	spoiled   int // requests that met a fault
}

// granted is the organisation: what the portal grants its one user.
type granted struct {
	accounts []Account
	byID     map[string]*Account
}

// An endpoint is one API operation: its name in the service model and the one
// method it answers.
type endpoint struct {
	operation string
	method    string
	serve     func(http.ResponseWriter, *http.Request)
}

// service is the one whose form the operation's errors have.
func (e endpoint) service() service { return serviceOf[e.operation] }

var serviceOf = map[string]service{
	"ListAccounts":             portalService,
	"ListAccountRoles":         portalService,
	"GetRoleCredentials":       portalService,
	"Logout":                   portalService,
	"RegisterClient":           oidcService,
	"StartDeviceAuthorization": oidcService,
	"CreateToken":              oidcService,
}

// New builds the organisation and the portal in front of it. It panics if
// Config.Quota is neither TokenBucket nor FixedWindow, or if [FaultRule.Check]
// refuses one of Config.Faults.
func New(config Config) *Portal {
	config = config.withDefaults()
	p := &Portal{
		config:    config,
		limit:     newLimiter(config.Quota, config.TPS, config.Now()),
		secrets:   newSecretSource(config.Seed, config.Now()),
		sealer:    newSealer(config.Seed),
		userCodes: map[string]*deviceGrant{},
		sessions:  sessions{ended: map[int64]int64{}, refreshed: map[int64]chain{}, redeemed: map[int64]int64{}},
		requests:  map[string]int{},
	}
	p.SetDirectory(organisation(max(0, config.Accounts), max(0, config.Roles), config.Seed, config.Hostile))
	p.endpoints = map[string]endpoint{
		"/assignment/accounts":    {"ListAccounts", http.MethodGet, p.listAccounts},
		"/assignment/roles":       {"ListAccountRoles", http.MethodGet, p.listAccountRoles},
		"/federation/credentials": {"GetRoleCredentials", http.MethodGet, p.getRoleCredentials},
		"/logout":                 {"Logout", http.MethodPost, p.logout},
		"/client/register":        {"RegisterClient", http.MethodPost, p.registerClient},
		"/device_authorization":   {"StartDeviceAuthorization", http.MethodPost, p.startDeviceAuthorization},
		"/token":                  {"CreateToken", http.MethodPost, p.createToken},
	}
	p.restore(config.State)
	p.SetFaults(config.Faults...)
	return p
}

// ServeHTTP answers the API operations, the pages a person sees, and
// POST /fake/approve and /fake/deny, which stand for the person's decision: with
// user_code in the query for a device code, or with the query of the authorization
// page, and then {"location"} is where that would have led.
func (p *Portal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if p.misdirected(w, r) {
		return
	}
	if e, ok := p.endpoints[r.URL.Path]; ok {
		p.serveOperation(w, r, e)
		return
	}
	if r.URL.Path == authorizePath {
		p.serveAuthorize(w, r)
		return
	}
	if p.serveControl(w, r) || p.servePage(w, r) {
		return
	}
	p.failUnknownOperation(w)
}

// serveOperation answers one API operation. A request is refused for its
// origin and its method before it meets a fault, then before it counts against
// the quota, and for the quota before its token is looked at.
//
// AWS answers a method or path it does not know with UnknownOperationException;
// the status 404 is a choice made here.
func (p *Portal) serveOperation(w http.ResponseWriter, r *http.Request, e endpoint) {
	if !pause(r, p.config.Latency) {
		return
	}
	p.setDate(w, r)
	if r.Method == http.MethodOptions || fromExtension(r) {
		p.fail(w, e.service(), errForbidden)
		return
	}
	if r.Method != e.method {
		p.failUnknownOperation(w)
		return
	}
	serve := func(w http.ResponseWriter, r *http.Request) {
		if !p.admit(e) {
			p.fail(w, e.service(), errTooManyRequests)
			return
		}
		e.serve(w, r)
	}
	for _, rule := range slices.Backward(p.arrive(w, r, e)) {
		serve = p.suffer(rule, e, serve)
	}
	serve(w, r)
}

// setDate says what time it is here, as all AWS answers do.
func (p *Portal) setDate(w http.ResponseWriter, r *http.Request) {
	now := p.config.Now().Add(conditionOf(r).skew)
	w.Header().Set("Date", now.UTC().Format(http.TimeFormat))
}

// pause lets d pass. It reports false if the client went away meanwhile.
func pause(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	takeBody(r)
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

// fromExtension tells whether a browser extension's page or worker sent r and
// let its origin show. The real services refuse such requests.
func fromExtension(r *http.Request) bool {
	scheme, _, found := strings.Cut(r.Header.Get("Origin"), "://")
	return found && strings.HasSuffix(strings.ToLower(scheme), "-extension")
}

// admit tells whether the quota allows the request.
func (p *Portal) admit(e endpoint) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if e.service() != portalService || p.limit.allow(p.config.Now()) {
		return true
	}
	p.throttled++
	return false
}

// baseURL is the origin that the client reached us under.
func baseURL(r *http.Request) string {
	scheme, host := "http", r.Host
	if r.TLS != nil {
		scheme = "https"
	}
	if r.URL.Scheme != "" {
		scheme = r.URL.Scheme
	}
	if host == "" {
		host = r.URL.Host
	}
	return scheme + "://" + host
}
