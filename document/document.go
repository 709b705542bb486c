package document

import "everykit/civil"

// Document is a report: chapters of blocks.
type Document struct {
	Title, Subtitle string
	Language        string     // en-GB, which is also what empty means
	Meta            []Pair     // period, made on, source ...: under the title
	Made            civil.Date // the day that a PDF gives as its own; 0: 1 January 1970, so that no clock is in the bytes
	Banner          string     // at the head of every page of paper, such as that it is a draft; empty: nothing
	Chapters        []Chapter
}

// Pair is a name and a value.
type Pair struct{ Name, Value string }

// Chapter is a heading with what stands under it. Key is its fragment in the page.
type Chapter struct {
	Key, Title string
	Blocks     []Block
}

// language is the document's, British English if none is named.
func (d *Document) language() string {
	if d.Language == "" {
		return "en-GB"
	}
	return d.Language
}
