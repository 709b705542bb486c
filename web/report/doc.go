// Package report is the pages on which people read what their own data showed: an outlet's, for who may see the outlet, and an
// authority's, for who may see that. Package bulletin/report writes them; this folder puts them in the frame of the site, lets
// a reader choose the period, and prints.
//
// What it promises: a page is the same content as its PDF, works without script, and is kept by nobody on the way: its numbers
// are for staff. A period is in the address, as letters link to it.
//
// Start reading at Routes, then show.
package report
