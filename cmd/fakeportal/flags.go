package main

import (
	"flag"
	"fmt"
	"io"
	"net"
	"time"

	"portico/internal/portaltest"
)

func parseFlags(args []string, stderr io.Writer) (addr string, config portaltest.Config, err error) {
	flags := flag.NewFlagSet("fakeportal", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&addr, "addr", "127.0.0.1:0", "loopback `address` to serve on; port 0 takes a free one")
	flags.IntVar(&config.Accounts, "accounts", 40, "accounts in the organisation, at least 1")
	flags.IntVar(&config.Roles, "roles", 3, "roles in every account, at least 1")
	flags.Uint64Var(&config.Seed, "seed", 1, "the same seed gives the same organisation, and honours tokens of an earlier run")
	flags.Float64Var(&config.TPS, "tps", 20, "portal API requests answered per second; negative for no limit")
	quota := flags.String("quota", string(portaltest.TokenBucket), "how -tps is enforced: token-bucket or fixed-window")
	flags.DurationVar(&config.Latency, "latency", 0, "time that passes before each API answer")
	flags.BoolVar(&config.AutoApprove, "auto-approve", false, "approve each sign-in, by device code or on its page, without asking")
	flags.DurationVar(&config.TokenTTL, "token-ttl", 8*time.Hour, "life of an access token")
	flags.DurationVar(&config.SessionTTL, "session-ttl", 0, "life of a session, in which tokens can be refreshed and which only Logout restarts;\n"+
		"0 makes every sign-in a session that lasts as long as its token and has no refresh token")
	flags.BoolVar(&config.Hostile, "hostile", false, "give ten accounts texts that attack whoever shows or copies them")
	flags.Func("fault", "`rules` of what goes wrong, such as ListAccountRoles:3-5=503,GetRoleCredentials:1=reset;\n"+
		"faults: 500 503 timeout reset html truncated throttle slow:3s skew:-2h expired revoked\n"+
		"  forbidden gateway missing deep endless holes timeless;\n"+
		"of the sign-in service also its errors, such as SlowDownException, and KMS_AccessDeniedException\n"+
		"  and the other reasons for which a key can't be used", func(text string) error {
		rules, err := portaltest.ParseFaults(text)
		config.Faults = append(config.Faults, rules...)
		return err
	})
	if err := flags.Parse(args); err != nil {
		return "", config, err
	}
	config.Quota = portaltest.Quota(*quota)
	return addr, config, check(flags.Args(), addr, config)
}

func check(rest []string, addr string, config portaltest.Config) error {
	switch {
	case len(rest) > 0:
		return fmt.Errorf("unexpected argument %q", rest[0])
	case config.Accounts < 1 || config.Roles < 1:
		return fmt.Errorf("-accounts %d -roles %d: both must be at least 1", config.Accounts, config.Roles)
	case config.TPS == 0:
		return fmt.Errorf("-tps 0 would answer nothing; a negative number means no limit")
	case config.Quota != portaltest.TokenBucket && config.Quota != portaltest.FixedWindow:
		return fmt.Errorf("-quota %q: must be token-bucket or fixed-window", config.Quota)
	case config.Latency < 0 || config.TokenTTL <= 0 || config.SessionTTL < 0:
		return fmt.Errorf("-latency %v -token-ttl %v -session-ttl %v: must not be negative, -token-ttl not zero", config.Latency, config.TokenTTL, config.SessionTTL)
	}
	return checkLoopback(addr)
}

// checkLoopback refuses addresses that other machines could reach. Names are
// refused but for localhost, as they may come to mean another address.
func checkLoopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("-addr: %w", err)
	}
	if ip := net.ParseIP(host); host == "localhost" || (ip != nil && ip.IsLoopback()) {
		return nil
	}
	return fmt.Errorf("-addr %q is not a loopback address; a test portal approves anybody, so it is served to this machine only", addr)
}
