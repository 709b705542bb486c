// Package language is the words of the public pages, in English and in any other language that an operator brings.
//
// What lives here. A message is a sentence or a few words under a key that says where they stand: "check.lot-hint" is the
// hint at the lot number of the page /check. English is built in: en/check.json holds all keys that begin with "check.",
// en/check.html.json those of them that hold markup. Words are the messages of one language, and its ways with dates and
// numbers. Other languages are read by Load from folders like en.
//
// What it promises. English is complete: a test of package web fails on a key that a page uses and English lacks, and on one
// that no page uses. Where another language lacks a key, English is shown. What could break a page is refused when a language
// is loaded, with the file and the key: a key that English does not have, a place ("{kits}") that is missing or unknown, plural
// forms that are not those of the language, markup other than that of the English message. Values are escaped in messages with
// markup. A language has addresses of its own (/cy/find for /find); English has none before its addresses. There is no cookie,
// and nobody is sent to a language that they did not choose. Nil *Words are English.
//
// # Words of a page
//
// Write them into en/find.json, as they are to be read; names in braces are places:
//
//	{
//	  "find.title": "Find a kit near you",
//	  "find.found": {"one": "{count} place within {miles} miles", "other": "{count} places within {miles} miles"}
//	}
//
// and into en/find.html.json those with markup (a, strong, em, code, abbr, br, span). An address of this site stands there
// plain; it is given the language's own, and the class that links have:
//
//	{
//	  "find.none": "There is none here. <a href=\"/request\">Ask for one by post</a>, or phone {name}."
//	}
//
// A handler begins its page with v.View(v.T("find.title")). In a template "$" is the View, which has the words:
//
//	{{$.T "find.found" "count" (len .Body.Places) "miles" 5}}
//	{{$.HTML "find.none" "name" .Name}}
//	<form method="post" action="{{$.Link "/find"}}">
//	{{template "text" ($.Field "place" ($.T "find.place") | hint ($.T "find.place-hint"))}}
//	{{template "button" (button ($.T "find.button"))}}
//
// Go code of a handler has v.T, v.HTML, v.Link and v.Words. Every link between public pages goes through Link; Visit.Go does it by
// itself. An integer, a civil.Date and a civil.Expiry are written as the language writes them; "count" chooses the plural form,
// and "{count}" shows it. A key is written out whole wherever it is used, or as a prefix and a value ("find.open." + state), so that
// the tests find it.
//
// Pieces with words of their own take those of the page by "in": {{template "figures" (.Body.Figures | in $.Words)}}.
//
// What comes from a room below (the message of a fault) is English there. Faults that the public meets have a message in
// en/faults.json with the same words, and Fault finds its other languages by them.
//
// What is data stays as it is: names of products, places, people, the titles of what is in the library. A longer piece of a page that
// is in English alone stands within lang="en-GB", so that a screen reader reads it right; that is also how a test knows it.
// The page's main part has that attribute by itself if its template uses no message.
//
// # Another language
//
// A folder, named as one likes, with language.json and files as in en:
//
//	{"tag": "cy", "name": "Cymraeg", "direction": "ltr"}
//
// "everykit serve --languages DIR" loads every folder in DIR. The months of dates are messages too (dates.json), and the marks
// within numbers (numbers.json). Texts that a clinician approved (package notice) are not here: they are approved in the language
// they are written in.
//
// Start reading at Words, then load.go for what is refused, and pseudo.go for the made-up language of tests.
package language
