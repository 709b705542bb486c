package bulletin_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"everykit/bulletin/compose"
	"everykit/fault"
)

// TestWaiverOfOtherNumbers: a finding that was let pass is open again where it has other numbers now, for nobody has seen those;
// and the bulletin tells no reason for what is not found any more.
func TestWaiverOfOtherNumbers(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		anna := w.who["anna"]
		finding := func(key, what string) compose.Finding { return compose.Finding{Key: key, What: what, Waive: true} }
		text := func(id int) string {
			return string(must1(must1(w.Content(w.ctx, id))(t).Encode())(t))
		}
		w.findings = []compose.Finding{finding("sum:a", "23 are left over."), finding("title:b", "A title has a number.")}
		e := w.draft(quarter)
		must(t, w.WaiveMany(w.ctx, anna, e.ID, 1, "it was published so", "sum:a", "title:b"))
		holds(t, "content", text(e.ID), "Waived 23 are left over.: it was published so")
		holds(t, "content", text(e.ID), "Waived A title has a number.")

		w.findings = []compose.Finding{finding("sum:a", "2,300 are left over."), finding("title:b", "A title has a number.")}
		must(t, w.Refreeze(w.ctx, anna, e.ID, 2))
		open, waived, err := w.Check(w.ctx, e.ID)
		must(t, err)
		if len(open) != 1 || open[0].What != "2,300 are left over." || len(waived) != 1 || waived[0].Key != "title:b" {
			t.Errorf("frozen again with other numbers, open %+v, waived %+v", open, waived)
		}
		lacks(t, "content", text(e.ID), "23 are left over")
		refused(t, w.Sign(w.ctx, w.who["nora"], e.ID, 3, time.Time{}), fault.Refused, "2,300 are left over")
		equal(t, "waivers kept", w.count("bulletin_waiver"), 1)

		w.findings = []compose.Finding{finding("sum:a", "2,300 are left over.")}
		must(t, w.Retitle(w.ctx, anna, e.ID, 3, "kits", "Kits by quarter"))
		must(t, w.Waive(w.ctx, anna, e.ID, 4, "sum:a", "the return says so"))
		holds(t, "content", text(e.ID), "Waived 2,300 are left over.: the return says so")
		lacks(t, "content", text(e.ID), "A title has a number")
		signed := w.sign(e.ID, time.Time{})
		must(t, w.Publish(w.ctx, anna, e.ID, signed.Version))
		lacks(t, "published", text(e.ID), "A title has a number")
		holds(t, "published", text(e.ID), "2,300 are left over.: the return says so")
	})
}

// TestHashStaysInside: the hash of a snapshot is made of hidden numbers too, so that by it they could be tried until one is right.
// Neither the site nor the feed has it or anything made of it.
func TestHashStaysInside(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.published(quarter)
		if e.Hash == "" {
			t.Fatal("staff see no hash")
		}
		shown := must1(w.Show(w.ctx, e.Slug, 0))(t)
		if list := must1(w.List(w.ctx))(t); shown.Hash != "" || shown.All[0].Hash != "" || list[0].Hash != "" {
			t.Error("what the site has of an edition has its hash")
		}
		made := uuid.NewSHA1(uuid.NameSpaceURL, []byte("everykit bulletin "+e.Slug+" 1 "+e.Hash)).URN()
		feed := string(must1(w.Feed(w.ctx))(t).Body)
		lacks(t, "feed", feed, e.Hash)
		lacks(t, "feed", feed, made)
	})
}
