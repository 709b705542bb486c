package find

import "everykit/web/desk"

// Reads is how often a site has read the ledger.
func Reads(app *desk.App) int64 { return memoryOf(app).reads.Load() }
