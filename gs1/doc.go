// Package gs1 reads and writes what stands in the codes on packs: which product it is, which lot, and until when it may be
// used. It takes whatever a scanner, a telephone or a person hands over: a GS1 element string (with the separators in any
// of the shapes scanners give them, or without), the bracketed form that is printed under a code, a GS1 Digital Link web
// address, and the plain number under the bars (EAN-8, UPC-A, EAN-13, GTIN-14).
//
// What it promises.
//
//   - Never a guess. What can be read in one way is read; what can be read in two ways is a Question with every reading,
//     for a person to choose; what cannot be read is a fault that says what is wrong, where, and what to do.
//   - Check digits are verified, dates are days of the calendar, and lots and serial numbers keep their case and noughts.
//   - A date printed without a day stays a month (its last day counts), as civil.Expiry has it.
//   - A scan fills empty fields and never wipes or overwrites a full one: see Fill.
//   - What is written is read back the same (Elements, Bracketed, Link).
//
// An element string is a run of elements, each an application identifier of two to four digits and its value: 01 is the
// product, 10 the lot, 17 the expiry. Some values have a length that the first two digits of the identifier fix; the
// others run to a separator, FNC1 in the code and byte 29 (GS) when a scanner sends it. Some scanners, above all those that
// work as a keyboard, lose that byte. Then a lot may run into what follows it: 10ABC21123 is the lot ABC21123, or the lot ABC
// and the serial number 123. Where at least one separator arrived, the scanner does not lose them and the text has one
// meaning. Where none did, dropped.go looks for every way to read it.
//
// It is a leaf: no SQL, no HTTP, and no clock. Years have two digits in codes, so readers pass today's date.
//
// Start reading at Parse in parse.go, then element.go and dropped.go.
package gs1
