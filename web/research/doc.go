// Package research is the pages of the research library, of the report that this all began with, and of what helps after an
// overdose: for everybody, who reads, searches, takes references away and suggests what is missing; and for the national team, who
// keep the shelf.
//
// What it promises. A public page reads no cookie and sets none, and is the same bytes for everybody. What does not depend on a
// question is made once for each version of the shelf, kept packed (memory.go) and sent without asking templates or the registry.
// Nothing that a stranger typed is on a public page, in a feed or in a file before somebody has accepted it; and it is in no address.
// A suggestion that is refused comes back with all that was typed. Reference programs read each item from its page (meta.go).
//
// What is kept about an item is English data and says so to screen readers on pages in other languages; the words around it are
// messages. The six recommendations stand in the report's own words (recommendations.go) beside plain ones.
//
// Staff deeds are those of room library, which decides who may do them; a form that is refused, also because somebody else has
// changed the item, comes back with what was typed.
//
// Start reading at Routes in routes.go; then list.go, item.go and suggest.go for the public side, desk.go for staff.
package research
