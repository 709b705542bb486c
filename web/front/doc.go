// Package front is the front door of the site, the state of provision in a table, and what search engines read: /sitemap.xml and
// /robots.txt.
//
// What it promises. Each page is the same bytes for everybody: no cookie is read or set. Numbers come from a Reading of the rooms
// below that is made at most once in a quarter of an hour, by one request, while all others are given what there is; so a crowd
// never touches the ledger. What the library, the bulletins and the clinicians' texts say is read when a page is made again, which
// is at once when the library or the bulletins change, and otherwise once a minute. The same data make the same bytes, and so the
// same ETag. If nothing can be read, the last page goes on being served.
//
// A number that is not known says so and is never nought. The map is English, and marked so on pages in other languages; every
// area of it stands with its number or its state in the table at /state. What to do at an overdose is kept in package notice with
// who approved it.
//
// Start reading at Routes, then answer in keep.go, reading.go for the numbers, show.go for the front page.
package front
