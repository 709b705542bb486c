package notice

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"everykit/fault"
	"everykit/store"
	"everykit/token"
)

// LinkKind says to whom a personal link went.
type LinkKind uint8

// The kinds. Their numbers are stored.
const (
	LinkAuthority LinkKind = 1 // an authority as a whole
	LinkProvider  LinkKind = 2 // an organisation that runs outlets, or ran them
	LinkOutlet    LinkKind = 3 // the mailbox of an outlet where nobody has an account
)

// String is the kind's key.
func (k LinkKind) String() string {
	return keyOf([]string{"", "authority", "provider", "outlet"}, int(k))
}

// Words is how a page writes it.
func (k LinkKind) Words() string {
	return keyOf([]string{"", "The authority", "The provider", "The outlet"}, int(k))
}

// LinkView is what stands behind a personal link.
type LinkView struct {
	Notice     *Notice
	Kind       LinkKind
	Area       int
	Outlets    []Told    // that it speaks for; none for an authority without an outlet here
	AnsweredAt time.Time // zero if not yet

	holder string
}

// Open reports whether the link can still be answered by.
func (v *LinkView) Open() bool { return v.Notice.Open() }

// ByToken reads what stands behind a personal link, and writes down that it was opened. A link stays good after its notice
// was closed: it can be read, and no longer be answered. NotFound for a token that was never given out.
func (n *Notices) ByToken(ctx context.Context, text string) (*LinkView, error) {
	var view *LinkView
	var opened bool
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		view, opened, err = n.byToken(ctx, tx, text)
		return err
	})
	if err != nil || opened {
		return view, err
	}
	return view, n.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE notice_link SET opened_at = ? WHERE area = ? AND notice = ? AND holder = ? AND opened_at IS NULL",
			tx.Now.UnixMilli(), view.Area, view.Notice.ID, view.holder)
		return err
	})
}

func (n *Notices) byToken(ctx context.Context, tx *store.Tx, text string) (view *LinkView, opened bool, err error) {
	none := fault.New(fault.NotFound, "this link is not known here").Hint("open it again from the letter, whole; or ask the authority in your area")
	area, hash, ok := token.Read(text)
	if !ok {
		return nil, false, none
	}
	view = &LinkView{Area: area}
	var notice int
	var openedAt, answered *int64
	found, err := tx.Get(ctx, []any{&notice, &view.holder, &view.Kind, &openedAt, &answered},
		"SELECT notice, holder, kind, opened_at, answered_at FROM notice_link WHERE area = ? AND token = ?", area, hash)
	if err != nil {
		return nil, false, err
	}
	if !found {
		return nil, false, none
	}
	view.AnsweredAt = instant(answered)
	if view.Notice, err = readOne(ctx, tx, notice); err != nil {
		return nil, false, err
	}
	view.Outlets, err = readTold(ctx, tx, map[int]*Notice{notice: view.Notice}, "area = ? AND notice = ? AND holder = ? ORDER BY outlet", area, notice, view.holder)
	return view, openedAt != nil, err
}

// LinkAnswer is what somebody without an account says by a link.
type LinkAnswer struct {
	ID       uuid.UUID // made with the form
	Outlet   int       // one of the link's; 0 for all of them together
	Checked  int       // kits found good
	Faulty   int
	Replaced int
	Note     string
}

// AnswerByToken takes an answer by a link. It is kept and counted, and moves nothing in the ledger: kits that are to be
// checked can be given out only when somebody with an account has checked them. Same ids and closed notices as in Answer.
func (n *Notices) AnswerByToken(ctx context.Context, text string, a LinkAnswer) error {
	return n.db.Write(ctx, func(tx *store.Tx) error {
		view, _, err := n.byToken(ctx, tx, text)
		if err != nil {
			return err
		}
		s := said{
			Answer: Answer{ID: a.ID, Notice: view.Notice.ID, Outlet: a.Outlet, Replaced: a.Replaced, Note: a.Note, Lots: []LotAnswer{{0, a.Checked, a.Faulty}}},
			area:   view.Area, holder: view.holder,
		}
		if a.Outlet == 0 && len(view.Outlets) == 1 {
			s.Outlet = view.Outlets[0].Outlet
		}
		if s.Outlet != 0 && !slices.ContainsFunc(view.Outlets, func(t Told) bool { return t.Outlet == s.Outlet }) {
			return fault.New(fault.NotFound, "this link does not speak for this outlet").At("outlet")
		}
		if err := s.check(); err != nil {
			return linkFields(err)
		}
		if done, err := s.stored(ctx, tx); done || err != nil {
			return err
		}
		if _, err := openNotice(ctx, tx, s.Notice); err != nil {
			return err
		}
		if done, err := s.store(ctx, tx); done || err != nil {
			return err
		}
		return s.answeredFor(ctx, tx, view)
	})
}

// linkFields puts the faults of the one count at the fields of the link's form.
func linkFields(err error) error {
	all := fault.List(fault.Of(err))
	for _, f := range all {
		switch f.Field {
		case "lots.0.good":
			f.Field = "checked"
		case "lots.0.faulty":
			f.Field = "faulty"
		}
	}
	return all.Err()
}

// answeredFor writes down that a link has been answered by. An answer for all outlets of a link is one of each, whose counts
// are of all together and so of none alone.
func (s *said) answeredFor(ctx context.Context, tx *store.Tx, view *LinkView) error {
	if s.Outlet == 0 {
		each := *s
		each.good, each.faulty, each.Replaced = 0, 0, 0
		for _, t := range view.Outlets {
			if err := each.mark(ctx, tx, t.Outlet); err != nil {
				return err
			}
		}
	}
	_, err := tx.Exec(ctx, "UPDATE notice_link SET answered_at = ?, opened_at = COALESCE(opened_at, ?) WHERE area = ? AND notice = ? AND holder = ?",
		tx.Now.UnixMilli(), tx.Now.UnixMilli(), view.Area, view.Notice.ID, view.holder)
	return err
}

// LinkRow is a personal link as coordinators see it: to whom it went, never the link itself.
type LinkRow struct {
	Area       int
	Kind       LinkKind
	Outlets    []int // that it speaks for
	MadeAt     time.Time
	OpenedAt   time.Time // zero if not yet
	AnsweredAt time.Time // zero if not yet
}

// Links reads the personal links of a notice in an authority (0: in all), those not answered by first.
func (n *Notices) Links(ctx context.Context, notice, area int) ([]LinkRow, error) {
	var all []LinkRow
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		var err error
		all, err = links(ctx, tx, notice, area)
		return err
	})
	slices.SortStableFunc(all, func(a, b LinkRow) int { return bit(!a.AnsweredAt.IsZero()) - bit(!b.AnsweredAt.IsZero()) })
	return all, err
}

func links(ctx context.Context, tx *store.Tx, notice, area int) ([]LinkRow, error) {
	type ref struct {
		area   int
		holder string
	}
	where, args := "notice = ?", []any{notice}
	if area != 0 {
		where, args = "area = ? AND notice = ?", []any{area, notice}
	}
	var all []LinkRow
	at := map[ref]int{}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var l LinkRow
		var holder string
		var made int64
		var opened, answered *int64
		err := scan(&l.Area, &holder, &l.Kind, &made, &opened, &answered)
		l.MadeAt, l.OpenedAt, l.AnsweredAt = time.UnixMilli(made), instant(opened), instant(answered)
		at[ref{l.Area, holder}] = len(all)
		all = append(all, l)
		return err
	}, "SELECT area, holder, kind, made_at, opened_at, answered_at FROM notice_link WHERE "+where+" ORDER BY area, holder", args...)
	if err != nil {
		return nil, err
	}
	err = tx.Each(ctx, func(scan func(...any) error) error {
		var r ref
		var outlet int
		err := scan(&r.area, &r.holder, &outlet)
		if i, ok := at[r]; ok {
			all[i].Outlets = append(all[i].Outlets, outlet)
		}
		return err
	}, "SELECT area, holder, outlet FROM notice_outlet WHERE holder IS NOT NULL AND "+where+" ORDER BY area, outlet", args...)
	return all, err
}
