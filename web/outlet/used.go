package outlet

import (
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
)

// used is kits used on somebody: told by those who had them, or this service's own stock used by staff.
var used = deed{
	page: "used", title: "A kit was used",
	fields: []string{"whose", "kits", "lot", "product", "doses", "outcome", "ambulance", "place", "occurred_on", "note"},
	draw:   drawUsed, save: saveUsed,
}

// peopleBody serves the forms about kits that people have.
type peopleBody struct {
	common
	Products []page.Option
	Lots     []suggestion
	Outcomes []page.Option
	YesNo    []page.Option
	Places   []page.Option
	Reasons  []page.Option
}

func drawUsed(v *desk.Visit, _ *answers) (any, error) {
	b, err := peopleForm(v)
	b.Outcomes, b.YesNo, b.Places = choices(ledger.OutcomeOptions(), unsaid), choices(yesNo, unsaid), choices(settings, unsaid)
	return b, err
}

func peopleForm(v *desk.Visit) (peopleBody, error) {
	s, err := v.Ledger.Stock(v.Ctx(), v.Outlet.ID)
	if err != nil {
		return peopleBody{}, err
	}
	b := peopleBody{common: begin(v), Products: productOptions(v.Snap, v.Outlet, page.Option{Label: "Not known"})}
	b.Lots, err = suggestions(v, s)
	return b, err
}

func saveUsed(v *desk.Visit, a *answers) (string, error) {
	u := ledger.UseOf{
		Entry: a.entry(v), Product: product(v, a), ByStaff: a.text("whose") == "staff", Doses: a.whole("doses", "doses"),
		Outcome:   ledger.Outcome(a.choice("outcome", ledger.OutcomeOptions())),
		Ambulance: ledger.YesNo(a.choice("ambulance", yesNo)),
		Setting:   wordsOf(a.choice("place", settings), settings),
	}
	lot, err := lotTold(v, a, u.Product, u.ByStaff)
	if err != nil {
		return "", err
	}
	if u.Lot = lot; lot == 0 {
		u.Note = noteLot(u.Note, a.text("lot"))
	}
	if err := a.err(); err != nil {
		return "", err
	}
	if err := v.Ledger.Use(v.Ctx(), v.Who, u); err != nil {
		return "", err
	}
	return entryPath(v, u.ID), nil
}

// lotTold finds the lot typed from a pack; 0 where it is not told or not known. Only where needed (kits of our own
// shelf) is an unknown one refused: what people tell of is always kept.
func lotTold(v *desk.Visit, a *answers, product int, needed bool) (int, error) {
	number := a.text("lot")
	if number == "" {
		if needed {
			a.wrong("lot", "say which lot was used").Hint("a kit of your own stock leaves your shelf")
		}
		return 0, nil
	}
	lot, found, err := told(v, a, number, product)
	if err == nil && !found && needed {
		a.wrong("lot", "no lot %.40s was ever here", number).Hint("look at the pack again, or at the shelf")
	}
	return lot.ID, err
}

// noteLot keeps the number of a lot that is not known here.
func noteLot(note, number string) string {
	if number == "" {
		return note
	}
	told := "Lot as told: " + number + "."
	if note == "" {
		return told
	}
	return told + " " + note
}
