// Package intake is the pages through which files go in and out.
//
// An administrator takes in files of every kind, a coordinator files of movements of their own authority. It is always
// two steps: a file is looked at first (preview.go), with the rows it has, what is new, and each cell that is wrong by row,
// column, value and reason; only then is it taken in, whole or not at all. Between the steps the file is kept for half an
// hour (waiting.go) for the session that sent it and nobody else, without a name in any folder, so that it is gone when the
// program ends however it ends.
//
// What it promises: the same file twice changes nothing; what is refused leaves nothing behind; what was taken in or out
// is in the audit log by kind and number of rows, never by content; what goes out (export.go) comes in again to an equal
// state.
//
// Start reading at routes.go, then kinds.go and preview.go.
package intake
