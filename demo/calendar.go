package demo

import (
	"time"

	"everykit/civil"
)

// pattern is the days of the week on which a kind of outlet gives kits out.
type pattern uint8

const (
	weekdays  pattern = iota // Monday and Friday are the busiest: before and after a weekend
	shopDays                 // Monday to Saturday
	everyDay                 // evenings and weekends too
	postDays                 // when parcels are packed
	noPattern                // gives nothing out
)

// week is the weight of each day from Sunday; each row has the mean 1 over a week.
var week = [...][7]float64{
	weekdays:  {0, 1.6, 1.3, 1.25, 1.25, 1.6, 0},
	shopDays:  {0, 1.3, 1.15, 1.1, 1.15, 1.3, 1},
	everyDay:  {0.8, 0.9, 0.9, 1, 1, 1.3, 1.1},
	postDays:  {0, 2.1, 0.9, 1.7, 0.9, 1.4, 0},
	noPattern: {},
}

// season is the weight of each month from January: more before Christmas and at the end of August, when the day that
// remembers people who died of an overdose falls.
var season = [12]float64{0.96, 0.95, 1, 0.97, 0.98, 0.98, 1, 1.1, 1.04, 1, 1.02, 1.06}

// growthPerYear is how much more is given out each year than the year before.
const growthPerYear = 0.18

// weight is how busy a day is, 1 being an ordinary one at the start.
func (p pattern) weight(day, start civil.Date) float64 {
	t := day.Time()
	if p != everyDay && t.Month() == time.December && (t.Day() == 25 || t.Day() == 26) {
		return 0
	}
	return week[p][t.Weekday()] * season[t.Month()-1] * (1 + growthPerYear*float64(day-start)/365)
}
