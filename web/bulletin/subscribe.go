package bulletin

import (
	"net/http"
	"net/url"

	"everykit/fault"
	"everykit/web/desk"
	"everykit/web/page"
)

// subscribe takes an address. Where it goes on to says nothing of it.
func subscribe(v *desk.Visit) error {
	form, err := v.Form()
	if err != nil {
		return err
	}
	if !v.Bulletins.CanSubscribe() {
		return v.Go(at) // which says so
	}
	if err := v.Bulletins.Subscribe(v.Ctx(), form.Get("email")); err != nil {
		return drawList(v, v.W, form, err)
	}
	return v.Go(at + "/subscribe/sent")
}

func sent(v *desk.Visit) error {
	pv := v.View("Look in your e-mail")
	pv.Public = true
	pv.Crumbs = []page.Link{{Text: "Bulletins", Href: v.Link(at)}}
	return pages.Render(v.W, http.StatusOK, "sent", pv)
}

// subscription is the page of a subscriber's link.
type subscription struct {
	Waiting, Set bool
	Here         string
}

// subscribed shows what there is under a link, and changes nothing: programs that look through mail open links too, also the
// one for leaving.
func subscribed(v *desk.Visit) error {
	token := v.R.PathValue("token")
	b := subscription{Here: v.Link(linkPath + url.PathEscape(token))}
	pv := v.View("Nothing is kept here")
	switch confirmed, err := v.Bulletins.Subscribed(v.Ctx(), token); {
	case err == nil && confirmed:
		b.Set, pv.Title = true, "You get an e-mail about each bulletin"
	case err == nil:
		b.Waiting, pv.Title = true, "Do you want these e-mails?"
	case !fault.Is(err, fault.NotFound):
		return err
	}
	pv.Crumbs = []page.Link{{Text: "Bulletins", Href: v.Link(at)}}
	pv.Body = b
	hide(v)
	return pages.Render(v.W, http.StatusOK, "subscribed", pv)
}

func confirm(v *desk.Visit) error {
	return toLink(v, v.Bulletins.Confirm(v.Ctx(), v.R.PathValue("token")))
}

// leave ends a subscription: by the button of the page, or by a mail program's own, which sends List-Unsubscribe=One-Click.
func leave(v *desk.Visit) error {
	return toLink(v, v.Bulletins.Leave(v.Ctx(), v.R.PathValue("token")))
}

// toLink leads on to what there is now. A link that nothing is kept under any longer leads there too, and is told so.
func toLink(v *desk.Visit, err error) error {
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return v.Go(linkPath + url.PathEscape(v.R.PathValue("token")))
}

// hide keeps an address out of search engines: it has a personal link in it.
func hide(v *desk.Visit) { v.W.Header().Set("X-Robots-Tag", "noindex, nofollow") }
