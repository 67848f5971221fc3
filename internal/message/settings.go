package message

// Settings are what a person chose for all portals. An empty one was not chosen.
type Settings struct {
	CopyFormat string // ID of the format of credfmt/list that credentials are copied in
	PinTold    string // not empty: it was suggested to pin the toolbar button
	CopyTold   string // not empty: it was offered to finish copies without the popup
}

func (s *Settings) list(c Codec) {
	c.Text("copyFormat", &s.CopyFormat)
	c.Text("pinTold", &s.PinTold)
	c.Text("copyTold", &s.CopyTold)
}

// Fields gives the message form.
func (s Settings) Fields() Fields {
	c := writing()
	s.list(c)
	return c.fields
}

// SettingsFrom reads the message form.
func SettingsFrom(f Fields) (s Settings) {
	s.list(f.reading())
	return s
}

// Text gives the stored form.
func (s Settings) Text() string { return s.Fields().Text() }

// ParseSettings reads the stored form.
func ParseSettings(text string) Settings { return SettingsFrom(ParseText(text)) }
