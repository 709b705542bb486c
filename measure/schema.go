package measure

import (
	_ "embed"

	"everykit/store"
)

//go:embed schema.sql
var schema1 string

// Schema is the room's table, for store.Migrate.
var Schema = []store.Step{{Name: "measure/1", SQL: schema1}}
