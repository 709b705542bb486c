package outlet

import (
	"slices"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/fault"
	"everykit/ledger"
	"everykit/registry"
	"everykit/web/desk"
	"everykit/web/page"
)

// giveOut is kits handed to people: one at the counter, or forty at an event.
var giveOut = deed{
	page: "giveout", title: "Give out kits",
	fields: append([]string{"code", "kits", "lot", "pick_reason", "occurred_on"}, slices.Concat(aboutOld, aboutSupply)...),
	draw:   drawGiveOut, save: saveGiveOut,
	box: shelfBox, rule: pickScanned,
}

// aboutSupply are the fields behind the fold: nothing in them is needed.
var aboutSupply = []string{"recipient", "supply", "age_band", "sex", "trained", "client_code", "card", "channel", "note"}

type giveOutBody struct {
	common
	Lots     []page.Option
	First    int    // the lot that is picked when the form opens
	Proposed string // lots for which no reason is asked
	Reasons  []page.Option
	Doubt    bool          // a lot may be picked for which a reason is asked
	Open     bool          // the fold
	OpenOld  bool          // the one about an earlier kit
	Which    []page.Option // the products that its lot may be of, where that has to be asked
	Usable   int
	Day      civil.Date
	Late     string // where an expired lot given out earlier is entered; empty if there is none

	Recipients, Supplies, Repeats, Ages, Sexes, YesNo, Channels []page.Option
}

func drawGiveOut(v *desk.Visit, a *answers) (any, error) {
	s, err := v.Ledger.Stock(v.Ctx(), v.Outlet.ID)
	if err != nil {
		return nil, err
	}
	kits, err := strconv.Atoi(a.now("kits"))
	if err != nil {
		kits = 1
	}
	from := picksOf(s, kits)
	on := a.dayOr("occurred_on", s.Today)
	b := giveOutBody{
		common: begin(v), Day: on, Lots: from.options(s.Today, on), First: from.first(), Proposed: from.proposed(), Doubt: from.choiceLeft(),
		Usable: s.Four().Usable, Open: a.anyOf(aboutSupply), OpenOld: a.anyOf(aboutOld),
		Reasons:    choices(pickReasons, page.Option{Label: "Choose a reason"}),
		Recipients: choices(ledger.RecipientOptions(), unsaid), Supplies: choices(ledger.FirstOptions(), unsaid),
		Repeats: choices(ledger.ReasonOptions(), unsaid), Ages: choices(ledger.AgeOptions(), unsaid),
		Sexes: choices(ledger.SexOptions(), unsaid), YesNo: choices(yesNo, unsaid), Channels: channelOptions(v.Outlet),
	}
	if from.late(s.Today) && on >= s.Today {
		b.Late = b.Home + "/give-out?occurred_on=" + (s.Today - 1).String()
	}
	if lot, err := strconv.Atoi(a.now("lot")); err == nil && a.typed == nil && from.questioned(lot) {
		b.First = lot
	}
	b.Which, err = oldProducts(v, a)
	return b, err
}

// anyOf reports whether any of some fields has something in it.
func (a *answers) anyOf(fields []string) bool {
	return slices.ContainsFunc(fields, func(f string) bool { return a.now(f) != "" })
}

func saveGiveOut(v *desk.Visit, a *answers) (string, error) {
	s := ledger.SupplyOf{
		Entry: a.entry(v), Lot: a.lot("lot"),
		Recipient: ledger.Recipient(a.choice("recipient", ledger.RecipientOptions())),
		Supply:    ledger.First(a.choice("supply", ledger.FirstOptions())),
		Reason:    ledger.Reason(a.choice("reason", ledger.ReasonOptions())),
		AgeBand:   ledger.Age(a.choice("age_band", ledger.AgeOptions())),
		Sex:       ledger.Sex(a.choice("sex", ledger.SexOptions())),
		Trained:   ledger.YesNo(a.choice("trained", yesNo)),
		Channel:   channel(a), ClientCode: a.text("client_code"), Card: a.text("card"),
		PickReason: wordsOf(a.choice("pick_reason", pickReasons), pickReasons),
	}
	if err := a.replaces(v, &s); err != nil {
		return "", err
	}
	if err := a.err(); err != nil {
		return "", err
	}
	if err := askReason(v, a, s, v.Ledger.Today()); err != nil {
		return "", err
	}
	if err := v.Ledger.Supply(v.Ctx(), v.Who, s); err != nil {
		return "", err
	}
	if s.BroughtBack && s.Replaces == 0 {
		return entryPath(v, s.ID) + "?earlier=here", nil
	}
	return entryPath(v, s.ID), nil
}

func channel(a *answers) registry.Channel {
	c, err := registry.ParseChannel(a.text("channel"))
	if err != nil {
		a.wrong("channel", "choose one from the list")
	}
	return c
}

// askReason wants to know why a lot is given out of its turn. What the form proposed needs no look at the shelf, and so
// the common case costs nothing. A late entry is not asked: which lot came first on an earlier day is not known here.
func askReason(v *desk.Visit, a *answers, s ledger.SupplyOf, today civil.Date) error {
	if s.PickReason != "" || s.OccurredOn < today || slices.Contains(strings.Fields(a.text("proposed")), strconv.Itoa(s.Lot)) {
		return nil
	}
	stock, err := v.Ledger.Stock(v.Ctx(), v.Outlet.ID)
	if err != nil {
		return err
	}
	from := picksOf(stock, s.Kits)
	if !from.questioned(s.Lot) {
		return nil // proposed for so many kits, or to be refused by the ledger with its own reason
	}
	for _, p := range from {
		if p.Lot.ID == s.Lot {
			return fault.New(fault.Invalid, "say why lot %s: %s", p.Lot.Number, p.Reason).At("pick_reason").Hint("choose a reason, or take the lot marked “give this first”")
		}
	}
	return nil
}
