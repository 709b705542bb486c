package demo

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"everykit/civil"
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/survey"
	"everykit/table"
)

// Surveyed is what Surveys made.
type Surveyed struct {
	Published string // the round whose findings are public
	Open      string // the round that is being answered
	Link      string // answers the open one for the authority to look at first, without an account
}

// Surveys has the made-up nation ask every authority twice: about the year before last, whose findings are published; and
// about last year, which is out now and answered by some. What authorities say they gave out is near what their ledger
// has, where they keep one; a few contradict it, as happens.
func Surveys(ctx context.Context, made Made, reg *registry.Registry, m *measure.Measures, s *survey.Survey) (Surveyed, error) {
	snap, err := reg.Now(ctx)
	if err != nil {
		return Surveyed{}, err
	}
	last := civil.FinancialYearOf(made.Today).Before()
	q := &asker{made: made, snap: snap, m: m, s: s, nation: snap.NationOf(made.Area.ID)}
	before, err := q.round(ctx, last.Before(), 1)
	if err != nil {
		return Surveyed{}, err
	}
	now, err := q.round(ctx, last, 0.6)
	if err != nil {
		return Surveyed{}, err
	}
	for _, step := range []func(context.Context, staff.Person, int) error{s.Close, s.Publish} {
		if err := step(ctx, staff.Operator(), before.ID); err != nil {
			return Surveyed{}, err
		}
	}
	out := Surveyed{Published: before.Key, Open: now.Key}
	replies, err := s.Replies(ctx, now.ID)
	if err != nil {
		return out, err
	}
	at := slices.IndexFunc(replies, func(p survey.Reply) bool { return p.Area == made.Area.ID })
	if at >= 0 {
		out.Link, err = s.NewLink(ctx, staff.Operator(), now.ID, replies[at].Number)
	}
	return out, err
}

type asker struct {
	made   Made
	snap   *registry.Snapshot
	m      *measure.Measures
	s      *survey.Survey
	nation *registry.Area
}

// round asks about a year, and takes in the answers of a share of the authorities.
func (q *asker) round(ctx context.Context, year civil.Period, share float64) (*survey.Round, error) {
	r := &survey.Round{
		Key: year.Slug(), Title: "Take-home naloxone in " + q.nation.Name + ", " + year.String() + " (made up)", Nation: q.nation.ID, Period: year,
		Act: survey.Act2000, Questions: survey.Template(), SentOn: civil.None, DueOn: civil.None, ClosesOn: civil.None, ClosedOn: civil.None,
		Letter: "We ask every authority what take-home naloxone it provides, so that everybody can see where kits are and where they are not. This is a demonstration: nothing in it is real.",
	}
	if err := q.s.Save(ctx, staff.Operator(), r); err != nil {
		return nil, err
	}
	if err := q.addresses(ctx, r); err != nil {
		return nil, err
	}
	if err := q.s.Open(ctx, staff.Operator(), r.ID); err != nil {
		return nil, err
	}
	r, err := q.s.Round(ctx, r.Key)
	if err != nil {
		return nil, err
	}
	text, err := q.answers(ctx, r, share)
	if err != nil {
		return nil, err
	}
	rd, err := table.NewReader(bytes.NewReader(text), "demo-answers.csv", int64(len(text)), survey.Kind())
	if err != nil {
		return nil, err
	}
	defer rd.Close()
	_, err = q.s.ImportAnswers(ctx, rd, false)
	return r, err
}

// addresses gives each authority a made-up mailbox, all but a few.
func (q *asker) addresses(ctx context.Context, r *survey.Round) error {
	replies, err := q.s.Replies(ctx, r.ID)
	if err != nil {
		return err
	}
	var list []survey.Respondent
	for i := range replies {
		one := replies[i].Respondent
		if i%40 != 7 {
			one.Email = strings.ToLower(one.Code) + "@authorities.demo.example"
		}
		list = append(list, one)
	}
	return q.s.SaveRespondents(ctx, staff.Operator(), r.ID, list)
}

// answers makes up a file of answers.
func (q *asker) answers(ctx context.Context, r *survey.Round, share float64) ([]byte, error) {
	given, err := q.kits(ctx, measure.Dispensed)
	if err != nil {
		return nil, err
	}
	bought, err := q.kits(ctx, measure.Purchased)
	if err != nil {
		return nil, err
	}
	replies, err := q.s.Replies(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	out := table.NewWriter(&text, "round", "authority", "question", "answer", "state", "source")
	for i := range replies {
		p := &replies[i]
		d := diceFor(q.made.Seed, "survey ", r.Key, " ", p.Code)
		if p.Kind != survey.Authority || p.Area == q.made.Area.ID && share < 1 || !d.chance(share*0.97) {
			continue
		}
		for _, a := range q.authority(d, r, q.known(r, p.Area, given), q.known(r, p.Area, bought)) {
			if err := out.Write(r.Key, p.Code, a.question, a.answer, a.state, "made up"); err != nil {
				return nil, err
			}
		}
	}
	if err := out.Close(); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

// kits reads what is known of a measure by authority, of the last year.
func (q *asker) kits(ctx context.Context, k measure.Key) (map[int]float64, error) {
	known := map[int]float64{}
	figures, err := q.m.Nation(ctx, q.nation.ID, k, civil.FinancialYearOf(q.made.Today).Before())
	for i := range figures {
		if f := &figures[i]; f.Value != nil && f.Row == measure.Own {
			known[f.AreaID] = *f.Value
		}
	}
	return known, err
}

// known is what an authority has counted of a round's year: what the ledger has of the last one, of the year before a
// little less or more. Where there is no ledger it is some of the people who need a kit.
func (q *asker) known(r *survey.Round, area int, counted map[int]float64) float64 {
	d := diceFor(q.made.Seed, "counted ", area)
	n, ok := counted[area]
	if !ok {
		e, found := q.snap.Latest(registry.OpiateUse, area, r.Period, q.made.Today)
		if !found {
			return 0
		}
		n = e.Value * (0.04 + 0.36*d.Float64()) * min(1, q.made.Scale)
	}
	if r.Period != civil.FinancialYearOf(q.made.Today).Before() {
		n *= 0.85 * d.around(0.15)
	}
	return math.Round(n)
}

type said struct{ question, answer, state string }

// authority is how one authority answers.
func (q *asker) authority(d dice, r *survey.Round, given, bought float64) []said {
	var list []said
	say := func(question, answer string) { list = append(list, said{question, answer, ""}) }
	yes := func(question string, chance float64) {
		answer := "no"
		if d.chance(chance) {
			answer = "yes"
		}
		say(question, answer)
	}
	if given == 0 && d.chance(0.08) {
		say("provides", "no")
		yes("plans", 0.6)
		yes("policy", 0.3)
		return list
	}
	say("provides", "yes")
	yes("policy", 0.75)
	yes("in_tender", 0.6)
	q.numbers(d, &list, given, bought)
	say("gives", some(d, "drug_treatment", 0.99, "needle_exchange", 0.68, "hostel", 0.4, "homeless_outreach", 0.7, "pharmacy", 0.42, "hospital", 0.2, "peer_network", 0.15, "family_service", 0.2))
	say("recipients", some(d, "in_treatment", 0.97, "on_substitution", 0.78, "pharmacy_clients", 0.4, "not_in_treatment", 0.65, "family_friends", 0.85, "homeless", 0.7, "workers", 0.5, "needle_exchange", 0.6))
	yes("anyone", 0.3)
	if d.chance(0.55) {
		say("requires", "none")
	} else {
		say("requires", some(d, "training", 0.9, "referral", 0.15, "appointment", 0.25, "assessment", 0.4, "in_treatment", 0.2, "name", 0.5))
	}
	yes("records_purchased", 0.8)
	yes("records_dispensed", 0.9)
	yes("monitors_expiry", 0.55)
	yes("recalls", 0.6)
	yes("reissues", 0.35)
	say("help", some(d, "guidance", 0.4, "stock", 0.2, "money", 0.6, "training", 0.3))
	return list
}

// numbers are the answers that count kits: near the ledger's where there is one.
func (q *asker) numbers(d dice, list *[]said, given, bought float64) {
	count := func(question string, n float64) {
		*list = append(*list, said{question, strconv.Itoa(int(math.Round(n))), ""})
	}
	if d.chance(0.1) {
		state := []string{"dont_know", "not_held", "refused"}[d.IntN(3)]
		*list = append(*list, said{"dispensed", "", state}, said{"purchased", "", state})
		return
	}
	n := given
	if d.chance(0.06) { // it has counted otherwise than its ledger
		n *= 1.6
	}
	count("dispensed", n)
	count("purchased", max(bought, n*0.9))
	count("purchased_before", n*0.8*d.around(0.2))
	count("clients", max(50, given*(2+d.Float64())))
}

// some draws options with the chance that follows each, at least the first, as a file has them.
func some(d dice, pairs ...any) string {
	var list []string
	for i := 0; i < len(pairs); i += 2 {
		if d.chance(pairs[i+1].(float64)) {
			list = append(list, fmt.Sprint(pairs[i]))
		}
	}
	if list == nil {
		list = append(list, fmt.Sprint(pairs[0]))
	}
	return strings.Join(list, ";")
}
