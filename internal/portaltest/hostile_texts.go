//go:build !js

package portaltest

import "strings"

// hostileTexts attack whoever shows, searches, quotes or copies them. Each is
// the name of one account, and in its e-mail address and a role's name. Lone
// surrogates are written as U+FFFD; see [wireText].
var hostileTexts = []string{
	// HTML, attributes and scripts.
	`"><script>alert('portico')</script><img src=x onerror=alert(1)>{{.}}&lt;b&gt;</title>`,
	// Quotes and substitutions of every shell.
	"quoted'\"$(touch portico-pwned)`touch portico-pwned`${HOME}%PATH%;|&!\\",
	// Lines: whoever prints this starts a new one.
	"line\nexport AWS_PROFILE=evil\r\nnext\ttab\rover\u2028separator\u2029paragraph\u0085next line",
	// Controls of terminals and of C, seven and eight bits wide.
	"nul\x00bell\abackspace\b\x1b[31mred\x1b]0;title\x07\x7fdelete\u009b31m",
	// Length, without a place to break.
	"endless-" + strings.Repeat("x", 10<<10-len("endless-")),
	// Overrides and isolates of the writing direction, left open.
	"prod\u202Etset\u202C \u2067rtl\u2066ltr\u2068any \u202Aembedded\u202B \u200E\u200F\u061C open \u202E",
	// What can not be seen: zero-width, fillers, tags, variation selectors.
	"pay\u200Bments\u200C-\u200Dprod\u2060\uFEFF\u00AD\u3164\u2800\uFE0F\U000E0001\U000E0041\U000E007F\U000E0100",
	// Halves of surrogate pairs.
	"\uFFFDhalf\uFFFDof a pair\uFFFD\uFFFD",
	// Piles of combining marks.
	"z" + strings.Repeat("\u0310\u0335\u0322\u034f\u0489", 16) + "algo" + strings.Repeat("\u0301\u0323", 32) + "-prod",
	// Letters that look like others: Cyrillic, Greek, full-width, mathematical.
	"\u0440\u0430ym\u0435nts-\u0440r\u03BFd \uFF50\uFF52\uFF4F\uFF44 \U0001D429\U0001D42B\U0001D428\U0001D41D",
}

// spoil gives each account one of the texts. The account keeps its roles but
// for the last.
func spoil(accounts []Account) {
	for i := range accounts {
		text := hostileTexts[i]
		accounts[i].Name = text
		accounts[i].Email = "aws+" + text + "@example.com"
		if roles := accounts[i].Roles; len(roles) > 0 {
			roles[len(roles)-1] = text
		}
	}
}
