package backend

// Lost says what a popup is told of keys that were set aside.
func Lost(keys ...string) string { return lost(keys) }
