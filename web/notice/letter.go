package notice

import (
	"net/http"
	"strings"

	"everykit/fault"
	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/page"
)

// letterBody is a letter on paper, for whoever has no screen at hand.
type letterBody struct {
	To      string
	Notice  *notice.Notice
	Subject string
	From    string
	Day     string
	Due     string
	Do      []string
	Text    []string
	Good    string
	Faulty  string
	Lots    []letterLot
	Site    []string // where to answer, in parts between which the line may break
	Drill   bool
}

type letterLot struct{ Number, Product, Expiry, Becomes string }

// mostOnPaper is how many lots a letter lists with room to write beside each.
const mostOnPaper = 400

// letter is the page to print: for one outlet, or for an authority to hand on.
func letter(v *desk.Visit) error {
	n, err := noticeOf(v)
	if err != nil {
		return err
	}
	if n.State == notice.Draft {
		return fault.New(fault.Refused, "this notice is a draft").Hint("publish it first")
	}
	b := letterBody{
		To: "To everybody who gives out kits", Notice: n, Subject: n.Subject(), From: n.Regulator, Day: n.IssuedOn.Words(), Due: dayWords(n.DueOn), Text: paragraphs(n.Text),
		Site: inParts(site(v) + Path(n.ID)), Drill: n.Drill,
	}
	pv := v.View(n.Subject())
	pv.Crumbs = []page.Link{{Text: "Notices", Href: "/notices"}, {Text: title(n), Href: Path(n.ID)}}
	var here []notice.LotAt
	if v.Outlet != nil {
		if _, err = toldHere(v); err != nil {
			return err
		}
		if here, err = v.Notices.LotsAt(v.Ctx(), n.ID, v.Outlet.ID); err != nil {
			return err
		}
		b.To, b.Site = "To "+v.Outlet.Name, inParts(site(v)+OutletPath(n.ID, v.Outlet.ID))
	}
	b.Do = paperSteps(n.Action)
	switch n.Action {
	case notice.Check:
		b.Good, b.Faulty = "Good", "Faulty"
	case notice.Withdraw:
		b.Faulty = "Put aside"
	}
	had := map[string]bool{}
	for _, l := range here {
		had[l.Line.Number] = true
	}
	for _, l := range n.Lines {
		if (v.Outlet == nil || had[l.Number] || len(had) == 0) && len(b.Lots) < mostOnPaper {
			b.Lots = append(b.Lots, letterLot{l.Number, desk.ProductName(v.Snap.Product(l.Product)), expiryWords(l), capital(l.NewExpiry.Words())})
		}
	}
	if n.Action != notice.ChangeExpiry {
		for i := range b.Lots {
			b.Lots[i].Becomes = ""
		}
	}
	pv.Body = b
	return pages.Render(v.W, http.StatusOK, "letter", pv)
}

func expiryWords(l notice.Line) string {
	if !l.Expiry.Known {
		return ""
	}
	return capital(l.Expiry.Words())
}

// paperSteps are what to do, for whoever answers on paper.
func paperSteps(a notice.Action) []string {
	switch a {
	case notice.Withdraw:
		return []string{"Do not give out kits of the lots below.", "Take them off the shelf and keep them apart.", "Write down how many you put aside."}
	case notice.Check:
		return []string{"Find the kits of the lots below.", "Check each one before you give it out.", "Keep faulty kits apart.", "Write down how many were good and how many were faulty."}
	case notice.ChangeExpiry:
		return []string{"Go by the new date for the lots below. No other lots have changed.", "Sign to say that you have read this."}
	}
	return []string{"Read what the notice says.", "Sign to say that you have read this."}
}

// inParts cuts an address after its slashes.
func inParts(address string) []string { return strings.SplitAfter(address, "/") }

// site is where people reach these pages, in words that can be typed: without "https://".
func site(v *desk.Visit) string {
	if v.Site != "" {
		_, host, found := strings.Cut(v.Site, "://")
		if found {
			return strings.TrimRight(host, "/")
		}
		return v.Site
	}
	return v.R.Host
}
