// Package document is a report as a value, and the writers that turn it into a page, a file or a PDF.
//
// A Document is chapters of blocks: paragraphs, points, tables, pictures, somebody's commentary. Whoever composes one says
// everything in it once; the writers compute nothing and choose nothing, so that the page, the file and the PDF say the
// same words and figures.
//
// What it promises:
//
//   - All text is escaped. The only markup taken as it is comes from package draw, which escapes what it is given; the
//     commentary that people write in Markdown is reduced to a safe few elements, without pictures and without raw HTML.
//   - A table has a caption, real heads, and a head for each row; a picture has a title, its words and its source. Nothing
//     hangs on seeing it: the text alternative is written out where the reader has no other way to it.
//   - Nothing is loaded from elsewhere: a whole page (Page) carries its few rules with it and uses the system's fonts.
//   - A PDF from Chromium is tagged, has bookmarks and a language. Without Chromium, or where it fails or hangs, a writer of
//     our own makes a plain PDF with the same text and figures, in which a picture is its title, its words and the table
//     under it. The same document gives the same bytes from that writer.
//   - Chromium runs one at a time, under a time limit, in a folder of its own that is removed with all that it left.
//
// It is a leaf: no SQL, no HTTP, and it knows nothing of kits. Start reading at Document, then block.go; Body and Page are
// the markup, Printer the PDF.
package document
