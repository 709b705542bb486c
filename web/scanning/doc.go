// Package scanning is what becomes of a code that somebody scans into a form.
//
// The box is the template "scan" of package page. A scanner types into it, a phone's camera reads for it, or a photo is
// sent; what comes of it is always a text, which gs1 reads. A form that has the box reads itself with Read, and asks
// Sent.Pressed whether it was sent to be filled in, which saves nothing, or to be saved. What a code does to a form is a
// Rule: Blanks fills in product, lot and expiry; a page with other fields brings its own, as giving out does.
//
// What it promises:
//
//   - A scan fills in what is empty. A field that says something else is never changed: the Answer asks, with both values
//     and a button.
//   - A code that can be read in two ways is asked about too, never guessed.
//   - An expiry on a pack that differs from the recorded one is said, and changes nothing.
//   - A photo is read in memory and not kept. Few are looked at at a time, so that they do not stand in the way of others.
//   - The form works without scripts: it comes back filled in. With scripts the same Rule is asked by Reply.
//
// A code that no product has can be linked to one by an administrator (link.go).
//
// Start reading at Rule and Answer.
package scanning
