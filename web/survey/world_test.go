package survey_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"everykit/civil"
	"everykit/survey"
	surveys "everykit/web/survey"
	"everykit/web/webtest"
)

const england = "/nation/E92000001/survey"

// world is a site without kits.
func world(t *testing.T) *webtest.World {
	t.Helper()
	return webtest.NewBare(t, surveys.Routes...)
}

// draft makes a round of England about 2025/26 in which Barking and Dagenham, Barnet and one prison are asked, the first
// two by e-mail.
func draft(t *testing.T, w *webtest.World, key string, year int) *survey.Round {
	t.Helper()
	snap := w.Snap()
	r := &survey.Round{
		Key: key, Title: "Take-home naloxone in England, " + civil.FinancialYear(year).String(), Nation: w.Nation(w.Home).ID, Period: civil.FinancialYear(year),
		Act: survey.Act2000, DueOn: civil.None, ClosesOn: civil.None, Contact: "naloxone@example.org",
	}
	nat := w.Person(webtest.National)
	w.Must(w.Surveys.Save(t.Context(), nat, r))
	barking, _ := snap.AreaByCode("E09000002")
	barnet, _ := snap.AreaByCode("E09000003")
	w.Must(w.Surveys.SaveRespondents(t.Context(), nat, r.ID, []survey.Respondent{
		{Number: 1, Kind: survey.Authority, Area: barking.ID, Email: "foi@barking.example.org"},
		{Number: 2, Kind: survey.Authority, Area: barnet.ID, Email: "foi@barnet.example.org"},
		{Number: 3, Kind: survey.Prison, Area: barnet.ID, Code: "HMP-1", Name: "HMP Somewhere"},
	}))
	return r
}

// open sends a draft, and gives the addresses of the personal links by who has them.
func open(t *testing.T, w *webtest.World, r *survey.Round) map[string]string {
	t.Helper()
	w.Must(w.Surveys.Open(t.Context(), w.Person(webtest.National), r.ID))
	return links(t, w)
}

var (
	personal = regexp.MustCompile(`/s/[0-9a-z]+-[0-9a-z]{26}`)
	toWhom   = regexp.MustCompile(`(?m)^To: <?([^>\r\n]+)`)
)

// links sends what waits and gives the newest personal link of each address.
func links(t *testing.T, w *webtest.World) map[string]string {
	t.Helper()
	_, err := w.Post.Once(t.Context())
	w.Must(err)
	files, err := filepath.Glob(filepath.Join(w.Letters, "*.eml"))
	w.Must(err)
	found := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		w.Must(err)
		text := strings.ReplaceAll(string(b), "=\r\n", "")
		to := toWhom.FindStringSubmatch(text)
		if link := personal.FindString(text); link != "" && to != nil {
			found[strings.TrimSpace(to[1])] = link
		}
	}
	return found
}

// full are answers to all that must be answered.
func full(kits float64) survey.Sent {
	yes := func(o ...string) survey.Answer { return survey.Answer{Options: o, State: 2} }
	n := func(x float64) survey.Answer { return survey.Answer{Number: &x, State: 2} }
	return survey.Sent{ID: uuid.New(), Done: true, Source: "letter of 3 March", Answers: map[string]survey.Answer{
		"provides": yes("yes"), "dispensed": n(kits), "purchased": n(kits + 40), "policy": yes("yes"), "gives": yes("drug_treatment", "pharmacy"), "recipients": yes("in_treatment", "family_friends"),
		"requires": yes("training"), "records_purchased": yes("yes"), "records_dispensed": yes("yes"), "monitors_expiry": yes("no"), "clients": n(500),
		"comments": {Text: "We would like help with pharmacies.", State: 2},
	}}
}
