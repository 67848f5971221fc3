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
			r.skip(0)
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
			r.skip(0)
		}
	}
}

func (out *CreateTokenOutput) read(r *reader) {
	for more := r.open(); more; more = r.more() {
		switch r.key() {
		case "accessToken":
			out.AccessToken = Secret(r.text())
		case "tokenType":
			out.TokenType = r.text()
		case "expiresIn":
			out.ExpiresIn = r.seconds()
		case "refreshToken":
			out.RefreshToken = Secret(r.text())
		case "idToken":
			out.IDToken = Secret(r.text())
		default:
			r.skip(0)
		}
	}
}
