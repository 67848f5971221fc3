// Package list names the forms in which credentials can be copied. It writes none
// of them, so that whoever only offers them links nothing more.
package list

// Format is a form in which credentials can be copied.
type Format struct {
	ID   string // never changes: people's choices are stored by it
	Name string // what understands it, as it is called in a sentence
}

// The IDs of the formats.
const (
	POSIX       = "posix"
	Fish        = "fish"
	PowerShell  = "powershell"
	Cmd         = "cmd"
	Nushell     = "nushell"
	DotEnv      = "dotenv"
	Docker      = "docker"
	Credentials = "credentials-file"
	Process     = "credential-process"
	JSON        = "json"
	Template    = "template"
)

var formats = []Format{
	{POSIX, "bash and zsh"},
	{Fish, "fish"},
	{PowerShell, "PowerShell"},
	{Cmd, "cmd"},
	{Nushell, "nushell"},
	{DotEnv, ".env"},
	{Docker, "docker -e"},
	{Credentials, "~/.aws/credentials"},
	{Process, "credential_process"},
	{JSON, "JSON"},
	{Template, "your template"},
}

// Formats gives every format, the one for who has chosen none first. The slice
// is not to be changed.
func Formats() []Format { return formats }

// Find gives the format of an ID. For any other text it gives the first, and
// false: a stored ID may stem from a version that knew more.
func Find(id string) (Format, bool) {
	for _, f := range formats {
		if f.ID == id {
			return f, true
		}
	}
	return formats[0], false
}
