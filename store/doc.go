// Package store opens the database and runs transactions on it: SQLite inside the program by default, PostgreSQL for
// a nation. The other rooms write one text of SQL, with ? for each value, and never learn which engine runs it.
//
// What it promises:
//
//   - Read gives one consistent snapshot and cannot write.
//   - Write is durable when it returns nil (SQLite runs with synchronous=FULL) and leaves nothing behind when it does
//     not. On SQLite, writes that wait at the same moment share one commit, each in a savepoint of its own, so that
//     one refusal does not touch its neighbours and one fsync serves many.
//   - Bulk is a Write that has the writer to itself: for files of any size.
//   - Time comes from one clock, given to Open, so that a test can move it.
//   - Errors of the engine that a person can do something about (disk full, read-only, busy, server away) come out as
//     fault.Unavailable; the rest as they are.
//
// A function given to Write may be run again (after a deadlock on PostgreSQL, or when the commit it shared failed): it
// must set its results afresh each time and touch nothing but its Tx.
//
// Schemas belong to the rooms: each exports its steps, and Migrate applies those not yet applied. Start reading at
// Open, then Tx.
package store
