// Package data is the pages of open data: what there is, what each table says and means, and the files themselves.
//
// What it promises. Anybody may read them; no cookie is read or set, and nothing is asked. An address stays what it is. A file is the
// bytes that room opendata made, with a strong ETag, so that a program that has it already is told so, and may be fetched by
// a page of another site. A page never reads the ledger.
//
// Start reading at Routes, then file.go for files and show.go for pages.
package data
