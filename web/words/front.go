package words

import (
	"everykit/web/desk"
	"everykit/web/page"
)

// advice is a few steps with the version of their wording and who stands behind it.
type advice struct {
	Version  string
	Approved string // by whom and when; empty until a clinician has
	Steps    []string
}

// firstAid is what to do at an overdose, as short as it can be. Its wording is clinical: a change takes a new version,
// and Approved stays empty until a clinician has read that version.
var firstAid = advice{
	Version: "overdose/1",
	Steps: []string{
		"Call 999. Say that the person is not responding.",
		"If there is a naloxone kit, give it as its leaflet shows.",
		"Do what the 999 operator tells you.",
		"Stay until the ambulance comes, also if the person wakes up. Naloxone wears off.",
	},
}

// frontPage is the front door.
type frontPage struct {
	Advice advice
	Home   page.Link // for somebody who is signed in
}

func front(v *desk.Visit) error {
	b := frontPage{Advice: firstAid}
	if v.Who.SignedIn() {
		b.Home = page.Link{Text: "Go to your start page", Href: desk.Home(v.Snap, v.Who)}
	}
	pv := v.View("Naloxone kits, every one of them counted")
	pv.Body = b
	return show(v, "front", pv)
}
