package portaltest

import (
	"maps"
	"slices"
	"time"
)

// Credentials are role credentials that the portal issued.
type Credentials struct {
	AccountID       string
	RoleName        string
	AccessKeyID     string
	SecretAccessKey string
	SessionToken    string
	Expiration      time.Time // whole milliseconds
}

// Directory returns the organisation: every account with its roles, in the
// order in which the portal lists them.
func (p *Portal) Directory() []Account {
	return cloned(p.granted.Load().accounts)
}

// SetDirectory has the portal grant something else from now on.
func (p *Portal) SetDirectory(accounts []Account) {
	g := &granted{cloned(accounts), make(map[string]*Account, len(accounts))}
	for i := range g.accounts {
		g.byID[g.accounts[i].ID] = &g.accounts[i]
	}
	p.granted.Store(g)
}

func cloned(accounts []Account) []Account {
	accounts = slices.Clone(accounts)
	for i := range accounts {
		accounts[i].Roles = slices.Clone(accounts[i].Roles)
	}
	return accounts
}

// Region returns the region the portal says it is in.
func (p *Portal) Region() string { return p.config.Region }

// Credentials returns all role credentials issued so far, oldest first.
func (p *Portal) Credentials() []Credentials {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.issued)
}

// Secrets returns everything so far that must not leak: client secrets, device and
// authorization codes, the verifiers of those that were redeemed, access and refresh
// tokens, and of role credentials all three parts. Search a dump for them.
func (p *Portal) Secrets() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.secrets.given)
}

// Requests returns how many requests reached each operation, by its name in
// the service model (ListAccounts, CreateToken ...), throttled ones included.
func (p *Portal) Requests() map[string]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.requests)
}

// Throttled returns how many requests were answered with 429.
func (p *Portal) Throttled() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.throttled
}

// Spoiled returns how many requests met a fault.
func (p *Portal) Spoiled() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.spoiled
}

// Approve allows the device code behind userCode. It reports whether there was
// one waiting for a decision.
func (p *Portal) Approve(userCode string) bool { return p.decide(userCode, deviceApproved) }

// Deny refuses the device code behind userCode. It reports whether there was
// one waiting for a decision.
func (p *Portal) Deny(userCode string) bool { return p.decide(userCode, deviceDenied) }

// Sessions returns how many access tokens issued so far are good now.
func (p *Portal) Sessions() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := 0
	for _, secret := range p.secrets.given {
		if p.good(secret) {
			n++
		}
	}
	return n
}
