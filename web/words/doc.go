// Package words is the pages made mostly of words: how figures are counted, accessibility, privacy and cookies.
//
// What it promises. Anybody may read them, signed in or not, and they belong to nobody: no cookie is set. They are written
// for a reading age of 9 to 11, but for the definitions, which say exactly what package measure counts because they are
// its own words. Every figure elsewhere leads to its entry on the page of definitions by the measure's key. What is not
// done yet is said, and nothing is linked that is not there.
//
// Start reading at Routes.
package words
