package support

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/staff"
	"everykit/support"
	"everykit/web/desk"
	"everykit/web/page"
)

type areaBody struct {
	Parts  []part
	May    bool // may ask here
	Gives  bool // is of the national team: plans an action
	Form   askForm
	Guides []page.Link // to the gap that was chosen
	Card   string      // the authority's scorecard
	Wanted page.Table  // what others need from here
}

// askForm is what the form to ask is made of.
type askForm struct {
	Title, Press string
	ID           string
	Gaps, Helps  []page.Option
	Gap, Help    string
	Kits         string
	Owners       []page.Option
}

var flashes = map[string]string{
	"asked":     "Your ask is with the national team.",
	"planned":   "The action is in the list.",
	"changed":   "The change is kept.",
	"guidance":  "The guidance is sent.",
	"call":      "The call is planned.",
	"declined":  "The ask is declined, with your reason.",
	"sent":      "The kits are on their way.",
	"guide":     "The page is saved as a new version.",
	"from":      "The authority is asked for kits. Its coordinator sends them.",
	"withdrawn": "The ask is withdrawn.",
}

// authority is the asks and actions of one authority, and the form to ask.
func authority(v *desk.Visit) error { return drawArea(v, nil, nil) }

// ask takes an ask of the authority, or an action that the national team plans for it.
func ask(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	a, id, err := readAsk(v, form)
	if err == nil {
		err = v.Support.Ask(v.Ctx(), v.Who, id, a)
	}
	if err != nil {
		return drawArea(v, form, err)
	}
	if v.May(staff.GiveSupport) {
		return v.Go(AreaPath(v.Area) + "?saved=planned")
	}
	return v.Go(AreaPath(v.Area) + "?saved=asked")
}

// readAsk reads the form to ask. What is wrong with it is said all at once.
func readAsk(v *desk.Visit, form url.Values) (support.Action, uuid.UUID, error) {
	a := support.Action{
		Area: v.Area.ID, Gap: support.GapKind(form.Get("gap")), Says: strings.TrimSpace(form.Get("says")), DueOn: civil.None,
		State: support.Asked, AskedBy: v.Who.ID,
	}
	var bad fault.List
	if !a.Gap.Known() {
		bad = append(bad, fault.New(fault.Invalid, "choose the gap").At("gap"))
	}
	for _, h := range helps {
		if h.key == form.Get("help") {
			a.Help = h.help
		}
	}
	if a.Help == 0 {
		bad = append(bad, fault.New(fault.Invalid, "choose what would help").At("help"))
	}
	if a.Says == "" {
		bad = append(bad, fault.New(fault.Invalid, "say in a few words what is needed").At("says"))
	}
	a.Kits = readKits(form, &bad)
	if v.May(staff.GiveSupport) {
		readOwner(form, &a, &bad)
		a.State = support.Planned
	}
	id, err := uuid.Parse(form.Get("key"))
	if err != nil || id == uuid.Nil {
		form.Set("key", ledger.NewID().String())
		bad = append(bad, fault.New(fault.Invalid, "this form came without its own number").Hint("look it over, and send it again"))
	}
	return a, id, bad.Err()
}

// mostKits bounds what is asked for at once: more is a slip of the finger.
const mostKits = 100_000

// readKits reads a number of kits that may be left out.
func readKits(form url.Values, bad *fault.List) int {
	s := strings.ReplaceAll(strings.TrimSpace(form.Get("kits")), ",", "")
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > mostKits {
		*bad = append(*bad, fault.New(fault.Invalid, "kits are a whole number, such as 40").At("kits").Hint("leave it empty if it is not about kits"))
		return 0
	}
	return n
}

// readOwner reads who does something and by when.
func readOwner(form url.Values, a *support.Action, bad *fault.List) {
	a.Owner, a.OwnerNot = 0, strings.TrimSpace(form.Get("owner_not"))
	if s := form.Get("owner"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			*bad = append(*bad, fault.New(fault.Invalid, "choose who does it").At("owner"))
		}
		a.Owner = n
	}
	if a.Owner != 0 && a.OwnerNot != "" {
		*bad = append(*bad, fault.New(fault.Invalid, "choose somebody, or name a post, and not both").At("owner_not"))
	}
	a.DueOn = readDay(form, "due_on", bad)
}

// readDay reads a day that may be left out.
func readDay(form url.Values, field string, bad *fault.List) civil.Date {
	s := strings.TrimSpace(form.Get(field))
	if s == "" {
		return civil.None
	}
	d, err := civil.ParseDate(s)
	if err != nil {
		*bad = append(*bad, fault.New(fault.Invalid, "%s", err.Error()).At(field))
		return civil.None
	}
	return d
}

func drawArea(v *desk.Visit, form url.Values, cause error) error {
	if !v.Area.IsAuthority() {
		return fault.New(fault.NotFound, "%s is not the area of one authority", v.Area.Name).Hint("see the page of its nation")
	}
	list, err := v.Support.Of(v.Ctx(), v.Area.ID)
	if err != nil {
		return err
	}
	l, err := newLister(v, list, false)
	if err != nil {
		return err
	}
	q := v.R.URL.Query()
	b := areaBody{Parts: l.headings(list), May: v.May(staff.AskSupport), Gives: v.May(staff.GiveSupport), Card: "/areas/" + v.Area.Code + "/scorecard"}
	b.Form = newAskForm(v, q, b.Gives)
	if b.Guides, err = GuidesFor(v, v.Area.ID, support.GapKind(b.Form.Gap)); err != nil {
		return err
	}
	if b.Wanted, err = wanted(v); err != nil {
		return err
	}
	pv := v.View("Help with gaps")
	pv.Caption = v.Area.Name
	pv.Crumbs = up(v, true)
	status := http.StatusOK
	if cause == nil {
		pv.Flash = flashes[q.Get("saved")]
	} else {
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
		onlyFields(&pv, "gap", "help", "says", "kits", "owner", "owner_not", "due_on")
	}
	pv.Body = b
	return pages.Render(v.W, status, "area", pv)
}

// onlyFields lets a message stand beside a field only where the page has that field.
func onlyFields(pv *page.View, fields ...string) {
	for i, e := range pv.Errors {
		here := false
		for _, f := range fields {
			here = here || f == e.Field
		}
		if !here {
			pv.Errors[i].Field = ""
		}
	}
}

// newAskForm is the form as an address opens it: ?gap=low_coverage&help=stock&kits=40.
func newAskForm(v *desk.Visit, q url.Values, gives bool) askForm {
	f := askForm{Title: "Ask for help", Press: "Ask", ID: ledger.NewID().String(), Gap: q.Get("gap"), Help: q.Get("help"), Gaps: []page.Option{{Label: "Choose"}}}
	if gives {
		f.Title, f.Press = "Plan an action", "Plan it"
		f.Owners = []page.Option{{Label: "Nobody yet"}, {Value: strconv.Itoa(v.Who.ID), Label: "Me"}}
	}
	for _, k := range support.GapKinds() {
		f.Gaps = append(f.Gaps, page.Option{Value: string(k), Label: KindWords(k)})
	}
	for _, h := range helps {
		f.Helps = append(f.Helps, page.Option{Value: h.key, Label: h.words, Hint: h.hint})
	}
	if n, err := strconv.Atoi(q.Get("kits")); err == nil && n > 0 && n <= mostKits {
		f.Kits = strconv.Itoa(n)
	}
	return f
}

// up is the way to here. For whoever sees the nation it leads over all asks of the nation; of the list of an authority
// itself the last step is the authority.
func up(v *desk.Visit, list bool) []page.Link {
	own := page.Link{Text: v.Area.Name, Href: "/areas/" + v.Area.Code}
	n := v.Snap.NationOf(v.Area.ID)
	if n == nil || !v.Who.May(staff.SeeNation, desk.AreaPlace(v.Snap, n)) {
		if list {
			return []page.Link{own}
		}
		return []page.Link{own, {Text: "Help with gaps", Href: AreaPath(v.Area)}}
	}
	if !list {
		own.Href = AreaPath(v.Area)
	}
	return []page.Link{{Text: n.Name, Href: "/nation/" + n.Code}, {Text: "Help with gaps", Href: "/nation/" + n.Code + "/support"}, own}
}
