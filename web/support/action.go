package support

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/staff"
	"everykit/support"
	"everykit/web/desk"
	"everykit/web/page"
)

type actionBody struct {
	Facts   []page.Fact
	Says    []string
	Guides  []page.Link
	History page.Table

	Changes   bool // may change it
	Gives     bool // may answer it: of the national team
	Withdraws bool // it is the visitor's own, and nobody has taken it up
	Open      bool
	Spare     string // where another authority is asked for kits
	Send      string // where the visitor sends kits of the authority that was asked
	Owners    []page.Option
	States    []page.Option
	Pages     []page.Option
	At        string // which of the forms was sent, and is shown open
}

// actionOf finds the action that an address names. One of another authority is not there.
func actionOf(v *desk.Visit) (*support.Action, []support.Step, error) {
	none := fault.New(fault.NotFound, "there is no such action")
	id, err := strconv.Atoi(v.R.PathValue("action"))
	if err != nil || id < 1 || id > 1<<31-1 {
		return nil, nil, none
	}
	a, steps, err := v.Support.Action(v.Ctx(), id)
	if err != nil {
		return nil, nil, err
	}
	if a == nil || a.Area != v.Area.ID {
		return nil, nil, none
	}
	return a, steps, nil
}

func show(v *desk.Visit) error { return drawAction(v, nil, nil) }

func drawAction(v *desk.Visit, form url.Values, cause error) error {
	a, steps, err := actionOf(v)
	if err != nil {
		return err
	}
	accounts := []int{a.AskedBy, a.Owner}
	for _, s := range steps {
		accounts = append(accounts, s.Staff)
	}
	who, err := peopleOf(v, accounts...)
	if err != nil {
		return err
	}
	b := actionBody{
		Changes: v.May(staff.AskSupport), Gives: v.May(staff.GiveSupport), Open: a.IsOpen(), Says: paragraphs(a.Says),
		Facts: facts(v, who, a), History: history(v, who, steps),
	}
	if b.Guides, err = GuidesFor(v, a.Area, a.Gap); err != nil {
		return err
	}
	if err := b.forms(v, who, a); err != nil {
		return err
	}
	pv := v.View(KindWords(a.Gap))
	pv.Caption = v.Area.Name
	pv.Crumbs = up(v, false)
	pv.Form = held(a)
	status := http.StatusOK
	if cause == nil {
		pv.Flash = flashes[v.R.URL.Query().Get("saved")]
	} else {
		for name, values := range form { // the other forms of the page stay as they are
			if name != "version" {
				pv.Form[name] = values
			}
		}
		if !pv.Fail(cause, pv.Form) {
			return cause
		}
		status = page.Status(cause)
		b.At = form.Get("do")
		onlyFields(&pv, formFields...)
	}
	pv.Body = b
	return pages.Render(v.W, status, "action", pv)
}

// formFields are the fields of all forms of the page.
var formFields = []string{"guide", "guide_note", "call_on", "call_note", "reason", "owner", "owner_not", "due_on", "state", "kits", "note"}

// held is what the forms of the page hold before anybody types.
func held(a *support.Action) url.Values {
	form := url.Values{"owner_not": {a.OwnerNot}, "state": {stateKey(a.State)}, "version": {versionOf(a)}}
	if a.Owner != 0 {
		form.Set("owner", strconv.Itoa(a.Owner))
	}
	if a.DueOn != civil.None {
		form.Set("due_on", a.DueOn.String())
	}
	if a.Kits > 0 {
		form.Set("kits", strconv.Itoa(a.Kits))
	}
	return form
}

// versionOf is how often an action has been changed, which a form sends back so that two people do not undo each other.
func versionOf(a *support.Action) string { return strconv.Itoa(a.Version) }

func versionIn(form url.Values) int {
	n, err := strconv.Atoi(form.Get("version"))
	if err != nil {
		return -1 // none was made on it
	}
	return n
}

// forms are what this visitor may do with the action.
func (b *actionBody) forms(v *desk.Visit, who people, a *support.Action) error {
	if !b.Changes || (!b.Gives && !b.Open) {
		b.Changes = false
		return nil
	}
	b.Withdraws = !b.Gives && a.State == support.Asked
	b.Owners = []page.Option{{Label: "Nobody yet"}, {Value: strconv.Itoa(v.Who.ID), Label: "Me"}}
	others := []int{a.Owner}
	if b.Gives && a.AskedBy != a.Owner {
		others = append(others, a.AskedBy)
	}
	for _, id := range others {
		if id != 0 && id != v.Who.ID {
			b.Owners = append(b.Owners, page.Option{Value: strconv.Itoa(id), Label: who.of(id)})
		}
	}
	for _, s := range states {
		if s.state != support.Declined || a.State == support.Declined {
			b.States = append(b.States, page.Option{Value: s.key, Label: s.words})
		}
	}
	if !b.Gives || !b.Open {
		return nil
	}
	if len(a.Sends) == 0 {
		b.Spare = ActionPath(v.Area, a.ID) + "/spare"
	}
	if giver := v.Snap.Area(a.From); giver != nil && v.Who.May(staff.MoveKits, desk.AreaPlace(v.Snap, giver)) {
		b.Send = "/areas/" + giver.Code + "/give/" + strconv.Itoa(a.ID)
	}
	n := v.Snap.NationOf(v.Area.ID)
	if n == nil {
		return nil
	}
	list, err := readable(v, n.ID)
	for _, first := range []bool{true, false} { // those that help with this kind of gap come first
		for _, p := range list {
			if p.Helps(a.Gap) == first {
				b.Pages = append(b.Pages, page.Option{Value: p.Key, Label: p.Title})
			}
		}
	}
	return err
}

func paragraphs(text string) []string {
	var list []string
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// facts are what an action says of itself.
func facts(v *desk.Visit, who people, a *support.Action) []page.Fact {
	list := []page.Fact{
		{Key: "State", Value: page.TagCell(StateTag(a.State)).Under(a.Reason)},
		{Key: "Help asked for", Value: page.TextCell(helpWords(a.Help))},
		{Key: "Asked", Value: page.TextCell(v.Ledger.Day(a.AskedAt).Words()).Under(who.of(a.AskedBy))},
	}
	if a.Kits > 0 {
		list = append(list, page.Fact{Key: "Kits", Value: page.CountCell(int64(a.Kits))})
	}
	owner := page.TextCell(who.owner(*a))
	if owner.Text == "" {
		owner = page.Cell{Sub: "Nobody yet"}
	}
	list = append(list, page.Fact{Key: "Who does it", Value: owner}, page.Fact{Key: "By when", Value: dueCell(*a, v.Ledger.Today())})
	if a.From != 0 && len(a.Sends) == 0 {
		list = append(list, page.Fact{Key: "Asked for kits", Value: page.TextCell(areaName(v.Snap, a.From)).Under("None has been sent yet")})
	}
	return append(list, sends(v, a)...)
}

// history is what was done, the last first.
func history(v *desk.Visit, who people, steps []support.Step) page.Table {
	t := page.Table{Caption: "What was done", Hide: true, Stack: true, Columns: page.Columns("When", "What", "Who", "In their words"), Empty: "Nothing has been done yet."}
	for i := len(steps) - 1; i >= 0; i-- {
		s := steps[i]
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{
			page.TextCell(v.Ledger.Day(s.At).Words()), page.TextCell(sentence(s.What)), page.TextCell(who.of(s.Staff)), noteCell(s.Note),
		}})
	}
	return t
}

func sentence(s string) string { return strings.TrimSuffix(page.Sentence(s), ".") }

// guideIn finds the address of a page of guidance at the end of a note, where answering with guidance puts it.
var guideIn = regexp.MustCompile(`\s*\((/guidance/[a-z0-9-]+(?:\?of=[A-Z0-9]+)?)\)$`)

// noteCell is a note in somebody's words; guidance that was sent leads to its page.
func noteCell(note string) page.Cell {
	if m := guideIn.FindStringSubmatchIndex(note); m != nil {
		return page.LinkCell(note[:m[0]], note[m[2]:m[3]])
	}
	return page.TextCell(note)
}
