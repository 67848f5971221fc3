package ssocore

// operation is what the service models say about an operation of the two APIs
// (version 2019-06-10, botocore's service-2.json):
// https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_Operations.html
// https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_Operations.html
//
// Requests are made from these tables alone, so that the typed methods, the
// calls by name and the presigned URLs can't disagree. The tables hold data
// only: a program is linked with what it calls, not with what they could reach.
type operation struct {
	api     API
	name    string
	method  string // botocore's name
	verb    string
	path    string
	members []member
	items   string // the member of the answer that is listed, if it comes in pages
	maxBody int
}

// member is a parameter of an operation, in the order of the model.
type member struct {
	name     string
	wire     string // name in the query or of the header; members of a body keep theirs
	in       place
	kind     kind
	required bool
	secret   bool
}

type place byte

const (
	inQuery place = iota
	inHeader
	inBody
)

type kind byte

const (
	kindText kind = iota
	kindNumber
	kindList // of texts
)

func (op *operation) member(name string) *member {
	for i := range op.members {
		if op.members[i].name == name {
			return &op.members[i]
		}
	}
	return nil
}

// The largest answers accepted, in bytes. A page of 100 accounts takes about
// 20 KB; the other answers take a few.
const (
	maxListBody = 2 << 20
	maxBody     = 64 << 10
)

// tokenHeader carries the access token; requests are not signed.
const tokenHeader = "x-amz-sso_bearer_token"

var operations = [...]*operation{
	&opListAccounts, &opListAccountRoles, &opGetRoleCredentials, &opLogout,
	&opRegisterClient, &opStartDeviceAuthorization, &opCreateToken, &opCreateTokenWithIAM,
}

var opListAccounts = operation{
	api: PortalAPI, name: "ListAccounts", method: "list_accounts",
	verb: "GET", path: "/assignment/accounts", items: "accountList", maxBody: maxListBody,
	members: []member{
		{name: "nextToken", wire: "next_token"},
		{name: "maxResults", wire: "max_result", kind: kindNumber},
		{name: "accessToken", wire: tokenHeader, in: inHeader, required: true, secret: true},
	},
}

var opListAccountRoles = operation{
	api: PortalAPI, name: "ListAccountRoles", method: "list_account_roles",
	verb: "GET", path: "/assignment/roles", items: "roleList", maxBody: maxListBody,
	members: []member{
		{name: "nextToken", wire: "next_token"},
		{name: "maxResults", wire: "max_result", kind: kindNumber},
		{name: "accessToken", wire: tokenHeader, in: inHeader, required: true, secret: true},
		{name: "accountId", wire: "account_id", required: true},
	},
}

var opGetRoleCredentials = operation{
	api: PortalAPI, name: "GetRoleCredentials", method: "get_role_credentials",
	verb: "GET", path: "/federation/credentials", maxBody: maxBody,
	members: []member{
		{name: "roleName", wire: "role_name", required: true},
		{name: "accountId", wire: "account_id", required: true},
		{name: "accessToken", wire: tokenHeader, in: inHeader, required: true, secret: true},
	},
}

var opLogout = operation{
	api: PortalAPI, name: "Logout", method: "logout",
	verb: "POST", path: "/logout", maxBody: maxBody,
	members: []member{
		{name: "accessToken", wire: tokenHeader, in: inHeader, required: true, secret: true},
	},
}

var opRegisterClient = operation{
	api: OIDCAPI, name: "RegisterClient", method: "register_client",
	verb: "POST", path: "/client/register", maxBody: maxBody,
	members: []member{
		{name: "clientName", in: inBody, required: true},
		{name: "clientType", in: inBody, required: true},
		{name: "scopes", in: inBody, kind: kindList},
		{name: "redirectUris", in: inBody, kind: kindList},
		{name: "grantTypes", in: inBody, kind: kindList},
		{name: "issuerUrl", in: inBody},
		{name: "entitledApplicationArn", in: inBody},
	},
}

var opStartDeviceAuthorization = operation{
	api: OIDCAPI, name: "StartDeviceAuthorization", method: "start_device_authorization",
	verb: "POST", path: "/device_authorization", maxBody: maxBody,
	members: []member{
		{name: "clientId", in: inBody, required: true},
		{name: "clientSecret", in: inBody, required: true, secret: true},
		{name: "startUrl", in: inBody, required: true},
	},
}

var opCreateToken = operation{
	api: OIDCAPI, name: "CreateToken", method: "create_token",
	verb: "POST", path: "/token", maxBody: maxBody,
	members: []member{
		{name: "clientId", in: inBody, required: true},
		{name: "clientSecret", in: inBody, required: true, secret: true},
		{name: "grantType", in: inBody, required: true},
		{name: "deviceCode", in: inBody, secret: true},
		{name: "code", in: inBody, secret: true},
		{name: "refreshToken", in: inBody, secret: true},
		{name: "scope", in: inBody, kind: kindList},
		{name: "redirectUri", in: inBody},
		{name: "codeVerifier", in: inBody, secret: true},
	},
}

// opCreateTokenWithIAM is known by name alone: it is signed with AWS
// credentials, on behalf of applications that are no public clients.
var opCreateTokenWithIAM = operation{
	api: OIDCAPI, name: "CreateTokenWithIAM", method: "create_token_with_iam",
}
