package page

import (
	"slices"
	"text/template/parse"
)

// worded reports whether a template takes words from messages: it asks for T or HTML somewhere.
func worded(node parse.Node) bool {
	asks := func(idents []string) bool {
		return len(idents) > 0 && slices.Contains([]string{"T", "HTML"}, idents[len(idents)-1])
	}
	switch n := node.(type) {
	case *parse.ListNode:
		return n != nil && slices.ContainsFunc(n.Nodes, worded)
	case *parse.ActionNode:
		return worded(n.Pipe)
	case *parse.PipeNode:
		return n != nil && slices.ContainsFunc(n.Cmds, func(c *parse.CommandNode) bool { return slices.ContainsFunc(c.Args, worded) })
	case *parse.FieldNode:
		return asks(n.Ident)
	case *parse.VariableNode:
		return asks(n.Ident)
	case *parse.ChainNode:
		return asks(n.Field) || worded(n.Node)
	case *parse.IfNode:
		return branched(&n.BranchNode)
	case *parse.RangeNode:
		return branched(&n.BranchNode)
	case *parse.WithNode:
		return branched(&n.BranchNode)
	case *parse.TemplateNode:
		return worded(n.Pipe)
	}
	return false
}

func branched(n *parse.BranchNode) bool {
	return worded(n.Pipe) || worded(n.List) || worded(n.ElseList)
}
