// Package library is the research shelf: studies, reviews, reports and essays about take-home naloxone, each with who
// wrote it, where it stands, what it found in plain words, and which of the six recommendations it bears on.
//
// An Item is one of them. Nothing but the deed of somebody who keeps the shelf makes one public: what a stranger brings is
// proposed until somebody accepts it, and so is what a file or a look-up brings if whoever brings it says no more. An item keeps its key, which stands in addresses, for good; one that is joined with
// another leaves its key behind, pointing there. What is not known is blank and stays so: a summary or a finding says
// only what somebody has read.
//
// Files come in as RIS, BibTeX, PubMed XML, CSL-JSON or our own CSV, seen by what is in them and not by their name (Read),
// and go out as any of these (Write): what is written and read again is equal, every field of it. The readers know no
// database. They take what real programs write, with its slips; an entry that cannot be read is refused alone, with its
// line and the reason, and what an entry says that has no place here is kept aside in the Report for whoever brings the
// file. A file made to hurt is refused in time that grows with its length and no faster.
//
// Of two records of one work (the same DOI, else the same PMID, else the same title and year) one is kept: what stands
// wins, and the other fills what is blank.
//
// Search is the same on both engines: words are folded here (case, accents, plurals), FTS5 or a tsvector finds and ranks
// them, and the snippets are cut here.
//
// Strangers suggest research with Suggest. What they typed waits in a queue that only staff see; an e-mail address, if
// they left one, lies apart and is erased with the decision, or after ContactFor. No address of a sender is stored.
//
// What is made of the public shelf can be kept under Version, which is another whenever it changes. LookUp asks whoever FindWith has named
// about a DOI or a PubMed number; without that nobody is asked.
//
// Start reading at Item, then read.go for files, room.go for the deeds, suggest.go for the queue.
package library
