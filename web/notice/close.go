package notice

import (
	"net/http"
	"net/url"

	"everykit/fault"
	"everykit/notice"
	"everykit/web/desk"
	"everykit/web/page"
)

type closeBody struct {
	Path string
	Says string
}

func closeForm(v *desk.Visit) error { return drawClose(v, nil, nil) }

// closeNotice ends a notice.
func closeNotice(v *desk.Visit) error {
	n, err := noticeOf(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	if err := v.Notices.Close(v.Ctx(), v.Who, n.ID, form.Get("why")); err != nil {
		return drawClose(v, form, err)
	}
	return v.Go(Path(n.ID) + "?saved=closed")
}

func drawClose(v *desk.Visit, form url.Values, cause error) error {
	n, err := noticeOf(v)
	if err != nil {
		return err
	}
	if n.State != notice.Published && cause == nil {
		return v.Go(Path(n.ID))
	}
	pv := v.View("Close this notice?")
	pv.Caption = title(n)
	pv.Crumbs = []page.Link{{Text: "Notices", Href: "/notices"}, {Text: title(n), Href: Path(n.ID)}}
	status := http.StatusOK
	if cause != nil {
		if !pv.Fail(cause, form) {
			return cause
		}
		status = page.Status(cause)
	}
	b := closeBody{Path: Path(n.ID), Says: "Nobody is asked for an answer any more."}
	switch {
	case n.Bars() && n.Action == notice.Withdraw:
		b.Says = "Kits that are held stay held until a coordinator releases them. Kits that arrive from now on are not held. " + b.Says
	case n.Bars():
		b.Says = "Kits that have not been checked can be given out again. " + b.Says
	case n.Action == notice.ChangeExpiry && !n.Drill:
		b.Says = "The new expiry dates stay. " + b.Says
	}
	pv.Body = b
	return pages.Render(v.W, status, "close", pv)
}

// drop deletes a draft that nobody needs. The button says so in a field, so that no other form does it.
func drop(v *desk.Visit) error {
	n, err := noticeOf(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	if form.Get("sure") != "yes" {
		return fault.New(fault.Invalid, "nothing was deleted").Hint("tick the box on the page of the draft, then press the button")
	}
	if err := v.Notices.Drop(v.Ctx(), v.Who, n.ID); err != nil {
		return err
	}
	return v.Go("/notices?saved=dropped")
}

// drill makes a draft that copies a notice, to be published as an exercise.
func drill(v *desk.Visit) error {
	n, err := noticeOf(v)
	if err != nil {
		return err
	}
	id, err := v.Notices.MakeDrill(v.Ctx(), v.Who, n.ID)
	if err != nil {
		return err
	}
	return v.Go(Path(id) + "?saved=drill")
}
