package check

import (
	"net/http"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/page"
)

// answer is the page with the answer.
type answer struct {
	First   notice.Wording   // what matters most; its title is the page's
	More    []notice.Wording // what else there is to do
	Date    string           // what the date means today, where no text says it
	Facts   []page.Fact
	Notices []told
	Choices []page.Link // with a number that several kinds of kit bear
	Last    notice.Wording
	Another notice.Wording
	Remind  string
	Save    string
	Foot    []string // which wording, and who approved it
}

// told is a notice as people may read it.
type told struct {
	Title, By, Text, Source string
}

// answerPage judges a kit and says so.
func answerPage(v *desk.Visit, k kit) error {
	found, err := v.Notices.Look(v.Ctx(), v.Ledger, k.productID(), k.lot, k.printed)
	if err != nil {
		return err
	}
	texts, err := notice.Wordings(v.Ctx(), v.DB)
	if err != nil {
		return err
	}
	if k.product == nil && found.Kit.Known() {
		k.product = v.Snap.Product(found.Kit.Product)
	}
	a := &answer{Last: texts["last-resort"], Another: texts["another"]}
	pv := v.View("")
	if found.Verdict == notice.WhichOne {
		a.choose(v, k, found)
		pv.Title = "Which kit is it?"
	} else {
		a.judge(texts, k, found.Judgement)
		pv.Title = a.First.Title
	}
	a.Foot = foot(append(slices.Clone(a.More), a.First, a.Last, a.Another))
	pv.Caption, pv.Back, pv.Body = "Is my kit still good?", page.Link{Text: "Check another kit", Href: at}, a
	if worthKeeping(found, v.Ledger.Today()) {
		a.Save = at + ".ics?" + kit{printed: found.Expiry}.query()
		if k.lot != "" && v.Reminders != nil && v.Reminders.Ready() {
			k.printed = found.Expiry
			a.Remind = at + "/remind?" + k.query()
		}
	}
	return pages.Render(v.W, http.StatusOK, "answer", pv)
}

// worthKeeping reports whether there is a day to come to be reminded of: not for a kit that has been called back.
func worthKeeping(found notice.Looked, today civil.Date) bool {
	back := found.Verdict == notice.Named && found.Notices[0].Action == notice.Withdraw
	return !back && found.Verdict != notice.WhichOne && found.Expiry.Known && found.Expiry.Last > today
}

// choose asks which of several kinds of kit it is that bear one number.
func (a *answer) choose(v *desk.Visit, k kit, found notice.Looked) {
	for _, id := range found.Products {
		k.product = v.Snap.Product(id)
		if k.product != nil {
			a.Choices = append(a.Choices, page.Link{Text: k.product.Name, Href: at + "?" + k.query()})
		}
	}
}

// judge puts a judgement into words.
func (a *answer) judge(texts map[string]notice.Wording, k kit, j notice.Judgement) {
	dated := texts[dateKeys[j.Date]].With("until", until(j.Expiry))
	switch j.Verdict {
	case notice.Named:
		a.First, a.Date = notice.WordingFor(texts, j.Notices[0]), dateSays(j, "The date of this kit is ")
		for _, n := range j.Notices[1:] {
			w := notice.WordingFor(texts, n)
			if (n.Action == notice.Withdraw || n.Action == notice.Check) && w.Key != a.First.Key && !hasKey(a.More, w.Key) {
				a.More = append(a.More, w)
			}
		}
	case notice.Differs:
		a.First = texts["differs"].With("printed", until(j.Printed), "ours", until(j.Ours))
		a.Date = dateSays(j, "The date you typed is ")
	case notice.NotKnown:
		a.First, a.Date = texts["unknown"], dateSays(j, "The date you typed is ")
	case notice.NoNumber:
		a.First, a.Date = texts["no-lot"], dateSays(j, "The date you typed is ")
	case notice.DateChanged:
		a.First, a.More = dated, []notice.Wording{texts["changed"].With("until", until(j.Expiry))}
	default:
		a.First = dated
		if !j.Printed.Known && j.Expiry.Known {
			a.Date = "This is the date we have for this lot. The date on your pack should be the same. If it is not, go by the pack, and show it to a worker."
		}
	}
	if j.Ours.Known && j.Verdict == notice.Named {
		a.More = append(a.More, texts["differs"].With("printed", until(j.Printed), "ours", until(j.Ours)))
	}
	a.facts(k, j)
	for _, n := range j.Notices {
		a.Notices = append(a.Notices, told{n.Title, "Notice " + n.Number + " by " + n.Regulator + ", " + n.IssuedOn.Words(), n.Text, webAddress(n.Source)})
	}
}

// dateKeys are the texts for what a date means today.
var dateKeys = map[notice.Verdict]string{notice.InDate: "in-date", notice.LastDay: "last-day", notice.OutOfDate: "expired", notice.NoDate: "no-date"}

func hasKey(list []notice.Wording, key string) bool {
	return slices.ContainsFunc(list, func(w notice.Wording) bool { return w.Key == key })
}

// dateSays is what a date means today, where it must not sound as if the kit were good.
func dateSays(j notice.Judgement, begin string) string {
	switch j.Date {
	case notice.InDate:
		return begin + until(j.Expiry) + ". It has not passed."
	case notice.LastDay:
		return begin + until(j.Expiry) + ". That is today. Tomorrow the kit is out of date. Get another one now."
	case notice.OutOfDate:
		return begin + until(j.Expiry) + ". It has passed: the kit is out of date. Get another one as soon as you can."
	}
	return "Look for the date on the pack, and type it too. It may be marked EXP."
}

// until is a date within a sentence.
func until(e civil.Expiry) string {
	if e.Known && !e.Day {
		return "the " + e.Words()
	}
	return e.Words()
}

// facts repeats which kit is spoken of, so that a slip of the finger is seen.
func (a *answer) facts(k kit, j notice.Judgement) {
	add := func(key, value string) {
		if value != "" {
			a.Facts = append(a.Facts, page.Fact{Key: key, Value: page.TextCell(value)})
		}
	}
	if k.product != nil {
		add("Kit", k.product.Name)
	}
	add("Lot number", k.lot)
	if j.Printed.Known {
		add("Date you typed", j.Printed.Words())
	}
	if j.Change != nil {
		add("Date before", j.Change.Was.Words())
		add("Date now", j.Expiry.Words())
		add("Changed by notice", j.Change.Number)
	}
}

// webAddress is the source of a notice if it can be opened.
func webAddress(source string) string {
	if strings.HasPrefix(source, "https://") {
		return source
	}
	return ""
}

// foot says which texts a page shows, and who stands behind them.
func foot(shown []notice.Wording) []string {
	var by []string
	texts := map[string][]string{}
	for _, w := range shown {
		if w.Key == "" {
			continue
		}
		who := "not yet approved by a clinician"
		if w.Approved != nil {
			who = "approved by " + w.Approved.Name + ", " + w.Approved.Role + ", " + w.Approved.On.Words()
		}
		if texts[who] == nil {
			by = append(by, who)
		}
		if !slices.Contains(texts[who], w.ID()) {
			texts[who] = append(texts[who], w.ID())
		}
	}
	slices.Sort(by)
	var lines []string
	for _, who := range by {
		slices.Sort(texts[who])
		lines = append(lines, "Wording "+strings.Join(texts[who], ", ")+": "+who+".")
	}
	return lines
}
