package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"everykit/bulletin"
	"everykit/bulletin/content"
	"everykit/registry"
)

// show lists bulletins, or tells of one.
func (b *bulletins) show(ctx context.Context) error {
	if b.slug != "" {
		return b.showOne(ctx)
	}
	areas := b.snap.Areas()
	if b.area != "" {
		a, err := areaNamed(b.snap, b.area)
		if err != nil {
			return err
		}
		areas = []*registry.Area{a}
	}
	var all []bulletin.Edition
	for _, a := range areas {
		nation := b.snap.NationOf(a.ID)
		if nation == nil || nation.ID != a.ID && !a.IsAuthority() { // of which there are none
			continue
		}
		list, err := b.rooms.Bulletins.Of(ctx, b.who, a.ID)
		if err != nil {
			if b.area == "" && b.as != "" { // not theirs to see
				continue
			}
			return err
		}
		all = append(all, list...)
	}
	slices.SortFunc(all, func(x, y bulletin.Edition) int {
		return cmp.Or(cmp.Compare(y.Period.To, x.Period.To), cmp.Compare(y.Period.From, x.Period.From), strings.Compare(x.Slug, y.Slug), cmp.Compare(y.Number, x.Number))
	})
	var rows [][]string
	for i := range all {
		e := &all[i]
		rows = append(rows, []string{
			e.Slug, strconv.Itoa(e.Number), e.State.Words(), b.snap.Area(e.Area).Name, e.Period.String(), string(e.Kind), e.Title, e.AsOf.String(),
			b.day(e.MadeAt), b.day(e.SignedAt), dayOrNone(e.PublishedOn),
		})
	}
	return b.print(b.format, []string{"bulletin", "edition", "state", "area", "period", "kind", "title", "as_of", "made_on", "signed_on", "published_on"}, rows, "edition")
}

// day is the civil day of an instant, empty for none.
func (b *bulletins) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return b.rooms.Ledger.Day(t).String()
}

// showOne prints what a bulletin says first, and what it is written as.
func (b *bulletins) showOne(ctx context.Context) error {
	e, err := b.found(ctx)
	if err != nil {
		return err
	}
	c, err := b.rooms.Bulletins.Content(ctx, e.ID)
	if err != nil {
		return err
	}
	rows := [][]string{
		{"title", c.Title},
		{"state", e.State.Words()},
		{"edition", strconv.Itoa(e.Number)},
		{"area", b.snap.Area(e.Area).Name},
		{"period", e.Period.String()},
		{"as_of", e.AsOf.String()},
		{"made_by", e.MadeName},
	}
	for _, r := range [][]string{{"signed_by", e.SignedName}, {"published_on", dayOrNone(e.PublishedOn)}, {"what", e.What}, {"why", e.Why}, {"figures", e.Hash}} {
		if r[1] != "" {
			rows = append(rows, r)
		}
	}
	for _, p := range mainPoints(c) {
		rows = append(rows, []string{"main_point", p})
	}
	for _, name := range bulletin.FileNames {
		at := name
		if e.State == bulletin.Published {
			at = fmt.Sprintf("/bulletins/%s/%d/%s", e.Slug, e.Number, name)
		}
		rows = append(rows, []string{"file", at})
	}
	if b.format != "table" {
		return b.print(b.format, []string{"about", "text"}, rows)
	}
	for _, r := range rows {
		line := r[0] + ": " + r[1]
		switch r[0] {
		case "title":
			line = r[1]
		case "main_point":
			line = "- " + r[1]
		}
		if _, err := fmt.Fprintln(b.Out, line); err != nil {
			return err
		}
	}
	return nil
}

// mainPoints are the items of the chapter that sums up.
func mainPoints(c *content.Content) []string {
	var points []string
	for _, ch := range c.Chapters {
		if ch.Key != "main_points" {
			continue
		}
		for _, block := range ch.Blocks {
			if p, ok := block.(content.Points); ok {
				points = append(points, p.Items...)
			}
		}
	}
	return points
}
