// Package signin is the pages round a person's account: signing in and out, their own password, PIN and sessions, the
// outlets they may open, the counter device an outlet shares, and the accounts of others for whoever looks after them.
//
// What it promises. A wrong password, an unknown address and a closed account read the same. Nothing personal is in an
// address: names and e-mail addresses travel in the bodies of forms. Signing out at a counter device ends only the
// person's turn there; the device stays the outlet's until somebody stops it on purpose. After signing in a person goes
// on to the page they asked for, if it is one of this site, and else to where their work begins.
//
// Who may do what is decided by staff. The addresses of accounts name no place, so their handlers ask staff themselves,
// for each account, on each request.
//
// Start reading at Routes, then signIn, then counter.
package signin
