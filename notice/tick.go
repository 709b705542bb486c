package notice

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"everykit/civil"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// The steps by which what is not answered goes up, each once for an authority.
const (
	toCoordinators = 1 // the day after the last day for an answer
	toNation       = 2 // a day later
)

// Raised is a step that was taken.
type Raised struct {
	Area    int
	Step    int // 1: to the coordinators; 2: to the nation's people
	At      time.Time
	Outlets int // that had not answered
	Letters int
}

// Raised reads what of a notice went up, the earliest first.
func (n *Notices) Raised(ctx context.Context, notice int) ([]Raised, error) {
	var all []Raised
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		all = nil
		return tx.Each(ctx, func(scan func(...any) error) error {
			var r Raised
			var at int64
			err := scan(&r.Area, &r.Step, &at, &r.Outlets, &r.Letters)
			r.At = time.UnixMilli(at)
			all = append(all, r)
			return err
		}, "SELECT area, step, at, outlets, letters FROM notice_raised WHERE notice = ? ORDER BY at, step, area", notice)
	})
	return all, err
}

// Tick takes the steps that are due: to coordinators the day after the last day for an answer, to the nation a day after
// that. It is called every minute or so, by any number of processes: each step is written down in the transaction that puts
// its letters into the outbox, and is taken once.
func (n *Notices) Tick(ctx context.Context) error {
	var overdue []int
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		overdue = nil
		return tx.Each(ctx, func(scan func(...any) error) error {
			var id int
			err := scan(&id)
			overdue = append(overdue, id)
			return err
		}, "SELECT id FROM notice WHERE state = ? AND due_on < ? ORDER BY id", int(Published), int(n.led.Day(tx.Now)))
	})
	var failed []error
	for _, id := range overdue {
		due, err := n.raiseDue(ctx, id)
		if err == nil && due {
			if err = n.db.Write(ctx, func(tx *store.Tx) error { return n.raise(ctx, tx, id) }); err == nil {
				n.post.Wake()
			}
		}
		failed = append(failed, err) // one notice that fails must not keep the others
	}
	return errors.Join(err, errors.Join(failed...))
}

// raiseDue reports whether there is a step to be taken, without holding up those who write.
func (n *Notices) raiseDue(ctx context.Context, id int) (due bool, err error) {
	err = n.db.Read(ctx, func(tx *store.Tx) error {
		r, err := n.raising(ctx, tx, id)
		due = err == nil && len(r.steps) > 0
		return err
	})
	return due, err
}

// raising is what is overdue of a notice.
type raising struct {
	*Notice
	snap    *registry.Snapshot
	missing map[int][]string // names of outlets that have not answered, by area
	steps   []step
}

type step struct{ area, number int }

func (n *Notices) raising(ctx context.Context, tx *store.Tx, id int) (*raising, error) {
	of, err := readOne(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	r := &raising{Notice: of, missing: map[int][]string{}}
	today := n.led.Day(tx.Now)
	if !of.Overdue(today) {
		return r, nil
	}
	if r.snap, err = n.reg.In(ctx, tx); err != nil {
		return nil, err
	}
	told, err := n.toldIn(ctx, tx, of, 0)
	if err != nil {
		return nil, err
	}
	for _, t := range told {
		if o := r.snap.Outlet(t.Outlet); !t.Done() && o != nil {
			r.missing[t.Area] = append(r.missing[t.Area], o.Name)
		}
	}
	sent, err := links(ctx, tx, id, 0)
	if err != nil {
		return nil, err
	}
	for _, l := range sent {
		if len(l.Outlets) == 0 && l.AnsweredAt.IsZero() && len(r.missing[l.Area]) == 0 {
			r.missing[l.Area] = append(r.missing[l.Area], "the authority itself")
		}
	}
	return r, r.due(ctx, tx, today, n.led.Day)
}

// due finds the steps that can be taken today.
func (r *raising) due(ctx context.Context, tx *store.Tx, today civil.Date, day func(time.Time) civil.Date) error {
	taken := map[step]civil.Date{}
	err := tx.Each(ctx, func(scan func(...any) error) error {
		var s step
		var at int64
		err := scan(&s.area, &s.number, &at)
		taken[s] = day(time.UnixMilli(at))
		return err
	}, "SELECT area, step, at FROM notice_raised WHERE notice = ?", r.ID)
	if err != nil {
		return err
	}
	for _, area := range slices.Sorted(maps.Keys(r.missing)) {
		first, done := taken[step{area, toCoordinators}]
		_, second := taken[step{area, toNation}]
		switch {
		case !done:
			r.steps = append(r.steps, step{area, toCoordinators})
		case !second && first < today:
			r.steps = append(r.steps, step{area, toNation})
		}
	}
	return nil
}

// raise takes the steps that are due.
func (n *Notices) raise(ctx context.Context, tx *store.Tx, id int) error {
	r, err := n.raising(ctx, tx, id)
	if err != nil {
		return err
	}
	people, err := writable(ctx, tx)
	if err != nil {
		return err
	}
	forNation := map[int][]int{} // areas by nation
	for _, s := range r.steps {
		reaches := func(a staff.Addressee) bool { return a.Role == staff.Coordinator && a.Area == s.area }
		if s.number == toNation {
			nation := 0
			if of := r.snap.NationOf(s.area); of != nil {
				nation = of.ID
			}
			reaches = func(a staff.Addressee) bool { return a.Role == staff.National && a.Area == nation }
		}
		to := slices.DeleteFunc(slices.Clone(people), func(a staff.Addressee) bool { return !reaches(a) })
		fresh, err := tx.Exec(ctx, "INSERT INTO notice_raised (area, notice, step, at, outlets, letters) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (area, notice, step) DO NOTHING",
			s.area, id, s.number, tx.Now.UnixMilli(), len(r.missing[s.area]), len(to))
		if err != nil {
			return err
		}
		switch {
		case fresh == 0: // another process has just taken it
		case s.number == toNation:
			for _, nation := range to[:min(1, len(to))] {
				forNation[nation.Area] = append(forNation[nation.Area], s.area)
			}
		default:
			text := r.letter(n.site, []int{s.area})
			for _, a := range to {
				if err := n.put(ctx, tx, r.Notice, a, "due/1/"+accountHolder(a.Account), r.subject(), text); err != nil {
					return err
				}
			}
		}
	}
	return n.raiseToNations(ctx, tx, r, people, forNation)
}

// raiseToNations writes each nation's people one letter about all authorities that are due on this day.
func (n *Notices) raiseToNations(ctx context.Context, tx *store.Tx, r *raising, people []staff.Addressee, areas map[int][]int) error {
	today := n.led.Day(tx.Now)
	for _, a := range people {
		if a.Role != staff.National || len(areas[a.Area]) == 0 {
			continue
		}
		if err := n.put(ctx, tx, r.Notice, a, fmt.Sprintf("due/2/%s/%s", today, accountHolder(a.Account)), r.subject(), r.letter(n.site, areas[a.Area])); err != nil {
			return err
		}
	}
	return nil
}

func (r *raising) subject() string {
	s := "Not answered yet: notice " + r.Number
	if r.Drill {
		return "[Drill] " + s
	}
	return s
}

// letter says who has not answered in some areas.
func (r *raising) letter(site string, areas []int) string {
	var b strings.Builder
	if r.Drill {
		b.WriteString("THIS IS A DRILL. No kits are held back, and nothing is wrong with them.\n\n")
	}
	fmt.Fprintf(&b, "Answers to notice %s of %s were due by %s. Some are still missing.\n", r.Number, r.Regulator, r.DueOn.Words())
	for _, id := range areas {
		name := "An authority"
		if a := r.snap.Area(id); a != nil {
			name = a.Name
		}
		fmt.Fprintf(&b, "\n%s, not answered: %d\n", name, len(r.missing[id]))
		list(&b, r.missing[id])
	}
	fmt.Fprintf(&b, "\nPlease ask them. See who has answered here:\n%s/notices/%d\n\nThis letter comes once.\n", site, r.ID)
	return b.String()
}
