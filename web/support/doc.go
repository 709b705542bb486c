// Package support is the pages of help with gaps: what an authority asks and has been answered, what the national team has
// before it, one action with its history and the ways to answer it, spare kits of another authority, and the guidance that
// stands beside the gaps it helps with.
//
// What it promises. Open asks come first, and the one that has waited longest is the first of them. An action belongs to
// one authority: its address names both, and an action of another authority is not there, whoever asks. What is answered
// with spare kits becomes a transfer of the ledger, once, however often its form is sent. A guidance page is read by
// anybody where it is marked public, and by the staff of its nation where it is not; to everybody else it is not there. Its
// text is Markdown, made safe by package document. Analysts read what is asked and not who asked it.
//
// Start reading at Routes; nation.go and area.go are the lists, action.go one action, answer.go what is done with it,
// spare.go and give.go the kits of others, guide.go and write.go the guidance.
package support
