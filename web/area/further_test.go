package area

import (
	"strings"
	"testing"

	"everykit/staff"
)

// TestHowFarKitsGo looks for the further figures with their parts, intervals and sources.
func TestHowFarKitsGo(t *testing.T) {
	w := authority(t)
	site := w.Site(staff.Coordinator, barking, Routes)
	text := readable(must(t, w, site+own+"?period=2025-26"))
	holds(t, "the page", text, "Reach, 2025/26", "12 first supplies, 1,210 people", "Live coverage, today", "if a kit lasts 15.5 months on average", "Kits per death, 2025/26",
		"14 deaths", "95 per cent limits from the number of deaths (Byar’s approximation).", "Coverage of people in treatment", "640 people",
		"Repeat supplies", "24 of 60 supplies", "28.6 to 52.6", "95 per cent limits of a proportion (Wilson).", "Of 12 of 60 supplies it was not recorded",
		"12 of 24 repeats", "Public outlets", "4 outlets, 1,210 people", "Outlets with requirements", "1 of 3 outlets", "Of 1 more it is not known what they ask for",
		"From the interval that was published with the estimate.", "people who use opiates", "made up for a test")
	holds(t, "the page", text, "First and repeat supplies, 2025/26", "Used on the person", "Family or friend", "Not recorded", "At each outlet", "Being in treatment, Training first", "Nothing: confirmed")
	if strings.Contains(text, "The authorities before this one") {
		t.Error("an authority that took no other's place shows some")
	}
	// A year in which the ledger had not begun: words, never 0.
	early := readable(must(t, w, site+own+"?period=2023-24"))
	holds(t, "the page of a year before", early, "Reach, 2023/24 not asked", "Nothing was given out in this period")
	records := file(t, w, site+own+"/requirements-by-outlet.csv")
	if len(records) != 8 || records[1][4] != "assessment" {
		t.Errorf("%v", records)
	}
}

// TestAuthorityThatTookThePlaceOfAnother shows what was there before, each for the years in which it stood.
func TestAuthorityThatTookThePlaceOfAnother(t *testing.T) {
	w := authority(t)
	w.Take("returns", "area,period,measure,value,source\nE10000006,2021/22,dispensed,41,letter\nE06000063,2023/24,dispensed,52,letter\n")
	site := w.Site(staff.National, england, Routes)
	text := readable(must(t, w, site+"/areas/E06000063"))
	holds(t, "the page of Cumberland", text, "The authorities before this one", "Cumbria until 31 March 2023", "since 1 April 2023", "41", "52", "no longer", "not yet", "The lines are not added up")
	records := file(t, w, site+"/areas/E06000063/before.csv")
	if records[0][3] != "2021/22" || records[1][0] != "E06000063" || records[1][3] != "" || records[1][5] != "52" || records[2][0] != "E10000006" || records[2][3] != "41" || records[2][5] != "" {
		t.Errorf("%v", records)
	}
	text = readable(must(t, w, site+"/areas/E10000006"))
	holds(t, "the page of Cumbria", text, "This authority ended on 31 March 2023.", "Cumberland", "Westmorland and Furness")
}
