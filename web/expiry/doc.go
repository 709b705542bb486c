// Package expiry is the pages of what runs out when: boards for an outlet, an authority and a nation; the page on which a
// proposal to move kits becomes a transfer; the lots that people should be offered a new kit for, with a poster; and the
// page on which whoever gets the daily e-mail ends it.
//
// What it promises. A board is read in one transaction, and its numbers are those of package expiry: nothing is counted
// here. Colour never says what words do not. A proposal is a transfer only after somebody has confirmed it on a page of its
// own; the same form twice is one transfer, and a proposal that no longer holds is refused with the reason and moves
// nothing. Offers between authorities are read and not confirmed here: the two agree first. What people carry is "at most",
// everywhere. The link in a daily e-mail changes nothing when it is opened, for programs that look through mail open it
// too; its button does, and so does the one request with which a mail program leaves a list (RFC 8058).
//
// Start reading at Routes, then board.go; lots.go is the list of lots, move.go the transfer, reissue.go what people carry.
package expiry
