// Package request is the pages of kits that people ask for: the six short pages on which they ask, the one on which they look up
// how far it is, and the pages of those who approve, pick and send.
//
// What it promises. Whoever asks gives no reason and sets no cookie. What they typed is carried from page to page in hidden fields of
// one form that is always sent with POST to one address: nothing of it is in an address, a title, a log line or a referrer. Back is a button
// that sends the form too, so that nothing typed is lost. The number of the request and the token of its form are made with the first
// page: sent twice, reloaded or pressed again, it is one request and has one reference, which is in no address either. Every answer is
// looked at again when the form is sent at last, and the page with the first mistake comes back with what was typed.
//
// Where an authority offers nothing, and for somebody too young for a kit, the pages say so at once, count it (package request) and show the
// nearest places.
//
// Names and addresses are shown to staff on the page of one request and on its label alone. Those who coordinate an authority reach its
// requests under the authority; those who work at the outlet that sends, or at which kits are collected, under the outlet, because staff are
// given rights at places and the worker's place is the outlet. Both lead to the same handlers, and the room asks again who may do what.
//
// Start reading at Routes, then walk.go for the six pages, office.go and one.go for the pages of staff.
package request
