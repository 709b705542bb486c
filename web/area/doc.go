// Package area is the pages of an authority: what was bought and given out, what is on the shelves and with people, how
// far that goes, what is about to expire, and the same for each of its outlets and each month.
//
// What it promises. The page is one look: figures first, then what needs somebody, then each outlet, then charts, each
// with a table of the same numbers under it. A number that is not known is a few words and never 0; an outlet that has
// been silent is said to be silent. Each table is also a file with the same rows.
//
// An analyst sees the authority's figures and each outlet's totals of kits, and nothing finer: no outlet's page, no
// reasons and no counts of people turned away at one outlet, where so small a number could tell on a person.
//
// Start reading at show in show.go; outlets.go, months.go and charts.go make its parts.
package area
