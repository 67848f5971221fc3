package message

// Settings are what a person chose for all portals. An empty one was not chosen.
type Settings struct {
	CopyFormat string // ID of the credfmt.Format that credentials are copied in
	PinTold    string // not empty: it was suggested to pin the toolbar button
}

// Fields gives the message form.
func (s Settings) Fields() Fields {
	return Fields{"copyFormat": s.CopyFormat, "pinTold": s.PinTold}
}

// SettingsFrom reads the message form.
func SettingsFrom(f Fields) Settings { return Settings{f["copyFormat"], f["pinTold"]} }

// Text gives the stored form.
func (s Settings) Text() string { return s.Fields().Text() }

// ParseSettings reads the stored form.
func ParseSettings(text string) Settings { return SettingsFrom(ParseText(text)) }
