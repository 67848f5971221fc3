// Package credfmt writes credentials as text that shells and files understand.
// It only formats: where the text goes is no concern of its.
package credfmt

import (
	"time"

	"portico/internal/profile"
)

// Credentials are a role's short-term credentials, and which role's they are.
type Credentials struct {
	AccountID       string
	AccountName     string // empty if unknown
	RoleName        string
	AccessKeyID     string
	SecretAccessKey string
	SessionToken    string
	Expiration      time.Time // zero if unknown

	// Among are all roles of the portal, so that no two share the name of a profile
	// that a template gives. Without a template nobody looks at them.
	Among []profile.Role
}
