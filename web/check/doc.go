// Package check is what the public can do with a kit in the hand: ask whether it is still good, leave an address for one
// reminder, save the dates in a calendar. Beside it stands the page on which it is written down who approved the words.
//
// What it promises. Nothing that is asked here is stored, and no cookie is read or set: package web takes cookies away
// before these addresses see them. The form is sent with POST and answered at once, so that nothing typed is in an address
// or a history; an address with a lot in it comes from the card that is given with a kit, or from its code. Every answer
// ends with what to do if somebody is overdosing now. A lot that nobody knows is never called good. What people are told to
// do comes from the texts of package notice, with their versions, and the page says who approved them.
//
// An e-mail address is taken on one page alone, and handed to package reminder.
//
// Start reading at Routes, then kit.go for what is asked, and answer.go for what is said.
package check
