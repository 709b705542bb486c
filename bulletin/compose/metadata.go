package compose

import (
	"slices"
	"strconv"
	"strings"

	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
	"everykit/registry"
)

// term is a word of the glossary. It is told where one of its measures has a figure, or always if it has none.
type term struct {
	word, means string
	measures    []string
}

var terms = []term{
	{"Naloxone", "a medicine that works against opioids such as heroin and methadone. It can save the life of somebody who has taken too much.", nil},
	{"Take-home naloxone", "naloxone that people keep with them or at home, so that it is there when somebody needs it.", nil},
	{"Kit", "one pack of take-home naloxone, as it is handed over. A kit holds one dose or more.", nil},
	{"Outlet", "a place that gives kits out: a drug service, a pharmacy, a hostel, a prison and others.", nil},
	{"Channel", "the way a kit goes out: in the community, in prison, on prescription in the community, by ambulance, by post, through a peer network.", nil},
	{"Setting", "the kind of service that gives a kit out, such as a drug treatment service.", nil},
	{"Person at risk", "somebody who could have an overdose of an opioid themselves.", nil},
	{"First supply", "the first kit that a person was given, as far as the service knows.", []string{"first_supplies", "reach"}},
	{"Repeat supply", "a kit for somebody who had been given one before, for example because it was used, lost or out of date.", []string{"repeat_share", "repeat_used"}},
	{"Coverage", "kits given out in the community in a year for every 100 people who are thought to use opiates. It counts kits, not people, so it can pass 100.", []string{"coverage", "coverage_treatment"}},
	{"Reach", "the share of people at risk who have been given a kit at some time. It only grows: nothing takes out a kit that was used or is out of date.", []string{"reach"}},
	{"Live coverage", "kits in date that people may still have, for every 100 people at risk. It is the most there can be, because not every use or loss is told.", []string{"live_coverage"}},
	{"Kits for each death", "kits given out in a year divided by opioid-related deaths in a year.", []string{"kits_per_death"}},
	{"Return", "totals that somebody sent, where outlets do not keep their records here.", nil},
	{"Not attributed", "what is left of a total after all its parts. Nobody knows which part it belongs to.", nil},
	{"Not recorded", "kits or supplies of which a fact, such as the age of the person, was not written down.", nil},
	{"Edition", "a bulletin as it was published. If it is put right, that is a new edition, and the old one stays.", nil},
}

// glossary explains the words that are used.
func (b *book) glossary() part {
	there := b.measures()
	var list []string
	for _, t := range terms {
		if t.measures == nil || slices.ContainsFunc(t.measures, func(m string) bool { return there[m] }) {
			list = append(list, t.word+": "+t.means)
		}
	}
	return part{said: []content.Block{content.Points{Items: list}}}
}

// metadata is what it takes to make these figures again: definitions, denominators, the mark of the ledger and the hash.
func (b *book) metadata() part {
	var p part
	p.say("The figures were read in one moment of the records, as known on " + day(b.snap.AsOf) + ", and never change in this edition. What anybody enters later is in the next.")
	p.show(content.Points{Items: []string{
		"Area: " + b.snap.Area.Name + " (" + b.area + ")",
		"Period: " + b.snap.Period + ", " + span(b.period),
		"Entries in the records: " + whole(float64(b.snap.Mark.Entries)),
		"Rows of returns: " + whole(float64(b.snap.Mark.Returns)),
		"Fingerprint of the figures (SHA-256): " + fingerprint(b.snap),
	}})
	if len(b.snap.Definitions) > 0 && len(b.measures()) > 0 {
		p.show(content.Heading{Text: "What is counted"})
		there := b.measures()
		for _, d := range b.snap.Definitions {
			if !there[string(d.Key)] {
				continue
			}
			s := d.Name + " (" + d.Version + "): " + d.Counts
			if d.Not != "" {
				s += " " + d.Not
			}
			p.show(content.Para{Text: s})
		}
	}
	if t := b.denominators(); t != nil {
		p.show(t)
	}
	return p
}

// fingerprint is the hash of what of a snapshot is public. That of the whole must not be told: it holds the hidden numbers too, and
// of a few small numbers anybody can try all that there are until the hash is right.
func fingerprint(s *frozen.Snapshot) string {
	public := *s
	public.Releases, public.ReleaseKeys = nil, nil
	public.Figures = slices.Clone(s.Figures)
	for i := range public.Figures {
		if f := &public.Figures[i]; hidden(f) {
			f.Value, f.Numerator, f.Low, f.High, f.Expected = nil, nil, nil, nil, nil
			f.Source, f.Notes = "", nil // they may tell what a return had said
		}
	}
	return public.Hash()
}

// measures are those of which a number is known.
func (b *book) measures() map[string]bool {
	there := map[string]bool{}
	for i := range b.snap.Figures {
		if f := &b.snap.Figures[i]; b.any(f.ID) {
			there[f.Measure] = true
		}
	}
	return there
}

// publication is one edition of estimates.
type publication struct{ population, period, source, method, published string }

// denominators lists the estimates that were taken, those of one publication in a row.
func (b *book) denominators() *content.Table {
	groups := map[publication][]frozen.Estimate{}
	var order []publication
	for _, e := range b.snap.Estimates {
		key := publication{e.Population, e.Period, e.Source, e.Method, e.Published}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], e)
	}
	if len(order) == 0 {
		return nil
	}
	t := &content.Table{
		Key: "denominators", Title: b.title("denominators", "Estimates that figures were divided by"), Subtitle: b.snap.Area.Name,
		Columns: []content.Column{
			{Key: "population", Label: "Who"}, {Key: "period", Label: "Year"}, {Key: "areas", Label: "For"}, {Key: "value", Label: "Number", Numeric: true}, {Key: "published", Label: "Published"}, {Key: "source", Label: "Source"},
		},
	}
	slices.SortStableFunc(order, func(x, y publication) int {
		return strings.Compare(x.population+"|"+x.period+"|"+x.published+"|"+x.source+"|"+x.method, y.population+"|"+y.period+"|"+y.published+"|"+y.source+"|"+y.method)
	})
	for _, key := range order {
		list := groups[key]
		areas, value := strconv.Itoa(len(list))+" areas", content.Cell{}
		if len(list) == 1 {
			v := list[0].Value
			areas, value.Number = b.name(list[0].Area), &v
		}
		source := key.source
		if key.method != "" {
			source = strings.TrimSuffix(source, ".") + ". " + capital(key.method)
		}
		t.Rows = append(t.Rows, content.Row{Cells: []content.Cell{
			{Text: populationWords(key.population)}, {Text: periodWords(key.period)}, {Text: areas}, value, {Text: day(key.published)}, {Text: source},
		}})
		if len(list) > 1 && len(t.Notes) == 0 {
			t.Notes = []string{"Where estimates are for many areas, the number of people of each is in the table of coverage by " + b.words["authority"] + " and in bulletin.json."}
		}
	}
	return t
}

func populationWords(key string) string {
	if p, err := registry.ParsePopulation(key); err == nil && p != 0 {
		return p.Words()
	}
	return capital(strings.ReplaceAll(key, "_", " "))
}

// earlyAccess says who could read the bulletin before it was published.
func (b *book) earlyAccess() part {
	var p part
	if len(b.in.EarlyAccess) == 0 {
		p.say("Nobody had early access.")
		return p
	}
	var list []string
	for _, r := range b.in.EarlyAccess {
		list = append(list, nameAndWhy(r))
	}
	p.say("These people could read the bulletin before it was published:")
	p.said = append(p.said, content.Points{Items: list})
	return p
}

func nameAndWhy(r Reader) string {
	if r.Why == "" {
		return r.Who
	}
	return r.Who + ": " + r.Why
}

// contact is whom to ask.
func (b *book) contact() part {
	var p part
	if s := strings.TrimSpace(b.in.Contact); s != "" {
		p.say("Questions about this bulletin: " + strings.TrimSuffix(s, ".") + ".")
	}
	return p
}
