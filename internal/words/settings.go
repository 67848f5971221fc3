package words

import "portico/internal/message"

// NoTemplate says that there is no template of one's own yet.
func NoTemplate() *message.Error {
	return failed("NoTemplate", message.InvalidInput, "You have no template yet.", "Write one in the settings, or choose another format.")
}

// UnknownChoice says that a setting can't be that.
func UnknownChoice(text string) *message.Error {
	return failed("UnknownChoice", message.InvalidInput, "Portico does not know the choice %1.", chooseOther, text)
}

// SetByOrganisation says that nobody may change a setting here.
func SetByOrganisation() *message.Error {
	return failed("SetByOrganisation", message.InvalidInput, "This is set by your organisation.", "Ask those who manage this browser.")
}

// NotInPolicies says that a policy has something that means nothing.
func NotInPolicies() *message.Error {
	return failed("NotInPolicies", message.InvalidInput, "No policy can say that.", leaveOut)
}

// NoSuchSetting says that there is no setting of a name that a policy could choose.
func NoSuchSetting(name string) *message.Error {
	return failed("NoSuchSetting", message.InvalidInput, "No policy can lock %1.", "Write the name of a setting.", name)
}

// TooLongSetting says that a setting has too many letters.
func TooLongSetting() *message.Error {
	return failed("TooLongSetting", message.InvalidInput, "That is too long to be kept.", "Shorten it to 20,000 letters.")
}

// NotARegion says that a text is not the name of a Region.
func NotARegion(text string) *message.Error {
	return failed("NotARegion", message.InvalidInput, "%1 is not how Regions are written.", "Write it as in eu-central-1.", text)
}

// NotAPage says that a text is neither a service nor a page of the console.
func NotAPage(text string) *message.Error {
	return failed("NotAPage", message.InvalidInput, "%1 is no page of the console.", "Write a service, such as S3, or paste the address of a page.", text)
}

// EmptyRule says that a rule is for no role, or for all.
func EmptyRule(number string) *message.Error {
	return failed("EmptyRule", message.InvalidInput, "Rule %1 does not say what it is for.", "Choose a portal, or write an account or a role.", number)
}

// VoidPattern says that nothing can be called what a line says.
func VoidPattern(number, text string) *message.Error {
	return failed("VoidPattern", message.InvalidInput, "Line %1 matches nothing: %2.", "Write words of a name, an account ID, or * for any.", number, text)
}

// What is wrong with a template, and with which part of it.

// UnknownPlaceholder says that there is no placeholder of that name, and which there are.
func UnknownPlaceholder(text, known string) *message.Error {
	return failed("UnknownPlaceholder", message.InvalidInput, "There is no placeholder %1.", "There are %2.", text, known)
}

// Unclosed says that a brace or a quotation mark has no end.
func Unclosed(text string) *message.Error {
	return failed("Unclosed", message.InvalidInput, "What begins with %1 has no end.", "Close it, or write a brace twice if you mean one.", text)
}

// Unopened says that a brace ends nothing.
func Unopened(text string) *message.Error {
	return failed("Unopened", message.InvalidInput, "A %1 ends nothing here.", "Write it twice if you mean one.", text)
}

// InQuotes says that a placeholder stands where it can't be quoted.
func InQuotes(text string) *message.Error {
	return failed("InQuotes", message.InvalidInput, "Between single quotes %1 can’t be quoted.", "Take these quotes away: Portico adds its own.", text)
}

// Touching says that a placeholder stands too close to what is before it.
func Touching(text string) *message.Error {
	return failed("Touching", message.InvalidInput, "What stands before %1 changes how a shell reads it.", "Put a blank between them, or take it away.", text)
}

// NotInTemplates says that nobody can tell how a shell reads on.
func NotInTemplates(text string) *message.Error {
	return failed("NotInTemplates", message.InvalidInput, "Behind %1 it is not certain how the shell reads on.", leaveOut, text)
}

// NotInProfiles says that the name of a profile can't have a character.
func NotInProfiles(text string) *message.Error {
	return failed("NotInProfiles", message.InvalidInput, "Names of profiles can’t have %1.", "Use letters, digits, dots, hyphens and low lines.", text)
}

// NotAName says that a portal can't be called so: by so many letters at most.
func NotAName(most int64) *message.Error {
	return failed("NotAName", message.InvalidInput, "A portal’s name has %1 letters at most, and none that can’t be seen.", shorten, Number(most))
}
