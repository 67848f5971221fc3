package ssocore

import (
	"slices"
	"strings"
)

// An API is one of the two services a [Client] speaks to, under the name that
// boto3 makes clients by. What it offers is known by botocore's method names
// ("list_accounts"), so that scripts move over as they are.
type API string

const (
	PortalAPI API = "sso"      // the SSO portal API
	OIDCAPI   API = "sso-oidc" // the SSO OIDC API
)

// Methods returns the API's method names, each with the name of its operation:
// "list_accounts" with "ListAccounts".
func (a API) Methods() map[string]string {
	methods := map[string]string{}
	for _, op := range operations {
		if op.api == a {
			methods[op.method] = op.name
		}
	}
	return methods
}

// CanPaginate reports whether a method's answers come in pages. A name that is
// no method is an [*UnknownMethodError].
func (a API) CanPaginate(method string) (bool, error) {
	op, err := a.operation(method)
	return err == nil && op.items != "", err
}

// Exceptions returns the names of the errors that the API models, in
// alphabetical order. The types of this package have the same names.
func (a API) Exceptions() []string {
	var names []string
	for name := range a.exceptions() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (a API) exceptions() map[string]exception {
	switch a {
	case PortalAPI:
		return portalExceptions
	case OIDCAPI:
		return oidcExceptions
	}
	return nil
}

// WaiterNames returns the API's waiters. Neither API has any.
func (a API) WaiterNames() []string { return []string{} }

// GetWaiter always fails with a [*WaiterError]: neither API has waiters. What
// other services wait for with one is done here by polling [Client.CreateToken].
func (a API) GetWaiter(name string) error {
	return &WaiterError{API: a, Name: name, Available: a.WaiterNames()}
}

// operation finds a method by its exact name.
func (a API) operation(method string) (*operation, error) {
	for _, op := range operations {
		if op.api == a && op.method == method {
			return op, nil
		}
	}
	return nil, &UnknownMethodError{Method: method}
}

// UnknownMethodError says that a name is none of an API's methods.
type UnknownMethodError struct {
	Method string // as it was given
}

func (e *UnknownMethodError) Error() string {
	return "sso: no method " + quote(e.Method)
}

// OperationNotPageableError says that a method's answers do not come in pages.
type OperationNotPageableError struct {
	Method string
}

func (e *OperationNotPageableError) Error() string {
	return "sso: " + e.Method + " is not paginated"
}

// WaiterError says that an API has no waiter of a name.
type WaiterError struct {
	API       API
	Name      string   // as it was given
	Available []string // the waiters there are: none
}

func (e *WaiterError) Error() string {
	return string(e.API) + ": no waiter " + quote(e.Name) + ": the service has " +
		orElse(strings.Join(e.Available, ", "), "none")
}

// quote shows a name that may hold anything on one line.
func quote(s string) string { return `"` + printable(s) + `"` }
