package e2e

import (
	"strings"
	"testing"
	"time"

	"portico/internal/portaltest"
)

// A search that ends in a service opens the console at its page, and copies nothing
// by the same key that copies else.
func TestASearchEndsInAService(t *testing.T) {
	j, _ := signedIn(t, portaltest.Config{Accounts: 30, Roles: 3, TPS: -1, Interval: time.Second})
	p := open(t, j)
	row := saw(t)(j.Search("payments prod s3"))
	holds(t, row, "payments-prod")
	holds(t, saw(t)(p.WaitText("#target", "S3 in ")), "payments-prod")
	must(t, p.Press("Enter"))
	saw(t)(p.WaitText("#notice", "S3 is in the console. Press again for credentials of"))
	must(t, j.Shot("service"))
	if got := saw(t)(j.Console()); got != row+" | https://console.aws.amazon.com/s3/home" {
		t.Errorf("of %q the console opened at %q", row, got)
	}
	// And the first page without the word.
	row = saw(t)(j.Search("payments prod"))
	if got := saw(t)(j.Console()); got != row {
		t.Errorf("of %q the console opened at %q", row, got)
	}
	// What was copied out of another tab's address bar keeps its page.
	id := strings.Split(row, " | ")[1]
	row = saw(t)(j.Search("https://" + id + "-0abc9xyz.eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#Instances:"))
	if got := saw(t)(j.Console()); !strings.Contains(row, id) || got != row+" | https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#Instances:" {
		t.Errorf("of %q the console opened at %q", row, got)
	}
}
