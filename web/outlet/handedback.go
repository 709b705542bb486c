package outlet

import (
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/page"
)

// handedBack is kits that leave people's hands unused: brought back, or told to be lost. What is brought back is held
// until it is destroyed or goes to the supplier; it never goes back on the shelf.
var handedBack = deed{
	page: "handedback", title: "A kit came back, or was lost",
	fields: []string{"what", "kits", "lot", "reason", "occurred_on", "note"},
	draw:   drawHandedBack, save: saveHandedBack,
}

// backReasons are why people bring a kit back, or have it no more.
var backReasons = []ledger.Option{
	{Key: "expired", Words: "Expired"},
	{Key: "expiring", Words: "About to expire"},
	{Key: "damaged", Words: "Damaged or opened"},
	{Key: "notice", Words: "Named by a notice"},
	{Key: "not_wanted", Words: "Not wanted any more"},
	{Key: "lost", Words: "Lost"},
	{Key: "stolen", Words: "Stolen"},
	{Key: "confiscated", Words: "Confiscated"},
	{Key: "found", Words: "Found by somebody else"},
}

func drawHandedBack(v *desk.Visit, _ *answers) (any, error) {
	b, err := peopleForm(v)
	b.Reasons = choices(backReasons, unsaid)
	return b, err
}

func saveHandedBack(v *desk.Visit, a *answers) (string, error) {
	w := ledger.WriteOff{Entry: a.entry(v), From: ledger.People, To: ledger.Spoiled}
	switch a.text("what") {
	case "lost":
		w.To = ledger.Lost
	case "back":
	default:
		a.wrong("what", "say what happened")
	}
	lot, err := lotTold(v, a, product(v, a), false)
	if err != nil {
		return "", err
	}
	if w.Lot = lot; lot == 0 {
		w.Note = noteLot(w.Note, a.text("lot"))
	}
	w.Note = noteReason(w.Note, wordsOf(a.choice("reason", backReasons), backReasons))
	if err := a.err(); err != nil {
		return "", err
	}
	if err := v.Ledger.WriteOff(v.Ctx(), v.Who, w); err != nil {
		return "", err
	}
	return entryPath(v, w.ID), nil
}

// noteReason puts a reason before a note.
func noteReason(note, reason string) string {
	switch {
	case reason == "":
		return note
	case note == "":
		return page.Sentence(reason)
	}
	return page.Sentence(reason) + " " + note
}
