package directory_test

import (
	"reflect"
	"strings"
	"testing"

	"portico/internal/directory"
)

const goldenV1 = "portico-directory\t1\t1700000000000\t1700000005000\n" +
	"A\t111111111111\tpayments-prod\tpay@example.com\td\t\n" +
	"R\tAdministratorAccess\n" +
	"R\tReadOnlyAccess\n" +
	"A\t222222222222\tpro\\u{200b}d\t\tf\tForbiddenException\n" +
	"A\t333333333333\tsandbox\tlab@example.com\tp\t\n" +
	"R\tDeveloper\n"

func TestSnapshotsOfVersion1AreRead(t *testing.T) {
	want := goldenDirectory()
	want.Began = want.Started
	want.Accounts[2].Listed = 0
	d, err := directory.DecodeV1(goldenV1)
	if err != nil || !reflect.DeepEqual(d, want) {
		t.Errorf("got %+v, %v\nwant %+v", d, err, want)
	}
	for name, text := range map[string]string{
		"nothing": "", "this version": golden, "cut off": goldenV1[:len(goldenV1)-3], "a role of no account": goldenV1[:50] + "R\tx\n",
		"other state": strings.Replace(goldenV1, "\tf\t", "\tx\t", 1), "a field more": strings.Replace(goldenV1, "Developer", "a\tb", 1),
		"no time": strings.Replace(goldenV1, "1700000000000", "now", 1),
	} {
		if d, err := directory.DecodeV1(text); err == nil {
			t.Errorf("%s: got %+v", name, d)
		}
	}
}
