// Package bulletin is a period's publication: figures are frozen, a bulletin is composed of them, people add words, somebody
// else signs, and it is published as bytes that never change again.
//
// Its folders do one part each: frozen reads the figures in one moment of the database and hides small numbers; compose
// writes chapters, tables and pictures from them; content is what they say, whole; sheets writes the spreadsheets and the
// other files. This room keeps editions, the order of deeds, the stored bytes, and who is told.
//
// # What it promises
//
//   - A draft stands on figures that are frozen: nothing typed later changes them until somebody freezes anew.
//   - Whoever made a draft, or changed anything in it, cannot sign it; nor can the command line. Every finding of the checks is
//     mended or waived with a reason before it is signed; one that may not be waived blocks.
//   - A change names the version it was made on. One made on an older version is a conflict and changes nothing.
//   - A published edition's files are stored once, addressed by what is in them, and are never written again. A mistake is put
//     right by a new edition, which says what changed and why; the older one stays at its own number.
//   - Small numbers are hidden with a view to all that is published of the nation. Where an edition of the same figures
//     comes out between the freezing and the publishing, the draft must be frozen anew first.
//   - Publishing is one transaction: bytes, state, letters and whatever OnPublished adds are all there or none. Several
//     servers may try at once: one publishes.
//   - Reading what is published touches neither the ledger nor, after the first time, anything but memory.
//   - E-mail addresses: those of early readers are erased when the edition is published or dropped; those of subscribers when
//     they leave, or after UnconfirmedDays without confirming. None is in a log, a history or an error. Of every link
//     only a hash is kept.
//
// # Where to start reading
//
// Edition in edition.go, then draft.go, sign.go and publish.go; composed.go for what is composed of what; published.go for
// what the site shows; subscribe.go for letters.
package bulletin
