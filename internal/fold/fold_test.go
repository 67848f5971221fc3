package fold_test

import (
	"testing"

	"portico/internal/fold"
)

func TestTextsAreComparedWithoutCaseAndAccents(t *testing.T) {
	for text, want := range map[string]string{
		"Zürich": "zurich", "Zu\u0308rich": "zurich", "STRASSE": "strasse", "Straße": "strasse", "STRAẞE": "strasse",
		"ＰＲＯＤ１": "prod1", "ﬁnance": "finance", "Œuvre": "oeuvre", "Łódź": "lodz", "Ærø": "aero", "İzmir ılık": "izmir ilik",
		"Đà Nẵng": "da nang", "Đa\u0300 Nẵng": "da nang", "ΆΛΦΑ": "αλφα", "λόγος": "λογοσ", "ЙОД ёж": "иод еж", "И\u0306ОД": "иод",
		"ガイド": "カイト", "カ\u3099イト\u3099": "カイト", "ぱぴ": "はひ", "한글": "\u1112\u1161\u11ab\u1100\u1173\u11af",
		"Þór Ðan": "thor dan", "Ǉubljana": "ljubljana", "K": "k", "漢字": "漢字", "\xff": "\xff", "": "", "Ș Ț ș ț": "s t s t", "ﷺ": "ﷺ",
	} {
		if got := fold.String(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestDecomposedKanaAndHangulAreTheSameAsComposed(t *testing.T) {
	for composed, decomposed := range map[string]string{
		"だぢづでど": "た\u3099ち\u3099つ\u3099て\u3099と\u3099", "ばびぶべぼ": "は\u3099ひ\u3099ふ\u3099へ\u3099ほ\u3099",
		"パピプペポ": "ハ\u309aヒ\u309aフ\u309aヘ\u309aホ\u309a", "ゔ": "う\u3099", "서울": "\u1109\u1165\u110b\u116e\u11af",
	} {
		if a, b := fold.String(composed), fold.String(decomposed); a != b {
			t.Errorf("%s is %q, decomposed it is %q", composed, a, b)
		}
	}
}
