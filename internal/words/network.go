package words

import "portico/internal/message"

// NoAnswer says that no answer came from a host.
func NoAnswer(host string) *message.Error {
	return passing("NoAnswer", message.Offline, "No answer from %1.", "Check your network, then try again.", host)
}

// TimedOut says that an answer took too long.
func TimedOut() *message.Error {
	return passing("TimedOut", message.Offline, "The portal did not answer in time.", tryAgain)
}

// Intercepted says that something between us and a host answered in its place.
func Intercepted(host string) *message.Error {
	return passing("Intercepted", message.PortalFault, "Your network answered instead of %1.", "If it has a log-in page, open that; if it blocks the portal, tell whoever runs it. Then try again.", host)
}

// Unreadable says that an answer from a host makes no sense.
func Unreadable(host string) *message.Error {
	return passing("Unreadable", message.PortalFault, "The answer from %1 could not be read.", tryLater, host)
}

// TooMany says that the portal's quota is used up.
func TooMany() *message.Error {
	return passing("TooMany", message.Throttled, "The portal is refusing requests because there were too many.", "Wait a moment, then try again.")
}

// Refused says that the portal forbids a call, by its error code.
func Refused(code string) *message.Error {
	return failed("Refused", message.Denied, "The portal refused this (%1).", "Ask whoever administers the portal whether access from here is allowed.", code)
}

// PortalFailed says that the portal answered with an error, by its code.
func PortalFailed(code string) *message.Error {
	return failed("PortalFailed", message.PortalFault, "The portal answered with an error (%1).", tryLater, code)
}
