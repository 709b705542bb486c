package ledger

import (
	"cmp"

	"everykit/civil"
	"everykit/fault"
)

// About is one thing that may be recorded of a supply, by which supply_count counts them. The word beside it is the small
// number of that thing's type; 0 is "not recorded".
type About uint8

// What supplies are counted by, each by itself: who is young and who is at risk is not told together.
const (
	AboutRecipient   About = iota + 1 // every supply, by Recipient
	AboutFirst                        // every supply, by First
	AboutReason                       // repeats, and others that had a reason, by Reason
	AboutAge                          // every supply, by Age
	AboutSex                          // every supply, by Sex
	AboutFirstAtRisk                  // first supplies to a person at risk: word 1
	AboutTrained                      // every supply, by YesNo
	abouts
)

// aboutBegins is where the words of each About begin in told, and where the last one's end.
var aboutBegins = func() (at [abouts + 1]int) {
	for a, words := range [abouts]int{
		AboutRecipient: len(recipients.keys), AboutFirst: len(firsts.keys), AboutReason: len(reasons.keys), AboutAge: len(ages.keys),
		AboutSex: len(sexes.keys), AboutFirstAtRisk: 2, AboutTrained: len(yesNos.keys),
	} {
		at[a+1] = at[a] + words
	}
	return at
}()

// told is how many supplies and kits there were by each word of each About.
type told []tally

type toldKey struct {
	area    int32
	month   civil.Month
	channel uint8
}

// tellSupply counts what was recorded of a supply: sign 1, or -1 to take it back.
func (b *batch) tellSupply(m *Movement, sign int) {
	k := toldKey{int32(m.Area), m.OccurredOn.Month(), uint8(m.Channel)}
	t := b.told[k]
	if t == nil {
		t = make(told, aboutBegins[abouts])
		b.told[k] = t
	}
	kits, times := sign*m.sign()*m.Kits, sign*m.sign()
	count := func(a About, word uint8) {
		if at := aboutBegins[a] + int(word); at < aboutBegins[a+1] {
			t[at].kits += kits
			t[at].times += times
		}
	}
	count(AboutRecipient, uint8(m.Recipient))
	count(AboutFirst, uint8(m.Detail.Supply))
	count(AboutAge, uint8(m.AgeBand))
	count(AboutSex, uint8(m.Sex))
	count(AboutTrained, uint8(m.Trained))
	if m.Detail.Supply == RepeatSupply || m.Reason != 0 {
		count(AboutReason, uint8(m.Reason))
	}
	if m.Detail.Supply == FirstSupply && m.Recipient == PersonAtRisk {
		count(AboutFirstAtRisk, 1)
	}
}

// checkWords refuses numbers that stand for no word: they could not be counted.
func (d *Detail) checkWords() error {
	for _, w := range [...]struct {
		field string
		word  uint8
		list  *wordList
	}{
		{"recipient", uint8(d.Recipient), &recipients},
		{"supply", uint8(d.Supply), &firsts},
		{"reason", uint8(d.Reason), &reasons},
		{"age_band", uint8(d.AgeBand), &ages},
		{"sex", uint8(d.Sex), &sexes},
		{"trained", uint8(d.Trained), &yesNos},
	} {
		if int(w.word) >= len(w.list.keys) {
			return fault.New(fault.Invalid, "there is no choice number %d", w.word).At(w.field).Hint("choose one of the list, or leave it empty")
		}
	}
	return nil
}

var (
	supplyCountHead = "INSERT INTO supply_count (area, month, about, word, channel, kits, times) VALUES"
	supplyCountTail = upsertTail("supply_count", "area, month, about, word, channel", "kits", "times")
)

// yearOf is the year in which the financial year of a month begins.
func yearOf(m civil.Month) int { return int(m-3) / 12 }

// supplyYearKey is a row of supply_year.
type supplyYearKey struct {
	area    int32
	about   About
	year    int32
	word    uint8
	channel uint8
}

// inYears are what figures of a nation over years are made from.
var inYears = [...]About{AboutFirst, AboutReason, AboutFirstAtRisk}

func supplyYears(ts map[toldKey]told) map[supplyYearKey]tally {
	years := map[supplyYearKey]tally{}
	for k, t := range ts {
		for _, a := range inYears {
			for at := aboutBegins[a]; at < aboutBegins[a+1]; at++ {
				if t[at] != (tally{}) {
					y := supplyYearKey{k.area, a, int32(yearOf(k.month)), uint8(at - aboutBegins[a]), k.channel}
					had := years[y]
					years[y] = tally{had.kits + t[at].kits, had.times + t[at].times}
				}
			}
		}
	}
	return years
}

var (
	supplyYearHead = "INSERT INTO supply_year (area, about, year, word, channel, kits, times) VALUES"
	supplyYearTail = upsertTail("supply_year", "area, about, year, word, channel", "kits", "times")
)

func (b *batch) supplyYearRows() rows {
	years := supplyYears(b.told)
	v := make([]any, 0, len(years)*7)
	for _, k := range sorted(years, func(a, c supplyYearKey) int {
		return cmp.Or(cmp.Compare(a.area, c.area), cmp.Compare(a.about, c.about), cmp.Compare(a.year, c.year),
			cmp.Compare(a.word, c.word), cmp.Compare(a.channel, c.channel))
	}) {
		if t := years[k]; t != (tally{}) {
			v = append(v, int(k.area), int(k.about), int(k.year), int(k.word), int(k.channel), t.kits, t.times)
		}
	}
	return rows{supplyYearHead, 7, v, supplyYearTail}
}

func (b *batch) toldRows() rows {
	v := make([]any, 0, len(b.told)*7*7)
	byMonth := sorted(b.told, func(a, c toldKey) int {
		return cmp.Or(cmp.Compare(a.area, c.area), cmp.Compare(a.month, c.month), cmp.Compare(a.channel, c.channel))
	})
	for from := 0; from < len(byMonth); {
		to := from + 1
		for to < len(byMonth) && byMonth[to].area == byMonth[from].area && byMonth[to].month == byMonth[from].month {
			to++
		}
		for a := AboutRecipient; a < abouts; a++ {
			for at := aboutBegins[a]; at < aboutBegins[a+1]; at++ {
				for _, k := range byMonth[from:to] {
					if t := b.told[k][at]; t != (tally{}) {
						v = append(v, int(k.area), int(k.month), int(a), at-aboutBegins[a], int(k.channel), t.kits, t.times)
					}
				}
			}
		}
		from = to
	}
	clear(b.told)
	return rows{supplyCountHead, 7, v, supplyCountTail}
}
