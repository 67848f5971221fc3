package directory_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unsafe"

	"pgregory.net/rapid"

	"portico/internal/directory"
)

const (
	goldenPart = "111111111111\tpayments-prod\tpay@example.com\t\t\tAdministratorAccess\tReadOnlyAccess\n" +
		"222222222222\tpro\\u{200b}d\t\tForbiddenException\t-1\n" +
		"333333333333\tsandbox\tlab@example.com\t\t1690000000000\tDeveloper\n"
	golden = "portico-directory\t2\thwrxgbyk\n1700000000000\t1700000005000\t1699999990000\t1d1f1p\n39flkqho\n" + goldenPart
)

func goldenDirectory() *directory.Directory {
	return &directory.Directory{
		Started: 1700000000000, Updated: 1700000005000, Began: 1699999990000,
		Accounts: []directory.Account{
			{ID: "111111111111", Name: "payments-prod", Email: "pay@example.com", Roles: []string{"AdministratorAccess", "ReadOnlyAccess"}, State: directory.Done},
			{ID: "222222222222", Name: `pro\u{200b}d`, State: directory.Failed, Problem: "ForbiddenException", Listed: directory.Never},
			{ID: "333333333333", Name: "sandbox", Email: "lab@example.com", Roles: []string{"Developer"}, State: directory.Pending, Listed: 1690000000000},
		},
	}
}

// The snapshot is read by popup.js too: its form is a contract.
func TestSnapshotIsWrittenAsDocumented(t *testing.T) {
	if got := directory.Encode(goldenDirectory()); got != golden {
		t.Errorf("got\n%s\nwant\n%s", got, golden)
	}
}

func TestSnapshotIsReadAsDocumented(t *testing.T) {
	d, err := directory.Decode(golden)
	if err != nil || !reflect.DeepEqual(d, goldenDirectory()) {
		t.Errorf("got %+v, %v", d, err)
	}
	if d.Rows() != 3 || d.Count(directory.Done) != 1 || d.Count(directory.Failed) != 1 || d.Count(directory.Pending) != 1 {
		t.Errorf("%d rows, %d done", d.Rows(), d.Count(directory.Done))
	}
	if a := d.Find("333333333333"); a == nil || a.Name != "sandbox" || d.Find("444444444444") != nil {
		t.Errorf("Find gave %+v", a)
	}
}

func TestAppendingToOneAccountsRolesLeavesTheNextAlone(t *testing.T) {
	d, err := directory.Decode(golden)
	if err != nil {
		t.Fatal(err)
	}
	_ = append(d.Accounts[0].Roles, "Intruder")
	if got := d.Accounts[2].Roles[0]; got != "Developer" {
		t.Errorf("role became %q", got)
	}
}

// anyName draws a name as a portal may send it, ordinary or hostile.
var anyName = rapid.OneOf(rapid.StringMatching(`[A-Za-z][A-Za-z0-9+=,.@_ -]{0,20}`), rapid.String(),
	rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 12), func(b []byte) string { return string(b) }))

func drawDirectory(t *rapid.T) *directory.Directory {
	name := rapid.Map(anyName, directory.Escape)
	d := &directory.Directory{
		Started: rapid.Int64().Draw(t, "started"), Updated: rapid.Int64().Draw(t, "updated"), Began: rapid.Int64().Draw(t, "began"),
		Accounts: []directory.Account{},
	}
	for range rapid.OneOf(rapid.IntRange(0, 6), rapid.IntRange(0, 70)).Draw(t, "accounts") {
		a := directory.Account{
			ID: name.Draw(t, "id"), Name: name.Draw(t, "name"), Email: name.Draw(t, "email"),
			State:   rapid.SampledFrom([]directory.State{directory.Pending, directory.Done, directory.Failed}).Draw(t, "state"),
			Problem: name.Draw(t, "problem"), Listed: rapid.OneOf(rapid.Just(int64(0)), rapid.Int64()).Draw(t, "listed"),
		}
		for range rapid.IntRange(0, 4).Draw(t, "roles") {
			a.Roles = append(a.Roles, name.Draw(t, "role"))
		}
		d.Accounts = append(d.Accounts, a)
	}
	return d
}

func TestAnyDirectoryComesBackFromItsSnapshot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDirectory(t)
		back, err := directory.Decode(directory.Encode(d))
		if err != nil || !reflect.DeepEqual(back, d) {
			t.Fatalf("got %+v, %v\nwant %+v", back, err, d)
		}
	})
}

func TestDecodeRefusesWhatIsNoSnapshot(t *testing.T) {
	const head = "portico-directory\t2\t0\n1\t1\t1\t"
	const account = "1\tname\tmail\t\t\tAdmin\n"
	if d, err := directory.Decode(head + "1d\n0\n" + account); err != nil || d.Rows() != 1 {
		t.Fatalf("what is refused below differs from no snapshot: %+v, %v", d, err)
	}
	for _, test := range []struct{ name, text string }{
		{"nothing", ""},
		{"other text", "hello"},
		{"JSON", `{"accounts":[]}`},
		{"earlier version", "portico-directory\t1\t0\t0\n"},
		{"later version", strings.Replace(golden, "\t2\t", "\t3\t", 1)},
		{"head alone, cut off", "portico-directory\t2\t170000"},
		{"head cut off in its times", "portico-directory\t2\t0\n0\t0"},
		{"head cut off before its sums", "portico-directory\t2\t0\n0\t0\t0\t\n"},
		{"time that is no number", "portico-directory\t2\t0\nnow\t0\t0\t\n\n"},
		{"time out of range", "portico-directory\t2\t0\n0\t0\t9999999999999999999\t\n\n"},
		{"a time too few", "portico-directory\t2\t0\n0\t0\t\n\n"},
		{"field too many in the head", "portico-directory\t2\t0\n0\t0\t0\t\t0\n\n"},
		{"account with fields missing", head + "1d\n0\n1\tname\n"},
		{"account with a field missing", head + "1d\n0\n1\tname\tmail\n"},
		{"account listed at no time", head + "1d\n0\n1\tname\tmail\t\tnow\n"},
		{"account listed at 0", head + "1d\n0\n1\tname\tmail\t\t0\n"},
		{"account of unknown state", head + "1x\n0\n" + account},
		{"account without state", head + "\n0\n" + account},
		{"state without accounts", head + "2d\n0\n" + account},
		{"state of no account", head + "1d0p\n0\n" + account},
		{"state of fewer than none", head + "-1p2d\n0\n" + account},
		{"number without state", head + "1d1\n0\n" + account},
		{"state without number", head + "d\n0\n" + account},
		{"empty line", head + "1d\n0\n\n"},
		{"role cut off", golden[:len(golden)-4]},
	} {
		t.Run(test.name, func(t *testing.T) {
			if d, err := directory.Decode(test.text); !errors.Is(err, directory.ErrSnapshot) {
				t.Errorf("got %+v, %v", d, err)
			}
		})
	}
}

func TestDecodeTakesADirectoryWithoutAccounts(t *testing.T) {
	d, err := directory.Decode(directory.Encode(&directory.Directory{Updated: 7}))
	if err != nil || len(d.Accounts) != 0 || d.Updated != 7 {
		t.Errorf("got %+v, %v", d, err)
	}
}

func TestUpdatedAtIsTheEndOfTheLastCompleteSync(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       time.Time
	}{
		{"complete", golden, time.UnixMilli(1700000005000)},
		{"never complete", "portico-directory\t2\t0\n1700000000000\t0\t0\t\n\n", time.Time{}},
		{"no snapshot", "hello", time.Time{}},
		{"none", "", time.Time{}},
		{"cut off in the number", "portico-directory\t2\t0\n0\t17000", time.Time{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := directory.UpdatedAt(test.text); !got.Equal(test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestDecodedTextsArePiecesOfTheSnapshot(t *testing.T) {
	d, err := directory.Decode(golden)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range d.Accounts {
		for _, s := range append([]string{a.ID, a.Name, a.Email}, a.Roles...) {
			if s != "" && !within(s, golden) {
				t.Errorf("%q was copied", s)
			}
		}
	}
}

// within tells whether a text's bytes lie in another's.
func within(s, text string) bool {
	at := uintptr(unsafe.Pointer(unsafe.StringData(s)))
	from := uintptr(unsafe.Pointer(unsafe.StringData(text)))
	return from <= at && at+uintptr(len(s)) <= from+uintptr(len(text))
}

// What is kept in pieces is read again, whatever piece is lost or spoiled: the others
// are, and nobody takes a damaged one for what was listed.
func TestWhatIsDamagedIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDirectory(t)
		kept := directory.Split(d)
		if back, damaged, err := directory.Load(kept); err != nil || damaged != nil || !reflect.DeepEqual(back, d) {
			t.Fatalf("got %+v, %v, %v\nwant %+v", back, damaged, err, d)
		}
		if len(kept.Parts) == 0 {
			return
		}
		i := rapid.IntRange(0, len(kept.Parts)-1).Draw(t, "part")
		at := rapid.IntRange(0, len(kept.Parts[i])-1).Draw(t, "place")
		spoiled := []byte(kept.Parts[i])
		spoiled[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		left := len(d.Accounts) - strings.Count(kept.Parts[i], "\n")
		kept.Parts[i] = rapid.SampledFrom([]string{"", string(spoiled), kept.Parts[i][:at]}).Draw(t, "damage")
		back, damaged, err := directory.Load(kept)
		if err != nil || !reflect.DeepEqual(damaged, []int{i}) || len(back.Accounts) != left || back.Started != 0 || back.Updated != 0 || back.Count(directory.Pending) != left {
			t.Fatalf("got %+v, %v, %v", back, damaged, err)
		}
		kept.Head = strings.Replace(kept.Head, "\t", "\n", 2)
		if _, _, err := directory.Load(kept); !errors.Is(err, directory.ErrSnapshot) {
			t.Fatalf("a spoiled head is read: %v", err)
		}
	})
}

// Who has a directory and is told the head and the parts that changed has the next.
func TestWhatChangedMakesTheNextDirectory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, next := drawDirectory(t), drawDirectory(t)
		if rapid.Bool().Draw(t, "like") {
			next = &directory.Directory{Started: 1, Accounts: append([]directory.Account{}, d.Accounts...)}
			for i := range next.Accounts {
				next.Accounts[i].State = directory.Done
				if rapid.IntRange(0, 9).Draw(t, "changes") == 0 {
					next.Accounts[i].Roles = []string{"Other"}
				}
			}
		}
		was, now := directory.Split(d), directory.Split(next)
		changed := now.Changed(was.Head)
		parts := make([]string, directory.MostParts)
		for i, text := range changed {
			parts[i] = text
		}
		got, ok := d.Next(now.Head, parts)
		if !ok || !reflect.DeepEqual(got, next) {
			t.Fatalf("got %+v, %v\nwant %+v", got, ok, next)
		}
		for i, text := range changed {
			if i < min(len(was.Parts), len(now.Parts)) && was.Parts[i] == text {
				t.Fatalf("part %d did not change", i)
			}
		}
	})
}

// 20,000 rows are kept in less than two megabytes.
func TestTheSnapshotIsCompact(t *testing.T) {
	d := organisation(5000, 4)
	kept := directory.Split(d)
	if n := len(kept.Text()); n > 2<<20 || len(kept.Parts) > directory.MostParts {
		t.Errorf("%d rows are %d bytes in %d parts", d.Rows(), n, len(kept.Parts))
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", golden, "portico-directory\t2\t0\n0\t0\t0\t\n\n", "portico-directory\t2\t\n-1\t-1\t-1\t1p\n\n\t\t\t\t-1\t\n", golden[:100]} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		directory.UpdatedAt(text)
		d, err := directory.Decode(text)
		if err != nil {
			return
		}
		again, err := directory.Decode(directory.Encode(d))
		if err != nil || !reflect.DeepEqual(again, d) {
			t.Errorf("%q reads as %+v, written anew as %+v, %v", text, d, again, err)
		}
	})
}

// organisation is a directory of n accounts with the given number of roles.
func organisation(n, roles int) *directory.Directory {
	d := &directory.Directory{Started: 1700000000000, Updated: 1700000005000}
	names := []string{"AdministratorAccess", "DataPlatformOperator", "ReadOnlyAccess", "BillingViewer"}
	for i := range n {
		d.Accounts = append(d.Accounts, directory.Account{
			ID: fmt.Sprintf("%012d", 100000000000+i*7919), Name: fmt.Sprintf("data-platform-staging-%d", i),
			Email: fmt.Sprintf("aws+%d@example.com", i), Roles: names[:roles], State: directory.Done,
		})
	}
	return d
}

func BenchmarkDecode(b *testing.B) {
	text := directory.Encode(organisation(5000, 3))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := directory.Decode(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	d := organisation(5000, 3)
	b.SetBytes(int64(len(directory.Encode(d))))
	b.ReportAllocs()
	for b.Loop() {
		directory.Encode(d)
	}
}
