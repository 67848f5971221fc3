package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"portico/internal/browser"
	"portico/internal/portaltest"
)

// The portal's answers allow no other origin to read their fields. With access
// to the host the worker may all the same: it knows by them who answered, and
// how the portal's clock differs.
func TestTheWorkerReadsTheFieldsOfAnswers(t *testing.T) {
	j, portal := start(t, portaltest.Config{Accounts: 1, TPS: -1})
	must(t, j.UseCodes())
	portal.SetFaults(portaltest.FaultRule{Fault: portaltest.FaultSkew, Time: time.Hour})
	saw(t)(j.AddPortal())
	saw(t)(j.Code()) // the worker is awake and has access
	worker, err := j.Browser.Worker()
	must(t, err)
	fields, err := browser.Eval[string](worker, fmt.Sprintf(`fetch(new URL('/assignment/accounts', %q))
		.then(answer => ['date', 'x-amzn-requestid', 'x-amzn-errortype'].map(name => answer.headers.get(name) ?? '').join('|'))`, j.StartURL))
	must(t, err)
	date, rest, _ := strings.Cut(fields, "|")
	at, err := time.Parse(time.RFC1123, date)
	if ahead := time.Until(at); err != nil || ahead < 59*time.Minute || ahead > 61*time.Minute {
		t.Errorf("the answer is of %q (%v), want an hour from now", date, err)
	}
	if id, kind, _ := strings.Cut(rest, "|"); id == "" || kind != "UnauthorizedException" {
		t.Errorf("request ID %q, kind of error %q", id, kind)
	}
}
