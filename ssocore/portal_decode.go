package ssocore

import "time"

func (out *ListAccountsOutput) read(r *reader) {
	for more := r.open(); more; more = r.more() {
		switch r.key() {
		case "nextToken":
			out.NextToken = r.text()
		case "accountList":
			out.AccountList = list(r, (*AccountInfo).read)
		default:
			r.skip()
		}
	}
}

func (a *AccountInfo) read(r *reader) {
	for more := r.open(); more; more = r.more() {
		switch r.key() {
		case "accountId":
			a.AccountID = r.text()
		case "accountName":
			a.AccountName = r.text()
		case "emailAddress":
			a.EmailAddress = r.text()
		default:
			r.skip()
		}
	}
}

func (out *ListAccountRolesOutput) read(r *reader) {
	for more := r.open(); more; more = r.more() {
		switch r.key() {
		case "nextToken":
			out.NextToken = r.text()
		case "roleList":
			out.RoleList = list(r, (*RoleInfo).read)
		default:
			r.skip()
		}
	}
}

func (role *RoleInfo) read(r *reader) {
	for more := r.open(); more; more = r.more() {
		switch r.key() {
		case "roleName":
			role.RoleName = r.text()
		case "accountId":
			role.AccountID = r.text()
		default:
			r.skip()
		}
	}
}

func (out *GetRoleCredentialsOutput) read(r *reader) {
	for more := r.open(); more; more = r.more() {
		switch r.key() {
		case "roleCredentials":
			out.RoleCredentials = RoleCredentials{}
			out.RoleCredentials.read(r)
		default:
			r.skip()
		}
	}
}

func (c *RoleCredentials) read(r *reader) {
	for more := r.open(); more; more = r.more() {
		switch r.key() {
		case "accessKeyId":
			c.AccessKeyID = r.text()
		case "secretAccessKey":
			c.SecretAccessKey = Secret(r.text())
		case "sessionToken":
			c.SessionToken = Secret(r.text())
		case "expiration":
			c.Expiration = r.instant(time.UnixMilli)
		default:
			r.skip()
		}
	}
}

// A page may be without a list: clients take that for an empty one.

func (out *ListAccountsOutput) missing() string     { return "" }
func (out *ListAccountRolesOutput) missing() string { return "" }

func (out *GetRoleCredentialsOutput) missing() string { return out.RoleCredentials.missing() }

func (c *RoleCredentials) missing() string {
	expiration := ""
	if !c.Expiration.IsZero() {
		expiration = "there"
	}
	return firstEmpty("accessKeyId", c.AccessKeyID, "secretAccessKey", c.SecretAccessKey.Reveal(),
		"sessionToken", c.SessionToken.Reveal(), "expiration", expiration)
}

// instant reads a time counted from the epoch in the unit that from takes.
// Null is the zero time.
func (r *reader) instant(from func(int64) time.Time) time.Time {
	n, ok := r.integer()
	if !ok {
		return time.Time{}
	}
	return from(n).UTC()
}

// seconds reads a duration. Null is 0, and more than the longest is the longest: a
// token that is said to live for ever is a token all the same.
func (r *reader) seconds() time.Duration {
	n := r.bounded()
	return time.Duration(min(max(n, -maxSeconds), maxSeconds)) * time.Second
}

// maxSeconds is the longest Duration.
const maxSeconds = int64(1<<63-1) / int64(time.Second)
