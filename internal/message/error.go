package message

// Code says what kind of failure an [Error] is, for whoever decides on it.
type Code string

// The codes.
const (
	InvalidInput  Code = "invalid_input"
	UnknownPortal Code = "unknown_portal"
	NeedsAccess   Code = "needs_access"    // the person has to grant host access or a permission; Fields say which
	NotSignedIn   Code = "not_signed_in"   // there is no session
	Expired       Code = "session_expired" // there was one
	CodeExpired   Code = "code_expired"    // the sign-in was not approved in time
	Denied        Code = "denied"          // the portal or the person said no
	NotAssigned   Code = "not_assigned"    // the role is no longer assigned
	Throttled     Code = "throttled"       // the portal's quota is used up
	Offline       Code = "offline"         // no answer came
	PortalFault   Code = "portal_fault"    // an answer came that makes no sense
	Unconfirmed   Code = "unconfirmed"     // signed out here; the portal did not confirm
	WrongClock    Code = "wrong_clock"     // this computer's clock is off
	Internal      Code = "internal"        // our own fault
)

// Error is the one error envelope. Message says what went wrong with what; Hint
// says what to do next. Neither holds a secret.
type Error struct {
	Code Code
	// Said is the name of the sentence in internal/words, and what stands in its
	// places, a line each.
	Said string

	Message   string
	Hint      string
	Retryable bool // the same request may succeed later, unchanged
	// Permissions and Origins say what has to be granted, separated by blanks,
	// if Code is NeedsAccess.
	Permissions, Origins string
	Field                string // of the form that was sent, if one of them is wrong
}

// Fields of the form that adds a portal, by which an Error names them.
const (
	StartURLField = "start-url"
	RegionField   = "region"
)

func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + " " + e.Hint
}

func (e *Error) list(c Codec) {
	c.Text("code", (*string)(&e.Code))
	c.Text("said", &e.Said)
	c.Text("message", &e.Message)
	c.Text("hint", &e.Hint)
	c.Bool("retryable", &e.Retryable)
	c.Text("permissions", &e.Permissions)
	c.Text("origins", &e.Origins)
	c.Text("field", &e.Field)
}

// Fields gives the message form.
func (e *Error) Fields() Fields {
	c := writing()
	e.list(c)
	return c.fields
}

// ErrorFrom reads the message form; nil if f holds no error.
func ErrorFrom(f Fields) *Error {
	if f["code"] == "" {
		return nil
	}
	e := new(Error)
	e.list(f.reading())
	return e
}
