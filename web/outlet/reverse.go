package outlet

import (
	"strings"

	"github.com/google/uuid"

	"everykit/ledger"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/page"
)

// reverse undoes one entry, whole. It names the entry first: nothing is ever edited, so this is how a mistake is put
// right.
var reverse = deed{page: "reverse", title: "Reverse this entry?", fields: []string{"note"}, draw: drawReverse, save: saveReverse}

type reverseBody struct {
	common
	What  string // the entry in a few words
	Entry string // its page
	Facts []page.Fact
	Too   string // what is reversed with it; empty if nothing is
	Why   string // it cannot be reversed; empty if it can
}

func drawReverse(v *desk.Visit, _ *answers) (any, error) {
	m, err := movement(v)
	if err != nil {
		return nil, err
	}
	of, err := aboutOf(v, m)
	if err != nil {
		return nil, err
	}
	b := reverseBody{common: begin(v), What: headline(m), Entry: entryPath(v, m.ID), Facts: facts(v, m, of)}
	if old, err := v.Ledger.Replaced(v.Ctx(), m); err != nil {
		return nil, err
	} else if old != nil && m.Kind == ledger.KindSupply {
		b.Too = "The entry of the earlier kit that it replaced is reversed with it, unless that has been done already."
	}
	switch {
	case m.Reverses != uuid.Nil:
		b.Why = "This entry is itself a reversal. Record what really happened as a new entry."
	case of.reversedBy != uuid.Nil:
		b.Why = "This entry has been reversed already. Nothing more is needed."
	case !v.May(staff.ReleaseHold):
		held, err := v.Ledger.HeldByNotice(v.Ctx(), m)
		if err != nil {
			return nil, err
		}
		if held {
			b.Why = "A notice holds these kits. A coordinator releases them when they may be given out again."
		}
	}
	return b, nil
}

func saveReverse(v *desk.Visit, a *answers) (string, error) {
	m, err := movement(v)
	if err != nil {
		return "", err
	}
	r := ledger.Reversal{ID: a.id(), Area: m.Area, Of: m.ID, Note: strings.TrimSpace(a.text("note"))}
	if err := a.err(); err != nil {
		return "", err
	}
	if err := v.Ledger.Reverse(v.Ctx(), v.Who, r); err != nil {
		return "", err
	}
	return entryPath(v, r.ID), nil
}
