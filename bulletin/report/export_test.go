package report

// EntriesSQL is for a test of how it is read.
const EntriesSQL = entriesSQL
