package survey

import (
	"strconv"
	"strings"
	"time"

	"everykit/civil"
	"everykit/measure"
	"everykit/survey"
	"everykit/web/desk"
	"everykit/web/page"
)

// saved are what a page says was just done.
var saved = map[string]string{
	"draft":        "The draft is saved. Nobody has been asked anything yet.",
	"questions":    "The questions are saved.",
	"respondents":  "The addresses are saved.",
	"letter":       "The letter is saved.",
	"sent":         "The round is open, and the letters are on their way.",
	"closed":       "The round is closed. Its links no longer take answers.",
	"published":    "The findings and the answers are public.",
	"acknowledged": "It is written down that they have it.",
	"posted":       "Their clock runs from that day.",
	"paused":       "The clock stands until they have heard from you.",
	"resumed":      "The clock runs again.",
	"extended":     "They have until the later day.",
	"refused":      "It is written down that they refuse, and why.",
	"asked":        "The query is on its way to them.",
	"explained":    "What they said is kept with the answer.",
	"reminded":     "The reminder is on its way.",
	"answered":     "The answers are saved, and so is what stood there before.",
	"part":         "What you have so far is saved. Nothing counts as sent yet.",
	"heard":        "Thank you. What you said is kept with your answer.",
	"address":      "The address is saved. Who has not answered is written to there.",
	"noted":        "Thank you. We know that you have it.",
}

// flash is what an address says was just done. After reminders it says how many.
func flash(v *desk.Visit) string {
	said := v.R.URL.Query().Get("saved")
	if text, ok := strings.CutPrefix(said, "n."); ok {
		if n, err := strconv.Atoi(text); err == nil && n >= 0 {
			return page.Plural(int64(n), "reminder is", "reminders are") + " on the way."
		}
	}
	return saved[said]
}

var stateTones = map[survey.State]page.Tone{survey.Draft: page.Quiet, survey.Open: page.Notice, survey.Closed: page.Cool, survey.Published: page.Good}

// stateTag is how far a round has come.
func stateTag(s survey.State) page.Tag { return page.Tag{Text: s.Words(), Tone: stateTones[s]} }

var statusTones = map[survey.Status]page.Tone{
	survey.NotSent: page.Quiet, survey.Waiting: page.Notice, survey.Acknowledged: page.Cool, survey.Paused: page.Cool, survey.InPart: page.Soon,
	survey.Answered: page.Good, survey.Refused: page.Quiet, survey.NoReply: page.Quiet,
}

// statusTag is what has become of one of those asked.
func statusTag(s survey.Status) page.Tag { return page.Tag{Text: s.Words(), Tone: statusTones[s]} }

// acts are the laws a round may run by, as a form offers them.
var acts = []page.Option{
	{Value: survey.Act2000.String(), Label: survey.Act2000.Words(), Hint: "20 working days. Bank holidays of any part of the United Kingdom are left out."},
	{Value: survey.ActScotland.String(), Label: survey.ActScotland.Words(), Hint: "20 working days. Bank holidays of Scotland are left out."},
	{Value: survey.NoAct.String(), Label: "No act", Hint: "They answer because they want to. The day you choose counts."},
}

// parseAct reads a law as the form has it.
func parseAct(key string) (survey.Act, bool) {
	for _, a := range []survey.Act{survey.NoAct, survey.Act2000, survey.ActScotland} {
		if a.String() == key {
			return a, true
		}
	}
	return 0, false
}

// actName is the law by its name; empty for none.
func actName(a survey.Act) string {
	if a == survey.NoAct {
		return ""
	}
	return a.Words()
}

// kindOptions are who can be asked.
var kindOptions = []page.Option{
	{Value: "authorities", Label: "Authorities", Hint: "All that stood on the last day of the year."},
	{Value: "prisons", Label: "Prisons", Hint: "Those that have an outlet here. You can add others."},
	{Value: "young_offenders", Label: "Young offender institutions", Hint: "You add them by hand."},
}

var kindKeys = map[string]survey.RespondentKind{"authorities": survey.Authority, "prisons": survey.Prison, "young_offenders": survey.YoungOffender}

// whole names everybody a round asks: 152 authorities and 3 prisons.
func whole(list []survey.Respondent) string {
	var parts []string
	for _, k := range []struct {
		kind      survey.RespondentKind
		one, many string
	}{{survey.Authority, "authority", "authorities"}, {survey.Prison, "prison", "prisons"}, {survey.YoungOffender, "young offender institution", "young offender institutions"}} {
		n := 0
		for _, r := range list {
			if r.Kind == k.kind {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, page.Plural(int64(n), k.one, k.many))
		}
	}
	if len(parts) == 0 {
		return "nobody"
	}
	return joined(parts, "and")
}

// joined writes a list as people say it: a, b and c.
func joined(parts []string, last string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " " + last + " " + parts[len(parts)-1]
}

func respondents(replies []survey.Reply) []survey.Respondent {
	list := make([]survey.Respondent, len(replies))
	for i, r := range replies {
		list[i] = r.Respondent
	}
	return list
}

// dayCell is the day of an instant, or a few words where it has not come.
func dayCell(v *desk.Visit, t time.Time, otherwise string) page.Cell {
	if t.IsZero() {
		return page.Cell{Sub: otherwise}
	}
	return page.TextCell(v.Ledger.Day(t).Words())
}

// dateWords is a day that may not be set.
func dateWords(d civil.Date) string {
	if unset(d) {
		return ""
	}
	return d.Words()
}

// reason is what can be said in place of an answer.
type reason struct {
	state measure.State
	words string
}

var reasons = []reason{
	{measure.DontKnow, "Don’t know"}, {measure.NotHeld, "Information not held"}, {measure.Refused, "Would rather not say"},
}

// paragraphs parts a text at its empty lines.
func paragraphs(text string) []string {
	var list []string
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// said is an answer in words, for a table.
func said(q *survey.Question, a survey.Answer) page.Cell {
	if a.IsBlank() {
		return page.Cell{Sub: "no answer"}
	}
	for _, r := range reasons {
		if r.state == a.State {
			return page.Cell{Sub: strings.ToLower(r.words[:1]) + r.words[1:]}
		}
	}
	return page.TextCell(q.Say(a))
}
