package ssocore

import "time"

func (out *RegisterClientOutput) decode(name, value []byte) (err error) {
	switch string(name) {
	case "clientId":
		err = setText(&out.ClientID, value)
	case "clientSecret":
		err = setText(&out.ClientSecret, value)
	case "clientIdIssuedAt":
		out.ClientIDIssuedAt, err = instant(value, unixSeconds)
	case "clientSecretExpiresAt":
		out.ClientSecretExpiresAt, err = instant(value, unixSeconds)
	case "authorizationEndpoint":
		err = setText(&out.AuthorizationEndpoint, value)
	case "tokenEndpoint":
		err = setText(&out.TokenEndpoint, value)
	}
	return named(name, err)
}

func unixSeconds(n int64) time.Time { return time.Unix(n, 0) }

func (out *StartDeviceAuthorizationOutput) decode(name, value []byte) (err error) {
	switch string(name) {
	case "deviceCode":
		err = setText(&out.DeviceCode, value)
	case "userCode":
		err = setText(&out.UserCode, value)
	case "verificationUri":
		err = setText(&out.VerificationURI, value)
	case "verificationUriComplete":
		err = setText(&out.VerificationURIComplete, value)
	case "expiresIn":
		out.ExpiresIn, err = seconds(value)
	case "interval":
		out.Interval, err = seconds(value)
	}
	return named(name, err)
}

func (out *CreateTokenOutput) decode(name, value []byte) (err error) {
	switch string(name) {
	case "accessToken":
		err = setText(&out.AccessToken, value)
	case "tokenType":
		err = setText(&out.TokenType, value)
	case "expiresIn":
		out.ExpiresIn, err = seconds(value)
	case "refreshToken":
		err = setText(&out.RefreshToken, value)
	case "idToken":
		err = setText(&out.IDToken, value)
	}
	return named(name, err)
}
