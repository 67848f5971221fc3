//go:build !js

package portaltest

import (
	"embed"
	"html/template"
	"net/http"
	"path"
	"strings"
)

const (
	devicePath  = startPath + "/device"
	consolePath = "/console/home"
)

// pagePolicy lets a page use our own style, script and icon and send its form
// to us; nothing else, and nothing inline.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

//go:embed assets
var assets embed.FS

var (
	testPages = parsePages(false, "Test portal")
	demoPages = parsePages(true, "Demo organisation")
)

// parsePages lets the pages say what kind of portal this is.
func parsePages(demo bool, brand string) *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"demo":  func() bool { return demo },
		"brand": func() string { return brand },
	}).ParseFS(assets, "assets/*.html"))
}

// servePage answers what a person or a test visits. It reports false if r is
// for none of these pages.
func (p *Portal) servePage(w http.ResponseWriter, r *http.Request) bool {
	switch r.URL.Path {
	case "/":
		http.Redirect(w, r, startPath, http.StatusFound)
	case startPath, startPath + "/":
		p.get(w, r, p.startPage)
	case devicePath:
		p.devicePage(w, r)
	case consolePath:
		p.get(w, r, p.consolePage)
	case assetsPath + "portal.css", assetsPath + "start.js", assetsPath + "icon.svg":
		p.get(w, r, serveAsset)
	default:
		return false
	}
	return true
}

func serveAsset(w http.ResponseWriter, r *http.Request) {
	name := path.Base(r.URL.Path)
	text, err := assets.ReadFile("assets/" + name)
	if err != nil {
		panic("portaltest: embedded file: " + err.Error())
	}
	w.Header().Set("Content-Type", assetTypes[path.Ext(name)])
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(text)
}

// assetTypes is a table of our own because package mime asks the system.
var assetTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

func (p *Portal) render(w http.ResponseWriter, status int, page string, data any) {
	p.renderWith(pagePolicy, w, status, page, data)
}

func (p *Portal) renderWith(policy string, w http.ResponseWriter, status int, page string, data any) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	pages := testPages
	if p.config.Demo {
		pages = demoPages
	}
	_ = pages.ExecuteTemplate(w, page, data) // fails only if the browser went away
}

// startPage is the portal's front door. As on the real one, its links live in
// the fragment, which a server never sees: a small script follows them.
func (p *Portal) startPage(w http.ResponseWriter, _ *http.Request) {
	accounts, roles := p.granted.Load().accounts, 0
	for _, a := range accounts {
		roles += len(a.Roles)
	}
	p.render(w, http.StatusOK, "start.html", struct {
		Region          string
		Accounts, Roles int
	}{p.config.Region, len(accounts), roles})
}

// devicePage shows a user code and takes the person's decision on it. After
// the decision it redirects to itself, so that reloading sends nothing twice.
func (p *Portal) devicePage(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		p.showDevice(w, r)
	case http.MethodPost:
		p.decideByForm(w, r)
	default:
		refuseMethod(w, "GET, HEAD, POST")
	}
}

func (p *Portal) showDevice(w http.ResponseWriter, r *http.Request) {
	code := canonicalUserCode(r.URL.Query().Get("user_code"))
	state := p.verification(code)
	status := http.StatusOK
	if state == verificationUnknown && code != "" {
		status = http.StatusNotFound
	}
	p.render(w, status, "device.html", struct {
		Code  string
		State verification
	}{code, state})
}

func (p *Portal) decideByForm(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, largestBody)
	code := canonicalUserCode(r.PostFormValue("user_code"))
	switch r.PostFormValue("decision") {
	case "allow":
		p.Approve(code)
	case "deny":
		p.Deny(code)
	}
	http.Redirect(w, r, devicePath+"?user_code="+template.URLQueryEscaper(code), http.StatusSeeOther)
}

// consolePage stands for the console that a shortcut link opens.
func (p *Portal) consolePage(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	data := struct {
		grant
		Destination string
	}{p.grantOf(query), query.Get("destination")}
	status := http.StatusForbidden
	if data.Assigned {
		status = http.StatusOK
	}
	p.render(w, status, "console.html", data)
}

// authorizePage asks whether a client may sign in, or says what is wrong with it. Its
// form leads back to the client, which a policy on forms sees, too.
func (p *Portal) authorizePage(w http.ResponseWriter, status int, wrong string) {
	policy := strings.Replace(pagePolicy, "form-action 'self'", "form-action 'self' http://127.0.0.1:*", 1)
	p.renderWith(policy, w, status, "authorize.html", wrong)
}
