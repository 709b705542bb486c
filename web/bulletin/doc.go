// Package bulletin is the pages of the quarterly bulletin and of what is made the same way: for everybody, who reads what is
// published, takes its files and asks for an e-mail about the next; for those with early access, by a link of their own; and
// for staff, who begin a bulletin, write its words, look at its checks, sign and publish it.
//
// What it promises. A public page and a public file are the same bytes for everybody: no cookie is read. Once made they are
// kept in memory, packed, and sent without asking the database, the registry or the templates (memory.go); what has been
// published since shows at once where this process published it, and within seconds where another did. The address of a bulletin is its newest
// edition, and says so on each older one; an edition keeps its own address and its bytes for ever. What is not published is
// not there for the public, whatever its number.
//
// A link in a letter changes nothing when it is opened, for programs that look through mail open links too: a button does.
// Whoever leaves their address reads the same words whether it was known or not.
//
// Staff work on one page with seven steps (workbench.go). Nothing typed is lost: what is refused, also because somebody else
// has changed the bulletin meanwhile, comes back with the reason beside it and what is stored now. A bulletin is not signed by
// who wrote it. Whether something may be done is decided in room bulletin and in package staff, not here.
//
// Start reading at Routes in routes.go; then show.go and memory.go for the public side, workbench.go and deeds.go for staff.
package bulletin
