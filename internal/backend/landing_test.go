package backend_test

import (
	"net/url"
	"strings"
	"testing"

	"portico/internal/message"
	"portico/internal/portaltest"
)

// Where the console of a role opens: at the service that was asked for, else where the
// most specific rule says, in its region.
func TestConsolesOpenWhereRulesSay(t *testing.T) {
	const logs = "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups"
	for name, test := range map[string]struct {
		region, rules, service, want string
	}{
		"nothing is chosen":             {want: ""},
		"a region alone":                {region: "eu-west-1", want: ""},
		"a service":                     {rules: "\tNAME\t\t\t\tS3\n", want: "https://console.aws.amazon.com/s3/home"},
		"a service by its short name":   {rules: "\t\tROLE\t\t\tcwl\n", region: "eu-west-1", want: logs},
		"in the region of the rule":     {rules: "\tNAME\t\t\teu-west-1\tCloudWatch Logs\n", region: "us-west-2", want: logs},
		"the role's rule wins":          {rules: "\tNAME\tROLE\t\teu-west-1\tlogs\n\tNAME\t\t\t\tS3\n", want: logs},
		"of an ID":                      {rules: "\tID\t\t\t\tS3\n", want: "https://console.aws.amazon.com/s3/home"},
		"of a portal":                   {rules: startURL + "\t\t\t\t\tS3\n", want: "https://console.aws.amazon.com/s3/home"},
		"of another portal":             {rules: "https://other.awsapps.com/start\t\t\t\t\tS3\n", want: ""},
		"of other roles":                {rules: "\tno such account\t\t\t\tS3\n", want: ""},
		"an address":                    {rules: "\tNAME\t\t\tus-west-2\t" + logs + "\n", want: logs},
		"an address that names none":    {rules: "\tNAME\t\t\teu-west-1\thttps://console.aws.amazon.com/ec2/home\n", want: "https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1"},
		"whose session":                 {rules: "\tNAME\t\t\t\thttps://111122223333-0abc9xyz.eu-west-1.console.aws.amazon.com/s3/home\n", want: "https://eu-west-1.console.aws.amazon.com/s3/home"},
		"of another partition":          {rules: "\tNAME\t\t\t\thttps://cn-north-1.console.amazonaws.cn/s3/home\n", want: ""},
		"in a region of another":        {rules: "\tNAME\t\t\tcn-north-1\tS3\n", want: "https://console.aws.amazon.com/s3/home"},
		"what is asked for wins":        {rules: "\tNAME\t\t\teu-west-1\tS3\n", service: "CloudWatch Logs", want: logs},
		"what is asked for in a region": {region: "eu-west-1", service: "CloudWatch Logs", want: logs},
		"a rule of an earlier version":  {rules: "\tNAME\t\t\teu-west-1\n", service: "CloudWatch Logs", want: logs},
	} {
		inWorld(t, portaltest.Config{}, func(w *world) {
			w.ready()
			a := w.portal.Directory()[0]
			rules := strings.NewReplacer("NAME", a.Name, "ID", a.ID, "ROLE", a.Roles[0]).Replace(test.rules)
			w.ok(message.SettingsSet, message.Fields{"region": test.region, "rules": rules})
			w.ok(message.ConsoleOpen, message.Opening{Role: message.Role{Portal: startURL, AccountID: a.ID, RoleName: a.Roles[0]}, Service: test.service}.Fields())
			_, asked, _ := strings.Cut(w.browser.opened()[len(w.browser.opened())-1], "&destination=")
			if got, err := url.QueryUnescape(asked); err != nil || got != test.want {
				t.Errorf("%s: opened at %q, want %q", name, got, test.want)
			}
		})
	}
}

// Of an address that was searched for, its page stays, without whose session showed it.
func TestConsolesOpenAtThePageThatWasPasted(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		w.ok(message.SettingsSet, message.Fields{"rules": startURL + "\t\t\t\t\tS3\n"})
		const rule = "https://console.aws.amazon.com/s3/home"
		for pasted, want := range map[string]string{
			"https://111122223333-0abc9xyz.eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#Instances:": "https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#Instances:",
			"see <https://eu-west-1.console.aws.amazon.com/ec2/home>, please":                                     "https://eu-west-1.console.aws.amazon.com/ec2/home",
			"https://cn-north-1.console.amazonaws.cn/ec2/home":                                                    rule,
			"https://evil.example/https://console.aws.amazon.com/":                                                rule,
			"http://console.aws.amazon.com/ec2/home":                                                              rule,
			"https://console.aws.amazon.com@evil.example/ec2/home":                                                rule,
			"https://acme.awsapps.com/start/#/console?account_id=111122223333&role_name=ReadOnly":                 rule,
			"javascript://x": rule, "": rule,
		} {
			w.ok(message.ConsoleOpen, message.Opening{Role: w.role(), Pasted: pasted}.Fields())
			_, asked, _ := strings.Cut(w.browser.opened()[len(w.browser.opened())-1], "&destination=")
			if got, err := url.QueryUnescape(asked); err != nil || got != want {
				t.Errorf("%s: opened at %q, want %q", pasted, got, want)
			}
		}
	})
}

// A page opens in the Region that is asked for, whichever page it is.
func TestConsolesOpenInTheRegionThatIsAskedFor(t *testing.T) {
	const ec2 = "https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#Instances:"
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		for _, test := range []struct{ rules, service, pasted, region, want string }{
			{"", "S3", "", "us-west-2", "https://us-west-2.console.aws.amazon.com/s3/home?region=us-west-2"},
			{"", "", ec2, "us-west-2", "https://us-west-2.console.aws.amazon.com/ec2/home?region=us-west-2#Instances:"},
			{"", "", "https://us-east-1.console.aws.amazon.com/iam/home", "us-west-2", "https://us-east-1.console.aws.amazon.com/iam/home"},
			{"", "", "", "us-west-2", "https://us-west-2.console.aws.amazon.com/console/home?region=us-west-2"},
			{"\t\tROLE\t\teu-west-1\tS3\n", "", "", "us-west-2", "https://us-west-2.console.aws.amazon.com/s3/home?region=us-west-2"},
			{"\t\tROLE\t\teu-west-1\t" + ec2 + "\n", "", "", "us-west-2", "https://us-west-2.console.aws.amazon.com/ec2/home?region=us-west-2#Instances:"},
			// One of another partition is none.
			{"", "", ec2, "cn-north-1", ec2},
			{"", "", "", "cn-north-1", ""},
		} {
			w.ok(message.SettingsSet, message.Fields{"rules": strings.ReplaceAll(test.rules, "ROLE", w.role().RoleName)})
			o := message.Opening{Role: w.role(), Service: test.service, Pasted: test.pasted, Region: test.region}
			w.ok(message.ConsoleOpen, o.Fields())
			link := w.browser.opened()[len(w.browser.opened())-1]
			_, asked, _ := strings.Cut(link, "&destination=")
			if got, err := url.QueryUnescape(asked); err != nil || got != test.want {
				t.Errorf("%+v: opened at %q", test, got)
			}
			if got := message.AddressFrom(w.ok(message.ConsoleLink, o.Fields())).URL; got != link {
				t.Errorf("%+v: the link is %q, what opens %q", test, got, link)
			}
		}
	})
}

// Whoever gets a link without a role chooses one; nothing is used by that.
func TestALinkWithoutARole(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		w.ready()
		r := w.role()
		r.RoleName = ""
		link := message.AddressFrom(w.ok(message.ConsoleLink, message.Opening{Role: r, Pasted: "https://" + r.AccountID + "-0abc9xyz.eu-west-1.console.aws.amazon.com/s3/home"}.Fields())).URL
		want := startURL + "/#/console?account_id=" + r.AccountID + "&destination=" + url.QueryEscape("https://eu-west-1.console.aws.amazon.com/s3/home")
		if link != want {
			t.Errorf("got %s, want %s", link, want)
		}
		if uses := w.local.get("uses:" + startURL); uses != "" {
			t.Errorf("used was %q", uses)
		}
		r.AccountID = ""
		w.refused(message.ConsoleLink, message.Opening{Role: r}.Fields(), message.Internal)
	})
}

func TestWhatPageATabShows(t *testing.T) {
	inWorld(t, portaltest.Config{}, func(w *world) {
		for address, want := range map[string]message.Shown{
			"https://111122223333-0abc9xyz.eu-west-1.console.aws.amazon.com/s3/buckets?region=eu-west-1": {URL: "https://eu-west-1.console.aws.amazon.com/s3/buckets?region=eu-west-1", Partition: "aws", Account: "111122223333", Region: "eu-west-1", Service: "S3"},
			"https://cn-north-1.console.amazonaws.cn/console/home":                                       {URL: "https://cn-north-1.console.amazonaws.cn/console/home", Partition: "aws-cn", Region: "cn-north-1"},
			"https://console.aws.amazon.com.evil.example/s3/home":                                        {},
			"https://acme.awsapps.com/start":                                                             {}, "": {},
		} {
			if got := message.ShownFrom(w.ok(message.ConsoleRead, message.Address{URL: address}.Fields())); got != want {
				t.Errorf("%q shows %+v", address, got)
			}
		}
	})
}
