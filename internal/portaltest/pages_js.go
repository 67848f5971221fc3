package portaltest

import "net/http"

// servePage serves none: where the portal is part of an extension, its pages are
// the extension's own. That spares it html/template, which makes the linker keep
// every method there is: 6 MB.
func (p *Portal) servePage(http.ResponseWriter, *http.Request) bool { return false }

// authorizePage shows none, either: nobody signs in to the demo by the browser.
func (p *Portal) authorizePage(w http.ResponseWriter, _ int, wrong string) {
	http.Error(w, wrong, http.StatusBadRequest)
}
