package message

// Settings are what a person chose for all portals. An empty one was not chosen.
type Settings struct {
	CopyFormat string // ID of the credfmt.Format that credentials are copied in
}

// Fields gives the message form.
func (s Settings) Fields() Fields { return Fields{"copyFormat": s.CopyFormat} }

// SettingsFrom reads the message form.
func SettingsFrom(f Fields) Settings { return Settings{f["copyFormat"]} }

// Text gives the stored form.
func (s Settings) Text() string { return s.Fields().Text() }

// ParseSettings reads the stored form.
func ParseSettings(text string) Settings { return SettingsFrom(ParseText(text)) }
