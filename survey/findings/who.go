package findings

import "everykit/survey"

var asked = noun{"authority that was asked", "authorities that were asked"}

// who writes how many answered of how many asked, and who did not.
func (f *Findings) who() {
	t := f.t
	all := t.authorities
	if len(all) == 0 {
		if len(t.prisons)+len(t.young) == 0 {
			f.say(Sentence{Key: "who.nobody", Chapter: chapterWho, Label: "Asked", Text: "Nobody has been asked yet."})
		}
		return
	}
	answered := t.repliers(all)
	f.share(finding{
		key: "who.answered", chapter: chapterWho, label: "Answered", share: share{len(answered), len(all)}, of: asked,
		one: "answered", many: "answered",
	})
	some := func(key, label, one, more string, holds func(*survey.Reply) bool) {
		list := which(all, holds)
		if len(list) == 0 {
			return
		}
		f.say(Sentence{
			Key: key, Chapter: chapterWho, Label: label, Count: len(list), Base: len(all), Of: asked.many,
			Text: count(len(list)) + " of the " + count(len(all)) + " " + plural(len(list), one, more) + named(names(list)) + ".",
		})
	}
	some("who.in_part", "Answered in part", "answered some of the questions only", "answered some of the questions only", func(r *survey.Reply) bool {
		return r.Status == survey.InPart || (replied(r) && r.Status == survey.Refused)
	})
	some("who.refused", "Refused", "refused to answer at all", "refused to answer at all", func(r *survey.Reply) bool {
		return !replied(r) && r.Status == survey.Refused
	})
	words := "did not reply"
	if !f.Input.Round.Ended() {
		words = "had not replied yet"
	}
	some("who.silent", "No reply", words, words, func(r *survey.Reply) bool { return !replied(r) && r.Status != survey.Refused })
	// One that answered in part may have done so in time: what it answered is not late, what it did not answer is not here.
	wholly := which(answered, func(r *survey.Reply) bool { return r.Status == survey.Answered })
	if late := which(wholly, func(r *survey.Reply) bool { return r.Late }); len(late) > 0 {
		f.say(Sentence{
			Key: "who.late", Chapter: chapterWho, Label: "Answered late", Count: len(late), Base: len(wholly), Of: "authorities that answered in full",
			Text: count(len(late)) + " of the " + count(len(wholly)) + " that answered in full did so after the day by which the answer was due" + named(names(late)) + ".",
		})
	}
}
