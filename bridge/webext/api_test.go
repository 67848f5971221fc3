//go:build js && wasm

package webext

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestCallsOnTheWire(t *testing.T) {
	for name, c := range map[string]struct {
		call func(context.Context, API) error
		want string
	}{
		"alarm": {func(ctx context.Context, a API) error { return a.CreateAlarm(ctx, "poll", 0.5, 0) },
			`alarms.create ["poll",{"delayInMinutes":0.5}]`},
		"repeating alarm": {func(ctx context.Context, a API) error { return a.CreateAlarm(ctx, "refresh", 0, 30) },
			`alarms.create ["refresh",{"periodInMinutes":30}]`},
		"clear alarm": {func(ctx context.Context, a API) error { return a.ClearAlarm(ctx, "poll") },
			`alarms.clear ["poll"]`},
		"tab": {func(ctx context.Context, a API) error {
			_, err := a.OpenTab(ctx, "https://d-1.awsapps.com/start/#/")
			return err
		},
			`tabs.create [{"active":true,"url":"https://d-1.awsapps.com/start/#/"}]`},
		"tab that is open": {func(ctx context.Context, a API) error {
			url, open, err := a.Tab(ctx, 7)
			if err == nil && (!open || url != "https://d-1.awsapps.com/start") {
				return errors.New("the tab shows " + url)
			}
			return err
		}, `tabs.get [7]`},
		"closed tab": {func(ctx context.Context, a API) error { return a.CloseTab(ctx, 7) }, `tabs.remove [7]`},
		"popup": {func(ctx context.Context, a API) error { return a.OpenPopup(ctx) },
			`action.openPopup []`},
		"badge": {func(ctx context.Context, a API) error { return a.SetBadge(ctx, "✓", "Done") },
			`action.setTitle [{"title":"Done"}]`},
		"toolbar": {func(ctx context.Context, a API) error {
			on, err := a.OnToolbar(ctx)
			if err == nil && !on {
				return errors.New("not on the toolbar")
			}
			return err
		}, `action.getUserSettings []`},
		"message": {func(ctx context.Context, a API) error {
			answer, err := a.SendMessage(ctx, map[string]any{"type": "hello"})
			if err == nil && answer.Get("echo").String() != "hello" {
				return errors.New("wrong answer")
			}
			return err
		}, `sendMessage [{"type":"hello"}]`},
		"origin rule": {func(ctx context.Context, a API) error {
			return a.RemoveOriginHeader(ctx, 1, []string{"portal.sso.eu-west-1.amazonaws.com", "oidc.eu-west-1.amazonaws.com"})
		}, `updateSessionRules [{"addRules":[{` +
			`"action":{"requestHeaders":[{"header":"origin","operation":"remove"}],"type":"modifyHeaders"},` +
			`"condition":{"initiatorDomains":["portico-id"],"requestDomains":["portal.sso.eu-west-1.amazonaws.com","oidc.eu-west-1.amazonaws.com"],"resourceTypes":["xmlhttprequest"]},` +
			`"id":1}],"removeRuleIds":[1]}]`},
		"no origin rule": {func(ctx context.Context, a API) error { return a.RemoveOriginHeader(ctx, 1, nil) },
			`updateSessionRules [{"removeRuleIds":[1]}]`},
		"redirect rule": {func(ctx context.Context, a API) error {
			return a.CatchRedirect(ctx, 2, "http://127.0.0.1:1/oauth/callback", "back.html")
		}, `updateSessionRules [{"addRules":[{` +
			`"action":{"redirect":{"regexSubstitution":"chrome-extension://portico-id/back.html\\1"},"type":"redirect"},` +
			`"condition":{"regexFilter":"^http://127\\.0\\.0\\.1:1/oauth/callback(\\?.*)$","resourceTypes":["main_frame"]},` +
			`"id":2}],"removeRuleIds":[2]}]`},
		"no redirect rule": {func(ctx context.Context, a API) error { return a.CatchRedirect(ctx, 2, "", "back.html") },
			`updateSessionRules [{"removeRuleIds":[2]}]`},
	} {
		t.Run(name, func(t *testing.T) {
			noLeaks(t)
			fake := source(fakeChrome)
			if err := c.call(soon(t), newAPI(t, fake)); err != nil {
				t.Fatal(err)
			}
			if got := sorted(lastCall(fake)); got != sorted(c.want) {
				t.Errorf("called %s\nwant   %s", got, c.want)
			}
		})
	}
}

// sorted writes a call's arguments with their keys in order, since Go's maps
// have none.
func sorted(call string) string {
	method, args, _ := strings.Cut(call, " ")
	order := source(`args => JSON.stringify(JSON.parse(args), (key, v) => v && typeof v === 'object' && !Array.isArray(v)
		? Object.fromEntries(Object.entries(v).sort(([a], [b]) => a < b ? -1 : 1)) : v)`)
	return method + " " + order.Invoke(args).String()
}

func TestRuntime(t *testing.T) {
	api := newAPI(t, source(fakeChrome))
	if got := api.Host(); got != "portico-id" {
		t.Errorf("host %q", got)
	}
	if got := api.Manifest().Get("version").String(); got != "1.2.3" {
		t.Errorf("version %q", got)
	}
	nowhere := newAPI(t, source(`undefined`))
	if got := nowhere.Host(); got != "" {
		t.Errorf("host outside an extension %q", got)
	}
	if got := nowhere.Manifest(); !got.IsUndefined() {
		t.Errorf("manifest outside an extension %v", got)
	}
}

// What the table lacks is an error like any other, and so is a table that is none.
func TestCallOfWhatIsNotThere(t *testing.T) {
	noLeaks(t)
	for _, table := range []string{`({})`, `undefined`} {
		var thrown *Error
		if err := New(source(table)).ClearAlarm(soon(t), "poll"); !errors.As(err, &thrown) || !strings.HasPrefix(err.Error(), "alarms.clear: ") {
			t.Errorf("%s: %v", table, err)
		}
	}
}

func TestMessageWithoutReceiver(t *testing.T) {
	noLeaks(t)
	api := newAPI(t, source(`({runtime: {sendMessage: () => Promise.reject(new Error('Could not establish connection. Receiving end does not exist.'))}})`))
	_, err := api.SendMessage(soon(t), map[string]any{"type": "x"})
	var thrown *Error
	if !errors.As(err, &thrown) || !strings.Contains(thrown.Message, "Receiving end") {
		t.Errorf("got %v", err)
	}
	if _, err := api.SendMessage(soon(t), map[string]any{"bad": struct{}{}}); !errors.As(err, &thrown) {
		t.Errorf("a value JavaScript does not know gave %v", err)
	}
}

func TestPermissions(t *testing.T) {
	noLeaks(t)
	ctx := soon(t)
	fake := source(fakeChrome)
	api := newAPI(t, fake)
	for _, c := range []struct {
		ask                  func(context.Context, []string, []string) (bool, error)
		permissions, origins []string
		want                 bool
		call                 string
	}{
		{api.HasPermissions, []string{"bookmarks"}, nil, true, `permissions.contains [{"origins":[],"permissions":["bookmarks"]}]`},
		{api.HasPermissions, []string{"idle"}, nil, false, `permissions.contains [{"origins":[],"permissions":["idle"]}]`},
		{api.RequestPermissions, nil, []string{"https://a/*"}, true, `permissions.request [{"origins":["https://a/*"],"permissions":[]}]`},
		{api.RequestPermissions, nil, nil, false, `permissions.request [{"origins":[],"permissions":[]}]`},
	} {
		got, err := c.ask(ctx, c.permissions, c.origins)
		if err != nil || got != c.want {
			t.Errorf("%s: %v %v", c.call, got, err)
		}
		if called := sorted(lastCall(fake)); called != c.call {
			t.Errorf("called %s, want %s", called, c.call)
		}
	}
	if err := api.RemovePermissions(ctx, nil, []string{"https://a/*"}); err != nil {
		t.Error(err)
	}
	if called := sorted(lastCall(fake)); called != `permissions.remove [{"origins":["https://a/*"],"permissions":[]}]` {
		t.Errorf("called %s", called)
	}
	refused := newAPI(t, source(`({permissions: {request: async () => { throw new Error('This function must be called during a user gesture') }}})`))
	if granted, err := refused.RequestPermissions(ctx, []string{"idle"}, nil); granted || err == nil {
		t.Errorf("outside a click: %v %v", granted, err)
	}
}

func TestBookmarks(t *testing.T) {
	noLeaks(t)
	ctx := soon(t)
	fake := source(fakeChrome)
	api := newAPI(t, fake)
	const link = "https://d-1.awsapps.com/start/#/console?account_id=111122223333&role_name=ReadOnly"

	root := Bookmark{ID: "0"}
	others := Bookmark{ID: "2", Parent: "0", Title: "Other bookmarks"}
	if found, err := api.BookmarkTree(ctx); err != nil || !slices.Equal(found, []Bookmark{root, others}) {
		t.Errorf("found %v %v before anything was made", found, err)
	}
	folder, err := api.CreateBookmark(ctx, Bookmark{Title: "Portico"})
	if err != nil || folder.ID == "" || folder.Parent != "2" || folder.URL != "" {
		t.Fatalf("folder %+v %v", folder, err)
	}
	made, err := api.CreateBookmark(ctx, Bookmark{Parent: folder.ID, Title: "prod", URL: link})
	if err != nil || made.Parent != folder.ID || made.URL != link {
		t.Fatalf("bookmark %+v %v", made, err)
	}
	for _, change := range []Bookmark{{Title: "payments-prod"}, {URL: link + "&x"}, {Title: "payments", URL: link}} {
		if err := api.UpdateBookmark(ctx, made.ID, change.Title, change.URL); err != nil {
			t.Fatal(err)
		}
		made.Title, made.URL = cmp.Or(change.Title, made.Title), cmp.Or(change.URL, made.URL)
		if got, err := api.BookmarkTree(ctx); err != nil || !slices.Equal(got, []Bookmark{root, others, folder, made}) {
			t.Errorf("the tree is %+v %v, want %+v in %+v", got, err, made, folder)
		}
	}
	if err := api.RemoveBookmark(ctx, folder.ID); err == nil {
		t.Error("a folder went with what is in it")
	}
	if err := api.RemoveBookmark(ctx, made.ID); err != nil {
		t.Error(err)
	}
	if got, err := api.BookmarkTree(ctx); err != nil || !slices.Equal(got, []Bookmark{root, others, folder}) {
		t.Errorf("after it was removed the tree is %+v %v", got, err)
	}
}

func TestBookmarkFailures(t *testing.T) {
	noLeaks(t)
	ctx := soon(t)
	api := newAPI(t, source(fakeChrome))
	var thrown *Error
	if _, err := api.CreateBookmark(ctx, Bookmark{URL: "no url"}); !errors.As(err, &thrown) || err.Error() != "bookmarks.create: TypeError: Invalid url." {
		t.Errorf("a URL the browser refuses gave %v", err)
	}
	if err := api.UpdateBookmark(ctx, "404", "x", ""); !errors.As(err, &thrown) {
		t.Errorf("an unknown bookmark gave %v", err)
	}
	without := newAPI(t, source(`({})`))
	if _, err := without.CreateBookmark(ctx, Bookmark{Title: "x"}); !errors.As(err, &thrown) {
		t.Errorf("without the permission: %v", err)
	}
	if _, err := without.BookmarkTree(ctx); !errors.As(err, &thrown) {
		t.Errorf("without the permission: %v", err)
	}
	silent := newAPI(t, source(`({bookmarks: {create: async () => {}, getTree: async () => {}}})`))
	if _, err := silent.CreateBookmark(ctx, Bookmark{Title: "x"}); err == nil {
		t.Error("no node was no error")
	}
	if _, err := silent.BookmarkTree(ctx); err == nil {
		t.Error("no list was no error")
	}
}
