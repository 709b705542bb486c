// Package paper is what an outlet prints, and what it types in from paper: the day sheet, the stock card, the count.
//
// Paper is what works without signal, without a charger and with gloves on. The day sheet (dayprint.go) prints blank with
// the lots of the shelf, each under a letter that it keeps as long as it is there. Afterwards its rows are typed in on one
// page (daysheet.go) in the order of the paper, and recorded all together or not at all. The stock card (card.go) is what
// an inspector asks for: opening balance, every line, who, when it happened and when it was entered. A count (count.go) is
// two steps on two pages: somebody counts without seeing what the books say, somebody else sees both and signs.
//
// What it promises: no name is asked for anywhere; a row left empty is nothing, not nought; what was typed is never lost to
// a mistake elsewhere on the page; the same sheet sent twice is one sheet; each table is also a file.
//
// Start reading at routes.go, then daysheet.go and sheetrow.go.
package paper
