package compose

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"everykit/bulletin/content"
	"everykit/bulletin/frozen"
)

// Finding is something that a person must mend or waive before the bulletin is signed. Key is stable while the finding is the
// same, so that a waiver holds.
type Finding struct {
	Key   string // sum:dispensed|S92000003|2021/22-Q2
	What  string // in a sentence, with the numbers
	Where string // chapter, table or figure
	Hint  string // what to do
	Waive bool   // whether it may be waived; a suppressed cell that can be undone may not
}

// Check looks at a composed bulletin and what it stands on: tables that do not sum, suppressed cells that can be undone, figures
// outside their usual range, missing returns, changed history, broken links, pictures without words, chapters without anything.
// Those that may not be waived come first; the order is otherwise that of this sentence. Nothing it says has a hidden number.
func Check(in Input, c *content.Content) []Finding {
	b, err := open(in)
	if err != nil {
		return []Finding{{Key: "input", What: capital(err.Error()) + ".", Where: "the draft", Hint: "mend it and compose the bulletin again"}}
	}
	if c == nil {
		return []Finding{{Key: "content", What: "There is no bulletin to look at.", Where: "the draft", Hint: "compose it first"}}
	}
	k := &checking{book: b, c: c}
	k.sums()
	k.undone()
	k.standing()
	k.ranges()
	k.missing()
	k.history()
	k.links()
	k.pictures()
	k.empty()
	slices.SortStableFunc(k.found, func(x, y Finding) int {
		switch {
		case x.Waive == y.Waive:
			return 0
		case y.Waive:
			return -1
		}
		return 1
	})
	return k.found
}

// checking is a bulletin while it is looked at.
type checking struct {
	*book
	c     *content.Content
	found []Finding
}

func (k *checking) find(f Finding) {
	f.Waive = true
	k.found = append(k.found, f)
}

// must is a finding that cannot be waived.
func (k *checking) must(f Finding) { k.found = append(k.found, f) }

// severalOf is how many findings of one kind about authorities are told one by one; more are told together, for a list of a
// hundred is waived unread.
const severalOf = 4

// together makes one finding of many of a kind. Its key stays while the many do.
func (k *checking) together(kind string, list []Finding, what, hint string) {
	if len(list) <= severalOf {
		for _, f := range list {
			k.find(f)
		}
		return
	}
	h := sha256.New()
	var names []string
	for _, f := range list {
		h.Write([]byte(f.Key + "\n"))
		names = append(names, f.Where)
	}
	k.find(Finding{Key: kind + ":" + hex.EncodeToString(h.Sum(nil))[:16], What: what + ": " + joined(names) + ".", Where: whole(float64(len(list))) + " " + k.words["authorities"], Hint: hint})
}

// sums tells totals that are not the sum of their parts, with the numbers. They are told, never forced: to waive it is to say why.
func (k *checking) sums() {
	var areas []Finding
	for i := range k.snap.Sums {
		s := &k.snap.Sums[i]
		f := k.figures[s.Total]
		if f == nil || slices.ContainsFunc(s.Parts, func(id string) bool { return hidden(k.figures[id]) }) || hidden(f) {
			continue
		}
		total, known := k.value(s.Total)
		parts, all := 0.0, true
		for _, id := range s.Parts {
			if strings.HasSuffix(id, "="+notAttributed) {
				continue
			}
			v, ok := k.value(id)
			all = all && ok
			parts += v
		}
		if !known || !all {
			continue
		}
		left := total - parts
		key := "sum:" + s.Total + k.byKey(s)
		if s.Remainder != nil && *s.Remainder != left && !k.hasLeft(s) {
			k.must(Finding{
				Key: key + ":wrong", What: k.figureName(f) + " in " + k.name(f.Area) + ", " + periodWords(f.Period) + ": the remainder is said to be " + trimmedWhole(*s.Remainder) + ", but " + whole(total) + " less its parts is " + trimmedWhole(left) + ".",
				Where: s.Total, Hint: "freeze the figures again; if that does not mend it, it is a mistake of the program",
			})
			continue
		}
		if left == 0 || f.Period != k.period.String() && f.Period != k.fin.String() && k.toldBefore(s, left) {
			continue
		}
		what := k.figureName(f) + " in " + k.name(f.Area) + ", " + periodWords(f.Period) + ": the total is " + whole(total) + ", and its parts" + k.by(s) + " add up to " + whole(parts) + ". " + whole(abs(left)) + " " + plural(abs(left), "is", "are")
		if left > 0 {
			what += " not attributed."
		} else {
			what += " too many."
		}
		one := Finding{Key: key, What: what, Where: s.Total, Hint: "ask whoever gave the figures; if that is how they are, waive this with the reason. The bulletin tells the remainder and does not force the total"}
		if f.Area != k.area {
			one.Where = k.name(f.Area)
			areas = append(areas, one)
			continue
		}
		k.find(one)
	}
	k.together("sum", areas, "The parts of a total do not add up in many "+k.words["authorities"], "ask them; if that is how the figures are, waive this with the reason")
}

// hasLeft reports whether what is left over is among the parts.
func (k *checking) hasLeft(s *frozen.Sum) bool {
	return slices.ContainsFunc(s.Parts, func(id string) bool { return strings.HasSuffix(id, "="+notAttributed) })
}

// byKey tells two sums of one total apart.
func (k *checking) byKey(s *frozen.Sum) string {
	if by := strings.TrimPrefix(k.by(s), " by "); by != "" && by != "channel" {
		return ":" + strings.ReplaceAll(by, " ", "_")
	}
	return ""
}

// toldBefore reports whether a published edition had the same remainder.
func (k *checking) toldBefore(s *frozen.Sum, left float64) bool {
	for _, e := range k.in.Earlier {
		if e.Snapshot == nil {
			continue
		}
		for _, was := range e.Snapshot.Sums {
			if was.Total == s.Total && was.Remainder != nil && *was.Remainder == left && slices.Equal(was.Parts, s.Parts) {
				return true
			}
		}
	}
	return false
}

func abs(v float64) float64 {
	if v < 0 {
		return -v
	}
	return v
}

// trimmedWhole writes a count, with decimals if it is none.
func trimmedWhole(v float64) string {
	if v == float64(int64(v)) {
		return whole(v)
	}
	return number(v, 2)
}

// missing tells who gave nothing, or a part.
func (k *checking) missing() {
	why := map[string][]Finding{}
	for _, s := range k.snap.Silent {
		why[s.Why] = append(why[s.Why], Finding{
			Key: "missing:" + s.Area + ":" + s.Why + ":" + strings.Join(s.Months, ","), What: k.name(s.Area) + ": " + silentWhat(s) + ".", Where: k.name(s.Area),
			Hint: "ask for the figures and freeze again; or waive this, and the bulletin says that they are missing",
		})
	}
	for _, key := range sortedKeys(why) {
		k.together("missing:"+key, why[key], "Figures of many "+k.words["authorities"]+" are missing ("+stateWords(key)+")", "ask for the figures and freeze again; or waive this, and the bulletin says that they are missing")
	}
}

// empty tells chapters that have nothing but their heading, and words and titles that were written for what is not there.
func (k *checking) empty() {
	for _, ch := range k.c.Chapters {
		if !slices.ContainsFunc(ch.Blocks, solid) {
			k.find(Finding{Key: "empty:" + ch.Key, What: "The chapter “" + ch.Title + "” has nothing in it.", Where: ch.Key, Hint: "leave the chapter out, or write commentary for it"})
		}
	}
	if !slices.ContainsFunc(k.c.Figures, func(f content.Figure) bool { return f.Value != nil }) {
		k.must(Finding{Key: "empty:figures", What: "No figure of this bulletin has a number.", Where: "the figures", Hint: "take in returns or supplies of the period, and freeze again"})
	}
	for _, key := range sortedKeys(k.in.Commentary) {
		if strings.TrimSpace(k.in.Commentary[key]) != "" && k.c.Chapter(key) == nil {
			k.find(Finding{Key: "commentary:" + key, What: "There is commentary for the chapter “" + key + "”, which is left out.", Where: key, Hint: "put the chapter back, or take the commentary away"})
		}
	}
}

// solid reports whether a block says anything.
func solid(b content.Block) bool {
	switch b := b.(type) {
	case content.Para:
		return strings.TrimSpace(b.Text) != ""
	case content.Points:
		return len(b.Items) > 0
	case content.Commentary:
		return strings.TrimSpace(b.Source) != ""
	case *content.Table:
		return len(b.Rows) > 0
	case *content.Picture:
		return true
	}
	return false
}
