package ssocore

import "time"

func (out *RegisterClientOutput) read(r *reader) {
	for more := r.open(); more; more = r.more() {
		switch r.key() {
		case "clientId":
			out.ClientID = r.text()
		case "clientSecret":
			out.ClientSecret = Secret(r.text())
		case "clientIdIssuedAt":
			out.ClientIDIssuedAt = r.instant(unixSeconds)
		case "clientSecretExpiresAt":
			out.ClientSecretExpiresAt = r.instant(unixSeconds)
		case "authorizationEndpoint":
			out.AuthorizationEndpoint = r.text()
		case "tokenEndpoint":
			out.TokenEndpoint = r.text()
		default:
			r.skip()
		}
	}
}

func unixSeconds(n int64) time.Time { return time.Unix(n, 0) }

func (out *StartDeviceAuthorizationOutput) read(r *reader) {
	for more := r.open(); more; more = r.more() {
		switch r.key() {
		case "deviceCode":
			out.DeviceCode = Secret(r.text())
		case "userCode":
			out.UserCode = r.text()
		case "verificationUri":
			out.VerificationURI = r.text()
		case "verificationUriComplete":
			out.VerificationURIComplete = r.text()
		case "expiresIn":
			out.ExpiresIn = r.seconds()
		case "interval":
			out.Interval = r.seconds()
		default:
			r.skip()
		}
	}
}

func (out *CreateTokenOutput) read(r *reader) {
	for more := r.open(); more; more = r.more() {
		switch r.key() {
		case "accessToken":
			out.AccessToken = Secret(r.text())
		case "tokenType":
			r.beside(func() { out.TokenType = r.text() })
		case "expiresIn":
			r.beside(func() { out.ExpiresIn = r.seconds() })
		case "refreshToken":
			r.beside(func() { out.RefreshToken = Secret(r.text()) })
		case "idToken":
			r.beside(func() { out.IDToken = Secret(r.text()) })
		default:
			r.skip()
		}
	}
}

// beside reads what stands beside the member that an answer is for. Of a wrong type
// it counts as absent: the token is there, is given once, and must not be lost.
func (r *reader) beside(read func()) {
	wrong := r.wrong
	read()
	r.wrong = wrong
}

// What an answer must hold, though the service's models call nothing required:
// without it the next call can't be made, and asking again gives the same.

func (out *RegisterClientOutput) missing() string {
	return firstEmpty("clientId", out.ClientID, "clientSecret", out.ClientSecret.Reveal())
}

func (out *StartDeviceAuthorizationOutput) missing() string {
	return firstEmpty("deviceCode", out.DeviceCode.Reveal(), "userCode", out.UserCode,
		"verificationUri", orElse(out.VerificationURIComplete, out.VerificationURI))
}

func (out *CreateTokenOutput) missing() string {
	return firstEmpty("accessToken", out.AccessToken.Reveal())
}

// firstEmpty returns the first name of pairs of name and value that has no
// value, or "".
func firstEmpty(pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			return pairs[i]
		}
	}
	return ""
}
