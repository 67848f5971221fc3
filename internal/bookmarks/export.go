package bookmarks

import "strings"

// HTML gives a tree as the file in which browsers import and export bookmarks (the
// Netscape format), for somebody else to import. What was revoked is not in it.
func HTML(tree Tree) string {
	e := exporter{in: make(map[Key][]Wanted)}
	for _, w := range tree.Wanted {
		if w.Key != portalKey {
			e.in[w.Parent] = append(e.in[w.Parent], w)
		}
	}
	e.WriteString("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n" +
		`<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">` + "\n" +
		"<TITLE>Bookmarks</TITLE>\n<H1>Bookmarks</H1>\n<DL><p>\n")
	if len(tree.Wanted) > 0 {
		e.write(tree.Wanted[0], "    ")
	}
	e.WriteString("</DL><p>\n")
	return e.String()
}

type exporter struct {
	strings.Builder
	in map[Key][]Wanted // by folder
}

// write writes a bookmark, or a folder with all that is in it.
func (e *exporter) write(w Wanted, indent string) {
	if w.URL != "" {
		e.WriteString(indent + `<DT><A HREF="` + escaped(w.URL) + `">` + escaped(w.Title) + "</A>\n")
		return
	}
	e.WriteString(indent + "<DT><H3>" + escaped(w.Title) + "</H3>\n" + indent + "<DL><p>\n")
	for _, in := range e.in[w.Key] {
		e.write(in, indent+"    ")
	}
	e.WriteString(indent + "</DL><p>\n")
}

// escaped writes a text in HTML, also in a quoted attribute.
func escaped(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; c {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '"':
			b.WriteString("&quot;")
		case '\'':
			b.WriteString("&#39;")
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
