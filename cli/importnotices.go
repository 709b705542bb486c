package cli

import (
	"context"
	"fmt"
	"strings"

	"everykit/ledger"
	"everykit/notice"
	"everykit/staff"
	"everykit/table"
)

// importNotices takes notices in. Their regulators have issued them, so they are published at once unless they are to stay
// drafts; a line for each says what that did, or would do.
func (im *importing) importNotices(ctx context.Context, r *rooms, rd *table.Reader) (counts, error) {
	did, err := r.Notices.Import(ctx, rd, notice.Import{Who: staff.Operator(), Draft: im.draft, Dry: im.dry, ShortenedToo: im.shortened})
	if err != nil {
		return counts{}, err
	}
	for _, p := range did.Published {
		im.say("%s", publishedWords(p))
	}
	return counts{rows: did.Rows, fresh: did.New, same: did.Same}, nil
}

// publishedWords says in one line what publication did.
func publishedWords(p notice.Preview) string {
	sum, unreached, without := p.Sum(), 0, 0
	for _, t := range p.Outlets {
		if t.Unreached() {
			unreached++
		}
	}
	for _, u := range p.Unused {
		if !u.Linked {
			without++
		}
	}
	said := []string{
		fmt.Sprintf("%s, %s", p.Notice.Action, plural(len(p.Notice.Lines), "lot")),
		plural(len(p.Outlets), "outlet") + " told",
	}
	switch p.Notice.Action {
	case notice.Withdraw:
		said = append(said, plural(sum[ledger.Shelf], "kit")+" held")
	case notice.Check:
		said = append(said, plural(sum[ledger.Shelf], "kit")+" to check")
	default:
		said = append(said, plural(sum[ledger.Shelf], "kit")+" on shelves")
	}
	said = append(said, plural(sum[ledger.People], "kit")+" with people", plural(p.Letters+p.Links, "letter"))
	for _, more := range []struct {
		n    int
		what string
	}{
		{len(p.Never), "lots never seen here"},
		{len(p.Mismatches), "expiries differ from ours"},
		{unreached, "outlets nobody can be told at"},
		{without, "authorities without an outlet or a contact"},
	} {
		if more.n > 0 {
			said = append(said, fmt.Sprintf("%s: %d", more.what, more.n))
		}
	}
	return p.Notice.Number + ": " + strings.Join(said, "; ")
}
