package survey

import (
	"strings"
	"testing"
	"time"

	"everykit/civil"
	"everykit/ledger"
	"everykit/registry"
)

// doubts are those of an authority, a line each.
func (w *world) doubts(round int, code string) string {
	w.t.Helper()
	var lines []string
	for _, d := range w.reply(round, code).Doubts {
		lines = append(lines, d.Question+": "+d.Says)
	}
	return strings.Join(lines, "\n")
}

func TestDoubtsOfAReply(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, _, err := w.importing("round,authority,question,answer\n2016/17,E01,provides,yes\n2016/17,E01,dispensed,60\n2016/17,E01,purchased,100\n2016/17,E01,clients,500\n2016/17,E02,provides,yes\n", false)
		must(t, err)
		r, token, bristol := w.opened(Act2000)
		for _, c := range []struct{ answers, doubts string }{
			{"dispensed=70 purchased=60", ""},
			{"dispensed=179 clients=500", ""},
			{"dispensed=180", "dispensed: Kits given out: 60 the year before, 180 now."},
			{"dispensed=20 clients=500", "dispensed: Kits given out: 60 the year before, 20 now."},
			{"dispensed=21", ""},
			{"dispensed=0", "dispensed: Kits given out: 60 the year before, 0 now."},
			{"dispensed=100 purchased=50", "purchased: They bought 50 kits and gave out 100."},
			{"dispensed=100 purchased=51", ""},
			{"dispensed=100 purchased=50 purchased_before=100", ""},
			{"dispensed=160 purchased=50 purchased_before=100", "purchased: They bought 50 kits, and 100 the year before, and gave out 160."},
			{"dispensed=60 purchased_before=110", ""},
			{"dispensed=60 purchased_before=112", "purchased_before: They say now that 112 kits were bought in 2016/17; at the time they said 100."},
			{"dispensed=60 clients=1500", "clients: People in treatment: 500 the year before, 1,500 now."},
		} {
			f := form("provides", "yes", "dispensed", "", "purchased", "", "purchased_before", "", "clients", "")
			for _, a := range strings.Fields(c.answers) {
				key, value, _ := strings.Cut(a, "=")
				f.Answers[key] = form(key, value).Answers[key]
			}
			must(t, w.AnswerByToken(w.ctx, token, f))
			equal(t, c.answers, w.doubts(r.ID, "E01"), c.doubts)
		}
		must(t, w.AnswerByToken(w.ctx, bristol, form("provides", "no")))
		equal(t, "a programme that has gone", w.doubts(r.ID, "E02"), "provides: A year before they provided kits, and now they do not.")
	})
}

func TestDoubtsAgainstTheLedger(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		must1(w.reg.PutProduct(w.ctx, registry.Product{
			Code: "prenoxad", Name: "Prenoxad", Form: must1(registry.ParseForm("prefilled_syringe"))(t), Route: must1(registry.ParseRoute("intramuscular"))(t), DosesPerKit: 5,
		}))(t)
		o, _ := w.snap().OutletByCode("O1")
		p, _ := w.snap().FindProduct("prenoxad")
		entry := func(kits int) ledger.Entry {
			return ledger.Entry{ID: ledger.NewID(), OccurredOn: civil.On(2017, 6, 1), Outlet: o.ID, Kits: kits}
		}
		must(t, w.led.Receive(w.ctx, operator, ledger.Receipt{Entry: entry(500), Product: p.ID, Lot: "L1", Expiry: must1(civil.ParseExpiry("2020-01"))(t)}))
		lot := must1(w.led.LotsNumbered(w.ctx, 0, "L1"))(t)[0].ID
		give := func(kits int) {
			must(t, w.led.Supply(w.ctx, operator, ledger.SupplyOf{Entry: entry(kits), Lot: lot}))
		}
		give(90)
		r, token, bristol := w.opened(Act2000)
		must(t, w.AnswerByToken(w.ctx, token, form("provides", "yes", "dispensed", "100", "purchased", "505")))
		equal(t, "a tenth, ten kits", w.doubts(r.ID, "E01"), "")
		must(t, w.AnswerByToken(w.ctx, token, form("dispensed", "102", "purchased", "600")))
		equal(t, "more", w.doubts(r.ID, "E01"), "dispensed: They say 102 kits; the ledger of their outlets counts 90 given out in community settings.\n"+
			"purchased: They say 600 kits; the ledger of their outlets counts 500 received.")
		must(t, w.AnswerByToken(w.ctx, token, form("provides", "no")))
		holds(t, "no provision", w.doubts(r.ID, "E01"), "They say that kits are not provided; the ledger of their outlets counts 90 given out.")
		must(t, w.AnswerByToken(w.ctx, bristol, form("provides", "yes", "dispensed", "1000")))
		equal(t, "who does not use the ledger", w.doubts(r.ID, "E02"), "")

		must(t, w.AnswerByToken(w.ctx, token, form("provides", "yes", "dispensed", "93")))
		equal(t, "near", w.doubts(r.ID, "E01"), "")
		give(30) // told late
		must(t, w.Tick(w.ctx))
		equal(t, "not read again yet", w.doubts(r.ID, "E01"), "")
		*w.now = w.now.Add(25 * time.Hour)
		must(t, w.Tick(w.ctx))
		holds(t, "the next day", w.doubts(r.ID, "E01"), "the ledger of their outlets counts 120 given out in community settings.")
	})
}
