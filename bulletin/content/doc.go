// Package content is what a bulletin says, whole, as one value: chapters of words, tables and pictures, the figures they
// stand on, and what those figures count.
//
// Whoever composes a bulletin says everything here once. The page, the PDF, the spreadsheets, the CSV files and the JSON are
// written from it and compute nothing, so they cannot disagree. It is what is stored with a draft and with every edition, and
// what a second person signs.
//
// What it promises:
//
//   - No clock, no number of the database and no hidden value is in it. A cell that is hidden or not available has no number,
//     and Fault finds one that has; Shown writes the mark even so.
//   - One way to write a cell. Shown is what the page and the PDF have, Plain is the same number for files that machines read:
//     both rounded to the decimals of the column, and never to different ones.
//   - The same content encodes to the same bytes, and reads back equal.
//
// It is pure: no SQL, no HTTP. Start reading at Content, then block.go and cell.go; Document makes the page and the PDF,
// Encode and Decode what is stored. Package sheets writes the files.
package content
