package console_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"portico/internal/console"
	"portico/internal/portal"
	"portico/ssocore/endpoints"
)

// told is what a page's address tells, and the address that is shared.
type told struct{ partition, account, region, service, url string }

func tell(p console.Page) told {
	return told{p.Partition, p.Account, p.Region, p.Service, p.URL()}
}

func TestPagesOfTheConsoleAreUnderstood(t *testing.T) {
	const aws, china, gov, eusc = endpoints.PartitionAWS, endpoints.PartitionChina, endpoints.PartitionGov, endpoints.PartitionEUSC
	for address, want := range map[string]told{
		// Regional hosts, the root, hosts of services.
		"https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1#": {aws, "", "eu-west-1", "S3",
			"https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1#"},
		"https://console.aws.amazon.com/ec2/v2/home?region=eu-west-1#Instances:sort=tag:Name": {aws, "", "eu-west-1", "EC2",
			"https://console.aws.amazon.com/ec2/v2/home?region=eu-west-1#Instances:sort=tag:Name"},
		"https://s3.console.aws.amazon.com/s3/buckets/acme-logs?region=us-west-2&tab=objects": {aws, "", "us-west-2", "S3",
			"https://s3.console.aws.amazon.com/s3/buckets/acme-logs?region=us-west-2&tab=objects"},
		"https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/roles": {aws, "", "us-east-1", "IAM",
			"https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/roles"},
		"https://console.aws.amazon.com": {aws, "", "", "", "https://console.aws.amazon.com/"},
		"https://console.aws.amazon.com/console/home?nc2=h_ct&src=header-signin": {aws, "", "", "console",
			"https://console.aws.amazon.com/console/home?src=header-signin"},
		"HTTPS://EU-WEST-1.Console.AWS.Amazon.com:443/Lambda": {aws, "", "eu-west-1", "Lambda", "https://eu-west-1.console.aws.amazon.com/Lambda"},
		// What the page says comes before what the host says, unless it is nonsense.
		"https://us-east-1.console.aws.amazon.com/sqs/v3/home?region=ap-southeast-2#/queues": {aws, "", "ap-southeast-2", "SQS",
			"https://us-east-1.console.aws.amazon.com/sqs/v3/home?region=ap-southeast-2#/queues"},
		"https://us-east-1.console.aws.amazon.com/sqs/home?region=cn-north-1": {aws, "", "us-east-1", "SQS",
			"https://us-east-1.console.aws.amazon.com/sqs/home?region=cn-north-1"},

		// Several sessions: the account is told, whose session it is is not shared.
		"https://111122223333-0abc9xyz.eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/pay": {aws, "111122223333", "eu-west-1", "Lambda",
			"https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/pay"},
		"https://563563610310-jmoumez6.support.console.aws.amazon.com/support/home?region=eu-west-1#/case/?displayId=1": {aws, "563563610310", "eu-west-1", "Support",
			"https://support.console.aws.amazon.com/support/home?region=eu-west-1#/case/?displayId=1"},
		"https://111122223333-0abc9xyz.us-east-1.console.aws.amazon.com/console/home?login_hint=111122223333-0abc9xyz&region=us-east-1&isauthcode=true&state=hashArgs%23": {aws, "111122223333", "us-east-1", "console",
			"https://us-east-1.console.aws.amazon.com/console/home?region=us-east-1"},
		"https://111122223333-0abc9xyz.us-east-1.console.aws.amazon.com/cloudwatch/home?back=https%3A%2F%2F111122223333-0abc9xyz.us-east-1.console.aws.amazon.com%2F#x=111122223333-0abc9xyz": {aws, "111122223333", "us-east-1", "CloudWatch",
			"https://us-east-1.console.aws.amazon.com/cloudwatch/home?back=https%3A%2F%2Fus-east-1.console.aws.amazon.com%2F#x="},
		"https://111122223333-zz.us-gov-west-1.console.amazonaws-us-gov.com/vpcconsole/home": {gov, "111122223333", "us-gov-west-1", "VPC",
			"https://us-gov-west-1.console.amazonaws-us-gov.com/vpcconsole/home"},

		"https://111122223333-0abc.us-east-1.console.aws.amazon.com/sns/v3/home?a=111122223333111122223333-0abc-0abc&region=us-east-2&region=us-west-2": {aws, "111122223333", "us-east-2", "SNS",
			"https://us-east-1.console.aws.amazon.com/sns/v3/home?a=&region=us-east-2&region=us-west-2"},
		// Some applications hand out addresses as people read them.
		"https://eu-west-1.console.aws.amazon.com/s3/buckets/a?prefix=été/#\\x": {aws, "", "eu-west-1", "S3",
			"https://eu-west-1.console.aws.amazon.com/s3/buckets/a?prefix=%C3%A9t%C3%A9/#%5Cx"},

		// The other partitions.
		"https://cn-northwest-1.console.amazonaws.cn/rds/home?region=cn-northwest-1#databases:": {china, "", "cn-northwest-1", "RDS",
			"https://cn-northwest-1.console.amazonaws.cn/rds/home?region=cn-northwest-1#databases:"},
		"https://console.amazonaws-us-gov.com/ecs/v2/clusters?region=us-gov-east-1": {gov, "", "us-gov-east-1", "ECS",
			"https://console.amazonaws-us-gov.com/ecs/v2/clusters?region=us-gov-east-1"},
		"https://eusc-de-east-1.console.amazonaws-eusc.eu/states/home": {eusc, "", "eusc-de-east-1", "Step Functions",
			"https://eusc-de-east-1.console.amazonaws-eusc.eu/states/home"},

		// The longest path has the page; what nobody knows is called as its path begins.
		"https://eu-west-1.console.aws.amazon.com/systems-manager/parameters/pay/key/description?region=eu-west-1": {aws, "", "eu-west-1", "Parameter Store",
			"https://eu-west-1.console.aws.amazon.com/systems-manager/parameters/pay/key/description?region=eu-west-1"},
		"https://eu-west-1.console.aws.amazon.com/systems-manager/automation": {aws, "", "eu-west-1", "Systems Manager",
			"https://eu-west-1.console.aws.amazon.com/systems-manager/automation"},
		"https://eu-west-1.console.aws.amazon.com/codesuite/codebuild/projects": {aws, "", "eu-west-1", "CodeBuild",
			"https://eu-west-1.console.aws.amazon.com/codesuite/codebuild/projects"},
		"https://eu-west-1.console.aws.amazon.com/s3express/home": {aws, "", "eu-west-1", "s3express",
			"https://eu-west-1.console.aws.amazon.com/s3express/home"},
	} {
		p, ok := console.Read(address)
		if got := tell(p); !ok || got != want {
			t.Errorf("%s\ngot  %q\nwant %q", address, got, want)
		}
		again, ok := console.Read(p.URL())
		if p.Account = ""; !ok || again != p {
			t.Errorf("%s is read as another page than it was", p.URL())
		}
	}
}

// What is no page of a console leads nowhere: in particular not to somebody else.
func TestAddressesThatAreNoPagesOfTheConsole(t *testing.T) {
	const host = "eu-west-1.console.aws.amazon.com"
	for _, address := range []string{
		"", " ", "https://", "https:///s3", "s3/home", host + "/s3/home", "//" + host + "/s3/home", "about:blank", "chrome://settings",
		// Not by https.
		"http://" + host + "/s3/home", "ftp://" + host + "/", "wss://" + host + "/", "javascript:alert(1)", "javascript://" + host + "/%0aalert(1)",
		"data:text/html,https://" + host + "/", "blob:https://" + host + "/1", "view-source:https://" + host + "/", "https:" + host + "/", "https:/" + host + "/", "https:\\\\" + host + "/",
		// A user, a port.
		"https://user@" + host + "/", "https://user:pw@" + host + "/", "https://" + host + "@evil.example/", "https://@" + host + "/", "https://" + host + ":@evil.example/",
		"https://" + host + ":8443/", "https://" + host + ":80/", "https://" + host + ":/", "https://" + host + ":443:443/", "https://" + host + ":0443/",
		// Another host.
		"https://evil.example/", "https://evil.example/" + host, "https://evil.example?" + host, "https://evil.example#" + host, "https://" + host + ".evil.example/", "https://evil.eu-west-1.console.aws.amazon.com/",
		"https://evilconsole.aws.amazon.com/", "https://evil.console.aws.amazon.com/", "https://console.aws.amazon.com.evil.example/", "https://console.aws.amazon.co/", "https://aws.amazon.com/", "https://amazon.com/",
		"https://signin.aws.amazon.com/federation", "https://eu-west-1.signin.aws.amazon.com/", "https://s3.amazonaws.com/evil/index.html", "https://evil.s3.amazonaws.com/", "https://portal.aws.amazon.com/",
		"https://.console.aws.amazon.com/", "https://..console.aws.amazon.com/", "https://console.aws.amazon.com./", "https://eu-west-1..console.aws.amazon.com/", "https://a.b.eu-west-1.console.aws.amazon.com/",
		"https://eu-west-1.console.aws.amazon.com%2eevil.example/", "https://eu-west-1%2econsole.aws.amazon.com/", "https://eu-west-1。console.aws.amazon.com/", "https://eu-west-1.console.aws.аmazon.com/", "https://[::1]/", "https://127.0.0.1/",
		// A session that is none, a region that is none or another partition's.
		"https://11112222333-0abc9xyz.eu-west-1.console.aws.amazon.com/", "https://111122223333-.eu-west-1.console.aws.amazon.com/", "https://111122223333x0abc.eu-west-1.console.aws.amazon.com/", "https://11112222333a-0abc.eu-west-1.console.aws.amazon.com/", "https://111122223333.eu-west-1.console.aws.amazon.com/",
		"https://111122223333-0abc.9xyz.eu-west-1.console.aws.amazon.com/", "https://111122223333-0ab_c.eu-west-1.console.aws.amazon.com/", "https://111122223333-0abc9xyz.evil.console.aws.amazon.com/",
		"https://cn-north-1.console.aws.amazon.com/", "https://us-gov-west-1.console.aws.amazon.com/", "https://eu-west-1.console.amazonaws.cn/", "https://us-east-1.console.amazonaws-us-gov.com/", "https://eu-west-1.console.amazonaws-eusc.eu/",
		// What browsers drop or read as something else.
		"https://" + host + "\\@evil.example/", "https://" + host + "/s3\\home", "https://" + host + "/s3 home", " https://" + host + "/", "https://" + host + "/\n", "https://" + host + "/s3\thome", "https://\t" + host + "/", "https://" + host + "/\x00", "https://" + host + "/\x7f", "https://" + host + "/s3?\x7f", "https://" + host + "/s3#a b",
		// It may be taken for another host, or leads up.
		"https://" + host + "//evil.example/", "https://" + host + "//", "https://" + host + "/%2Fevil.example", "https://" + host + "/%5cevil.example", "https://" + host + "/../", "https://" + host + "/s3/../console/logout", "https://" + host + "/s3/./home", "https://" + host + "/.",
		"https://" + host + "/%2e%2e/console/logout", "https://" + host + "/.%2E/x", "https://" + host + "/%63onsole/logout", "https://" + host + "/%", "https://" + host + "/%2", "https://" + host + "/%zz", "https://" + host + "/%2g", "https://" + host + "/s3%", "https://" + host + "/s3%2", "https://" + host + "/s3%zz", "https://" + host + "/s3%2g", "https://" + host + "/s3%g2",
		"https://111122223333-0abc.eu-west-1.console.aws.amazon.com/111122223333-0abc/evil.example", "https://111122223333-0abc.eu-west-1.console.aws.amazon.com/111122223333-0abc.../x",
		// It signs out, or in.
		"https://" + host + "/console/logout!doLogout", "https://" + host + "/console/logout", "https://" + host + "/Console/Logout?x", "https://" + host + "/console/oauth?code=secret", "https://" + host + "/console/login", "https://" + host + "/console/signin/x",
		"https://" + host + "/" + strings.Repeat("a", 8192),
	} {
		if p, ok := console.Read(address); ok || p != (console.Page{}) {
			t.Errorf("%q is taken for %s", address, p.URL())
		}
	}
}

// No accepted address leaves the console of its partition, however it is read.
func FuzzNoDestinationLeavesTheConsole(f *testing.F) {
	for _, seed := range []string{
		"https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1#b", "https://console.amazonaws.cn", "https://us-gov-west-1.console.amazonaws-us-gov.com/a?b#c",
		"https://111122223333-0abc9xyz.eu-west-1.console.aws.amazon.com/x?a=111122223333-0abc9xyz.&login_hint=111122223333-0abc9xyz&redirect_uri=https://evil.example",
		"https://111122223333-11.eusc-de-east-1.console.amazonaws-eusc.eu/111122223333-111122223333-11.11.", "https://console.aws.amazon.com@evil.example", "https://console.aws.amazon.com\\.evil.example",
		"https://s3.console.aws.amazon.com:443/?region=us-east-1&region=us-east-2", "HTTPS://CONSOLE.AWS.AMAZON.COM/%E2%82%AC", "https://console.aws.amazon.com//evil.example", "https://console.aws.amazon.com?&&=&#?#",
	} {
		f.Add(seed, "eu-west-1")
		f.Add(seed, "cn-north-1")
	}
	hosts := regexp.MustCompile(`^(([a-z]{2,4}(-[a-z]+)+-[0-9]|health|resource-explorer|resources|s3|support)\.)?(console\.aws\.amazon\.com|console\.amazonaws\.cn|console\.amazonaws-us-gov\.com|console\.amazonaws-eusc\.eu)$`)
	session := regexp.MustCompile(`^https://([0-9]{12}-[0-9a-z]+)\.`)
	f.Fuzz(func(t *testing.T, address, region string) {
		p, ok := console.Read(address)
		if !ok {
			if p != (console.Page{}) {
				t.Errorf("%q is no page, but %q", address, p.URL())
			}
			return
		}
		for _, at := range []console.Page{p, p.In(region)} {
			if at == (console.Page{}) {
				continue // no such region
			}
			got := at.URL()
			u, err := url.Parse(got)
			if err != nil {
				// net/url wants more of a fragment's or a query's percent signs than browsers do.
				before, _, _ := strings.Cut(got, "#")
				before, _, _ = strings.Cut(before, "?")
				if u, err = url.Parse(before); err != nil {
					t.Fatalf("%q: %v", got, err)
				}
			}
			if u.Scheme != "https" || u.User != nil || u.Port() != "" || !hosts.MatchString(u.Host) || strings.HasPrefix(u.Path, "//") {
				t.Errorf("%q leads to %q", address, got)
			}
			if strings.ContainsFunc(got, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '\\' }) {
				t.Errorf("%q may be read in two ways", got)
			}
			if again, ok := console.Read(got); !ok || again.URL() != got || again.Region != at.Region || again.Partition != at.Partition || again.Account != "" {
				t.Errorf("%q is read as %q", got, again.URL())
			}
			if m := session.FindStringSubmatch(strings.ToLower(address)); m != nil && strings.Contains(got, m[1]) {
				t.Errorf("%q shares a session", got)
			}
			for _, r := range endpoints.Regions() {
				link := console.Shortcut(portal.Portal{StartURL: acme, Region: r.Name}, "111122223333", "", at)
				if (link != "") != (r.Partition == at.Partition) {
					t.Errorf("%q leads from %s to %q", link, r.Name, got)
				}
			}
		}
	})
}

func TestTheSamePageInAnotherRegion(t *testing.T) {
	for _, test := range []struct{ address, region, want string }{
		{"https://eu-west-1.console.aws.amazon.com/s3/buckets/a?region=eu-west-1&tab=objects", "us-east-2", "https://us-east-2.console.aws.amazon.com/s3/buckets/a?region=us-east-2&tab=objects"},
		{"https://console.aws.amazon.com/ec2/home#Instances:", "us-east-2", "https://us-east-2.console.aws.amazon.com/ec2/home?region=us-east-2#Instances:"},
		{"https://111122223333-0abc9xyz.eu-west-1.console.aws.amazon.com/ec2/home?a=b&region=eu-west-1&region=x", "eu-west-1", "https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1&a=b"},
		{"https://s3.console.aws.amazon.com/s3/home?region=eu-west-1", "us-east-2", "https://s3.console.aws.amazon.com/s3/home?region=us-east-2"},
		{"https://cn-north-1.console.amazonaws.cn/ec2/home?region=cn-north-1", "cn-northwest-1", "https://cn-northwest-1.console.amazonaws.cn/ec2/home?region=cn-northwest-1"},
		// IAM is one in all regions.
		{"https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/roles", "eu-west-1", "https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/roles"},
		// A region that is another partition's, or none.
		{"https://eu-west-1.console.aws.amazon.com/ec2/home", "cn-north-1", ""},
		{"https://cn-north-1.console.amazonaws.cn/ec2/home", "eu-west-1", ""},
		{"https://eu-west-1.console.aws.amazon.com/ec2/home", "us-moon-1", ""},
		{"https://eu-west-1.console.aws.amazon.com/ec2/home", "", ""},
		{"https://eu-west-1.console.aws.amazon.com/ec2/home", "evil.example/", ""},
	} {
		p, ok := console.Read(test.address)
		if got := p.In(test.region); !ok || got.URL() != test.want || test.want != "" && got.Service != p.Service {
			t.Errorf("%s in %q is %q", test.address, test.region, got.URL())
		}
	}
	if p, ok := console.Read("https://console.aws.amazon.com/" + strings.Repeat("a", 8160)); !ok || p.In("eu-west-1") != (console.Page{}) {
		t.Errorf("%q has room for a region", p.URL())
	}
	if p := (console.Page{}).In("eu-west-1"); p != (console.Page{}) {
		t.Errorf("no page is %q in a region", p.URL())
	}
}

// Reopen here: the page in a tab, in another account, for another role, in another
// region, and for a reader who chooses the role.
func TestAPageIsReopenedElsewhere(t *testing.T) {
	p := portal.Portal{StartURL: acme, Region: "eu-west-1"}
	page, ok := console.Read("https://111122223333-0abc9xyz.eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions")
	if !ok || page.Account != "111122223333" {
		t.Fatal(page)
	}
	const lambda = "&destination=https%3A%2F%2Feu-west-1.console.aws.amazon.com%2Flambda%2Fhome%3Fregion%3Deu-west-1%23%2Ffunctions"
	for link, want := range map[string]string{
		console.Shortcut(p, "444455556666", "ReadOnly", page): "account_id=444455556666&role_name=ReadOnly" + lambda,
		console.Shortcut(p, page.Account, "Admin", page):      "account_id=111122223333&role_name=Admin" + lambda,
		console.Shortcut(p, page.Account, "", page):           "account_id=111122223333" + lambda,
		console.Shortcut(p, page.Account, "Admin", page.In("us-east-1")): "account_id=111122223333&role_name=Admin" +
			strings.ReplaceAll(lambda, "eu-west-1", "us-east-1"),
	} {
		if link != acme+"/#/console?"+want {
			t.Errorf("got\n%s\nwant\n%s", link, want)
		}
	}
}

func TestEachPartitionHasAConsole(t *testing.T) {
	var partitions []string
	for _, r := range endpoints.Regions() {
		if !slices.Contains(partitions, r.Partition) {
			partitions = append(partitions, r.Partition)
		}
		p := console.Home(r.Partition, r.Name)
		if p.Region != r.Name || p.Partition != r.Partition || !strings.HasPrefix(p.URL(), "https://"+r.Name+".console.") {
			t.Errorf("the console of %s is %q", r.Name, p.URL())
		}
	}
	for _, partition := range partitions {
		if p := console.Home(partition, ""); p.Partition != partition || !strings.HasPrefix(p.URL(), "https://console.") {
			t.Errorf("the console of %s is %q", partition, p.URL())
		}
	}
	for _, of := range [][2]string{{"aws", "cn-north-1"}, {"aws-cn", "eu-west-1"}, {"aws", "moon"}, {"aws", "s3"}, {"moon", ""}, {"", ""}, {"", "eu-west-1"}} {
		if p := console.Home(of[0], of[1]); p != (console.Page{}) {
			t.Errorf("%s has a console in %s: %q", of[0], of[1], p.URL())
		}
	}
}
