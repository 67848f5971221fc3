package palette

import (
	"slices"
	"strings"

	"portico/internal/message"
	"portico/internal/words"
)

// setAside says which stored values could not be read, by their keys, and what
// to do about it.
func setAside(keys []string) string {
	var lost, todo []string
	for _, key := range keys {
		what, next := lostWith(key)
		if slices.Contains(lost, what) {
			continue
		}
		lost = append(lost, what)
		if next != "" {
			todo = append(todo, next)
		}
	}
	return words.SetAside.With(words.And(lost), strings.Join(todo, " "))
}

// lostWith says what a key holds, and what to do without it.
func lostWith(key string) (what, next string) {
	kind, _, _ := strings.Cut(key, ":")
	switch kind + ":" {
	case message.PortalsKey + ":":
		return words.LostPortals, words.AddMissing
	case message.SettingsKey + ":":
		return words.LostSettings, words.ChooseFormat
	case message.DirectoryPrefix, message.HeadKey + ":":
		return words.LostDirectory, words.ListAnew
	case message.ViewKey + ":":
		return words.LostView, ""
	}
	return words.LostSession, words.SignInIfDue // session, status and the work that is pending
}
