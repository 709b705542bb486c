package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"everykit/civil"
	"everykit/expiry"
	"everykit/measure"
	"everykit/store"
)

// figureMost is how many milliseconds of server time the figures of a page may take.
const figureMost = 5

// question is something that a page asks for.
type question struct {
	what string
	ask  func(context.Context, *figureNation) error
	free bool // not held to figureMost: it is of single outlets, lots and receipts
}

// scan is the peer: the kits of a year by authority, counted from the movements themselves in the same database.
const scan = "SELECT area, SUM(CASE WHEN reverses IS NULL THEN kits ELSE -kits END) FROM movement WHERE kind = ? AND occurred_on BETWEEN ? AND ? GROUP BY area"

func figurePeriod(text string) civil.Period {
	p, err := civil.ParsePeriod(text)
	if err != nil {
		panic(err) // one of the few below
	}
	return p
}

// questions are every measure of a nation for a financial year, what else its pages show, and an authority's page.
func questions() []question {
	year := figurePeriod("2017/18")
	figures := func(what string, key measure.Key, period string) question {
		return question{what: what, ask: func(ctx context.Context, n *figureNation) error {
			_, err := n.figures.Nation(ctx, n.england.ID, key, figurePeriod(period))
			return err
		}}
	}
	var list []question
	for _, key := range measure.Keys() {
		list = append(list, figures("nation: "+string(key), key, "2017/18"))
	}
	list = append(list,
		figures("nation: dispensed of a quarter", measure.Dispensed, "2017/18-Q4"),
		figures("nation: dispensed of a calendar year", measure.Dispensed, "2017"),
		figures("nation: repeat_used of a calendar year", measure.RepeatUsed, "2017"),
		question{what: "nation: shelves today", ask: func(ctx context.Context, n *figureNation) error {
			_, err := n.figures.ShelfOf(ctx, n.england.ID)
			return err
		}},
		question{what: "nation: what expires when", ask: func(ctx context.Context, n *figureNation) error {
			_, err := n.figures.ExpiryOf(ctx, n.england.ID)
			return err
		}},
		question{what: "nation: channels", ask: func(ctx context.Context, n *figureNation) error {
			_, err := n.figures.Channels(ctx, n.england.ID, year)
			return err
		}},
		question{what: "nation: months of two years", ask: func(ctx context.Context, n *figureNation) error {
			_, err := n.figures.AreaMonths(ctx, n.england.ID, year.From-12, year.To)
			return err
		}},
		question{what: "authority: one measure", ask: func(ctx context.Context, n *figureNation) error {
			_, err := n.figures.Figures(ctx, measure.Query{Measure: measure.Coverage, Period: year, Area: n.one.Code})
			return err
		}},
		question{what: "authority: its whole page", ask: authorityPage},
	)
	return append(list,
		figures("nation: onhand of the year before", measure.OnHand, "2016/17"),
		question{what: "nation: prices of a year's receipts", free: true, ask: func(ctx context.Context, n *figureNation) error {
			_, _, err := n.figures.Prices(ctx, n.england.ID, year.First(), year.Last())
			return err
		}},
		question{what: "nation: expiry board", free: true, ask: func(ctx context.Context, n *figureNation) error {
			_, err := n.boards.Board(ctx, expiry.OfArea(n.england.ID))
			return err
		}},
		question{what: "authority: expiry board", ask: func(ctx context.Context, n *figureNation) error {
			_, err := n.boards.Board(ctx, expiry.OfArea(n.one.ID))
			return err
		}})
}

// authorityPage asks for all that the page of an authority shows.
func authorityPage(ctx context.Context, n *figureNation) error {
	year := figurePeriod("2017/18")
	for _, key := range []measure.Key{measure.Coverage, measure.Purchased, measure.Dispensed, measure.OnHand} {
		if _, err := n.figures.Figures(ctx, measure.Query{Measure: key, Period: year, Area: n.one.Code}); err != nil {
			return err
		}
	}
	if _, err := n.figures.AreaMonths(ctx, n.one.ID, year.From-12, year.To); err != nil {
		return err
	}
	if _, err := n.figures.OutletsOf(ctx, n.one.ID, year); err != nil {
		return err
	}
	if _, err := n.figures.Channels(ctx, n.one.ID, year); err != nil {
		return err
	}
	if _, err := n.figures.ShelfOf(ctx, n.one.ID); err != nil {
		return err
	}
	_, err := n.figures.ExpiryOf(ctx, n.one.ID)
	return err
}

// took is the milliseconds that each of several runs of something took, after one that warms.
func took(runs int, do func() error) (series, error) {
	var s series
	for i := range runs + 1 {
		begun := time.Now()
		if err := do(); err != nil {
			return nil, err
		}
		if i > 0 {
			s = append(s, time.Since(begun).Seconds()*1000)
		}
	}
	return s, nil
}

// figureTimes are the medians of one size.
type figureTimes struct {
	supplies int
	of       []float64 // of questions, in their order
	scan     float64
}

func (b *bench) figureTimes(ctx context.Context, supplies int) (figureTimes, error) {
	t := figureTimes{supplies: supplies}
	n, err := newFigureNation(ctx, b.work, supplies, b.seed)
	if err != nil {
		return t, err
	}
	defer removeDatabase(n.db.Path)
	defer n.close()
	for _, q := range questions() {
		s, err := took(figureRuns, func() error { return q.ask(ctx, n) })
		if err != nil {
			return t, fmt.Errorf("%s: %w", q.what, err)
		}
		t.of = append(t.of, s.median())
		fmt.Fprintf(os.Stderr, "figures: %s supplies: %s: %.2f ms\n", amount(float64(supplies)), q.what, s.median())
	}
	year := figurePeriod("2017/18")
	s, err := took(scanRuns, func() error {
		return n.db.Read(ctx, func(tx *store.Tx) error {
			return tx.Each(ctx, func(row func(...any) error) error {
				var area, kits int
				return row(&area, &kits)
			}, scan, supplyKind, int(year.First()), int(year.Last()))
		})
	})
	t.scan = s.median()
	return t, err
}

// How often each is asked; the peer takes long.
const (
	figureRuns = 15
	scanRuns   = 3
)

// figures measures every size and prints its table.
func (b *bench) figures(ctx context.Context, out io.Writer) error {
	var sizes []figureTimes
	for _, supplies := range b.sizes {
		t, err := b.figureTimes(ctx, supplies)
		if err != nil {
			return err
		}
		sizes = append(sizes, t)
	}
	return writeFigures(out, questions(), sizes)
}

// writeFigures prints the figures' table: milliseconds by size, and beside the largest the peer.
func writeFigures(out io.Writer, asked []question, sizes []figureTimes) error {
	var text strings.Builder
	t := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "milliseconds")
	for _, s := range sizes {
		fmt.Fprintf(t, "\t%s supplies", amount(float64(s.supplies)))
	}
	last := sizes[len(sizes)-1]
	fmt.Fprintln(t, "\tscan of the movements\tratio\taim")
	for i, q := range asked {
		fmt.Fprint(t, q.what)
		for _, s := range sizes {
			fmt.Fprintf(t, "\t%.2f", s.of[i])
		}
		aim := ""
		if !q.free {
			aim = fmt.Sprintf("at most %d ms: met", figureMost)
			if last.of[i] > figureMost {
				aim = fmt.Sprintf("at most %d ms: not met", figureMost)
			}
		}
		fmt.Fprintf(t, "\t%s\t%.0f\t%s\n", amount(last.scan), last.scan/last.of[i], aim)
	}
	t.Flush()
	for row := range strings.Lines(text.String()) {
		if _, err := fmt.Fprintln(out, strings.TrimRight(row, " \n")); err != nil {
			return err
		}
	}
	return nil
}
