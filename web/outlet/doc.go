// Package outlet is the pages of one outlet: its shelf, and the forms on which a worker says what happened to kits.
//
// The shelf (shelf.go) shows what is there by lot, what is about to expire, what is on its way, and what can be done,
// with "Give out" first. Each thing that can be done is a deed (deed.go): a form, and what is made of its answers. A
// deed's file has the name of its address, and its template lies beside it.
//
// What it promises:
//
//   - Quantity comes first, the lot is proposed, today is filled in, and Enter saves: a kit at the counter takes one key.
//     A scanner presses Enter too: what it ends is a scan, which fills in the form and saves nothing (scan.go, and package
//     scanning). Without scripts nobody can tell the two apart, and then Enter never saves on a form with a scan field.
//   - Nothing about a person is ever needed. What may be told about one lies behind a fold that is closed.
//   - A form carries the id of the entry it makes. Sent twice it is one entry, and a refused one comes back with
//     everything typed, the reason beside the field, and the same id.
//   - After saving the browser is at the entry's own page (entry.go), where it can be reversed. Nothing typed is ever in
//     an address.
//   - Lots that must not be given out are shown with the reason, not hidden.
//
// Start reading at routes.go, then deed.go and giveout.go.
package outlet
