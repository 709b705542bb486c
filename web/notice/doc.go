// Package notice is the pages of notices: the list, the form in which one is written, what publication will do and the
// button that does it, what became of it everywhere, and the page of one outlet, where it is answered.
//
// What it promises. A notice is a draft until somebody who may write notices has seen, on a page of its own, what
// publication will do: which kits it touches at which outlets, who is told and who cannot be. The page of an outlet says
// what to do in a few short sentences, shows the kits that are here now, and takes the answer; blank is "not counted" there
// and nought is nought. Whoever looks at the answers sees those of their own authority or nation one by one; all others are
// one row, "elsewhere", so that the table of effects still adds up. A personal link opens one page without an account,
// without a cookie and without anything to load from elsewhere; its token is in no log.
//
// What kits must obey is the ledger's, who was told and what they said is room notice's. Nothing is decided here.
//
// Start reading at Routes in routes.go, then show.go for the page of a notice and outlet.go for that of an outlet.
package notice
