// Package figures is what the pages of an authority and of a nation share: a table that is also a file, the choice of a
// period, a figure as a card, and the states of figures as drawings know them.
//
// What it promises: a table on a page and the file that can be downloaded under it are written from the same rows, so
// they cannot disagree; and a figure without a number is words everywhere, never 0.
//
// Start reading at Grid.
package figures
