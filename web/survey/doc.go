// Package survey is the pages of survey rounds: for staff, who write a round, send it and follow what comes back; for
// whoever answers, by a personal link and without an account; and for everybody, who can read the findings.
//
// What it promises. Nothing is sent before somebody has seen, on a page of its own, how many letters go out, by when an
// answer is due and by which law, and who cannot be written to. The form behind a link works on a phone and without
// scripts: every question is there, one that is not for everybody says for whom it is, and each takes "we do not know",
// "we do not hold this" and "we would rather not say" beside an answer, for none of them is nought. A part can be saved
// and come back to; the same form sent twice is one; what was typed comes back with what is wrong with it. It says before
// anything is typed what will be public. No name of a person is asked for anywhere. After closing, the link still shows
// what was answered.
//
// An address that names a round names its nation too, and a round of another nation is not there. Findings are for the
// nation's own staff until they are published; then they are at an address that anybody may open, and the bytes of the PDF
// are kept, so that many readers cost one print.
//
// What a round is, its clock and its checks are room survey's; what the findings say is package findings'. Nothing is
// decided here.
//
// Start reading at Routes in routes.go, then link.go for the form behind a link, form.go for how its questions are drawn
// and read, and progress.go for what the nation sees.
package survey
