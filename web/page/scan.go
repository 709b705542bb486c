package page

// Scan is the box into which a code is scanned, typed or photographed, over the form that the code fills in. Its template
// "scan" stands inside that form, before all other buttons: without scripts the first button of a form is the one that
// Enter presses, and a scanner ends what it types with Enter. So a scan never saves anything.
//
// Said, Asks and Links are what the last code said, where the form comes back from the server with it; with scripts they
// come by themselves.
type Scan struct {
	To     string // where the script asks what a code says
	Fields string // names of the fields that the answer depends on, with spaces between
	Said   []string
	Asks   []ScanAsk
	Links  []Link
}

// ScanAsk is a question that a scan leaves open: what stands in a field and what the code says, and the button that takes
// what the code says.
type ScanAsk struct {
	Text  string // the question
	Press string // on the button
	Value string // of the button, by which the server knows what to do with the same code
}
