package measure

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
	"everykit/store"
)

// asked is one number that a measure takes from what was recorded of supplies: how many there were with one of some words
// for one thing (of none named, with any word), through all channels or through those where first and repeat are told apart.
type asked struct {
	about  ledger.About
	words  []uint8
	noting bool
}

// conditions are those on rows of supply_count, in SQL. Their parts are numbers of ours and never come from outside.
func (a asked) conditions() []string {
	list := []string{"about = " + strconv.Itoa(int(a.about))}
	if a.noting {
		for _, c := range registry.Channels() {
			if !noting(c) {
				list = append(list, "channel <> "+strconv.Itoa(int(c)))
			}
		}
	}
	if len(a.words) > 0 {
		var words []string
		for _, w := range a.words {
			words = append(words, strconv.Itoa(int(w)))
		}
		list = append(list, "word IN ("+strings.Join(words, ", ")+")")
	}
	return list
}

// aboutsOf lists the things that are asked for, each once.
func aboutsOf(what []asked) []ledger.About {
	var list []ledger.About
	for _, a := range what {
		if !slices.Contains(list, a.about) {
			list = append(list, a.about)
		}
	}
	return list
}

// columns are several as sums over supply_count, and the conditions on a row that all of them share.
func columns(what []asked) (sums, shared []string) {
	shared = what[0].conditions()
	for _, a := range what {
		own := a.conditions()
		shared = slices.DeleteFunc(shared, func(c string) bool { return !slices.Contains(own, c) })
	}
	for _, a := range what {
		own := slices.DeleteFunc(a.conditions(), func(c string) bool { return slices.Contains(shared, c) })
		sum := "times"
		if len(own) > 0 {
			sum = "CASE WHEN " + strings.Join(own, " AND ") + " THEN times ELSE 0 END"
		}
		sums = append(sums, "CAST(SUM("+sum+") AS BIGINT)")
	}
	return sums, shared
}

// readTold reads the supplies that areas made from one month to another, so many as were asked for, in their order. One row
// comes back for each area: to group by more would sort all that is read.
func readTold(ctx context.Context, tx *store.Tx, areas []int, what []asked, from, to civil.Month) (map[int][]int, error) {
	all := make(map[int][]int, len(areas))
	for _, a := range areas {
		all[a] = make([]int, len(what))
	}
	if len(areas) == 0 || to < from {
		return all, nil
	}
	in, args := idList(areas)
	// One thing after the other: each is a range of the key of its own, and no row need be asked which it is.
	for _, about := range aboutsOf(what) {
		var which []int
		var some []asked
		for i, a := range what {
			if a.about == about {
				which, some = append(which, i), append(some, a)
			}
		}
		sums, shared := columns(some)
		for _, span := range monthSpans(about, from, to, civil.In(tx.Now, time.UTC).Month()) {
			err := tx.Each(ctx, func(scan func(...any) error) error {
				var area int
				counts := make([]int, len(some))
				into := []any{&area}
				for i := range counts {
					into = append(into, &counts[i])
				}
				err := scan(into...)
				for i, n := range counts {
					all[area][which[i]] += span.sign * n
				}
				return err
			}, "SELECT area, "+strings.Join(sums, ", ")+" FROM "+span.table+" WHERE area IN ("+in+") AND "+span.within()+" AND "+strings.Join(shared, " AND ")+" GROUP BY area",
				append(slices.Clone(args), span.args()...)...)
			if err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// sumTold adds up what was read of the areas that are counted for one.
func (r *reading) sumTold(counts map[int][]int, a *registry.Area, n int) []int {
	sum := make([]int, n)
	for _, id := range r.scope.ledgers(a.ID) {
		for i, x := range counts[id] {
			sum[i] += x
		}
	}
	return sum
}

// firstsAsked are the numbers that first supplies are made of: all supplies, those of which it is known whether they were
// the first, and the first ones to people at risk.
var firstsAsked = []asked{
	{about: ledger.AboutFirst},
	{about: ledger.AboutFirst, words: []uint8{uint8(ledger.FirstSupply), uint8(ledger.RepeatSupply)}},
	{about: ledger.AboutFirstAtRisk},
}

// firsts completes an answer with the first supplies to people at risk. Where it was never recorded whether a supply was
// the first, there is no number; where it was not always, the answer says so.
func firsts(ans answer, counts []int) answer {
	all, known, n := counts[0], counts[1], counts[2]
	if all > 0 && known == 0 {
		none := answer{state: NotProvided, source: ans.source}
		none.note("Of %s it was not recorded whether they were a first supply or a repeat.", count(all, "supply", "supplies"))
		return none
	}
	ans.kits = number(n)
	if n == 0 && ans.state == Counted {
		ans.state = Zero
	}
	if all > known {
		ans.note("Of %d of %s it was not recorded whether they were a first supply: there may have been more.", all-known, count(all, "supply", "supplies"))
	}
	return ans
}
