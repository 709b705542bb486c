package compose

import (
	"slices"
	"strings"

	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
)

// mostPoints is how many main points there may be.
const mostPoints = 6

// mainPoints are written from the figures: what matters most first, each with the change on the period before and on a year
// before where that is known.
func (b *book) mainPoints() part {
	candidates := []func() string{b.totalPoint, b.communityPoint, b.channelsPoint, b.reachPoint, b.coveragePoint, b.repeatsPoint, b.livePoint, b.deathsPoint}
	if b.snap.Kind == frozen.Annual {
		candidates = []func() string{b.totalPoint, b.communityPoint, b.channelsPoint, b.coveragePoint, b.reachPoint, b.deathsPoint, b.repeatsPoint, b.livePoint}
	}
	var list []string
	for _, write := range candidates {
		if s := write(); s != "" && len(list) < mostPoints {
			list = append(list, s)
		}
	}
	if len(list) == 0 {
		return part{}
	}
	return part{said: []content.Block{content.Points{Items: list}}}
}

// sentence joins what is not empty with commas and ends it.
func sentence(clauses ...string) string {
	s := strings.Join(nonEmpty(clauses...), ", ")
	if s == "" {
		return ""
	}
	return capital(s) + "."
}

// totalPoint is all kits, who is missing from them, and what a partial part of them means.
func (b *book) totalPoint() string {
	now := b.read(b.of("dispensed", b.period))
	if !now.known {
		return ""
	}
	s := sentence("services in "+b.snap.Area.Name+" gave out "+whole(now.value)+" take-home naloxone "+plural(now.value, "kit", "kits")+" in "+span(b.period), b.history("dispensed"))
	return strings.Join(nonEmpty(s, b.withinWords(), b.silentWords(), b.likeForLike()), " ")
}

// withinWords says which parts of the totals that are compared are partial.
func (b *book) withinWords() string {
	now, then := b.read(b.of("dispensed", b.period)), b.read(b.of("dispensed", b.last))
	var list []string
	if now.within != "" {
		list = append(list, sentence(strings.ReplaceAll(now.within, "that "+unit(b.period), "this "+unit(b.period))))
	}
	if v, _ := judge(now, then); v > unsure && then.within != "" { // where it is unsure, that is why, and said
		list = append(list, sentence(strings.ReplaceAll(then.within, "that "+unit(b.period), b.when(b.last))))
	}
	return strings.Join(list, " ")
}

// likeForLike compares the authorities that gave whole figures for both periods, where the totals cannot be.
func (b *book) likeForLike() string {
	total, before := b.read(b.of("dispensed", b.period)), b.read(b.of("dispensed", b.last))
	if v, _ := judge(total, before); v != unsure || !total.areas && !before.areas {
		return ""
	}
	now, then, n := reading{known: true}, reading{known: true}, 0
	for _, a := range b.authorities() {
		x, y := b.read(id("dispensed", a.Code, b.period)), b.read(id("dispensed", a.Code, b.last))
		if x.known && y.known && x.part == "" && y.part == "" {
			now.value, then.value, n = now.value+x.value, then.value+y.value, n+1
		}
	}
	if n < 2 {
		return ""
	}
	return sentence("the "+whole(float64(n))+" "+b.words["authorities"]+" with figures for both gave out "+many(now.value, "kit", "kits"), since(now, then, b.when(b.last)))
}

// silentWords counts those who are missing.
func (b *book) silentWords() string {
	silent := map[string]bool{}
	for _, s := range b.snap.Silent {
		silent[s.Area] = true
	}
	delete(silent, b.area)
	if len(silent) == 0 || b.snap.Kind == frozen.Local {
		return ""
	}
	f := b.figures[b.of("dispensed", b.period)]
	if f != nil && f.With == 0 { // a total of its own, not a sum: nobody is missing from it
		return ""
	}
	n := float64(len(silent))
	return "Some or all figures are missing from " + whole(n) + " of " + whole(float64(len(b.authorities()))) + " " + b.words["authorities"] + "."
}

// communityPoint is the community's kits and those of services other than drug treatment.
func (b *book) communityPoint() string {
	all := b.of("dispensed", b.period, "channel=community")
	now := b.read(all)
	if !now.known {
		return ""
	}
	lead := b.words["community"] + " gave out " + whole(now.value) + " of them"
	if !b.any(b.of("dispensed", b.period)) {
		lead = b.words["community"] + " gave out " + many(now.value, "kit", "kits")
	} else if share := b.share(all, b.of("dispensed", b.period)); share.Number != nil {
		lead += " (" + percent(*share.Number) + ")"
	}
	return strings.Join(nonEmpty(sentence(lead, b.history("dispensed", "channel=community")), b.settingWords("of these, ")), " ")
}

// settingWords is a sentence about services other than drug treatment.
func (b *book) settingWords(lead string) string {
	split := []string{"channel=community", "setting=non_drug_treatment"}
	now := b.read(b.of("dispensed", b.period, split...))
	if !now.known {
		return ""
	}
	return sentence(lead+whole(now.value)+plural(now.value, " was", " were")+" from services other than drug treatment", since(now, b.read(b.of("dispensed", b.last, split...)), b.when(b.last)))
}

// lesser are the channels beside community, with what is left over.
var lesser = []string{"prison", "community_prescription", "ambulance", "post", "peer", "other"}

// channelsPoint is all other channels in one sentence, and what no channel is known of.
func (b *book) channelsPoint() string {
	var list []string
	said := false // against what is compared; the first says it for all
	for _, key := range lesser {
		now := b.read(b.of("dispensed", b.period, "channel="+key))
		if !now.known || now.value == 0 {
			continue
		}
		words := b.words[key] + " " + whole(now.value)
		if len(list) == 0 {
			words = b.words[key] + " gave out " + whole(now.value)
		}
		if now.part != "" && !now.areas {
			words += " in " + now.part
		}
		when := b.when(b.last)
		if said {
			when = ""
		}
		then := b.read(b.of("dispensed", b.last, "channel="+key))
		v, _ := judge(now, then)
		if v == unsure && !now.areas && !then.areas {
			when = b.when(b.last)
		}
		said = said || v > unknown
		list = append(list, words+inShort(now, then, when))
	}
	s := ""
	if len(list) > 0 {
		s = capital(joined(list)) + "."
	}
	return strings.Join(nonEmpty(s, b.leftWords()), " ")
}

// leftWords is a sentence about kits of which no channel is known.
func (b *book) leftWords() string {
	left := b.left(b.of("dispensed", b.period), "channel")
	if left == nil || *left == 0 {
		return ""
	}
	if *left < 0 {
		return "The channels add up to " + many(-*left, "kit", "kits") + " more than the total."
	}
	return capital(many(*left, "kit", "kits")) + plural(*left, " is", " are") + " not attributed to any channel."
}

// left is what is left over of a total after its parts by a split; nil if that is not known.
func (b *book) left(total, split string) *float64 {
	for _, s := range b.sums[total] {
		if slices.ContainsFunc(s.Parts, func(id string) bool { return strings.HasPrefix(id, total+"|"+split+"=") }) {
			if s.Remainder == nil || !b.any(total) || slices.ContainsFunc(s.Parts, func(id string) bool { return hidden(b.figures[id]) }) {
				return nil
			}
			return s.Remainder
		}
	}
	if v, ok := b.value(total + "|" + split + "=" + notAttributed); ok {
		return &v
	}
	return nil
}

// reachPoint is reach against the period before, and what an earlier edition had said of that.
func (b *book) reachPoint() string {
	now := b.read(b.of("reach", b.period))
	if !now.known {
		return ""
	}
	then := b.read(b.of("reach", b.last))
	s := sentence("by the end of "+b.period.To.Words()+", "+number(now.value, now.places)+"% of people at risk had been given a kit at some time", points(now, then, b.when(b.last), "%", "point", "points"))
	return strings.Join(nonEmpty(s, b.restated(b.of("reach", b.last), "%")), " ")
}

// restated says what an earlier edition had given for a figure that a change is told against. Of several it is the last that said
// something else.
func (b *book) restated(id, per string) string {
	is, ok := b.value(id)
	if !ok {
		return ""
	}
	for i := len(b.in.Earlier) - 1; i >= 0; i-- {
		e := b.in.Earlier[i]
		if e.Snapshot == nil {
			continue
		}
		at := slices.IndexFunc(e.Snapshot.Figures, func(f frozen.Figure) bool { return f.ID == id })
		if at < 0 {
			continue
		}
		f := &e.Snapshot.Figures[at]
		if f.Value == nil || hidden(f) || *f.Value == is {
			continue
		}
		return capital("the figure for "+periodWords(f.Period)+" is restated: "+editionName(e)+", gave "+trimmed(*f.Value)+per) + "."
	}
	return ""
}

// trimmed writes a ratio with as many of two decimals as it has, and at least one.
func trimmed(v float64) string { return number(v, decimals(v)) }

// coveragePoint is kits for every 100 people in the latest financial year.
func (b *book) coveragePoint() string {
	now := b.read(b.of("coverage", b.fin))
	if !now.known {
		return ""
	}
	return sentence("in "+b.fin.String()+", "+whole1(now.value)+" kits were given out in the community for every 100 "+b.words["risk"], b.partWords(now),
		points(now, b.read(b.of("coverage", b.finLast)), "the year before", "", "kit", "kits"))
}

// partWords says what a figure is for a part of.
func (b *book) partWords(r reading) string {
	if r.part == "" || strings.HasPrefix(r.part, "part of") {
		return ""
	}
	return "with figures for " + r.part
}

// whole1 writes a ratio with one decimal.
func whole1(v float64) string { return number(v, 1) }

func (b *book) livePoint() string {
	now := b.read(b.of("live_coverage", b.period))
	if !now.known {
		return ""
	}
	return sentence("at the end of "+b.period.To.Words()+" people had at most "+whole1(now.value)+" kits in date for every 100 "+b.words["risk"],
		b.partWords(now), points(now, b.read(b.of("live_coverage", b.last)), b.when(b.last), "", "kit", "kits"))
}

func (b *book) repeatsPoint() string {
	now := b.read(b.of("repeat_share", b.period))
	if !now.known {
		return ""
	}
	then, when := b.read(b.of("repeat_share", b.year)), b.when(b.year)
	if b.year.IsZero() {
		then, when = b.read(b.of("repeat_share", b.last)), b.when(b.last)
	}
	s := sentence(whole1(now.value)+"% of supplies were to somebody who had been given a kit before", b.partWords(now), points(now, then, when, "%", "point", "points"))
	if used := b.read(b.of("repeat_used", b.period)); used.known {
		s += " " + sentence(whole1(used.value)+"% of these repeats were because a kit had been used")
	}
	return s
}

func (b *book) deathsPoint() string {
	now := b.read(b.of("kits_per_death", b.fin))
	if !now.known {
		return ""
	}
	return sentence("in "+b.fin.String()+", "+whole1(now.value)+" kits were given out for every opioid-related death", b.partWords(now),
		points(now, b.read(b.of("kits_per_death", b.finLast)), "the year before", "", "kit", "kits"))
}
