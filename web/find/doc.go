// Package find is where people look for a kit near by: from a postcode, the name of a place, or where they are. Beside it stand
// the page of one outlet, the form by which anybody says that something on it is wrong, and the page on which the authority
// reads that and confirms its outlets.
//
// # What it promises
//
//   - Where somebody is stays with them. A postcode, a place or a pair of coordinates comes in the body of a POST, which is
//     answered at once: it is in no address, no log, no cookie and no header, and is kept nowhere. Coordinates are rounded to
//     three decimals, about 100 metres, before anything is done with them, and the page that shows more of a list carries them
//     in its form. The browser is asked where it is only when the button is pressed.
//   - Only outlets that say they are public, have not closed and give kits to people.
//   - What is not known is said to be so, and is never a yes: a filter leaves out what nobody has told.
//   - "Has kits" is said of stock that can be given out today. Otherwise it is "phone first", whether there are none or nobody
//     knows. How many there are cannot be read from a page, nor its size: one kit and a thousand make the same bytes.
//   - However many people look, the ledger is read once a minute (memory.go).
//   - What to do when somebody does not respond stands at the top of every page.
//
// # Where to start reading
//
// Routes in routes.go; asked.go for what is asked and what it means, list.go for the answer, card.go for the words of one
// outlet, times.go for when it is open.
package find
