package bookmarks

import "slices"

// Stale lists the revoked that are there, for a person to look at before they are
// removed: what was made for which key, and the node as it is now.
func Stale(made Map, present []Node) (keys []Key, nodes []Node) {
	p := planner{made: made, nodes: byID(present)}
	for _, key := range sorted(made) {
		if n := p.node(key); n != nil && made[key].State == Revoked {
			keys, nodes = append(keys, key), append(nodes, *n)
		}
	}
	return keys, nodes
}

// Prune gives the operations that remove what a person chose of the stale. A folder
// goes if nothing stays in it. What is not stale any more is left alone.
func Prune(made Map, present []Node, chosen []Key) (ops []Op) {
	stale, nodes := Stale(made, present)
	going := make(map[string]bool)
	// An account's folder comes before what is in it.
	for i, key := range slices.Backward(stale) {
		n := nodes[i]
		if !slices.Contains(chosen, key) || n.URL == "" && slices.ContainsFunc(present, func(in Node) bool { return in.Parent == n.ID && !going[in.ID] }) {
			continue
		}
		going[n.ID] = true
		ops = append(ops, Op{Do: Remove, Key: key, ID: n.ID})
	}
	return ops
}
