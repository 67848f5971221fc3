package ssocore

import "time"

func (out *ListAccountsOutput) decode(name, value []byte) (err error) {
	switch string(name) {
	case "nextToken":
		err = setText(&out.NextToken, value)
	case "accountList":
		out.AccountList, err = list(value, (*AccountInfo).decode)
	}
	return named(name, err)
}

func (a *AccountInfo) decode(name, value []byte) (err error) {
	switch string(name) {
	case "accountId":
		err = setText(&a.AccountID, value)
	case "accountName":
		err = setText(&a.AccountName, value)
	case "emailAddress":
		err = setText(&a.EmailAddress, value)
	}
	return named(name, err)
}

func (out *ListAccountRolesOutput) decode(name, value []byte) (err error) {
	switch string(name) {
	case "nextToken":
		err = setText(&out.NextToken, value)
	case "roleList":
		out.RoleList, err = list(value, (*RoleInfo).decode)
	}
	return named(name, err)
}

func (r *RoleInfo) decode(name, value []byte) (err error) {
	switch string(name) {
	case "roleName":
		err = setText(&r.RoleName, value)
	case "accountId":
		err = setText(&r.AccountID, value)
	}
	return named(name, err)
}

func (out *GetRoleCredentialsOutput) decode(name, value []byte) (err error) {
	if string(name) == "roleCredentials" && !isNull(value) {
		out.RoleCredentials = RoleCredentials{}
		err = eachMember(value, out.RoleCredentials.decode)
	}
	return named(name, err)
}

func (c *RoleCredentials) decode(name, value []byte) (err error) {
	switch string(name) {
	case "accessKeyId":
		err = setText(&c.AccessKeyID, value)
	case "secretAccessKey":
		err = setText(&c.SecretAccessKey, value)
	case "sessionToken":
		err = setText(&c.SessionToken, value)
	case "expiration":
		c.Expiration, err = instant(value, time.UnixMilli)
	}
	return named(name, err)
}

// setText stores a text, also as a Secret.
func setText[S ~string](dst *S, value []byte) error {
	s, err := text(value)
	*dst = S(s)
	return err
}

// instant reads a time counted from the epoch in the unit that from takes.
// Null is the zero time.
func instant(value []byte, from func(int64) time.Time) (time.Time, error) {
	n, ok, err := integer(value)
	if err != nil || !ok {
		return time.Time{}, err
	}
	return from(n).UTC(), nil
}

// seconds reads a duration. Null is 0.
func seconds(value []byte) (time.Duration, error) {
	n, _, err := integer(value)
	if err == nil && (n > maxSeconds || n < -maxSeconds) {
		err = errNotInteger
	}
	return time.Duration(n) * time.Second, err
}

// maxSeconds is the longest Duration.
const maxSeconds = int64(1<<63-1) / int64(time.Second)

// list reads a list of objects. Null is no list, and null elements are left
// out.
func list[T any](value []byte, decode func(*T, []byte, []byte) error) ([]T, error) {
	if isNull(value) {
		return nil, nil
	}
	items := []T{}
	err := eachElement(value, func(element []byte) error {
		var item T
		err := eachMember(element, func(name, value []byte) error {
			return decode(&item, name, value)
		})
		items = append(items, item)
		return err
	})
	return items, err
}

// named says which member an error is about.
func named(name []byte, err error) error {
	if err != nil {
		return &memberError{string(name), err}
	}
	return nil
}
