package console_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"portico/internal/console"
	"portico/internal/console/jump"
	"portico/ssocore/endpoints"
)

// The file of services, apart from how it is read.
func TestServicesAreSound(t *testing.T) {
	form := regexp.MustCompile(`^([A-Z][A-Za-z0-9]*(?:[ -][A-Za-z0-9]+)*) \| ([a-z0-9-]+(?:/[a-z0-9-]+)*(?:#[A-Za-z0-9/:-]+)?) \| ([a-z -]+)$`)
	lines := strings.Split(strings.TrimSuffix(console.ServicesText, "\n"), "\n")
	if len(lines) < 80 {
		t.Errorf("%d services", len(lines))
	}
	last, paths := "", map[string]bool{}
	for _, line := range lines {
		m := form.FindStringSubmatch(line)
		if m == nil {
			t.Errorf("%q is no service", line)
			continue
		}
		name, path, in := m[1], m[2], strings.Fields(m[3])
		if name := strings.ToLower(name); name <= last {
			t.Errorf("%s stands behind %s", name, last)
		}
		last = strings.ToLower(name)
		if paths[path] {
			t.Errorf("%s has the path of another service", name)
		}
		paths[path] = true
		known := []string{endpoints.PartitionAWS, endpoints.PartitionChina, endpoints.PartitionGov, endpoints.PartitionEUSC, "global"}
		if !slices.IsSortedFunc(in, func(a, b string) int { return slices.Index(known, a) - slices.Index(known, b) }) || in[0] != endpoints.PartitionAWS {
			t.Errorf("%s is in %q", name, in)
		}
		for _, partition := range in {
			if !slices.Contains(known, partition) {
				t.Errorf("%s is in %s, which is no partition", name, partition)
			}
		}
		if jump.Means(strings.ReplaceAll(name, " ", "")) != name {
			t.Errorf("no word means %s", name)
		}
	}
}

// Each service is read as the file has it, is found by its name, and has a page in each region of its partitions and in no other.
func TestEachServiceHasAPage(t *testing.T) {
	lines := strings.Split(console.ServicesText, "\n")
	for i, s := range console.Services() {
		line := lines[i]
		name, _, _ := strings.Cut(line, " | ")
		if s.Name != name {
			t.Errorf("%s is read as %s", name, s.Name)
		}
		if found := console.Named(name); found != s {
			t.Errorf("%s is found as %q", name, found.Name)
		}
		for _, r := range endpoints.Regions() {
			p := s.Page(r.Partition, r.Name)
			if !s.In(r.Partition) {
				if p != (console.Page{}) {
					t.Errorf("%s has a page in %s", s.Name, r.Name)
				}
				continue
			}
			if p.URL() == "" || p.Partition != r.Partition || s.Global != (p.Region == "") || !s.Global && p.Region != r.Name {
				t.Errorf("the page of %s in %s is %q", s.Name, r.Name, p.URL())
			}
			// A page of the service is known as one, and its parts as the service's they are of.
			if !strings.Contains(p.URL(), "#") && p.Service != s.Name {
				t.Errorf("%s is called a page of %s", p.URL(), p.Service)
			}
		}
	}
	if n := len(console.Services()); n != len(lines)-1 {
		t.Errorf("%d services are read of %d", n, len(lines)-1)
	}
}

func TestPagesOfServices(t *testing.T) {
	for _, test := range []struct{ word, partition, region, want string }{
		{"s3", "aws", "eu-west-1", "https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1"},
		{"s3", "aws", "", "https://console.aws.amazon.com/s3/home"},
		{"logs", "aws", "eu-west-1", "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups"},
		{"IAM", "aws", "eu-west-1", "https://console.aws.amazon.com/iam/home"},
		{"step-functions", "aws-cn", "cn-north-1", "https://cn-north-1.console.amazonaws.cn/states/home?region=cn-north-1"},
		{"vpc", "aws-us-gov", "us-gov-east-1", "https://us-gov-east-1.console.amazonaws-us-gov.com/vpcconsole/home?region=us-gov-east-1"},
		{"kms", "aws-eusc", "eusc-de-east-1", "https://eusc-de-east-1.console.amazonaws-eusc.eu/kms/home?region=eusc-de-east-1"},
		{"s3", "aws", "cn-north-1", ""},
		{"iam", "aws", "cn-north-1", ""},
	} {
		s := console.Named(jump.Means(test.word))
		if got := s.Page(test.partition, test.region).URL(); s.Name == "" || got != test.want {
			t.Errorf("%s in %s %s is %q", test.word, test.partition, test.region, got)
		}
	}
	for _, s := range console.Services() {
		if s.In("global") || s.In("") || s.Page("aws", "s3") != (console.Page{}) {
			t.Errorf("%s is where nothing is", s.Name)
		}
	}
	if p := (console.Service{}).Page("aws", "eu-west-1"); p != (console.Page{}) {
		t.Errorf("no service has the page %s", p.URL())
	}
}
