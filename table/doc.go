// Package table is how rows come in and go out: CSV and XLSX files of a known kind.
//
// A Kind names its columns. Open and NewReader find out by its content what a file is (comma, semicolon or tab; with
// or without byte order mark; UTF-8 or the UTF-16 that spreadsheets call "Unicode text"; XLSX), match its headers to
// the columns in any order and spelling, and give one Row after another in the order of the kind. A file of any
// length passes in constant memory.
//
// What is promised:
//   - a header nobody knows, a needed header that is missing or the same header twice is one clear error before the
//     first row, so a file of the wrong kind never gets further;
//   - a cell that cannot be read (bytes that are not UTF-8, a stray quote, a cell under no header, a formula without a
//     result) is never guessed at: it is a Fault with row, column, value and reason, the row is passed over, and
//     reading goes on so that one pass finds them all;
//   - what a Writer writes, a Reader reads back equal, as long as the text has no white space round it. Cells that a
//     spreadsheet would take for a formula are guarded on the way out and freed on the way in (see Guard);
//   - a file made to hurt (a small archive that unpacks to gigabytes, a line without end) is refused with a message
//     that says so.
//
// The package is a leaf: it knows no SQL, no HTTP, no dates beyond their shape in a spreadsheet, and nothing of kits.
//
// Start reading at Kind, then Reader; csv.go and sheet.go hold the two formats.
package table
