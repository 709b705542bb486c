package support

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/store"
)

// Sent is kits sent for an action: a transfer that the ledger has.
type Sent struct {
	Transfer  [16]byte
	FromArea  int
	From, To  int // outlets
	Lot       int
	Kits      int
	At        time.Time // when it was recorded here
	Staff     int
	SentOn    civil.Date
	ArrivedOn civil.Date // civil.None while on the way
	Good      int        // of those that arrived
	Broken    int
}

// Open reports whether the kits are on their way.
func (s *Sent) Open() bool { return s.ArrivedOn == civil.None }

// steps tells it in the history. The ledger keeps the day on which kits arrived and who took them in; here stands the day.
func (s *Sent) steps() []Step {
	steps := []Step{{s.At, s.Staff, "Sent " + kitsWords(s.Kits), "On " + s.SentOn.Words()}}
	if s.Open() {
		return steps
	}
	at := s.ArrivedOn.Time()
	if at.Before(s.At) {
		at = s.At
	}
	note := ""
	if missing := s.Kits - s.Good - s.Broken; missing > 0 || s.Broken > 0 {
		note = fmt.Sprintf("%d broken, %d missing", s.Broken, missing)
	}
	return append(steps, Step{at, 0, fmt.Sprintf("%s arrived on %s", kitsWords(s.Good), s.ArrivedOn.Words()), note})
}

func kitsWords(n int) string {
	if n == 1 {
		return "1 kit"
	}
	return fmt.Sprintf("%d kits", n)
}

// follow reads which transfers were for these actions and what the ledger says of them, and sets Sends, and the states
// that follow from them.
func follow(ctx context.Context, tx *store.Tx, list []Action) error {
	if len(list) == 0 {
		return nil
	}
	at := map[[2]int]*Action{}
	seen := map[int]bool{}
	var areas []any
	for i := range list {
		a := &list[i]
		at[[2]int{a.Area, a.ID}] = a
		if !seen[a.Area] {
			seen[a.Area] = true
			areas = append(areas, a.Area)
		}
	}
	var marked []Sent
	var of []*Action
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var area, action int
		var id []byte
		var at64 int64
		s := Sent{ArrivedOn: civil.None}
		if err := scan(&area, &action, &id, &s.FromArea, &s.From, &s.To, &s.Lot, &s.Kits, &at64, &s.Staff); err != nil {
			return err
		}
		if a := at[[2]int{area, action}]; a != nil {
			copy(s.Transfer[:], id)
			s.At = time.UnixMilli(at64)
			marked, of = append(marked, s), append(of, a)
		}
		return nil
	}, "SELECT area, action, transfer, from_area, outlet, to_outlet, lot, kits, at, staff FROM support_sent WHERE area IN ("+store.Marks(len(areas))+") ORDER BY at, transfer", areas...)
	if err != nil || len(marked) == 0 {
		return err
	}
	known, err := transfers(ctx, tx, marked)
	if err != nil {
		return err
	}
	for i, s := range marked {
		if t, is := known[s.Transfer]; is {
			s.SentOn, s.ArrivedOn, s.Good, s.Broken = t.SentOn, t.ArrivedOn, t.Good, t.Broken
			of[i].Sends = append(of[i].Sends, s)
		}
	}
	for i := range list {
		list[i].settle()
	}
	return nil
}

// settle sets what follows from the kits sent: an open action is under way once any are, and done once as many as were
// asked have been sent and all of these arrived.
func (a *Action) settle() {
	if len(a.Sends) == 0 {
		return
	}
	sent, open := 0, false
	for i := range a.Sends {
		sent += a.Sends[i].Kits
		open = open || a.Sends[i].Open()
	}
	last := a.Sends[len(a.Sends)-1]
	a.Transfer = last.Transfer
	if a.From == 0 {
		a.From = last.FromArea
	}
	switch {
	case !a.IsOpen():
	case !open && sent >= max(a.Kits, 1):
		a.State = Done
	default:
		a.State = Underway
	}
}

// transfers reads what the ledger says of those that were marked: its table transfer, which this room only reads.
func transfers(ctx context.Context, tx *store.Tx, marked []Sent) (map[uuid.UUID]Sent, error) {
	known := map[uuid.UUID]Sent{}
	byArea := map[int][]any{}
	for _, s := range marked {
		byArea[s.FromArea] = append(byArea[s.FromArea], append([]byte(nil), s.Transfer[:]...))
	}
	for area, ids := range byArea {
		for len(ids) > 0 {
			n := min(len(ids), 200)
			err := tx.Each(ctx, func(scan func(...any) error) error {
				var id []byte
				var arrived, good, broken *int
				s := Sent{ArrivedOn: civil.None}
				if err := scan(&id, &s.SentOn, &arrived, &good, &broken); err != nil {
					return err
				}
				if arrived != nil && good != nil && broken != nil {
					s.ArrivedOn, s.Good, s.Broken = civil.Date(*arrived), *good, *broken
				}
				copy(s.Transfer[:], id)
				known[s.Transfer] = s
				return nil
			}, "SELECT id, sent_on, arrived_on, good, broken FROM transfer WHERE area = ? AND id IN ("+store.Marks(n)+")", append([]any{area}, ids[:n]...)...)
			if err != nil {
				return nil, err
			}
			ids = ids[n:]
		}
	}
	return known, nil
}
