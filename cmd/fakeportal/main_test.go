package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestPrintsItsAddressesThenServesUntilStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- run(ctx, []string{"-accounts", "5", "-auto-approve"}, in, io.Discard) }()

	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]string
	if err := json.Unmarshal([]byte(line), &got); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	origin := got["portal"]
	if got["start_url"] != origin+"/start" || got["oidc"] != origin || got["region"] != "us-east-1" || len(got) != 4 {
		t.Errorf("printed %s", line)
	}
	reply, err := http.Get(got["start_url"])
	if err != nil {
		t.Fatal(err)
	}
	reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		t.Errorf("start page: %s", reply.Status)
	}

	http.DefaultClient.CloseIdleConnections()
	stop()
	if err := <-done; err != nil {
		t.Errorf("stopped with %v", err)
	}
	if _, err := http.Get(got["start_url"]); err == nil {
		t.Error("still serving after it was stopped")
	}
}

func TestRefusesArgumentsItCanNotHonour(t *testing.T) {
	for _, test := range []struct{ args, want string }{
		{"-addr 0.0.0.0:0", "not a loopback address"},
		{"-addr :8080", "not a loopback address"},
		{"-addr [::]:0", "not a loopback address"},
		{"-addr 192.168.1.5:80", "not a loopback address"},
		{"-addr localhost.example.com:80", "not a loopback address"},
		{"-addr 127.0.0.1", "-addr:"},
		{"-quota leaky", "token-bucket or fixed-window"},
		{"-accounts 0", "at least 1"},
		{"-tps 0", "-tps 0"},
		{"-latency -1s", "must not be negative"},
		{"-token-ttl 0s", "must not be negative"},
		{"-session-ttl -1s", "must not be negative"},
		{"-fault ListAccounts=418", `no fault "418"`},
		{"-fault ListAccounts=503 -fault Nothing=503", `no operation "Nothing"`},
		{"extra", "unexpected argument"},
		{"-nonsense", "not defined"},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel() // so that what should have been refused does not serve
		err := run(ctx, strings.Fields(test.args), io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v, want one about %q", test.args, err, test.want)
		}
	}
}

func TestLoopbackAddressesAreAccepted(t *testing.T) {
	for _, addr := range []string{"127.0.0.1:0", "127.9.9.9:1", "[::1]:0", "localhost:8080"} {
		if err := checkLoopback(addr); err != nil {
			t.Error(err)
		}
	}
}

func TestFlagsReachThePortal(t *testing.T) {
	_, config, err := parseFlags(strings.Fields("-hostile -fault ListAccounts:2=503,*=slow:1ms -fault Logout=reset -token-ttl 10m -session-ttl 1h"), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	var faults []string
	for _, rule := range config.Faults {
		faults = append(faults, rule.String())
	}
	if got := strings.Join(faults, ","); got != "ListAccounts:2=503,*=slow:1ms,Logout=reset" || !config.Hostile {
		t.Errorf("faults %s, hostile %v", got, config.Hostile)
	}
	if config.TokenTTL != 10*time.Minute || config.SessionTTL != time.Hour {
		t.Errorf("tokens live %v, sessions %v", config.TokenTTL, config.SessionTTL)
	}
}
