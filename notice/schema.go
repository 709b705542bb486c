package notice

import (
	_ "embed"

	"everykit/store"
)

//go:embed schema.sql
var schema1 string

// Schema is the tables of notices, for store.Migrate. Those of the texts for the public are WordingSchema.
var Schema = []store.Step{{Name: "notice/1", SQL: schema1}}
