package bookmarks

import (
	"maps"
	"slices"
)

// Plan gives the operations that bring what is there, which is all of the browser's
// tree, to what is wanted. Carried out and noted in their order, they leave nothing
// to plan.
func Plan(tree Tree, made Map, present []Node) []Op {
	p := planner{made: maps.Clone(made), nodes: byID(present), owned: make(map[string]bool), alike: make(map[string][]*Node)}
	if p.made == nil {
		p.made = Map{}
	}
	for i := range present {
		n := &present[i]
		what := n.URL
		if n.URL == "" {
			if n.Title == "" {
				continue // the root has none, and nothing that was made
			}
			what = folderTitled(n.Title)
		}
		p.alike[what] = append(p.alike[what], n)
	}
	for key, m := range p.made {
		if p.node(key) != nil {
			p.owned[m.ID] = true
		}
	}
	asked := make(map[Key]bool)
	for _, w := range slices.Backward(tree.Wanted) {
		if w.Asked || asked[w.Key] {
			asked[w.Key], asked[w.Parent] = true, true // and what it is in
		}
	}
	for _, w := range tree.Wanted {
		p.want(w, asked[w.Key])
	}
	for _, key := range tree.Revoked {
		p.revoke(key, tree.Mark)
	}
	return p.ops
}

// planner makes a plan. made is as it will be once the operations so far are noted.
type planner struct {
	made  Map
	nodes map[string]*Node   // by ID
	owned map[string]bool    // the IDs of those that are some key's
	alike map[string][]*Node // by URL, or of a folder by folderTitled
	ops   []Op
}

func (p *planner) add(op Op) {
	p.ops = append(p.ops, op)
	p.made.Note(op, op.ID)
}

func byID(present []Node) map[string]*Node {
	nodes := make(map[string]*Node, len(present))
	for i := range present {
		nodes[present[i].ID] = &present[i]
	}
	return nodes
}

// node is the node that was made for a key, if it is there.
func (p *planner) node(key Key) *Node {
	n := p.nodes[p.made[key].ID]
	if n == nil || (n.URL == "") != (key.Role == "") {
		return nil
	}
	return n
}

// want plans for one folder or bookmark that is wanted.
func (p *planner) want(w Wanted, asked bool) {
	made, before := p.made[w.Key]
	n := p.node(w.Key)
	if n == nil {
		if n = p.find(w, made); n != nil {
			p.owned[n.ID] = true
			if !before {
				made = Made{Title: w.Title, URL: w.URL}
			}
			made.ID = n.ID
		}
	}
	switch {
	case n != nil:
		p.update(w, made, n)
	case before && !asked:
		p.lost(w.Key)
	case !p.inPlace(w):
		// Its folder was deleted: it is not wanted either.
	default:
		p.add(Op{Do: Create, Key: w.Key, Parent: w.Parent, Title: w.Title, URL: w.URL,
			made: Made{Title: w.Title, URL: w.URL, Label: w.Label}})
	}
}

// inPlace tells whether there is the folder that something is made in, or will be.
func (p *planner) inPlace(w Wanted) bool {
	if w.Key == portalKey {
		return true
	}
	folder, ok := p.made[w.Parent]
	return ok && folder.State != Deleted
}

// update plans for a node to be as it is wanted, as far as it is as it was made.
func (p *planner) update(w Wanted, made Made, n *Node) {
	op := Op{Key: w.Key, ID: n.ID, made: Made{ID: n.ID, Title: made.Title, URL: made.URL, Label: w.Label}}
	if n.Title == made.Title || n.Title == w.Title {
		op.made.Title = w.Title
		if n.Title != w.Title {
			op.Do, op.Title = Update, w.Title
		}
	}
	if n.URL == made.URL || n.URL == w.URL {
		op.made.URL = w.URL
		if n.URL != w.URL {
			op.Do, op.URL = Update, w.URL
		}
	}
	if op.Do != None || op.made != p.made[w.Key] {
		p.add(op)
	}
}

// lost plans for what was made and is not there: it was deleted.
func (p *planner) lost(key Key) {
	if made := p.made[key]; made.State != Deleted {
		made.State = Deleted
		p.add(Op{Key: key, ID: made.ID, made: made})
	}
}

// revoke plans for what was made and is not granted any more.
func (p *planner) revoke(key Key, mark string) {
	made, n := p.made[key], p.node(key)
	switch {
	case n == nil:
		p.lost(key)
	case made.State == Revoked:
	default:
		op := Op{Key: key, ID: n.ID, made: made}
		op.made.State = Revoked
		switch n.Title {
		case made.Title:
			op.Do, op.Title = Update, mark+made.Title
			op.made.Title = op.Title
		case mark + made.Title: // done, and not noted
			op.made.Title = n.Title
		}
		p.add(op)
	}
}

// find finds a node for what has none: one that was made and not noted, or that came
// back under another ID, from a backup say. It is where Portico's are, of the same
// kind, and nobody else's; what a person keeps elsewhere is theirs. A folder is known
// by its title then, for want of anything else.
func (p *planner) find(w Wanted, made Made) *Node {
	like := []string{w.URL, made.URL}
	if w.URL == "" {
		like = []string{folderTitled(w.Title), folderTitled(made.Title)}
	}
	for _, what := range like {
		for _, n := range p.alike[what] {
			if !p.owned[n.ID] && p.ours(w, n) {
				return n
			}
		}
	}
	return nil
}

// folderTitled is what a folder is found by; it is no URL.
func folderTitled(title string) string { return "\n" + title }

// ours tells whether a node is where the one that is wanted may be: an account's
// folder in the portal's, a bookmark in any of Portico's folders, however deep.
func (p *planner) ours(w Wanted, n *Node) bool {
	if w.Key == portalKey {
		return true
	}
	if w.URL == "" {
		return n.Parent == p.made[w.Parent].ID
	}
	for range p.nodes { // no longer than that, whatever the parents say
		if p.owned[n.Parent] {
			return true
		}
		if n = p.nodes[n.Parent]; n == nil {
			return false
		}
	}
	return false
}
