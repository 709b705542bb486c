package check

import (
	"net/http"
	"slices"
	"strings"

	"everykit/civil"
	"everykit/language"
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
		pv.Title = v.T("check.which-kit")
	} else {
		a.judge(v.Words(), texts, k, found.Judgement)
		pv.Title, pv.TitleLang = a.First.Title, pv.InEnglish()
	}
	a.Foot = foot(v.Words(), append(slices.Clone(a.More), a.First, a.Last, a.Another))
	pv.Caption, pv.Back, pv.Body = v.T("check.title"), page.Link{Text: v.T("check.another"), Href: v.Link(at)}, a
	if worthKeeping(found, v.Ledger.Today()) {
		a.Save = v.Link(at + ".ics?" + kit{printed: found.Expiry}.query())
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
			a.Choices = append(a.Choices, page.Link{Text: k.product.Name, Href: v.Link(at + "?" + k.query())})
		}
	}
}

// judge puts a judgement into words.
func (a *answer) judge(words *language.Words, texts map[string]notice.Wording, k kit, j notice.Judgement) {
	dated := texts[dateKeys[j.Date]].With("until", until(j.Expiry))
	switch j.Verdict {
	case notice.Named:
		a.First, a.Date = notice.WordingFor(texts, j.Notices[0]), dateSays(words, j, "check.kit-")
		for _, n := range j.Notices[1:] {
			w := notice.WordingFor(texts, n)
			if (n.Action == notice.Withdraw || n.Action == notice.Check) && w.Key != a.First.Key && !hasKey(a.More, w.Key) {
				a.More = append(a.More, w)
			}
		}
	case notice.Differs:
		a.First = texts["differs"].With("printed", until(j.Printed), "ours", until(j.Ours))
		a.Date = dateSays(words, j, "check.typed-")
	case notice.NotKnown:
		a.First, a.Date = texts["unknown"], dateSays(words, j, "check.typed-")
	case notice.NoNumber:
		a.First, a.Date = texts["no-lot"], dateSays(words, j, "check.typed-")
	case notice.DateChanged:
		a.First, a.More = dated, []notice.Wording{texts["changed"].With("until", until(j.Expiry))}
	default:
		a.First = dated
		if !j.Printed.Known && j.Expiry.Known {
			a.Date = words.T("check.our-date")
		}
	}
	if j.Ours.Known && j.Verdict == notice.Named {
		a.More = append(a.More, texts["differs"].With("printed", until(j.Printed), "ours", until(j.Ours)))
	}
	a.facts(words, k, j)
	for _, n := range j.Notices {
		a.Notices = append(a.Notices, told{n.Title, words.T("check.notice-by", "number", n.Number, "regulator", n.Regulator, "date", n.IssuedOn), n.Text, webAddress(n.Source)})
	}
}

// dateKeys are the texts for what a date means today.
var dateKeys = map[notice.Verdict]string{notice.InDate: "in-date", notice.LastDay: "last-day", notice.OutOfDate: "expired", notice.NoDate: "no-date"}

func hasKey(list []notice.Wording, key string) bool {
	return slices.ContainsFunc(list, func(w notice.Wording) bool { return w.Key == key })
}

// dateSays is what a date means today, where it must not sound as if the kit were good.
func dateSays(words *language.Words, j notice.Judgement, begins string) string {
	switch j.Date {
	case notice.InDate:
		return words.T(begins+"in-date", "date", words.ExpiryWithin(j.Expiry))
	case notice.LastDay:
		return words.T(begins+"last-day", "date", words.ExpiryWithin(j.Expiry))
	case notice.OutOfDate:
		return words.T(begins+"expired", "date", words.ExpiryWithin(j.Expiry))
	}
	return words.T("check.no-date")
}

// until is a date within a sentence of a text that is approved, which is English.
func until(e civil.Expiry) string {
	if e.Known && !e.Day {
		return "the " + e.Words()
	}
	return e.Words()
}

// facts repeats which kit is spoken of, so that a slip of the finger is seen.
func (a *answer) facts(words *language.Words, k kit, j notice.Judgement) {
	add := func(key, value string) {
		if value != "" {
			a.Facts = append(a.Facts, page.Fact{Key: key, Value: page.TextCell(value)})
		}
	}
	if k.product != nil {
		add(words.T("check.fact-kit"), k.product.Name)
	}
	add(words.T("check.fact-lot"), k.lot)
	if j.Printed.Known {
		add(words.T("check.fact-typed"), words.Expiry(j.Printed))
	}
	if j.Change != nil {
		add(words.T("check.fact-before"), words.Expiry(j.Change.Was))
		add(words.T("check.fact-now"), words.Expiry(j.Expiry))
		add(words.T("check.fact-changed"), j.Change.Number)
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
func foot(words *language.Words, shown []notice.Wording) []string {
	var by []string // the message of whoever approved some, with a place for which
	texts := map[string][]string{}
	for _, w := range shown {
		if w.Key == "" {
			continue
		}
		who := words.T("check.foot-open", "texts", foots)
		if w.Approved != nil {
			who = words.T("check.foot-approved", "texts", foots, "name", w.Approved.Name, "role", w.Approved.Role, "date", w.Approved.On)
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
		lines = append(lines, strings.Replace(who, foots, strings.Join(texts[who], ", "), 1))
	}
	return lines
}

// foots stands for the names of texts until all of them are known.
const foots = "\x00"
