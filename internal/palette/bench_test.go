package palette_test

import (
	"fmt"
	"testing"

	"portico/internal/directory"
	"portico/internal/message"
)

// large is an organisation of 20,000 rows, close to the size the design's
// figures are for.
func large() []directory.Account {
	teams := []string{"payments", "data-platform", "identity", "logistics", "search", "billing", "sandbox"}
	stages := []string{"prod", "staging", "dev", "test"}
	accounts := make([]directory.Account, 5000)
	for i := range accounts {
		accounts[i] = account(i*7919, fmt.Sprintf("%s-%s-%d", teams[i%len(teams)], stages[i/7%len(stages)], i/28), "AdministratorAccess", "DataPlatformOperator", "PowerUser", "ReadOnlyAccess")
	}
	return accounts
}

// BenchmarkKeystroke is what one key costs in Go: searching and painting.
func BenchmarkKeystroke(b *testing.B) {
	p := open(b, large()...)
	for _, typed := range []struct{ name, query string }{
		{"p", "p"}, {"prod", "prod"}, {"payments prod read", "payments prod read"}, {"typo", "paymnets"}, {"no match", "zzzzqqqq"},
	} {
		b.Run(typed.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.Type("")
				p.Type(typed.query)
				if v := p.View(); v.Query != typed.query {
					b.Fatal(v.Query)
				}
			}
		})
	}
}

// BenchmarkArrow is what moving the selection costs.
func BenchmarkArrow(b *testing.B) {
	p := open(b, large()...)
	p.Type("prod")
	b.ReportAllocs()
	for b.Loop() {
		p.press("Down")
		p.View()
	}
}

// BenchmarkOpen is what opening the popup costs: reading the snapshot, making
// the index and giving the first view.
func BenchmarkOpen(b *testing.B) {
	snapshot := directory.Encode(&directory.Directory{Started: 1, Updated: 2, Accounts: large()})
	b.ReportAllocs()
	for b.Loop() {
		p := &popup{TB: b}
		p.SetPortals(portals(acme))
		p.SetStatus(message.Status{SignIn: message.SignedIn})
		p.SetDirectory(snapshot)
		p.View()
	}
}
