package console

import "strings"

// Page is a page of a console. Only what has been checked becomes one, so a Page
// is safe to lead to: it is at a console's own host, by https. The zero Page is
// none.
type Page struct {
	Partition string
	Account   string // whose session showed it; "" if its address did not tell
	Region    string // "" if its address names none
	Service   string // as people call it, or else as its path does; "" if of none

	host                  host
	path, query, fragment string // as they are shared, the latter two with ? and #
}

// longest is how long the address of a page may be: queries of logs stand in some.
const longest = 8192

// Read reads the address of a page of a console, as a tab shows it or as somebody
// has typed it. It is no page if it is not https, names a user or a port, is not at
// a host of a console, signs out or in, or could be read in two ways.
func Read(address string) (p Page, ok bool) {
	authority, rest, ok := split(address)
	if !ok {
		return Page{}, false
	}
	h, session, ok := parseHost(strings.TrimSuffix(strings.ToLower(authority), ":443"))
	if !ok {
		return Page{}, false
	}
	if session != "" {
		p.Account = session[:accountSize]
		rest = without(session, rest)
	}
	rest, p.fragment = cut(rest, '#')
	p.path, p.query = cut(rest, '?')
	if p.path == "" {
		p.path = "/"
	}
	if !isPlain(p.path) || signs(p.path) {
		return Page{}, false
	}
	p.query = trimmed(p.query, passing)
	p.host, p.Partition, p.Region = h, h.partition, h.region()
	if region := parameter(p.query, regionKey); inPartition(region, h.partition) {
		p.Region = region
	}
	p.Service = serviceAt(p.path)
	return p, true
}

// Home is the console's first page, in a region of the partition, or if region is
// "" in the one that was used last. There is none in another partition's region.
func Home(partition, region string) Page { return pageAt(partition, region, "console/home") }

// pageAt is the page of a path, behind which a fragment may stand.
func pageAt(partition, region, path string) Page {
	h := host{region, partition}
	if region != "" && !inPartition(region, partition) {
		return Page{}
	}
	path, fragment := cut(path, '#')
	if region != "" {
		path += "?" + regionKey + "=" + region
	}
	p, _ := Read("https://" + h.name() + "/" + path + fragment)
	return p
}

// URL is the page's address for anybody: the session that showed it is not in it.
func (p Page) URL() string {
	if p == (Page{}) {
		return ""
	}
	return "https://" + p.host.name() + p.path + p.query + p.fragment
}

// In is the same page in another region. There is none in a region of another
// partition. What is the same in all regions stays where it is.
func (p Page) In(region string) Page {
	if !inPartition(region, p.Partition) {
		return Page{}
	}
	if Named(p.Service).Global {
		return p
	}
	if p.host.label == "" || p.host.region() != "" {
		p.host.label = region
	}
	p.Region = region
	rest := trimmed(p.query, func(name, _ string) bool { return name == regionKey })
	p.query = "?" + regionKey + "=" + region + strings.Replace(rest, "?", "&", 1)
	if _, ok := Read(p.URL()); !ok {
		return Page{} // too long now
	}
	return p
}
