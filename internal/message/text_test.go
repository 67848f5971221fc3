package message_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"portico/internal/message"
)

func TestTextOfFieldsIsWrittenAsDocumented(t *testing.T) {
	f := message.Fields{"b": "two\tlines\nand \\t", "a": "one", "none": "", "": "nameless", "x\ty": "z"}
	const want = "\tnameless\na\tone\nb\ttwo\\tlines\\nand \\\\t\nx\\ty\tz\n"
	if got := f.Text(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := (message.Fields{}).Text(); got != "" {
		t.Errorf("no fields give %q", got)
	}
}

func TestParseTextUndoesEveryEscape(t *testing.T) {
	for _, value := range []string{
		`\`, `\\`, `\t`, `\\t`, `\\\t`, `\n`, `\\n`, "\t", "\n", "\\\t", "\t\\", "\\\n\\", `\q`, "a\rb", "\r\n", "\x00", "\u2028", `ends with \`,
	} {
		f := message.Fields{"value": value}
		if got := message.ParseText(f.Text()); !maps.Equal(got, f) {
			t.Errorf("%q comes back as %q", value, got["value"])
		}
	}
}

func TestParseTextPassesOverLinesThatAreNotOfItsForm(t *testing.T) {
	got := message.ParseText("no tab\n\na\t1\nagain none\nb\t2\textra\nc\t3")
	want := message.Fields{"a": "1", "b": "2\textra", "c": "3"}
	if !maps.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := message.ParseText(""); len(got) != 0 {
		t.Errorf("nothing gives %q", got)
	}
}

// hostile draws texts that are full of what the text form treats specially.
var hostile = rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("\\tn\t\nx"))))

func TestFieldsComeBackFromTheirText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := message.Fields(rapid.MapOf(hostile, hostile).Draw(t, "fields"))
		want := message.Fields{}
		for name, value := range f {
			if value != "" {
				want[name] = value // an empty value reads as empty without being there
			}
		}
		if got := message.ParseText(f.Text()); !maps.Equal(got, want) {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}

func TestEqualFieldsGiveEqualText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := message.Fields(rapid.MapOf(hostile, hostile).Draw(t, "fields"))
		other := message.Fields{"empty": ""} // made in another order, and with an empty value
		for name, value := range f {
			other[name] = value
		}
		if _, taken := f["empty"]; !taken && f.Text() != other.Text() {
			t.Fatalf("%q and %q", f.Text(), other.Text())
		}
	})
}

func TestTruthValues(t *testing.T) {
	for _, b := range []bool{true, false} {
		if got := message.ParseBool(message.FormatBool(b)); got != b {
			t.Errorf("%v comes back as %v", b, got)
		}
	}
	for _, s := range []string{"", "false", "True", "1", "yes", " true"} {
		if message.ParseBool(s) {
			t.Errorf("%q reads as true", s)
		}
	}
}

func TestNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "n")
		if got := message.ParseInt(message.FormatInt(n)); got != n {
			t.Fatalf("%d comes back as %d", n, got)
		}
	})
	for _, s := range []string{"", "x", "1.5", "1e3", " 1", "9223372036854775808", "NaN"} {
		if got := message.ParseInt(s); got != 0 {
			t.Errorf("%q reads as %d", s, got)
		}
	}
}

func FuzzParseText(f *testing.F) {
	for _, s := range []string{"", "a\tb\n", `a` + "\t" + `\\t` + "\n", "a\t\\", "\\\t\\\\\\n", "\t\n", "a\tb\na\tc\n", "a\t\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fields := message.ParseText(text)
		again := message.ParseText(fields.Text())
		maps.DeleteFunc(fields, func(_, value string) bool { return value == "" })
		if !maps.Equal(again, fields) {
			t.Errorf("%q reads as %q, written anew as %q", text, fields, again)
		}
	})
}

func FuzzFieldValue(f *testing.F) {
	for _, s := range []string{`\\t`, `\t`, "\\\t", "\n\\n", "\xff\\", ""} {
		f.Add(s, "value")
		f.Add("name", s)
	}
	f.Fuzz(func(t *testing.T, name, value string) {
		text := message.Fields{name: value}.Text()
		if value != "" && (strings.Count(text, "\n") != 1 || strings.Count(text, "\t") != 1) {
			t.Errorf("%q = %q takes more than a line: %q", name, value, text)
		}
		if got := message.ParseText(text)[name]; got != value {
			t.Errorf("%q = %q comes back as %q", name, value, got)
		}
	})
}

func TestTimesAreKeptToTheMillisecond(t *testing.T) {
	for _, at := range []time.Time{{}, time.UnixMilli(0), time.UnixMilli(1732300000123), time.UnixMilli(-1)} {
		if back := message.ParseTime(message.FormatTime(at)); !back.Equal(at) {
			t.Errorf("%v came back as %v", at, back)
		}
	}
	for _, text := range []string{"", "soon", "1.5"} {
		if at, d := message.ParseTime(text), message.ParseSpan(text); !at.IsZero() || d != 0 {
			t.Errorf("%q is the time %v and the span %v", text, at, d)
		}
	}
	for _, d := range []time.Duration{0, time.Millisecond, -time.Hour} {
		if back := message.ParseSpan(message.FormatSpan(d)); back != d {
			t.Errorf("%v came back as %v", d, back)
		}
	}
}
