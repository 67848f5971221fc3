package directory_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"portico/internal/directory"
)

func TestEscapeShowsWhatIsWrittenToDeceive(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"bidirectional override", "prod\u202efdp", `prod\u{202e}fdp`},
		{"bidirectional isolate", "\u2066prod\u2069", `\u{2066}prod\u{2069}`},
		{"right-to-left mark", "prod\u200f", `prod\u{200f}`},
		{"zero-width space", "pro\u200bd", `pro\u{200b}d`},
		{"zero-width joiner", "pro\u200dd", `pro\u{200d}d`},
		{"byte order mark", "\ufeffprod", `\u{feff}prod`},
		{"soft hyphen", "pro\u00add", `pro\u{ad}d`},
		{"tab", "a\tb", `a\u{9}b`},
		{"newline", "a\nb", `a\u{a}b`},
		{"carriage return", "a\rb", `a\u{d}b`},
		{"NUL", "a\x00b", `a\u{0}b`},
		{"escape", "\x1b[31mred", `\u{1b}[31mred`},
		{"delete", "a\x7fb", `a\u{7f}b`},
		{"C1 control", "a\u0085b", `a\u{85}b`},
		{"line separator", "a\u2028b", `a\u{2028}b`},
		{"no-break space", "a\u00a0b", `a\u{a0}b`},
		{"ideographic space", "a\u3000b", `a\u{3000}b`},
		{"Hangul fillers", "\u115f\u1160\u3164\uffa0", `\u{115f}\u{1160}\u{3164}\u{ffa0}`},
		{"blank braille", "a\u2800b", `a\u{2800}b`},
		{"combining grapheme joiner", "a\u034fb", `a\u{34f}b`},
		{"variation selectors", "a\ufe0fb\U000e0100", `a\u{fe0f}b\u{e0100}`},
		{"tag characters", "ok\U000e0070\U000e007f", `ok\u{e0070}\u{e007f}`},
		{"private use", "a\ue000", `a\u{e000}`},
		{"unassigned", "a\U0003ffff", `a\u{3ffff}`},
		{"surrogate as bytes", "a\xed\xa0\x80b", `a\x{ed}\x{a0}\x{80}b`},
		{"half a character", "caf\xc3", `caf\x{c3}`},
		{"backslash", `a\b`, `a\\b`},
		{"what looks escaped already", `\u{202e}`, `\\u{202e}`},
		{"markers of the row painter", "\x01a\x02", `\u{1}a\u{2}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := directory.Escape(test.in)
			if got != test.want {
				t.Errorf("Escape(%q) = %q, want %q", test.in, got, test.want)
			}
			if back := directory.Unescape(got); back != test.in {
				t.Errorf("Unescape(%q) = %q, want %q", got, back, test.in)
			}
		})
	}
}

func TestEscapeLeavesOrdinaryNamesAlone(t *testing.T) {
	for _, name := range []string{
		"", "payments-prod", "Administrator Access", "a_b.c@d+e=f,g/h:i (j) [k] {l} <m> 'n' \"o\" `p` $q #r %s & !",
		"Zürich", "Ελλάδα", "Москва", "東京本番", "서울", "القاهرة", "תל־אביב", "मुंबई", "ไทย", "Việt Nam", "naïve e\u0301", "🚀 launch", "½ €",
	} {
		if got := directory.Escape(name); got != name {
			t.Errorf("Escape(%q) = %q", name, got)
		}
	}
}

// Joiners belong to words and emoji, and show in how those look.
func TestJoinersStayWhereTheyShow(t *testing.T) {
	for _, name := range []string{"می\u200cخواهم", "خانه\u200cها - تولید", "👩\u200d💻 team", "👩🏽\u200d🚀", "👨\u200d👩\u200d👧\u200d👦", "❤\ufe0f", "👩\u200d❤\ufe0f\u200d👨", "🏴\u200d☠\ufe0f", "🏳\ufe0f\u200d🌈", "क्\u200dष", "क्\u200cष", "ශ්\u200dරී"} {
		if got := directory.Escape(name); got != name || directory.Unescape(got) != name {
			t.Errorf("Escape(%q) = %q", name, got)
		}
	}
	for name, want := range map[string]string{
		"pro\u200cd":      `pro\u{200c}d`,
		"1\u200d2":        `1\u{200d}2`,
		"می\u200c":        `می\u{200c}`,
		"\u200cمی":        `\u{200c}می`,
		"می\u200c prod":   `می\u{200c} prod`,
		"prod\u200cمی":    `prod\u{200c}می`,
		"می\u200c\u200cخ": `می\u{200c}\u{200c}خ`,
		"می\u200dخ":       `می\u{200d}خ`, // they join by themselves
		"دا\u200cر":       `دا\u{200c}ر`, // they never join
		"👩\u200d":         `👩\u{200d}`,
		"👩\u200da":        `👩\u{200d}a`,
		"a\u200d👩":        `a\u{200d}👩`,
		"👩\u200d\u200d💻":  `👩\u{200d}\u{200d}💻`,
		"❤\ufe0f\ufe0f":   `❤\ufe0f\u{fe0f}`,
		"👩\ufe0f":         `👩\u{fe0f}`,
		"→\ufe0f":         `→\u{fe0f}`,
		"a🏽\u200d💻":       `a🏽\u{200d}💻`,
		"क\u200dष":        `क\u{200d}ष`,
		"क्\u200d":        `क्\u{200d}`,
		"क्\u200da":       `क्\u{200d}a`,
	} {
		want = strings.ReplaceAll(want, `\ufe0f`, "\ufe0f")
		if got := directory.Escape(name); got != want || directory.Unescape(got) != name {
			t.Errorf("Escape(%q) = %q, want %q", name, got, want)
		}
	}
}

// A lone surrogate in JSON reaches Go as the replacement character, which shows.
func TestLoneSurrogatesFromJSONAreVisible(t *testing.T) {
	var name string
	if err := json.Unmarshal([]byte(`"a\ud800b"`), &name); err != nil {
		t.Fatal(err)
	}
	if got := directory.Escape(name); got != "a\ufffdb" {
		t.Errorf("Escape(%q) = %q", name, got)
	}
}

func TestNoInvisibleCharacterOfUnicodeStaysAsItIs(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) || r == ' ' {
			continue
		}
		invisible := unicode.In(r, unicode.C, unicode.Z, unicode.Other_Default_Ignorable_Code_Point,
			unicode.Variation_Selector, unicode.Bidi_Control, unicode.White_Space)
		if s := string(r); invisible && directory.Escape(s) == s {
			t.Errorf("U+%04X stays as it is", r)
		}
	}
}

func TestUnescapeLeavesAloneWhatIsNoEscape(t *testing.T) {
	for _, s := range []string{`\`, `a\b`, `\u`, `\u{`, `\u{}`, `\u{zz}`, `\u{110000}`, `\u{-1}`, `\x{100}`, `\x{`, `\q`, `}\u{1`} {
		if got := directory.Unescape(s); got != s {
			t.Errorf("Unescape(%q) = %q", s, got)
		}
	}
}

func FuzzEscape(f *testing.F) {
	for _, s := range []string{"", "payments-prod", `\`, `\\`, `\u{a}`, "\u202e", "\xff\xfe", "a\tb\nc", "\xed\xa0\x80", "東京", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		escaped := directory.Escape(s)
		if back := directory.Unescape(escaped); back != s {
			t.Errorf("Unescape(Escape(%q)) = %q", s, back)
		}
		if !utf8.ValidString(escaped) {
			t.Errorf("Escape(%q) = %q: no UTF-8", s, escaped)
		}
		lone := strings.NewReplacer("\u200c", " ", "\u200d", " ", "\ufe0f", " ") // where those show is tested above
		if strings.ContainsFunc(lone.Replace(escaped), func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("Escape(%q) = %q: something does not show", s, escaped)
		}
	})
}

func FuzzUnescape(f *testing.F) {
	for _, s := range []string{"", `\\`, `\u{202e}`, `\x{ff}`, `\u{110000}`, `\u{`, `\x{100}`, `\\u{a}`, `a\`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := directory.Unescape(s)
		if again := directory.Unescape(directory.Escape(once)); again != once {
			t.Errorf("%q means %q, and escaped anew %q", s, once, again)
		}
	})
}
