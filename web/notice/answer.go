package notice

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/ledger"
	"everykit/notice"
	"everykit/web/desk"
)

// see writes down that somebody here has read the notice.
func see(v *desk.Visit) error {
	t, err := toldHere(v)
	if err != nil {
		return err
	}
	if err := v.Notices.See(v.Ctx(), v.Who, t.Notice.ID, v.Outlet.ID); err != nil {
		return err
	}
	return v.Go(OutletPath(t.Notice.ID, v.Outlet.ID) + "?saved=seen")
}

// answer keeps what this outlet found. A blank is not counted, nought is nought; where only one of the two numbers of a lot
// is filled in, the other is nought.
func answer(v *desk.Visit) error {
	t, err := toldHere(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	lots, err := v.Notices.LotsAt(v.Ctx(), t.Notice.ID, v.Outlet.ID)
	if err != nil {
		return err
	}
	a, err := readAnswer(t.Notice, lots, form)
	if err == nil {
		a.Notice, a.Outlet = t.Notice.ID, v.Outlet.ID
		if err = v.Notices.Answer(v.Ctx(), v.Who, a); err == nil {
			return v.Go(OutletPath(t.Notice.ID, v.Outlet.ID) + "?saved=answered")
		}
		err = atLots(err, a)
	}
	if fault.Is(err, fault.Conflict) || form.Get("id") == "" {
		form.Set("id", ledger.NewID().String()) // what is sent next is another answer
	}
	return drawOutlet(v, form, err)
}

// readAnswer reads the form.
func readAnswer(n *notice.Notice, lots []notice.LotAt, form url.Values) (notice.Answer, error) {
	var bad fault.List
	a := notice.Answer{Note: form.Get("note")}
	var err error
	if a.ID, err = uuid.Parse(form.Get("id")); err != nil {
		bad = append(bad, fault.New(fault.Invalid, "this form is not whole").Hint("send it again"))
	}
	a.Replaced, _ = kitsIn(form, "replaced", &bad)
	waiting, first := false, ""
	for _, l := range lots {
		good, someGood := kitsIn(form, lotField(l.Lot.ID, "good"), &bad)
		faulty, someFaulty := kitsIn(form, lotField(l.Lot.ID, "faulty"), &bad)
		if someGood || someFaulty {
			a.Lots = append(a.Lots, notice.LotAnswer{Lot: l.Lot.ID, Good: good, Faulty: faulty})
		}
		if n.Bars() && n.Action == notice.Check && l.Unchecked > 0 && !waiting {
			waiting, first = true, lotField(l.Lot.ID, "good")
		}
	}
	if waiting && len(a.Lots) == 0 && len(bad) == 0 {
		bad = append(bad, fault.New(fault.Invalid, "say how many kits were good and how many were faulty").At(first).Hint("nought if you looked and there was none"))
	}
	return a, bad.Err()
}

// kitsIn reads a number of kits; false if the field is empty.
func kitsIn(form url.Values, field string, bad *fault.List) (kits int, filled bool) {
	text := strings.TrimSpace(form.Get(field))
	if text == "" {
		return 0, false
	}
	kits, err := strconv.Atoi(text)
	if err != nil || kits < 0 {
		*bad = append(*bad, fault.New(fault.Invalid, "%.20q is not a number of kits", text).At(field))
		return 0, false
	}
	return kits, true
}

// atLots puts the faults of an answer, which the room gives by the place of the lot in it, at the fields of the form.
func atLots(err error, a notice.Answer) error {
	all := fault.Of(err)
	for _, f := range all {
		rest, ok := strings.CutPrefix(f.Field, "lots.")
		number, column, _ := strings.Cut(rest, ".")
		if i, bad := strconv.Atoi(number); ok && bad == nil && i < len(a.Lots) {
			if column != "good" {
				column = "faulty"
			}
			f.Field = lotField(a.Lots[i].Lot, column)
		}
	}
	var one *fault.Error
	if errors.As(err, &one) || len(all) == 0 {
		return err
	}
	return fault.List(all).Err()
}

// release puts held kits back on the shelf, for a coordinator.
func release(v *desk.Visit) error {
	t, err := toldHere(v)
	if err != nil {
		return err
	}
	form, err := v.Form()
	if err != nil {
		return err
	}
	var bad fault.List
	id, err := uuid.Parse(form.Get("id"))
	lot, notLot := strconv.Atoi(form.Get("lot"))
	if err != nil || notLot != nil {
		bad = append(bad, fault.New(fault.Invalid, "this form is not whole").Hint("send it again"))
	}
	kits, filled := kitsIn(form, "kits", &bad)
	if !filled && len(bad) == 0 {
		bad = append(bad, fault.New(fault.Invalid, "say how many kits go back on the shelf"))
	}
	err = bad.Err()
	if err == nil {
		if err = v.Notices.Release(v.Ctx(), v.Who, id, t.Notice.ID, v.Outlet.ID, lot, kits); err == nil {
			return v.Go(OutletPath(t.Notice.ID, v.Outlet.ID) + "?saved=released")
		}
	}
	return drawOutlet(v, nil, err)
}
