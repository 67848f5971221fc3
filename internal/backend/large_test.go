package backend_test

import (
	"testing"
	"time"

	"portico/internal/directory"
	"portico/internal/portaltest"
)

// TestTheLargestOrganisation lists ten thousand accounts of ten roles each by the whole
// worker: at the quota more than eight minutes, which take seconds in simulated time.
// What is written goes by what was learnt, and the list is made as fast as it may be.
func TestTheLargestOrganisation(t *testing.T) {
	const accounts, roles, tps = 10_000, 10, 20
	began := time.Now()
	config := portaltest.Config{Accounts: accounts, Roles: roles, TPS: tps, Latency: 100 * time.Millisecond}
	inWorld(t, config, func(w *world) {
		began := time.Now()
		w.ready()
		took, floor := time.Since(began), time.Second*(accounts+accounts/100-tps)/tps
		written := 0
		for _, entry := range w.local.history() {
			written += len(entry.key) + len(entry.value)
		}
		kept := len(directory.Encode(w.directory()))
		t.Logf("%v, %.3f of the floor; %.2f times the %d bytes of the snapshot are written", took, took.Seconds()/floor.Seconds(), float64(written)/float64(kept), kept)
		if took > floor*21/20 || written > 6*kept {
			t.Errorf("took %v, floor %v; %d bytes are written, %d kept", took, floor, written, kept)
		}
		if n := w.portal.Requests()["ListAccountRoles"]; n > accounts*102/100 {
			t.Errorf("%d requests for %d accounts", n, accounts)
		}
	})
	t.Logf("simulated in %v", time.Since(began))
}
