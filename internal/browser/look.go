package browser

// Node is an element as screen readers are told of it.
type Node struct {
	Role, Name, Description string
	Properties              map[string]string // such as live, keyshortcuts, hasPopup
}

// Tree gives what screen readers are told of the page, in its order.
func (p *Page) Tree() ([]Node, error) {
	i, ok := p.tab.(inspector)
	if !ok {
		return nil, errInspect
	}
	return i.tree()
}

// Dark has the page see a dark or a light colour scheme.
func (p *Page) Dark(on bool) error {
	scheme := "light"
	if on {
		scheme = "dark"
	}
	return p.emulate(map[string]string{"prefers-color-scheme": scheme})
}

// Forced has the page see a dark scheme of forced colours, as high-contrast modes
// have; or no longer.
func (p *Page) Forced(on bool) error {
	forced, scheme := "none", "light"
	if on {
		forced, scheme = "active", "dark"
	}
	return p.emulate(map[string]string{"forced-colors": forced, "prefers-color-scheme": scheme})
}

func (p *Page) emulate(features map[string]string) error {
	i, ok := p.tab.(inspector)
	if !ok {
		return errInspect
	}
	return i.emulate(features)
}

// Resize has the page believe in a window of that size.
func (p *Page) Resize(width, height int64) error {
	i, ok := p.tab.(inspector)
	if !ok {
		return errInspect
	}
	return i.resize(width, height)
}
