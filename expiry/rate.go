package expiry

import "everykit/civil"

// wholeMonths is how many whole months before the running one a rate is taken from: long enough for an outlet that gives
// out a few kits a month, short enough to follow a change.
const wholeMonths = 3

// Window is the days that a rate of supply is taken from: the three whole months before this one, and this one until
// today; 90 to 123 days.
type Window struct{ From, To civil.Date }

// windowOn is the window as of a day.
func windowOn(today civil.Date) Window {
	return Window{(today.Month() - wholeMonths).First(), today}
}

// months are the months that the window touches.
func (w Window) months() []any {
	var list []any
	for m := w.From.Month(); m <= w.To.Month(); m++ {
		list = append(list, int(m))
	}
	return list
}

// since is the window of an outlet whose ledger began in a month.
func (w Window) since(began civil.Month) Window {
	return Window{max(w.From, min(began.First(), w.To)), w.To}
}

// days is how many days it has, both ends included.
func (w Window) days() int { return int(w.To-w.From) + 1 }

// Rate is kits in so many days. The nought Rate is none at all.
type Rate struct{ Kits, Days int }

// by is how many kits go in the first days after today at this rate, whole ones only.
func (r Rate) by(days int) int {
	if r.Kits <= 0 || r.Days <= 0 || days <= 0 {
		return 0
	}
	return r.Kits * days / r.Days
}

// PerMonth is the kits in 30 days, rounded.
func (r Rate) PerMonth() int {
	if r.Kits <= 0 || r.Days <= 0 {
		return 0
	}
	return (r.Kits*30*2 + r.Days) / (2 * r.Days)
}

// Words is how a page writes it.
func (r Rate) Words() string {
	n := r.PerMonth()
	switch {
	case r.Kits <= 0 || r.Days <= 0:
		return "none"
	case n == 0:
		return "fewer than 1 a month"
	}
	return "about " + number(n) + " a month"
}

// RateDefinition says what the rate of supply is, for pages that show what follows from it.
const RateDefinition = "The rate is the kits of the product that the outlet gave out in the three whole months before this one and in this one " +
	"until today, divided by the days of that time. Entries that were reversed do not count. Kits that expired, were lost, destroyed or sent on were " +
	"not given out and do not count. For an outlet whose records began later the time begins with the month of its first entry. A store gives " +
	"nothing out itself: for a store it is the kits it sent to outlets. An outlet that was out of stock would have given out more than its rate says."

// UnusedDefinition says what will expire unused.
const UnusedDefinition = "Kits on the shelf that would still be there when they are too short-dated to give out, if the outlet goes on at its rate " +
	"and always gives out first what expires first. A kit can be given out until it has fewer days left than the authority's minimum. Kits that " +
	"are set aside, that have expired already, or whose date is not known are not in it. What is on its way to the outlet is not in it."
