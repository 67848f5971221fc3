package credfmt_test

import (
	"testing"

	"portico/internal/credfmt"
	"portico/internal/credfmt/list"
	"portico/internal/pattern"
)

func TestTheMostSpecificRuleChooses(t *testing.T) {
	const portal = "https://acme.awsapps.com/start"
	d := credfmt.Defaults{
		Choice: credfmt.Choice{Format: list.Fish, Region: "us-east-1", Names: credfmt.On},
		Rules: []credfmt.Rule{
			{pattern.Pattern{Role: "ReadOnly"}, credfmt.Choice{Expiry: credfmt.Off}},
			{pattern.Pattern{Account: "prod"}, credfmt.Choice{Region: "eu-central-1", Names: credfmt.Off}},
			{pattern.Pattern{Portal: portal}, credfmt.Choice{Format: list.PowerShell, Region: "eu-west-1", OneLine: credfmt.On}},
			{pattern.Pattern{Account: "111111111101"}, credfmt.Choice{Region: "eu-north-1"}},
			{pattern.Pattern{Account: "111111111101", Role: "Admin"}, credfmt.Choice{Format: list.Template, Template: "{profile}", Shell: list.Cmd, Profile: "x"}},
			{pattern.Pattern{Account: "twice"}, credfmt.Choice{Region: "one", Template: "a", Shell: list.Fish}},
			{pattern.Pattern{Account: "twice"}, credfmt.Choice{Region: "two", Template: "b"}},
		},
	}
	for _, test := range []struct {
		d      credfmt.Defaults
		r      pattern.Role
		format string
		want   credfmt.Options
	}{
		{credfmt.Defaults{}, pattern.Role{}, list.POSIX, credfmt.Options{Expiry: true}},
		{d, pattern.Role{}, list.Fish, credfmt.Options{Region: "us-east-1", Expiry: true, Names: true}},
		{d, pattern.Role{Portal: portal, AccountName: "dev"}, list.PowerShell, credfmt.Options{Region: "eu-west-1", Expiry: true, Names: true, OneLine: true}},
		{d, pattern.Role{Portal: portal, AccountName: "x-prod", RoleName: "ReadOnly"}, list.PowerShell, credfmt.Options{Region: "eu-central-1", OneLine: true}},
		{d, pattern.Role{AccountName: "non-prod"}, list.Fish, credfmt.Options{Region: "us-east-1", Expiry: true, Names: true}},
		{d, pattern.Role{AccountID: "111111111101", AccountName: "x-prod", RoleName: "Admin"}, list.Template, credfmt.Options{Region: "eu-north-1", Expiry: true, Profile: "x", Template: "{profile}", Shell: list.Cmd}},
		{d, pattern.Role{AccountName: "twice"}, list.Fish, credfmt.Options{Region: "two", Expiry: true, Names: true, Template: "b"}},
	} {
		if format, got := test.d.Of(test.r); format != test.format || got != test.want {
			t.Errorf("%+v: %s, %+v; want %s, %+v", test.r, format, got, test.format, test.want)
		}
	}
}
