package bulletin_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/bulletin"
	"everykit/bulletin/content"
	"everykit/civil"
	"everykit/document"
	"everykit/ledger"
	"everykit/mail"
	"everykit/measure"
	"everykit/notice"
	"everykit/opendata"
	"everykit/registry"
	"everykit/scorecard"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/support"
	"everykit/survey"
	"everykit/table"
)

// whole is the real rooms together: a small nation T with four authorities that use the ledger, and a clock.
type whole struct {
	*bulletin.Bulletins
	t         testing.TB
	ctx       context.Context
	db        *store.DB
	reg       *registry.Registry
	led       *ledger.Ledger
	measures  *measure.Measures
	now       *time.Time
	anna, sid staff.Person
}

// winter is when the tests of the whole begin: in the quarter after the two that they publish.
var winter = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

func newWhole(t testing.TB, open func(testing.TB, func() time.Time) *store.DB) *whole {
	t.Helper()
	now := winter
	db := open(t, func() time.Time { return now })
	w := &whole{t: t, ctx: t.Context(), db: db, reg: registry.New(db), now: &now}
	must(t, db.Migrate(w.ctx, slices.Concat(registry.Schema, staff.Schema, mail.Schema, ledger.Schema, measure.Schema, notice.Schema, notice.WordingSchema, survey.Schema, support.Schema, opendata.Schema, bulletin.Schema)...))
	must(t, w.reg.LoadBuiltIn(w.ctx))
	w.led = ledger.New(db, w.reg, []byte("a key of thirty-two bytes, more."), time.UTC)
	outbox := mail.New(db, mail.Options{From: "kits@example.org", Site: site})
	w.measures = measure.New(db, w.reg, w.led.Today)
	surveys, help := survey.New(db, w.reg, w.measures, outbox, w.led.Today, site), support.New(db, w.reg, w.led, w.led.Today)
	cards := scorecard.New(db, w.reg, w.measures, surveys, help, w.led.Today)
	public := opendata.New(db, w.reg, w.measures, surveys, cards, w.led.Today)
	w.Bulletins = bulletin.New(db, w.reg, w.measures, notice.New(db, w.reg, w.led, outbox, site), public, outbox, &document.Printer{Chromium: "none"}, w.led.Today, site)
	w.take("areas", "code,name,kind,parent,lat,lon\nT99000001,Testland,nation,,,\nT01,Alder,authority,T99000001,52.1,-1.2\nT02,Birch,authority,T99000001,52.4,-1.6\nT03,Cedar,authority,T99000001,52.9,-1.1\nT04,Dogwood,authority,T99000001,53.2,-1.9\n")
	w.take("estimates", "area,population,period,value,low,high,published_on,method,source\nT01,opiate_users,2024/25,900,800,1000,2025-06-01,made up,made up\nT02,opiate_users,2024/25,700,600,800,2025-06-01,made up,made up\nT03,opiate_users,2024/25,500,450,560,2025-06-01,made up,made up\nT04,opiate_users,2024/25,300,250,350,2025-06-01,made up,made up\n")
	w.take("outlets", `code,name,kind,authority,channel
O1,Service Alder,drug_service,T01,community
O2,Exchange Birch,needle_exchange,T02,community
O3,Service Cedar,drug_service,T03,community
O4,Pharmacy Dogwood,pharmacy,T04,community_prescription
O5,Prison Alder,prison,T01,prison
O6,Station Birch,ambulance,T02,ambulance
`)
	rnd := rand.New(rand.NewPCG(7, 1))
	one := func(list ...string) string { return list[rnd.IntN(len(list))] }
	receipts, supplies := "id,occurred_on,outlet,product,lot,expiry,kits\n", "id,occurred_on,outlet,product,lot,kits,recipient,supply,reason,age_band,sex\n"
	for o := 1; o <= 6; o++ {
		receipts += fmt.Sprintf(",2025-04-01,O%d,prenoxad,L%d,2028-11,3000\n", o, o)
		for n := range 160 {
			day := civil.On(2025, time.April, 2) + civil.Date((n*337+o*13)%540) // to September 2026
			supply, reason := one("first", "repeat", "not_known", ""), ""
			if supply == "repeat" {
				reason = one("used_on_self", "used_on_other", "lost", "expired", "")
			}
			supplies += fmt.Sprintf(",%s,O%d,prenoxad,L%d,%d,%s,%s,%s,%s,%s\n", day, o, o, 1+rnd.IntN(3),
				one("person_at_risk", "person_at_risk", "family_or_friend", "worker", ""), supply, reason, one("under_25", "25_34", "35_44", "45_over", ""), one("female", "male", "male", ""))
		}
	}
	w.take("receipts", receipts)
	w.take("supplies", supplies)
	people := staff.New(db, staff.Options{})
	nation, _ := must1(w.reg.Now(w.ctx))(t).AreaByCode("T99000001")
	for name, who := range map[string]*staff.Person{"anna": &w.anna, "sid": &w.sid} {
		*who = staff.Person{Name: name, Role: staff.National, Area: nation.ID}
		who.ID = must1(people.Create(w.ctx, staff.Operator(), staff.Draft{Email: name + "@example.org", Name: name, Role: staff.National, Area: nation.ID}, ""))(t)
	}
	return w
}

// take imports a file of any kind.
func (w *whole) take(kind, text string) {
	w.t.Helper()
	for _, k := range registry.Kinds() {
		if k.Name == kind {
			rd := must1(table.NewReader(strings.NewReader(text), kind+".csv", int64(len(text)), k))(w.t)
			_, err := w.reg.Import(w.ctx, kind, rd, false)
			if err != nil {
				w.t.Fatalf("%s: %v %v", kind, err, rd.Faults)
			}
			return
		}
	}
	for _, k := range ledger.Kinds() {
		if k.Name == kind {
			_, err := w.led.Import(w.ctx, ledger.Import{
				Kind: kind, File: text, Who: staff.Operator(),
				Open: func() (*table.Reader, error) {
					return table.NewReader(strings.NewReader(text), kind+".csv", int64(len(text)), k)
				},
			})
			must(w.t, err)
			return
		}
	}
	w.t.Fatalf("no kind %s", kind)
}

// draft begins a bulletin of the nation, and waives what may be.
func (w *whole) draft(p civil.Period) int {
	w.t.Helper()
	id := must1(w.Draft(w.ctx, w.anna, bulletin.DraftOf{Area: "T99000001", Period: p}))(w.t)
	w.waiveAll(id)
	return id
}

func (w *whole) waiveAll(id int) {
	w.t.Helper()
	open, _, err := w.Check(w.ctx, id)
	must(w.t, err)
	var keys []string
	for _, f := range open {
		if !f.Waive {
			w.t.Fatalf("cannot be waived: %+v", f)
		}
		keys = append(keys, f.Key)
	}
	must(w.t, w.WaiveMany(w.ctx, w.anna, id, w.get(id).Version, "It is a test.", keys...))
}

func (w *whole) get(id int) *bulletin.Edition {
	w.t.Helper()
	return must1(w.Get(w.ctx, w.sid, id))(w.t)
}

// publish signs and publishes a draft.
func (w *whole) publish(id int) *bulletin.Edition {
	w.t.Helper()
	must(w.t, w.Sign(w.ctx, w.sid, id, w.get(id).Version, time.Time{}))
	must(w.t, w.Publish(w.ctx, w.anna, id, w.get(id).Version))
	return w.get(id)
}

// hashes are all stored bytes.
func (w *whole) hashes() string { return (&world{t: w.t, ctx: w.ctx, db: w.db}).hashes() }

// figure is what a bulletin says of one.
func (w *whole) figure(id int, figure string) content.Figure {
	w.t.Helper()
	c := must1(w.Content(w.ctx, id))(w.t)
	at := slices.IndexFunc(c.Figures, func(f content.Figure) bool { return f.ID == figure })
	if at < 0 || c.Figures[at].Value == nil {
		w.t.Fatalf("there is no %s", figure)
	}
	return c.Figures[at]
}

// engines are the databases that the whole is tried on.
var engines = map[string]func(testing.TB, func() time.Time) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres}

// TestLateSupply: what is typed late changes no byte of what is published; the bulletin of the next quarter tells it as a
// revision.
func TestLateSupply(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w := newWhole(t, open)
			first := w.publish(w.draft(civil.Quarter(2026, 1)))
			before, page := w.hashes(), string(must1(w.Show(w.ctx, first.Slug, 0))(t).Body)
			const given = "dispensed|T99000001|2026/27-Q1"
			was := *w.figure(first.ID, given).Value
			w.take("supplies", "id,occurred_on,outlet,product,lot,kits,recipient\n,2026-05-20,O1,prenoxad,L1,40,person_at_risk\n")
			*w.now = w.now.Add(24 * time.Hour)
			second := w.draft(civil.Quarter(2026, 2))
			now := w.figure(second, given)
			if *now.Value != was+40 || now.Was == nil || *now.Was != was || !slices.Contains(now.Marks, content.Revised) {
				t.Errorf("the next bulletin has %+v, was %v", now, was)
			}
			text := chapterText(must1(w.Content(w.ctx, second))(t), "revisions")
			for _, number := range []float64{was, was + 40} {
				holds(t, "revisions", strings.ReplaceAll(text, ",", ""), fmt.Sprint(number))
			}
			w.publish(second)
			*w.now = w.now.Add(24 * time.Hour)
			w.Forget()
			equal(t, "the page after that", string(must1(w.Show(w.ctx, first.Slug, 0))(t).Body), page)
			if after := w.hashes(); !strings.HasPrefix(after, before) || len(after) <= len(before) {
				t.Error("a published byte has changed")
			}
			equal(t, "what the first says still", *w.figure(first.ID, given).Value, was)
		})
	}
}

// chapterText is what a chapter says, as its document would.
func chapterText(c *content.Content, key string) string {
	d := c.Document()
	d.Chapters = slices.DeleteFunc(d.Chapters, func(ch document.Chapter) bool { return ch.Key != key })
	return string(d.Body())
}

// TestMadeTwice: the same entries give the same bytes on both engines, in every format.
func TestMadeTwice(t *testing.T) {
	write := func(open func(testing.TB, func() time.Time) *store.DB) map[string]string {
		w := newWhole(t, open)
		files := map[string]string{}
		for _, p := range []civil.Period{civil.FinancialYear(2025), civil.Quarter(2026, 1), civil.Quarter(2026, 2)} {
			id := w.draft(p)
			must(t, w.Note(w.ctx, w.anna, id, w.get(id).Version, "main_points", "Words of an *analyst*."))
			if p == civil.Quarter(2026, 2) {
				w.take("supplies", "id,occurred_on,outlet,product,lot,kits\n,2026-08-20,O2,prenoxad,L2,9\n")
				must(t, w.Refreeze(w.ctx, w.anna, id, w.get(id).Version))
				w.waiveAll(id)
			}
			*w.now = w.now.Add(time.Hour)
			e := w.publish(id)
			for _, name := range bulletin.FileNames {
				f := must1(w.File(w.ctx, e.Slug, 0, name))(t)
				files[e.Slug+"/"+name] = string(f.Body) + string(f.Gzip) + string(f.Brotli)
			}
			files[e.Slug+"/body"] = string(must1(w.Show(w.ctx, e.Slug, 0))(t).Body)
		}
		id := must1(w.Correct(w.ctx, w.anna, "2026-27-q1", "Nine kits.", "They came late."))(t)
		w.waiveAll(id)
		w.publish(id)
		files["correction"] = string(must1(w.File(w.ctx, "2026-27-q1", 2, "bulletin.json"))(t).Body)
		files["feed"] = string(must1(w.Feed(w.ctx))(t).Body)
		return files
	}
	one, two := write(storetest.SQLite), write(storetest.Postgres)
	equal(t, "files", len(one), 3*(len(bulletin.FileNames)+1)+2)
	for name, body := range one {
		if body == "" || two[name] != body {
			t.Errorf("%s: %d bytes on one engine, %d on the other, and they differ", name, len(body), len(two[name]))
		}
	}
}

// TestBeside: the open data know of every edition whose figures are frozen, not only of those that are published by then, and no more of
// one that was dropped.
func TestBeside(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w := newWhole(t, open)
			year := civil.FinancialYear(2025)
			knows := func(when string, want int) {
				t.Helper()
				o := must1(w.Beside(w.ctx, "T99000001", year))(t)
				equal(t, "releases "+when, len(o.Releases), want)
			}
			knows("at first", 0)
			first := w.draft(civil.Quarter(2025, 2))
			knows("with a draft", 1)
			must(t, w.Sign(w.ctx, w.sid, first, w.get(first).Version, time.Time{}))
			knows("with a signed one", 1)
			second := w.draft(civil.Quarter(2025, 3))
			knows("with a draft besides", 2)
			must(t, w.Drop(w.ctx, w.anna, second, w.get(second).Version))
			knows("without the one that was dropped", 1)
			must(t, w.Publish(w.ctx, w.anna, first, w.get(first).Version))
			knows("with a published one", 1)
		})
	}
}
