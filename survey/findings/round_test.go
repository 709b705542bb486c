package findings_test

import (
	"fmt"
	"maps"
	"slices"

	"everykit/civil"
	"everykit/measure"
	"everykit/registry"
	"everykit/survey"
	"everykit/survey/findings"
)

// The made-up round: 152 authorities in nine regions, of which the shares are known.
const (
	authorities = 152
	provide     = 138 // numbers 0 to 137
	counts      = 117 // 0 to 116 gave a number of kits
	told        = 130 // 0 to 129 answered the questions on where, to whom and by what requirement
)

func name(i int) string { return fmt.Sprintf("Area %03d", i) }

// region of an authority: 17 in each of the first eight, 16 in the last.
func region(i int) int { return i / 17 }

// kits each gave out: 3 none, 72 a hundred, 38 two hundred and fifty, one 460, two that share an estimate 200 and 400, and
// one that has none 50.
func kits(i int) float64 {
	switch {
	case i < 3:
		return 0
	case i < 75:
		return 100
	case i < 113:
		return 250
	case i == 113:
		return 460
	case i == 114:
		return 200
	case i == 115:
		return 400
	}
	return 50
}

func option(keys ...string) survey.Answer {
	return survey.Answer{State: measure.Reported, Options: keys}
}

func number(v float64) survey.Answer      { return survey.Answer{State: measure.Reported, Number: &v} }
func state(s measure.State) survey.Answer { return survey.Answer{State: s} }
func yesIf(yes bool) survey.Answer {
	if yes {
		return option("yes")
	}
	return option("no")
}

// synthetic makes the round.
func synthetic() findings.Input {
	in := findings.Input{
		Round: &survey.Round{
			ID: 1, Key: "2017-18", Title: "The round of a test", Nation: 1, Period: civil.FinancialYear(2017), State: survey.Closed, Questions: survey.Template(),
			SentOn: civil.On(2018, 7, 2), DueOn: civil.On(2018, 7, 30), ClosedOn: civil.On(2018, 9, 3),
		},
		Nation: "England", AsOf: civil.On(2018, 9, 3), Areas: map[int]findings.Area{}, Estimates: map[int]registry.Estimate{},
	}
	published, _ := registry.ParsePublished("2017-09")
	for i := range authorities {
		id := i + 1
		lat, lon := 50+float64(i%13)/3, -4+float64(i/13)/3
		in.Areas[id] = findings.Area{ID: id, Code: fmt.Sprintf("E%03d", i), Name: name(i), Region: fmt.Sprintf("R%d", region(i)), RegionName: fmt.Sprintf("Region %d", region(i)), Lat: &lat, Lon: &lon}
		e := registry.Estimate{Areas: []int{id}, Population: registry.OpiateUse, Period: civil.FinancialYear(2014), Value: 1000, Published: published, Source: "made up"}
		switch i {
		case 114, 115:
			e.Areas, e.Value = []int{115, 116}, 2000
		case 116:
			e.Value = 0 // taken out below
		}
		if e.Value > 0 {
			in.Estimates[id] = e
		}
		in.Replies = append(in.Replies, survey.Reply{
			Respondent: survey.Respondent{Number: id, Kind: survey.Authority, Area: id, Code: fmt.Sprintf("E%03d", i), Name: name(i)},
			Status:     status(i), Answers: answers(i),
		})
	}
	for i := range 130 {
		kind, answered := survey.Prison, i < 109
		if i >= 110 {
			kind, answered = survey.YoungOffender, i < 120
		}
		r := survey.Reply{Respondent: survey.Respondent{Number: authorities + 1 + i, Kind: kind, Area: 1 + i, Code: fmt.Sprintf("P%03d", i), Name: fmt.Sprintf("Prison %03d", i)}, Status: survey.NoReply}
		if answered {
			r.Status = survey.Answered
			r.Answers = map[string]survey.Answer{"prison_programme": yesIf(i < 56 || i == 110 || i == 111)}
			if i < 50 {
				r.Answers["prison_dispensed"] = number(10)
				r.Answers["prison_offer"] = option([]string{"everyone", "at_risk"}[i%2])
			}
		}
		in.Replies = append(in.Replies, r)
	}
	return in
}

func status(i int) survey.Status {
	switch {
	case i == 151:
		return survey.NoReply
	case i == 150:
		return survey.InPart
	}
	return survey.Answered
}

// answers are those of one authority.
func answers(i int) map[string]survey.Answer {
	switch {
	case i == 151:
		return nil
	case i == 150: // in part: leaves open whether it provides
		return map[string]survey.Answer{"policy": option("no")}
	case i == 149:
		return map[string]survey.Answer{"provides": state(measure.NotHeld), "policy": option("no")}
	case i == 148:
		return map[string]survey.Answer{"provides": state(measure.DontKnow), "policy": option("no")}
	case i >= provide: // seven have plans, three neither
		return map[string]survey.Answer{"provides": option("no"), "plans": yesIf(i < 145), "policy": option("no"), "help": option("money")}
	}
	a := map[string]survey.Answer{"provides": option("yes"), "policy": yesIf(i < 115), "help": option("none")}
	switch {
	case i < counts:
		a["dispensed"] = number(kits(i))
	case i < 127:
		a["dispensed"] = state(measure.DontKnow)
	case i < 132:
		a["dispensed"] = state(measure.NotHeld)
	case i < 135:
		a["dispensed"] = state(measure.Refused)
	}
	if i < 100 {
		a["clients"], a["deaths"] = number(500), number(10)
	}
	if i >= told {
		a["gives"] = state(measure.DontKnow)
		return a
	}
	a["gives"] = option(where(i)...)
	a["recipients"] = option(whom(i)...)
	a["requires"] = option(required(i)...)
	a["anyone"] = yesIf(i%2 == 0)
	a["most_kits"] = number(float64(1 + i%3))
	a["age"] = number(float64(16 + 2*(i%2)))
	a["trains"] = option("people_at_risk")
	a["records_purchased"] = yesIf(i < 104)
	a["records_dispensed"] = yesIf(i < 117)
	a["monitors_expiry"] = yesIf(i < 65)
	a["purchased"], a["purchased_before"] = number(kits(i)+10), number(100)
	return a
}

// where and whom tick all but some: 43 of 130 not through needle and syringe programmes, and so on.
func where(i int) []string {
	not := map[string]int{"needle_exchange": 43, "pharmacy": 78, "homeless_outreach": 33, "hostel": 97, "post": 130}
	return ticked(i, not, "drug_treatment", "needle_exchange", "pharmacy", "homeless_outreach", "hostel", "post")
}

func whom(i int) []string {
	not := map[string]int{"on_substitution": 32, "pharmacy_clients": 77, "family_friends": 14}
	return ticked(i, not, "on_substitution", "in_treatment", "pharmacy_clients", "family_friends")
}

func ticked(i int, not map[string]int, options ...string) []string {
	return slices.DeleteFunc(options, func(o string) bool { return i < not[o] })
}

// required: 13 a referral, 15 an appointment, 25 either or both; 29 an assessment; 101 nothing.
func required(i int) []string {
	var list []string
	if i < 13 {
		list = append(list, "referral")
	}
	if i >= 10 && i < 25 {
		list = append(list, "appointment")
	}
	if i < 29 {
		list = append(list, "assessment")
	}
	if list == nil {
		list = []string{"none"}
	}
	return list
}

// with gives the round with one answer changed.
func with(in findings.Input, i int, question string, a survey.Answer) findings.Input {
	in.Replies = slices.Clone(in.Replies)
	r := &in.Replies[i]
	r.Answers = maps.Clone(r.Answers)
	if r.Answers == nil {
		r.Answers = map[string]survey.Answer{}
	}
	r.Answers[question] = a
	return in
}
