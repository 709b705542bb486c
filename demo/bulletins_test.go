package demo_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"everykit/bulletin"
	"everykit/demo"
	"everykit/document"
	"everykit/fault"
	"everykit/mail"
	"everykit/notice"
	"everykit/opendata"
	"everykit/scorecard"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/support"
	"everykit/survey"
)

// TestBulletins: three quarters are public, the first of them in two editions that both stay; the year is a draft that nobody sees.
func TestBulletins(t *testing.T) {
	storetest.EachAt(t, clock, func(t *testing.T, db *store.DB) {
		h := newHouse(t, db)
		for _, steps := range [][]store.Step{mail.Schema, survey.Schema, support.Schema, notice.Schema, notice.WordingSchema, opendata.Schema, bulletin.Schema} {
			must(t, db.Migrate(h.ctx, steps...))
		}
		const site = "http://127.0.0.1:8080"
		outbox := mail.New(db, mail.Options{Key: []byte("a key of thirty-two bytes, more.")})
		s, help := survey.New(db, h.reg, h.m, outbox, h.l.Today, site), support.New(db, h.reg, h.l, h.l.Today)
		open := opendata.New(db, h.reg, h.m, s, scorecard.New(db, h.reg, h.m, s, help, h.l.Today), h.l.Today)
		b := bulletin.New(db, h.reg, h.m, notice.New(db, h.reg, h.l, outbox, site), open, outbox, &document.Printer{Chromium: "none"}, h.l.Today, site)
		made := h.build(t, demo.Small(today))
		out, err := demo.Bulletins(h.ctx, made, h.reg, b)
		must(t, err)
		want := demo.Bulletined{Published: []string{"2025-26-q4", "2026-27-q1", "2026-27-q2"}, Corrected: "2025-26-q4", Draft: "2025-26"}
		if fmt.Sprint(out) != fmt.Sprint(want) {
			t.Errorf("made %+v", out)
		}
		list, err := b.List(h.ctx)
		must(t, err)
		var slugs []string
		for _, e := range list {
			slugs = append(slugs, fmt.Sprint(e.Slug, " ", e.Number))
		}
		if !slices.Equal(slugs, []string{"2026-27-q2 1", "2026-27-q1 1", "2025-26-q4 2"}) {
			t.Errorf("public are %q", slugs)
		}
		for number, words := range map[int]string{1: "why a service opened or closed", 2: "named a service that had not closed"} {
			shown, err := b.Show(h.ctx, out.Corrected, number)
			must(t, err)
			if !strings.Contains(string(shown.Body), words) {
				t.Errorf("edition %d does not say %q", number, words)
			}
		}
		if _, err := b.Show(h.ctx, out.Draft, 0); !fault.Is(err, fault.NotFound) {
			t.Errorf("the draft is shown: %v", err)
		}
		e, err := b.Find(h.ctx, staff.Operator(), out.Draft)
		must(t, err)
		if e.State != bulletin.Drafted || e.MadeName != "Ana Analyst" {
			t.Errorf("the draft is %+v", e)
		}
		h.clean(t)
	})
}
