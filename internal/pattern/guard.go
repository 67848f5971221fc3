package pattern

import (
	"slices"
	"strings"

	"portico/internal/fold"
)

// Guard tells which roles are to be used with care.
type Guard struct {
	// Production guards what is called so: an account or a role with the word prod,
	// prd, production or live, or one that begins or ends so (acmeprod), also
	// in a few other languages, but for nonprod, pre-production and their like. In doubt it guards.
	Production bool
	Patterns   []Pattern // guarded too
	Except     []Pattern // not guarded, whatever else says so
	// Known has the environments of names that were looked into, where it is a map: rows
	// of the same few names are painted at each keystroke.
	Known map[string]string
}

// Guards tells whether a role is guarded.
func (g Guard) Guards(r Role) bool {
	is := func(p Pattern) bool { return p.Matches(r) }
	if slices.ContainsFunc(g.Except, is) {
		return false
	}
	return g.Production && (g.Environment(r.AccountName) == production || g.Environment(r.RoleName) == production) || slices.ContainsFunc(g.Patterns, is)
}

// Environment is [Environment] of a name.
func (g Guard) Environment(name string) string {
	is, known := g.Known[name]
	if !known {
		is = Environment(name)
		if g.Known != nil {
			g.Known[name] = is
		}
	}
	return is
}

// isProduction tells whether a name says that it is about production, with the humps
// of camelCase or, as in PrOd, without.
func isProduction(name string) bool {
	return sayProduction(words(name)) || sayProduction(words(fold.String(name)))
}

func sayProduction(all []string) bool {
	for i, word := range all {
		if (i == 0 || !negates(all[i-1])) && saysProduction(word) {
			return true
		}
	}
	return false
}

func saysProduction(word string) bool {
	switch word {
	case "prod", "prd", "production", "live", "produktion", "produktiv", "produccion", "producao", "produzione", "productie", "produksjon", "produkcja", "produkce", "tuotanto", "canli", "uretim",
		"прод", "продакшн", "продакшен", "продуктив", "продуктивная", "παραγωγη", "ייצור", "إنتاج", "الانتاج":
		return true
	}
	for _, s := range []string{"本番", "生产", "生產", "正式环境", "正式環境", "운영", "프로덕션"} { // no blanks tell where such a word begins
		if before, _, ok := strings.Cut(word, fold.String(s)); ok && !strings.ContainsAny(before, "非预預準准") {
			return true
		}
	}
	for _, s := range []string{"produktion", "produktiv"} { // Produktionsumgebung
		if strings.HasPrefix(word, s) {
			return true
		}
	}
	// prodeu, but no product or prodigy
	if rest, ok := strings.CutPrefix(word, "prod"); ok && rest[:1] != "u" && rest[:1] != "i" {
		return true
	}
	if strings.HasPrefix(word, "prd") { // prdeu
		return true
	}
	for _, end := range []string{"prod", "prd", "production"} {
		if before, ok := strings.CutSuffix(word, end); ok && !negates(before) && before != "n" {
			return true
		}
	}
	return false
}
