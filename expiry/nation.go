package expiry

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"everykit/notice"
)

// nationText is the digest of a nation: totals, the authorities with most to do, and how far each notice has come.
func (r *round) nationText(ctx context.Context, nation int) (string, error) {
	snap, err := r.x.reg.Now(ctx)
	if err != nil {
		return "", err
	}
	board, err := r.x.Board(ctx, OfArea(nation))
	if err != nil {
		return "", err
	}
	told, err := r.told(ctx, 0)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	heading(&b, "Notices that outlets have not answered", waitingFor(told, func(area int) bool {
		n := snap.NationOf(area)
		return n != nil && n.ID == nation
	}), func(w waiting) string {
		s := w.notice.Subject() + ": " + count(w.outlets, "outlet has", "outlets have") + " not answered"
		if w.notice.Overdue(r.day) {
			s += ", was due by " + w.notice.DueOn.Words()
		}
		return s
	})
	var areas []AreaRow
	for _, a := range board.Areas {
		if a.Area != nil && a.Expired.Shelf+a.Soon.Shelf > 0 {
			areas = append(areas, a)
		}
	}
	if all := board.Summary; all.Expired.Shelf+all.Soon.Shelf > 0 {
		b.WriteString("\nOn shelves: " + kits(all.Expired.Shelf) + " expired, " + number(all.Soon.Shelf) + " with 90 days left or fewer. " +
			kits(all.Unused()) + " will expire unused at today's rate.\n")
	}
	heading(&b, "Authorities with most to do", areas, func(a AreaRow) string {
		return a.Area.Name + ": " + number(a.Expired.Shelf) + " expired, " + number(a.Soon.Shelf) + " with 90 days left or fewer, " + number(a.Unused()) + " will expire unused"
	})
	if b.Len() == 0 {
		return "", nil
	}
	name := snap.Area(nation).Name
	return "This is what to look at today in " + name + ".\n" + b.String() + "\n" + name + ":\n" + r.x.site + "/nation\n", nil
}

// waiting is how many outlets have not done with a notice.
type waiting struct {
	notice  *notice.Notice
	outlets int
}

func waitingFor(told []notice.Told, in func(area int) bool) []waiting {
	of := map[int]*waiting{}
	for _, t := range told {
		if !in(t.Area) {
			continue
		}
		if of[t.Notice.ID] == nil {
			of[t.Notice.ID] = &waiting{notice: t.Notice}
		}
		of[t.Notice.ID].outlets++
	}
	var all []waiting
	for _, w := range of {
		all = append(all, *w)
	}
	slices.SortFunc(all, func(a, b waiting) int {
		return cmp.Or(cmp.Compare(b.outlets, a.outlets), cmp.Compare(b.notice.ID, a.notice.ID))
	})
	return all
}
