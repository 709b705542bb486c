package staff

import (
	"context"
	"time"

	"everykit/store"
)

// sessionRow is a session with the account that acts in it (on a counter device) or else the one that opened it.
type sessionRow struct {
	key         key
	opener      int
	seen        int64
	expires     int64
	counter     int
	acting      int
	actingUntil int64
	p           Person // of the account
}

const whoSQL = `SELECT s.account, s.seen_at, s.expires_at, COALESCE(s.counter_outlet, 0), COALESCE(s.acting, 0),
	COALESCE(s.acting_until, 0), a.id, a.name, a.email, a.role, COALESCE(a.area, 0), COALESCE(o.outlet, 0)
	FROM session s JOIN account a ON a.id = COALESCE(s.acting, s.account) LEFT JOIN account_outlet o ON o.account = a.id
	WHERE s.token = ? AND a.disabled_at IS NULL ORDER BY o.outlet`

// Who says whose session a token is; fault.Forbidden if it is nobody's, or has ended. Every request goes through here:
// a session asked for again within CacheFor is answered from memory, else by one indexed read. The session's last use
// is written now and then, see seenEvery.
func (s *Staff) Who(ctx context.Context, token string) (Person, error) {
	k, ok := keyOf(token)
	if !ok {
		return Person{}, signedOut()
	}
	now := s.db.Now()
	if p, ok := s.cache.get(k, now); ok {
		return p, nil
	}
	age := s.cache.started()
	row, err := s.session(ctx, k)
	if err != nil {
		return Person{}, err
	}
	if !row.lives(now) {
		return Person{}, signedOut()
	}
	p, until := row.person(now)
	s.touch(ctx, row, p, now)
	s.cache.put(age, k, p, until)
	return p, nil
}

// session reads a session; one that is not there has no opener.
func (s *Staff) session(ctx context.Context, k key) (row sessionRow, err error) {
	err = s.db.Read(ctx, func(tx *store.Tx) error {
		row = sessionRow{key: k}
		var outlet int
		p := &row.p
		return tx.Each(ctx, func(scan func(...any) error) error {
			if err := scan(&row.opener, &row.seen, &row.expires, &row.counter, &row.acting, &row.actingUntil,
				&p.ID, &p.Name, &p.Email, &p.Role, &p.Area, &outlet); err != nil {
				return err
			}
			if outlet != 0 {
				p.Outlets = append(p.Outlets, outlet)
			}
			return nil
		}, whoSQL, k[:])
	})
	return row, err
}

// lives reports whether the session is one, and has not ended.
func (r sessionRow) lives(now time.Time) bool {
	idle := r.counter == 0 && now.Sub(time.UnixMilli(r.seen)) >= IdleFor
	return r.opener != 0 && !idle && now.UnixMilli() < r.expires
}

// person is whom the session stands for now, and until when that may be believed without asking again.
func (r sessionRow) person(now time.Time) (Person, time.Time) {
	p, until := r.p, now.Add(CacheFor)
	p.Session = r.key.id()
	if r.counter == 0 {
		return p, until
	}
	p.Counter = r.counter
	if r.acting == 0 || now.UnixMilli() >= r.actingUntil || !p.WorksAt(r.counter) {
		return Person{Role: Worker, Outlets: []int{r.counter}, Counter: r.counter, Session: p.Session}, until
	}
	p.Outlets = []int{r.counter} // a PIN is weaker than a password: it opens this outlet and no other
	if end := time.UnixMilli(r.actingUntil); end.Before(until) {
		until = end
	}
	return p, until
}

// touch writes that the session is in use, if that was not written lately. A failure is no reason to turn a reader away
// (the disk may be full): the session then only ends sooner.
func (s *Staff) touch(ctx context.Context, r sessionRow, p Person, now time.Time) {
	acts := p.Counter != 0 && p.ID != 0
	stale := now.Sub(time.UnixMilli(r.seen)) >= seenEvery
	if acts { // acting lasts minutes, so it is written ten times in that span
		stale = time.UnixMilli(r.actingUntil).Sub(now) < s.opts.Acting*9/10
	}
	if !stale {
		return
	}
	_ = s.db.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE session SET seen_at = ? WHERE token = ?", now.UnixMilli(), r.key[:])
		if err == nil && acts {
			_, err = tx.Exec(ctx, "UPDATE session SET acting_until = ? WHERE token = ? AND acting = ?",
				now.Add(s.opts.Acting).UnixMilli(), r.key[:], p.ID)
		}
		return err
	})
}
