package words

import (
	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/page"
)

// frontPage is the front door.
type frontPage struct {
	Advice notice.Wording // what to do at an overdose, as short as it can be
	Home   page.Link      // for somebody who is signed in
}

func front(v *desk.Visit) error {
	texts, err := notice.Wordings(v.Ctx(), v.DB)
	if err != nil {
		return err
	}
	b := frontPage{Advice: texts["overdose"]}
	if v.Who.SignedIn() {
		b.Home = page.Link{Text: "Go to your start page", Href: desk.Home(v.Snap, v.Who)}
	}
	pv := v.View("Naloxone kits, every one of them counted")
	pv.Body = b
	return show(v, "front", pv)
}
