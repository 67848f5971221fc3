package portaltest

import "net/http"

// servePage serves none: where the portal is part of an extension, its pages are
// the extension's own. That spares it html/template, which makes the linker keep
// every method there is: 6 MB.
func (p *Portal) servePage(http.ResponseWriter, *http.Request) bool { return false }
