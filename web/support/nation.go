package support

import (
	"net/http"
	"slices"

	"everykit/support"
	"everykit/web/desk"
	"everykit/web/page"
)

type nationBody struct {
	Figures []page.Figure
	Parts   []part
	File    string
	Gaps    string // the gaps of the nation
}

// nation is what the national team has before it.
func nation(v *desk.Visit) error {
	list, err := v.Support.Nation(v.Ctx(), v.Area.ID)
	if err != nil {
		return err
	}
	l, err := newLister(v, list, true)
	if err != nil {
		return err
	}
	at := "/nation/" + v.Area.Code
	pv := v.View("Help with gaps")
	pv.Caption, pv.Wide = v.Area.Name, true
	pv.Crumbs = []page.Link{{Text: v.Area.Name, Href: at}}
	pv.Body = nationBody{Figures: headline(v, list), Parts: l.headings(list), File: at + "/support.csv", Gaps: at + "/gaps"}
	return pages.Render(v.W, http.StatusOK, "nation", pv)
}

// headline is how many wait, how long the first of them has, and what is late.
func headline(v *desk.Visit, list []support.Action) []page.Figure {
	waiting, inHand, _ := parts(list)
	open := page.Figure{Label: "Waiting for an answer", Value: number(len(waiting)), Beside: "Nobody has answered these yet"}
	if len(waiting) > 0 {
		open.Tone, open.Href = page.Soon, "#waiting"
		days := int(v.Ledger.Today() - v.Ledger.Day(waiting[0].AskedAt))
		open.Beside = "The first was asked " + page.DaysWords(-days)
	} else {
		open.Beside = "Every ask has been answered"
	}
	late := 0
	for _, a := range inHand {
		if due(a) < v.Ledger.Today() {
			late++
		}
	}
	hand := page.Figure{Label: "Planned and under way", Value: number(len(inHand)), Beside: "None is late"}
	if late > 0 {
		hand.Tone, hand.Beside = page.Bad, number(late)+" past the day it was due"
	}
	done, kits := 0, 0
	for _, a := range list {
		if a.State == support.Done {
			done++
			for _, s := range a.Sends {
				kits += s.Good
			}
		}
	}
	over := page.Figure{Label: "Done", Value: number(done)}
	if kits > 0 {
		over.Beside = "With " + page.Kits(int64(kits)) + " from other authorities"
	}
	return []page.Figure{open, hand, over}
}

func number(n int) string { return page.Number(int64(n)) }

// nationFile is all of them, in the order of the page.
func nationFile(v *desk.Visit) error {
	list, err := v.Support.Nation(v.Ctx(), v.Area.ID)
	if err != nil {
		return err
	}
	l, err := newLister(v, list, true)
	if err != nil {
		return err
	}
	waiting, inHand, over := parts(list)
	g := l.grid("", "", slices.Concat(waiting, inHand, over), false)
	g.File = v.Area.Code + "-support-" + v.Ledger.Today().String()
	return g.Send(v)
}
