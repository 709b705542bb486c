package outlet

import (
	"fmt"
	"net/http"
	"strings"

	"everykit/civil"
	"everykit/ledger"
	"everykit/staff"
	"everykit/web/desk"
	"everykit/web/notice"
	"everykit/web/page"
)

type shelfBody struct {
	common
	Notices  []notice.Banner
	Deeds    []page.Deed
	Coming   []delivered
	Counts   []waiting
	Figures  []page.Figure
	Lots     page.Table
	Expiring []page.Figure
	Going    page.Table
	Latest   page.Table
	Silent   []civil.Month
	Facts    []page.Fact
	May      bool // record kits here
	Entries  bool // see what was done here
	Device   bool // may make a counter device of this one
}

// saved are what the shelf says was just done, where there is no entry to lead to.
var saved = map[string]string{
	"arrived": "The delivery is recorded: none of it came whole.",
	"nil":     "The month is confirmed: there was nothing to record in it.",
}

// shelf is the outlet's page: what can be done, what is here, what is on its way, what has been done.
func shelf(v *desk.Visit) error { return drawShelf(v, nil) }

// drawShelf draws the page, with what was wrong with a form on it, if anything was.
func drawShelf(v *desk.Visit, cause error) error {
	pv := view(v, v.Outlet.Name)
	pv.Crumbs = above(v)
	pv.Caption = ""
	if v.Area != nil {
		pv.Caption = v.Area.Name
	}
	pv.Flash = saved[v.R.URL.Query().Get("saved")]
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, nil) {
			return cause
		}
		status = page.Status(cause)
	}
	s, err := v.Ledger.Stock(v.Ctx(), v.Outlet.ID)
	if err != nil {
		return err
	}
	b := shelfBody{
		common: begin(v), Figures: four(v, s), Lots: lotTable(v, s), Expiring: expiring(s), Facts: outletFacts(v), May: v.May(staff.MoveKits),
		Device: v.Who.Counter == 0 && v.May(staff.OpenCounter),
	}
	if b.Notices, err = notice.AtOutlet(v); err != nil {
		return err
	}
	if b.May || v.Who.NeedsPIN() {
		b.Deeds = deeds(v, s)
	}
	if err := b.around(v); err != nil {
		return err
	}
	if b.Entries = v.May(staff.SeeEntries); b.Entries {
		if b.Latest, err = latestTable(v); err != nil {
			return err
		}
	}
	if b.May {
		if b.Silent, err = silentMonths(v); err != nil {
			return err
		}
	}
	pv.Body = b
	return pages.Render(v.W, status, "shelf", pv)
}

// deeds are what can be done here, the one most people come for first.
func deeds(v *desk.Visit, s ledger.Stock) []page.Deed {
	at := desk.OutletPath(v.Outlet.ID)
	usable := page.Kits(int64(s.Four().Usable)) + " to give"
	if s.Four().Usable == 0 {
		usable = "Nothing here to give"
	}
	return []page.Deed{
		{Label: "Give out", Hint: usable, Href: at + "/give-out", First: true},
		{Label: "Receive", Hint: "From a supplier", Href: at + "/receive"},
		{Label: "A kit was used", Href: at + "/used"},
		{Label: "Turned away", Hint: "Asked, and got none", Href: at + "/turned-away"},
		{Label: "Handed back", Hint: "Or lost by somebody", Href: at + "/handed-back"},
		{Label: "Send", Hint: "To another outlet", Href: at + "/send"},
		{Label: "Write off", Hint: "Or set aside", Href: at + "/write-off"},
		{Label: "Count", Hint: "The shelf", Href: at + "/count"},
		{Label: "Day sheet", Hint: "Paper, many rows", Href: at + "/day-sheet"},
	}
}

// four are the four figures of a shelf. The expired ones lead to where they are written off.
func four(v *desk.Visit, s ledger.Stock) []page.Figure {
	f := s.Four()
	onHand := page.Figure{Label: "On hand", Value: page.Number(int64(f.OnHand)), Unit: "kits"}
	held := page.Figure{Label: "Held", Value: page.Number(int64(f.Held)), Unit: "kits", Beside: "Set aside; not to be given out"}
	expired := page.Figure{Label: "Expired", Value: page.Number(int64(f.Expired)), Unit: "kits", Beside: "To be written off"}
	if f.Expired > 0 {
		expired.Tone = page.Bad
		if v.May(staff.MoveKits) {
			expired.Href = writeOffExpired(v, s)
		}
	} else {
		expired.Beside = "None on the shelf"
	}
	usable := page.Figure{Label: "Usable", Value: page.Number(int64(f.Usable)), Unit: "kits", Tone: page.Good}
	if n, known := s.Doses(); known && f.Usable > 0 {
		usable.Beside = page.Doses(int64(n))
	}
	if f.Usable == 0 {
		usable.Tone, usable.Beside = page.Bad, "Nothing to give out"
	}
	return []page.Figure{usable, onHand, held, expired}
}

// writeOffExpired is the address that writes off the lot that expired first.
func writeOffExpired(v *desk.Visit, s ledger.Stock) string {
	for _, l := range s.Lines {
		if n := l.Expired(s.Today); n > 0 {
			return fmt.Sprintf("%s/write-off?what=expired&lot=%d&kits=%d", desk.OutletPath(v.Outlet.ID), l.Lot.ID, n)
		}
	}
	return ""
}

// horizons are the days ahead for which what expires is counted.
var horizons = []int{30, 60, 90, 180}

// expiring says what expires when; each figure holds the ones before it and leads to the lots.
func expiring(s ledger.Stock) []page.Figure {
	var list []page.Figure
	for _, days := range horizons {
		n := s.ExpiringWithin(days)
		f := page.Figure{Label: fmt.Sprintf("Within %d days", days), Value: page.Number(int64(n)), Unit: "kits", Beside: "None"}
		var lots []string
		for _, l := range s.Lines {
			if l.Lot.Expiry.Known && l.Lot.Expiry.DaysLeft(s.Today) <= days && l.Usable(s.Today) > 0 {
				lots = append(lots, l.Lot.Number)
			}
		}
		if n > 0 {
			f.Href, f.Beside = "#lots", lotList(lots)
			if days <= 90 {
				f.Tone = page.Soon
			}
		}
		list = append(list, f)
	}
	return list
}

// lotList names up to three lots.
func lotList(lots []string) string {
	switch n := len(lots); {
	case n == 1:
		return "Lot " + lots[0]
	case n <= 3:
		return "Lots " + strings.Join(lots, ", ")
	default:
		return fmt.Sprintf("%d lots: %s …", n, strings.Join(lots[:2], ", "))
	}
}
