package opendata

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"everykit/ledger"
	"everykit/mail"
	"everykit/measure"
	"everykit/registry"
	"everykit/scorecard"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
	"everykit/support"
	"everykit/survey"
	"everykit/table"
)

func records(t testing.TB, body []byte) [][]string {
	t.Helper()
	list, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	must(t, err)
	for _, r := range list {
		for i := range r {
			r[i] = table.Unguard(r[i])
		}
	}
	return list
}

func TestMain(m *testing.M) { storetest.Main(m) }

// world is the registry that ships with the program, a few outlets, and a clock that a test moves.
type world struct {
	*Store
	t   testing.TB
	ctx context.Context
	led *ledger.Ledger
	now *time.Time
}

func eachWorld(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Helper()
	for _, engine := range []struct {
		name string
		open func(testing.TB, func() time.Time) *store.DB
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}} {
		t.Run(engine.name, func(t *testing.T) {
			now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
			fn(t, newWorld(t, engine.open(t, func() time.Time { return now }), &now))
		})
	}
}

func newWorld(t testing.TB, db *store.DB, now *time.Time) *world {
	t.Helper()
	w := &world{t: t, ctx: t.Context(), now: now}
	must(t, db.Migrate(w.ctx, slices.Concat(registry.Schema, staff.Schema, mail.Schema, ledger.Schema, measure.Schema, survey.Schema, support.Schema, Schema)...))
	reg := registry.New(db)
	must(t, reg.LoadBuiltIn(w.ctx))
	w.led = ledger.New(db, reg, nil, time.UTC)
	m := measure.New(db, reg, w.led.Today)
	s := survey.New(db, reg, m, mail.New(db, mail.Options{From: "kits@example.org", Site: "https://kits.example.org"}), w.led.Today, "https://kits.example.org")
	cards := scorecard.New(db, reg, m, s, support.New(db, reg, w.led, w.led.Today), w.led.Today)
	w.Store = New(db, reg, m, s, cards, w.led.Today)
	var outlets strings.Builder
	outlets.WriteString("code,name,kind,authority,channel,phone,email,public\n")
	for i, a := range authorities {
		fmt.Fprintf(&outlets, "O%d,=Outlet %d,drug_service,%s,community,020 7946 000%d,canary%d@mail.example,yes\n", i, i, a, i, i)
	}
	outlets.WriteString("SECRET,Canaryhouse,hostel,E06000001,community,,canary@mail.example,no\nUNSAID,Canarysilent,hostel,E06000001,community,,,\n")
	w.take("outlets", outlets.String())
	return w
}

var authorities = []string{"E06000001", "E06000002", "E06000003", "E06000004", "S08000015"}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// take imports a file of any kind.
func (w *world) take(kind, text string) {
	w.t.Helper()
	read := func(k table.Kind) *table.Reader {
		rd, err := table.NewReader(strings.NewReader(text), kind+".csv", int64(len(text)), k)
		must(w.t, err)
		return rd
	}
	switch kind {
	case measure.ReturnsFile:
		_, err := w.measures.ImportReturns(w.ctx, read(measure.Kind()), false)
		must(w.t, err)
		return
	case survey.AnswersFile:
		_, err := w.surveys.ImportAnswers(w.ctx, read(survey.Kind()), false)
		must(w.t, err)
		return
	}
	for _, k := range registry.Kinds() {
		if k.Name == kind {
			_, err := w.reg.Import(w.ctx, kind, read(k), false)
			must(w.t, err)
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

// supplies gives out kits: so many at each outlet, with what is recorded of each chosen by chance.
func (w *world) supplies(seed uint64, year int, each ...int) {
	w.t.Helper()
	rnd := rand.New(rand.NewPCG(seed, 1))
	var in, out strings.Builder
	in.WriteString("id,occurred_on,outlet,product,lot,expiry,kits\n")
	out.WriteString("id,occurred_on,outlet,product,lot,kits,recipient,supply,reason,age_band,sex,trained,note\n")
	one := func(list ...string) string { return list[rnd.IntN(len(list))] }
	for i, n := range each {
		if n == 0 {
			continue
		}
		fmt.Fprintf(&in, ",%d-04-01,O%d,prenoxad,L%d-%d,%d-11,%d\n", year, i, seed, i, year+3, 3*n)
		for range n {
			supply, reason := one("first", "repeat", "not_known", ""), ""
			if supply == "repeat" {
				reason = one("used_on_self", "lost", "stolen", "expired", "")
			}
			fmt.Fprintf(&out, ",%d-%02d-%02d,O%d,prenoxad,L%d-%d,%d,%s,%s,%s,%s,%s,%s,canary note\n", year, 5+rnd.IntN(7), 1+rnd.IntN(28), i, seed, i, 1+rnd.IntN(2),
				one("person_at_risk", "person_at_risk", "family_or_friend", "worker", ""), supply, reason, one("under_25", "25_34", "35_44", "45_over", ""), one("female", "male", "male", ""), one("yes", "no", ""))
		}
	}
	w.take("receipts", in.String())
	w.take("supplies", out.String())
}

// round loads answers of a year, and publishes them if asked to.
func (w *world) round(publish bool) {
	w.t.Helper()
	w.take("answers", `round,authority,question,answer,state,source
2017/18,E06000001,provides,yes,,reply
2017/18,E06000001,dispensed,58,,reply
2017/18,E06000001,comments,canary comment,,reply
2017/18,E06000002,provides,no,,reply
2017/18,E06000002,plans,yes,,reply
2017/18,E06000003,all,,refused,
2017/18,prison/E06000001//HMP One,prison_programme,yes,,
2017/18,prison/E06000001//HMP One,prison_dispensed,3,,
2017/18,prison/E06000002//HMP Two,prison_programme,yes,,
2017/18,prison/E06000002//HMP Two,prison_dispensed,20,,
2017/18,prison/E06000003//HMP Three,prison_programme,yes,,
2017/18,prison/E06000003//HMP Three,prison_dispensed,40,,
`)
	if !publish {
		return
	}
	rounds, err := w.surveys.Rounds(w.ctx, 0)
	must(w.t, err)
	for _, r := range rounds {
		must(w.t, w.surveys.Publish(w.ctx, staff.Operator(), r.ID))
	}
}

// table gives a table as CSV, its header first.
func (w *world) table(name string) [][]string {
	w.t.Helper()
	body, _, _, err := w.Bytes(w.ctx, name, "csv")
	must(w.t, err)
	return records(w.t, body)
}

// again makes the tables afresh, as a request after a quarter of an hour would have it done.
func (w *world) again() {
	w.t.Helper()
	*w.now = w.now.Add(Every)
	_, err := w.List(w.ctx)
	must(w.t, err)
	w.mu.Lock()
	making := w.making
	w.mu.Unlock()
	if making != nil {
		<-making
	}
	must(w.t, w.failed)
}
