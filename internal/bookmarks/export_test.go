package bookmarks_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"

	"portico/internal/bookmarks"
	"portico/internal/directory"
)

// imported reads a file of bookmarks as browsers do: a line for each folder and
// bookmark, with the folders it is in.
func imported(t interface{ Fatal(...any) }, file string) (all []string) {
	doc, err := html.Parse(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var path []string
	title := ""
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.DataAtom {
		case atom.H3:
			title = textOf(n)
			all = append(all, strings.Join(append(path, title), " / "))
		case atom.A:
			line := strings.Join(append(path, textOf(n)), " / ")
			for _, a := range n.Attr {
				line += " [" + a.Key + "=" + a.Val + "]"
			}
			all = append(all, line)
		case atom.Script, atom.Img, atom.Iframe:
			all = append(all, "markup: "+n.Data)
		case atom.Dl:
			if title != "" {
				path = append(path, title)
				defer func() { path = path[:len(path)-1] }()
			}
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	walk(doc)
	return all
}

func textOf(n *html.Node) (text string) {
	if n.Type == html.TextNode {
		return n.Data
	}
	for c := range n.ChildNodes() {
		text += textOf(c)
	}
	return text
}

func TestTheExportIsWhatBrowsersImport(t *testing.T) {
	w := newWorld(account(1, "payments-prod", "Admin", "ReadOnly"), account(2, `<b>"R&D"</b> 'x'`, "Admin"), account(3, "gone", "Admin"))
	w.sync(t, pick(1, ""), pick(2, "Admin"), pick(3, "Admin"))
	w.directory.Accounts = w.directory.Accounts[:2]
	file := bookmarks.HTML(w.tree())
	const want = `<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3>Portico · acme</H3>
    <DL><p>
        <DT><H3>payments-prod</H3>
        <DL><p>
            <DT><A HREF="https://acme.awsapps.com/start/#/console?account_id=000000000001&amp;role_name=Admin">payments-prod · Admin</A>
            <DT><A HREF="https://acme.awsapps.com/start/#/console?account_id=000000000001&amp;role_name=ReadOnly">payments-prod · ReadOnly</A>
        </DL><p>
        <DT><A HREF="https://acme.awsapps.com/start/#/console?account_id=000000000002&amp;role_name=Admin">&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt; &#39;x&#39; · Admin</A>
    </DL><p>
</DL><p>
`
	if file != want {
		t.Errorf("got\n%swant\n%s", file, want)
	}
	if got, want := strings.Join(imported(t, file), "\n"), `Portico · acme
Portico · acme / payments-prod
Portico · acme / payments-prod / payments-prod · Admin [href=`+link(1, "Admin")+`]
Portico · acme / payments-prod / payments-prod · ReadOnly [href=`+link(1, "ReadOnly")+`]
Portico · acme / <b>"R&D"</b> 'x' · Admin [href=`+link(2, "Admin")+`]`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := imported(t, bookmarks.HTML(bookmarks.Tree{})); len(got) > 0 {
		t.Errorf("of nothing: %q", got)
	}
}

// Whatever an organisation calls its accounts and roles, the file holds just that.
func TestNoNameBecomesMarkup(t *testing.T) {
	names := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune(`<>&"'/\ =;#`+"\x00\n\r\tab\u202e"))), rapid.SampledFrom([]string{"</A><script>alert(1)</script>", `"><img src=x>`, "</DL></H3>", "&lt;&#0;&amp", "<!--", "]]>"}))
	rapid.Check(t, func(t *rapid.T) {
		name, role := directory.Escape(names.Draw(t, "account")), directory.Escape(names.Draw(t, "role"))
		if name == "" || role == "" {
			return
		}
		w := newWorld(account(1, name, role))
		w.style.Folder = name
		tree := w.tree(pick(1, ""))
		got := imported(t, bookmarks.HTML(tree))
		want := []string{name, name + " / " + name, name + " / " + name + " / " + name + " · " + role + " [href=" + tree.Wanted[2].URL + "]"}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("got\n%q\nwant\n%q", got, want)
		}
	})
}

func FuzzTitles(f *testing.F) {
	for _, seed := range []string{"", "{roleName} @ {accountName}", "{accountId}", "{{{accountName}}}", "{nothing}", "{", "}", " ", "a\nb", "é 漢", "<b>{roleName}"} {
		f.Add(seed, "payments-prod", "Admin")
	}
	f.Fuzz(func(t *testing.T, text, name, role string) {
		name, role = directory.Escape(name), directory.Escape(role)
		template, err := bookmarks.Parse(text)
		if err != nil {
			if _, again := bookmarks.Parse(text); again == nil || again.Error() != err.Error() {
				t.Errorf("%q: %v, then %v", text, err, again)
			}
			return
		}
		w := newWorld(account(1, name, role), account(2, name+"2", role))
		w.style.Title = template
		tree := w.tree(pick(1, role))
		if role == "" { // then it is the account
			return
		}
		title := tree.Wanted[len(tree.Wanted)-1].Title
		if strings.TrimSpace(title) == "" || strings.ContainsAny(title, "\n\r\t\x00") || utf8.ValidString(text) && !utf8.ValidString(title) {
			t.Errorf("%q makes %q", text, title)
		}
		if strings.Contains(text, "{roleName}") && !strings.Contains(text, "{{") && !strings.Contains(title, role) {
			t.Errorf("%q of %q makes %q", text, role, title)
		}
	})
}

func TestTitlesFollowTheTemplate(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "one · Admin",
		"{roleName} @ {accountName}":     "Admin @ one",
		"{accountId}/{roleName}":         "000000000001/Admin",
		"{{x}} {accountName} é":          "{x} one é",
		"  ":                             "one · Admin",
		"AWS {accountName} ({roleName})": "AWS one (Admin)",
	} {
		w := newWorld(account(1, "one", "Admin"))
		var err error
		if w.style.Title, err = bookmarks.Parse(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		w.sync(t, pick(1, "Admin"))
		if got := w.node(t, 1, "Admin").Title; got != want {
			t.Errorf("%q makes %q, want %q", text, got, want)
		}
		// A template that is changed changes what was not renamed.
		w.style.Title, _ = bookmarks.Parse("new {roleName}")
		w.sync(t)
		if got := w.node(t, 1, "Admin").Title; got != "new Admin" {
			t.Errorf("changed, it makes %q", got)
		}
	}
	for _, text := range []string{"{", "}", "{x}", "{roleName", "a\nb", "a\x00", "{roleName}\t"} {
		if _, err := bookmarks.Parse(text); err == nil {
			t.Errorf("%q is taken for a template", text)
		}
	}
}
