package notice

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/mail"
	"everykit/notice"
	"everykit/staff"
	"everykit/store"
	"everykit/web/desk"
	"everykit/web/page"
)

// mailed is a letter with which something went wrong.
type mailed struct {
	What  string
	Where string
	Why   string
	Tag   page.Tag
	Area  string // its code
	ID    string // empty if it cannot be sent again, or not by this person
}

// letterPrefix is how the keys of all letters about a notice begin.
func letterPrefix(notice int) string { return fmt.Sprintf("notice/%d/", notice) }

// letters says what became of the letters: how many were sent and wait, and each that may not have arrived.
func letters(v *desk.Visit, n *notice.Notice, b *showBody, areas map[int]bool) error {
	var sent, waiting int
	for _, area := range slices.Sorted(maps.Keys(areas)) {
		all, err := v.Mail.Log(v.Ctx(), area, letterPrefix(n.ID))
		if err != nil {
			return err
		}
		for _, e := range all {
			switch e.State {
			case mail.Sent:
				sent++
			case mail.Waiting, mail.Sending, mail.Closing:
				waiting++
			case mail.Unsure, mail.Refused, mail.GaveUp:
				b.Mail = append(b.Mail, trouble(v, n, e))
			}
		}
	}
	b.Mailing = []page.Fact{{Key: "Sent", Value: page.CountCell(int64(sent))}}
	if waiting > 0 {
		b.Mailing = append(b.Mailing, page.Fact{Key: "Waiting to be sent", Value: page.CountCell(int64(waiting))})
	}
	if len(b.Mail) > 0 {
		b.Mailing = append(b.Mailing, page.Fact{Key: "May not have arrived", Value: page.CountCell(int64(len(b.Mail)))})
	}
	return nil
}

var troubleTags = map[mail.State]page.Tag{
	mail.Unsure: {Text: "may not have arrived", Tone: page.Soon}, mail.Refused: {Text: "not taken", Tone: page.Bad}, mail.GaveUp: {Text: "not sent", Tone: page.Bad},
}

func trouble(v *desk.Visit, n *notice.Notice, e mail.Entry) mailed {
	m := mailed{What: "Letter to a person with an account", Where: areaName(v, e.Area), Why: e.Why, Tag: troubleTags[e.State]}
	switch rest := strings.TrimPrefix(e.Key, letterPrefix(n.ID)); {
	case strings.HasPrefix(rest, "link/"):
		m.What = "Letter with a personal link"
	case strings.HasPrefix(rest, "due/"):
		m.What = "Letter about missing answers"
	}
	if a := v.Snap.Area(e.Area); a != nil && e.Kept && mayResend(v, e.Area) {
		m.Area, m.ID = a.Code, e.ID.String()
	}
	return m
}

// mayResend is the right to send a letter again: of whoever manages the authority, or writes notices for it.
func mayResend(v *desk.Visit, area int) bool {
	a := v.Snap.Area(area)
	if a == nil {
		return false
	}
	at := desk.AreaPlace(v.Snap, a)
	return v.Who.May(staff.ManageArea, at) || v.Who.May(staff.WriteNotices, at)
}

// sendAgain puts a letter back into the outbox because somebody decided so.
func sendAgain(v *desk.Visit) error {
	n, err := noticeOf(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	none := fault.New(fault.NotFound, "there is no such letter").Hint("open the notice again: it may have been sent in the meantime")
	area, ok := v.Snap.AreaByCode(form.Get("area"))
	if !ok || !mayResend(v, area.ID) {
		return none
	}
	err = v.DB.Write(v.Ctx(), func(tx *store.Tx) error {
		all, err := mail.Entries(v.Ctx(), tx, area.ID, letterPrefix(n.ID))
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(e mail.Entry) bool { return e.ID.String() == form.Get("mail") })
		if i < 0 {
			return none
		}
		if err := mail.SendAgain(v.Ctx(), tx, area.ID, all[i].ID); err != nil {
			return err
		}
		return staff.Audit(v.Ctx(), tx, v.Who, area.ID, "send letter again", "notice "+strconv.Itoa(n.ID), "")
	})
	if err != nil {
		return err
	}
	v.Mail.Wake()
	return v.Go(Path(n.ID) + "?saved=again#letters")
}
