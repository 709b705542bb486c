package request

import (
	_ "embed"

	"everykit/store"
)

//go:embed schema.sql
var schema1 string

// Schema is the room's tables, for store.Migrate.
var Schema = []store.Step{{Name: "request/1", SQL: schema1}}
