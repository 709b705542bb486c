// Package sheets writes a bulletin's tables as files: a workbook (XLSX and ODS), CSV in a zip, and JSON.
//
// The workbooks are laid out as the Analysis Function asks for statistics in spreadsheets: a cover, a list of contents with
// links, a sheet of notes, then one table a sheet, at the left-hand edge, with one real header row, marked as a table. There are no
// merged cells, no blank rows or columns, no filters, no frozen panes, no colours, and nothing below a table. A title is a
// heading by its cell style; letters are Arial of 12 points or more.
//
// What it promises:
//
//   - Every file says what the page says. A number is rounded to the decimals that are shown, so that no file gives away
//     more than the page, and it stays a number: marks behind it ("[p]", "[r]") stand in a column of their own at the right, which
//     says whose they are. A mark in place of a number ("[c]", "[x]") is in the cell itself.
//   - Text that a spreadsheet could run as a formula has an apostrophe before it, as table.Guard has it, in all of them.
//   - The same content gives the same bytes: there is no clock and no name of a person in a file.
//   - A content that content.Fault finds fault with is not written.
//
// In tables.zip a table is key.csv with a header of column keys; a column in which marks stand behind numbers has another
// behind it, key_marks. A number has no commas. datapackage.json describes all of it (Frictionless Data Package 1.0), and
// notes.csv has the notes.
//
// Start reading at workbook.go, which makes a book of the content; xlsx.go and ods.go write a book, zip.go and json.go stand alone.
package sheets
