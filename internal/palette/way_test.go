package palette_test

import (
	"testing"

	"portico/internal/palette"
	"portico/internal/ways"
)

// TestAKeystrokeAlone types a letter more, or less: internal/ways counts what that
// runs.
func TestAKeystrokeAlone(t *testing.T) {
	p := open(t, company...)
	var v palette.View
	typed := "payment"
	ways.Times(func() {
		p.Type(typed)
		v = p.Model.View()
		typed = map[string]string{"payment": "payments", "payments": "payment"}[typed]
	})
	if v.Query == "" || v.Rows == "" {
		t.Errorf("shows %+v", v)
	}
}

// TestAKeyThatCopiesAlone presses Enter and has the answer copied: internal/ways
// counts what that runs.
func TestAKeyThatCopiesAlone(t *testing.T) {
	p := open(t, company...)
	ways.Times(func() {
		c := only[palette.Copy](p, p.answered(p.send(p.press("Enter")), credentials.Fields()))
		if c.Text != credentials.Text {
			t.Errorf("copies %+v", c)
		}
		p.send(p.Copied(c, true))
	})
}
