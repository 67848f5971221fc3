package portaltest

// A portal that is part of an extension ships with it, and texts that attack
// whoever reads them must not.
var hostileTexts []string

func spoil([]Account) { panic("portaltest: inside an extension no organisation is hostile") }
