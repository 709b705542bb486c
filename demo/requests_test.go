package demo_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/demo"
	"everykit/mail"
	"everykit/postcode"
	"everykit/request"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
)

// TestRequests: the authority to look at first has some requests in each state, and two reports; built again, nothing changes.
func TestRequests(t *testing.T) {
	var later time.Duration
	storetest.EachAt(t, func() time.Time { return clock().Add(later) }, func(t *testing.T, db *store.DB) {
		later = 0
		h := newHouse(t, db)
		for _, steps := range [][]store.Step{mail.Schema, postcode.Schema, request.Schema} {
			must(t, db.Migrate(h.ctx, steps...))
		}
		key := []byte("a key of thirty-two bytes, more.")
		r := request.New(db, h.reg, h.l, postcode.New(db, h.reg), mail.New(db, mail.Options{Key: key}), key, h.l.Today, "http://127.0.0.1:8080")
		forms, err := demo.RequestForms(h.ctx, r)
		must(t, err)
		made := h.build(t, demo.Small(today))
		later = time.Minute
		for range 2 {
			must(t, demo.Requests(h.ctx, made, h.reg, r, forms))
			counts := map[request.State]int{}
			for s := request.Asked; s <= request.Withdrawn; s++ {
				list, err := r.Queue(h.ctx, staff.Operator(), made.Area.ID, s)
				must(t, err)
				counts[s] = len(list)
				for _, q := range list {
					if q.Address != "" && !strings.HasSuffix(q.Address, "ZE9 9ZZ") {
						t.Errorf("the address is %q", q.Address)
					}
				}
			}
			for s, n := range map[request.State]int{request.Asked: 3, request.Approved: 1, request.Sent: 1, request.Ready: 1, request.Collected: 1, request.Refused: 1, request.Withdrawn: 1} {
				if counts[s] != n {
					t.Errorf("%d are %s, not %d", counts[s], s.Words(), n)
				}
			}
		}
		reports, err := r.Reports(h.ctx, staff.Operator(), made.Area.ID)
		must(t, err)
		snap, err := h.reg.Now(h.ctx)
		must(t, err)
		for _, w := range reports {
			if !slices.Contains(snap.OutletsOf(made.Area.ID), snap.Outlet(w.Outlet)) {
				t.Errorf("a report is about outlet %d", w.Outlet)
			}
		}
		if len(reports) != 2 {
			t.Errorf("%d reports", len(reports))
		}
	})
}
