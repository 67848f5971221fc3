package search

// vocabulary is the distinct words of account and role names, and those names as
// a whole. It is made when it is first needed: most searches have no typo.
type vocabulary struct {
	words     []string
	masks     []uint64
	byAccount postings
	byRole    postings
	qualities []quality // of the words, for one term:
	corrected struct {
		text    string
		several bool // terms there were
	}
}

// postings lists for each name the words in it.
type postings struct {
	words []int32
	ends  []int32 // by name: where its words end in words
}

func newVocabulary(ix *Index) *vocabulary {
	v := &vocabulary{}
	known := make(map[string]int32)
	text := string(ix.arena.text) // one copy, which all words are parts of
	v.byAccount = v.post(ix, ix.names, text, known)
	v.byRole = v.post(ix, ix.roles, text, known)
	v.qualities = make([]quality, len(v.words))
	return v
}

// post adds the words of names to the vocabulary and lists them.
func (v *vocabulary) post(ix *Index, names []field, text string, known map[string]int32) postings {
	p := postings{ends: make([]int32, 0, len(names))}
	add := func(word string) {
		id, ok := known[word]
		if !ok {
			id = int32(len(v.words))
			known[word] = id
			v.words = append(v.words, word)
			v.masks = append(v.masks, maskOf(word))
		}
		p.words = append(p.words, id)
	}
	for _, f := range names {
		eachWord(text[f.at:f.at+f.size], ix.arena.marks[f.at:f.at+f.size], func(from, to int) {
			add(text[int(f.at)+from : int(f.at)+to])
		})
		p.ends = append(p.ends, int32(len(p.words)))
	}
	return p
}

// eachWord calls do with the bounds of what a term may be a misspelling of: each
// word of a name, two that together are a word that people have (Read Only), and
// the name as a whole. Words too short for any term are left out.
func eachWord(name string, marks []mark, do func(from, to int)) {
	before := -1 // where the word before begins
	for from := 0; from < len(name); {
		to := wordTo(marks, from)
		if to-from >= swapFrom && to-from < len(name) {
			do(from, to)
		}
		if before >= 0 && to-before < len(name) && uses[name[before:to]] != anything {
			do(before, to)
		}
		before, from = from, to
	}
	if len(name) >= swapFrom {
		do(0, len(name))
	}
}

// correct fills qualities with how well each word is what t was meant to be.
// Who types on has the same term corrected with each letter.
func (v *vocabulary) correct(t *term) {
	if v.corrected.text == t.text && v.corrected.several == t.several {
		return
	}
	v.corrected.text, v.corrected.several = t.text, t.several
	for w, word := range v.words {
		v.qualities[w], _ = misspelt(t, word, v.masks[w])
	}
}

// raise lifts each name that the term does not match to its best word.
func (p *postings) raise(found, qualities []quality) {
	from := int32(0)
	for name, end := range p.ends {
		for _, w := range p.words[from:end] {
			found[name] = max(found[name], qualities[w])
		}
		from = end
	}
}
