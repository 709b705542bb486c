// Package cli is the command line: one file a command, and the few things they share.
//
// It is the room above all others. It reads flags and settings, opens the database, builds the rooms on it and joins
// them; what a command does is done by the rooms.
//
// What it promises:
//
//   - Exit code 0 means done, 1 failed, 2 wrong usage: for scripts.
//   - Errors go to stderr: one line says what, one what to do. Rows go to stdout (or --out), and nothing else does.
//   - Flags may stand before or after arguments. A setting comes from its flag, else from the environment, else from
//     its default; "everykit config" shows which.
//   - A command that only reads never makes a database, and one that fails leaves no half-written file.
//   - The columns that rows are printed under are a promise to whoever reads them by program.
//
// Start reading at Run, then commands; database.go opens what a command works on.
package cli
