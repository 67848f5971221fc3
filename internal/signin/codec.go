package signin

import (
	"time"

	"portico/internal/message"
	"portico/ssocore"
)

// Fields gives the stored form. It reveals secrets: it is for memory-only
// storage.
func (s State) Fields() message.Fields {
	f := s.Client.Fields()
	f["deviceCode"], f["userCode"], f["page"] = s.DeviceCode.Reveal(), s.UserCode, s.Page
	f["codeExpires"], f["nextPoll"] = message.FormatTime(s.CodeExpires), message.FormatTime(s.NextPoll)
	f["interval"] = message.FormatSpan(s.Interval)
	f["fresh"], f["opened"] = message.FormatBool(s.Fresh), message.FormatBool(s.Opened)
	return f
}

// StateFrom reads the stored form. A state whose token is there is never
// stored: the token goes to where tokens are kept.
func StateFrom(f message.Fields) State {
	return State{
		Client: RegistrationFrom(f), Fresh: message.ParseBool(f["fresh"]),
		DeviceCode: ssocore.Secret(f["deviceCode"]), UserCode: f["userCode"], Page: f["page"],
		CodeExpires: message.ParseTime(f["codeExpires"]), NextPoll: message.ParseTime(f["nextPoll"]),
		Interval: parseInterval(f["interval"]),
		Opened:   message.ParseBool(f["opened"]),
	}
}

// Fields gives the stored form, secret included.
func (r Registration) Fields() message.Fields {
	return message.Fields{"clientId": r.ClientID, "clientSecret": r.ClientSecret.Reveal(),
		"clientExpires": message.FormatTime(r.Expires)}
}

// RegistrationFrom reads the stored form.
func RegistrationFrom(f message.Fields) Registration {
	return Registration{f["clientId"], ssocore.Secret(f["clientSecret"]), message.ParseTime(f["clientExpires"])}
}

// parseInterval reads an interval; whatever is stored, it is none that no answer
// could have led to.
func parseInterval(s string) time.Duration {
	ms := message.ParseInt(s)
	if ms == 0 {
		return 0 // there is no code yet
	}
	return min(max(time.Duration(min(ms, longest.Milliseconds()))*time.Millisecond, shortest), longest)
}
