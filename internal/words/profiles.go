package words

import "portico/internal/message"

// TooLongConfig says that a file is longer than any that people have.
func TooLongConfig() *message.Error {
	return failed("TooLongConfig", message.InvalidInput, "That is too long for a config file.", "Paste ~/.aws/config alone.")
}

// NoProfiles says that no role is called so.
func NoProfiles() *message.Error {
	return failed("NoProfiles", message.InvalidInput, "No listed role matches.", "Write other words, or refresh the list in the popup.")
}

// NoConfig says that the portal can't stand in a file.
func NoConfig() *message.Error {
	return failed("NoConfig", message.InvalidInput, "A config file can’t hold this portal’s address.", "Choose another portal.")
}

// What profiles change in a file.
const (
	SectionAdded   Form = "New: [%1]"
	ProfileRenamed Form = "New: [%1], since %2 is taken"
	ValueAdded     Form = "In [%1] %2 is new: %3"
	ValueChanged   Form = "In [%1] %2 changes from %3 to %4"
	ProfileSkipped Form = "Left out: %1 in %2 (%3), which a config file can’t hold"
	MoreChanges    Form = "… and %1 more"
	PresentAlready Form = "Sections there already: %1"
)
