package frozen

import (
	"slices"
	"strings"

	"everykit/disclosure"
	"everykit/measure"
)

// protect hides small numbers and what they could be worked out from, and keeps what was shown.
func (t *taking) protect() error {
	t.out.Releases, t.out.ReleaseKeys = []disclosure.Release{}, []string{}
	if err := t.protectTold(); err != nil {
		return err
	}
	if err := t.protectChannels(); err != nil {
		return err
	}
	community := Split{"channel", "community"}
	for _, p := range t.series { // two settings are the community kits
		if f := t.figure(string(measure.Dispensed), t.area.Code, p, community); f != nil && f.Hidden() {
			for _, setting := range []string{measure.DrugTreatment, measure.NonDrugTreatment} {
				if f := t.figure(string(measure.Dispensed), t.area.Code, p, community, Split{"setting", setting}); f != nil {
					hide(f, "")
				}
			}
		}
	}
	for i, s := range t.sums { // of a hidden part no remainder is told, which would be the sum of two that are hidden
		for _, id := range s.Parts {
			if t.figures[id].Hidden() {
				t.sums[i].Remainder = nil
				total := t.figures[s.Total]
				key := "channel"
				if total.Word("channel") != "" {
					key = "setting"
				}
				delete(t.figures, ID(total.Measure, total.Area, total.Period, append(slices.Clone(total.Split), Split{key, NotAttributed})...))
			}
		}
	}
	return nil
}

func (t *taking) keep(key string, r disclosure.Release) {
	if len(r.Cells) == 0 {
		return
	}
	r.Cells, r.Sums = slices.Clip(r.Cells), append([]disclosure.Sum{}, r.Sums...)
	t.out.ReleaseKeys, t.out.Releases = append(t.out.ReleaseKeys, key), append(t.out.Releases, r)
}

// hide takes the numbers out of a figure.
func hide(f *Figure, why string) {
	if f.Value == nil && f.Numerator == nil {
		return
	}
	f.State = measure.Suppressed.String()
	f.Source, f.With, f.Of = "", 0, 0 // where a figure is from may say what a return told of it
	f.Value, f.Numerator, f.Denominator, f.Low, f.High, f.Expected, f.Limits, f.Covers, f.Notes = nil, nil, nil, nil, nil, nil, "", "", nil
	if why != "" {
		f.Notes = []string{why}
	}
}

// mostRounds bounds how often kits and supplies are matched. Each round hides more, so that it ends.
const mostRounds = 12

// protectTold protects what was recorded of supplies. Kits and supplies of one word are hidden together: either tells of the
// other. Where that cannot be done its words are left out, and where even that is not enough all of it.
func (t *taking) protectTold() error {
	earlier := t.before(toldKey(t.nation.Code))
	for _, bare := range []bool{false, true} {
		b := t.told(earlier, bare)
		for range mostRounds {
			done, refused, err := b.protect(earlier)
			if err != nil {
				return err
			}
			if refused {
				break
			}
			if b.match(&done) {
				continue
			}
			t.keep(toldKey(t.nation.Code), done)
			t.hideTold(&done, "")
			return nil
		}
	}
	b := t.told(earlier, true)
	dark := b.dark(earlier)
	t.keep(toldKey(t.nation.Code), dark)
	t.hideTold(&dark, "It cannot be shown without giving a small number away.")
	return nil
}

// match hides a word's kits where its supplies are hidden, and the other way round. It reports whether there was any to hide.
func (b *table) match(done *disclosure.Release) bool {
	hidden := map[string]bool{}
	for _, c := range done.Cells {
		hidden[c.ID] = c.Hidden
	}
	changed := false
	for i, c := range done.Cells {
		other, found := strings.CutPrefix(c.ID, Supplies+"|")
		partner := string(measure.Dispensed) + "|" + other
		if !found {
			if other, found = strings.CutPrefix(c.ID, string(measure.Dispensed)+"|"); !found {
				continue
			}
			partner = Supplies + "|" + other
		}
		if hidden[partner] && !c.Hidden && !c.Keep {
			b.Cells[i].Hidden = true
			changed = true
		}
	}
	return changed
}

// hideTold hides what the release hides.
func (t *taking) hideTold(r *disclosure.Release, why string) {
	hidden := map[string]bool{}
	for _, c := range r.Cells {
		hidden[c.ID] = c.Hidden
	}
	few := false // an authority's reach is hidden
	for _, id := range sorted(t.figures) {
		f := t.figures[id]
		if !t.counted[id] {
			continue
		}
		switch f.Measure {
		case string(measure.Dispensed), Supplies, string(measure.FirstSupplies):
			if hidden[strings.Split(id, "|row=")[0]] {
				hide(f, why)
			}
		case string(measure.RepeatShare), string(measure.RepeatUsed):
			first := Figure{ID: strings.Split(id, "|row=")[0]}
			if hidden[over(&first)] || hidden[under(&first)] || why != "" {
				hide(f, why)
			}
		case string(measure.Reach):
			p := t.period
			for _, q := range t.series {
				if q.String() == f.Period {
					p = q
				}
			}
			if hidden[everID(f.Area, p.To)] {
				hide(f, why)
				few = few || f.Area != t.area.Code
			}
		}
	}
	if few { // the other readings are made of the same authorities
		for id, f := range t.figures {
			if f.Measure == string(measure.Reach) && f.Area == t.area.Code && f.Period == t.period.String() && t.counted[id] && f.Word("row") != "" {
				hide(f, why)
			}
		}
	}
}

// protectChannels protects kits by channel of authorities.
func (t *taking) protectChannels() error {
	earlier := t.before(channelsKey(t.nation.Code))
	var b *table
	for _, wary := range []bool{false, true} {
		b = t.channelTable(wary)
		done, refused, err := b.protect(earlier)
		if err != nil {
			return err
		}
		if !refused {
			t.keep(channelsKey(t.nation.Code), done)
			t.hideChannels(&done, false)
			return nil
		}
	}
	dark := b.dark(earlier)
	t.keep(channelsKey(t.nation.Code), dark)
	t.hideChannels(&dark, true)
	return nil
}
