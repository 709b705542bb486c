package report

import (
	"fmt"
	"strings"

	"everykit/civil"
	"everykit/document"
)

// things is how many there are to do: more would not be done.
const things = 3

// advice is one thing to do: words, and where it is done. Both may hold names, which are kept from being read as markup.
type advice struct{ words, link, href string }

// facts is what advice is chosen by.
type facts struct {
	home       string // path of the outlet's or authority's page
	area       bool
	silent     []civil.Month // months of this outlet
	silentAt   int           // outlets of this authority with silent months
	expired    int           // kits on the shelf past their date
	within90   int           // usable kits that run out in 90 days
	undated    int           // lots without an expiry
	supplies   int
	recipients int // supplies that say nothing of the recipient
	firsts     int // supplies that do not say whether first or repeat
	late       int
	noStock    int // people turned away for want of a kit
	usable     int
	peoplePast int
	belowCover bool // the authority's coverage is below its nation's
}

// choose gives the three things that would help most, the most urgent first: what keeps somebody from a good kit today, then what
// makes the numbers say nothing, then what would make them say more. There are always three.
func choose(f facts) []advice {
	var all []advice
	add := func(when bool, words, link, href string) {
		if when {
			all = append(all, advice{words, link, href})
		}
	}
	shelf := "the shelf"
	if f.area {
		shelf = "shelves"
	}
	often := func(part int) bool { return part*4 > f.supplies } // more than one in four
	add(!f.area && f.usable == 0 && f.supplies > 0, "There is no kit in date on the shelf.", "Record kits that came", f.home+"/receive")
	add(f.noStock > 0, fmt.Sprintf("%s turned away because there was no kit.", count(f.noStock, "person was", "people were")), ask(f.area), f.home+reorder(f.area))
	add(f.expired > 0, fmt.Sprintf("%s on %s past the last day.", count(f.expired, "kit is", "kits are"), shelf), "See which, and write them off", f.home+"/expiry")
	add(len(f.silent) > 0, "Nothing is recorded for "+monthList(f.silent)+". If there was nothing, say so: then it counts as none.", "Confirm a month", f.home+"#month")
	add(f.silentAt > 0, fmt.Sprintf("%s silent in at least one month.", count(f.silentAt, "outlet was", "outlets were")), "See which months", f.home+"/months")
	add(f.within90 > 0, fmt.Sprintf("%s run out of date within 90 days: give them out first, or move them.", kits(f.within90)), "See which", f.home+"/expiry")
	add(f.peoplePast > 0, fmt.Sprintf("At most %s with people past the last day.", count(f.peoplePast, "kit is", "kits are")), "Offer new ones", f.home+"/reissue")
	add(f.undated > 0, fmt.Sprintf("%s no expiry date, so nobody is warned.", count(f.undated, "lot has", "lots have")), "Find them on the shelf", f.home+"#lots")
	add(f.belowCover, "Your coverage is below the nation’s.", "See where you stand, and what would help", f.home+"/scorecard")
	add(f.supplies > 0 && f.recipients > 0 && often(f.recipients), fmt.Sprintf("%s of %s do not say who the kit was for. One tick is enough.", plain(f.recipients), count(f.supplies, "supply", "supplies")), record(f.area), f.home+giveOut(f.area))
	add(f.supplies > 0 && f.firsts > 0 && often(f.firsts), fmt.Sprintf("%s of %s do not say if it was a first kit or a repeat.", plain(f.firsts), count(f.supplies, "supply", "supplies")), record(f.area), f.home+giveOut(f.area))
	add(f.late > 0, fmt.Sprintf("%s entered more than two weeks late. A phone at the counter helps.", count(f.late, "supply was", "supplies were")), "Print a day sheet", f.home+"/day-sheet")
	if f.area {
		add(true, "Look at each outlet month by month, and ask those that have gone quiet.", "Outlets by month", f.home+"/months")
		add(true, "See which kits could be moved before they expire.", "What expires", f.home+"/expiry")
		add(true, "See where you stand on the six recommendations.", "The scorecard", f.home+"/scorecard")
	} else {
		add(true, "Count the shelf, and compare it with the books.", "Start a count", f.home+"/count")
		add(true, "Look at the dates, and give out first what expires first.", "What expires", f.home+"/expiry")
		add(true, "Check that what the public reads of this outlet is right: its hours, and what it asks for.", "This outlet", f.home)
	}
	var out []advice
	for _, a := range all {
		if len(out) < things && !overlaps(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// overlaps keeps two of three from leading to the same page for the same reason.
func overlaps(have []advice, a advice) bool {
	for _, h := range have {
		if h.href == a.href && (h.link == a.link || strings.HasSuffix(a.href, "/months") || strings.HasSuffix(a.href, "/scorecard")) {
			return true
		}
	}
	return false
}

func ask(area bool) string {
	if area {
		return "Ask for kits"
	}
	return "See what is on the way"
}

func reorder(area bool) string {
	if area {
		return "/support"
	}
	return ""
}

func record(area bool) string {
	if area {
		return "See what was recorded"
	}
	return "Give a kit out"
}

func giveOut(area bool) string {
	if area {
		return ""
	}
	return "/give-out"
}

// chapter is the advice as a list of links.
func (r *Reports) chapter(list []advice) document.Chapter {
	var b strings.Builder
	for i, a := range list {
		fmt.Fprintf(&b, "%d. %s [%s](%s)\n", i+1, inText(a.words), inText(a.link), r.base+a.href)
	}
	return document.Chapter{Key: "next", Title: "Three things you could do", Blocks: []document.Block{document.Markdown{Source: b.String()}}}
}
