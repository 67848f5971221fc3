package browser

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

func (t *chromiumTab) tree() (nodes []Node, err error) {
	err = t.do(func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
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
