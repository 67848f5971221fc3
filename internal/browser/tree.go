package browser

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// Node is an element as screen readers are told of it.
type Node struct {
	Role, Name, Description string
	Properties              map[string]string // such as live, keyshortcuts, hasPopup
}

// Tree gives what screen readers are told of the page, in its order.
func (p *Page) Tree() (nodes []Node, err error) {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	err = chromedp.Do(ctx, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		tree, err := cdp.Call(ctx, t, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
		if err != nil {
			return chromedp.Void{}, err
		}
		for _, n := range tree.Nodes {
			if !n.Ignored {
				nodes = append(nodes, node(n))
			}
		}
		return chromedp.Void{}, nil
	})
	return nodes, err
}

func node(n *accessibility.Node) Node {
	properties := make(map[string]string)
	for _, p := range n.Properties {
		properties[string(p.Name)] = told(p.Value)
	}
	return Node{told(n.Role), told(n.Name), told(n.Description), properties}
}

func told(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	var value any
	if json.Unmarshal([]byte(v.Value), &value) != nil || value == nil {
		return ""
	}
	return fmt.Sprint(value)
}
