package own_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"portico/internal/directory"
	"portico/internal/own"
)

var accounts = []directory.Account{
	{ID: "1", Name: "one", Roles: []string{"ReadOnly", "Admin"}},
	{ID: "2", Name: "two", Roles: []string{"ReadOnly", "Admin"}},
	{ID: "3", Name: "three", Roles: []string{"ReadOnly"}},
}

func TestFavouritesComeFirstAndWhatIsHiddenNever(t *testing.T) {
	all := own.Roles{{AccountID: "3", Name: "ReadOnly", Favourite: true}, {AccountID: "1", Name: "Admin", Favourite: true}, {AccountID: "2", Name: "Admin", Favourite: true, Hidden: true}, {AccountID: "9", Name: "gone", Favourite: true}, {AccountID: "1", Name: "ReadOnly", Hidden: true}}
	used := []directory.Place{{Account: 1, Role: 0}, {Account: 2, Role: 0}, {Account: 0, Role: 0}}
	if got, want := all.First(accounts, used), []directory.Place{{Account: 2}, {Account: 0, Role: 1}, {Account: 1}}; !reflect.DeepEqual(got, want) {
		t.Errorf("first are %v, want %v", got, want)
	}
	if got, want := all.At(accounts), (map[directory.Place]own.Role{{Account: 2}: all[0], {Account: 0, Role: 1}: all[1], {Account: 1, Role: 1}: all[2], {}: all[4]}); !reflect.DeepEqual(got, want) {
		t.Errorf("they are at %v, want %v", got, want)
	}
	if got := (own.Roles)(nil).First(accounts, used); !reflect.DeepEqual(got, used) {
		t.Errorf("with nothing made first are %v", got)
	}
}

func TestRolesAreBounded(t *testing.T) {
	var all own.Roles
	fits := true
	for i := range own.Most {
		if all, fits = all.Set(own.Role{AccountID: fmt.Sprint(i), Name: "r", Hidden: true}); !fits {
			t.Fatalf("%d fill it", i)
		}
	}
	if _, fits = all.Set(own.Role{AccountID: "more", Name: "r", Favourite: true}); fits {
		t.Error("there is no bound")
	}
	if more, fits := all.Set(own.Role{AccountID: "0", Name: "r", Favourite: true}); !fits || more.Of("0", "r").Hidden || len(more) != own.Most {
		t.Error("what is there can't be changed")
	}
	if less, fits := all.Set(own.Role{AccountID: "0", Name: "r"}); !fits || len(less) != own.Most-1 {
		t.Error("what nothing is made of any more takes room")
	}
	if read, whole := own.Parse(all.Text() + "more\tr\tf\t\n"); whole || len(read) != own.Most {
		t.Errorf("%d are read", len(read))
	}
}

func TestWhatCanNotBeReadIsLeftOut(t *testing.T) {
	const good = "1\tr\tfh\tlabel\n"
	for _, bad := range []string{"x", "1\tr2\t\t", "1\tr2\tx\t", "1\tr2\thf\t", "1\tr2\tff\t", "\tr2\tf\t", "1\t\tf\t", "1\tr\tf\t", "1\tr2\tf\t\x01", "1\tr2\tf\t" + strings.Repeat("é", own.Longest+1), "1\tr2\tf\tl\tx"} {
		if got, whole := own.Parse(good + bad + "\n"); whole || !reflect.DeepEqual(got, own.Roles{{AccountID: "1", Name: "r", Label: "label", Favourite: true, Hidden: true}}) {
			t.Errorf("%q is read as %+v, whole %v", bad, got, whole)
		}
	}
}

func FuzzRolesAreReadAsTheyAreWritten(f *testing.F) {
	f.Add("1\tr\tf\tlabel\n2\tr\th\t\n")
	f.Add("1\tr\thf\t\n1\tr\tf\t")
	f.Fuzz(func(t *testing.T, text string) {
		all, _ := own.Parse(text)
		if again, whole := own.Parse(all.Text()); !whole || !reflect.DeepEqual(again, all) {
			t.Errorf("%+v is read as %+v", all, again)
		}
	})
}
