package ledger

import (
	_ "embed"

	"everykit/store"
)

//go:embed schema.sql
var schema1 string

//go:embed schema2.sql
var schema2 string

//go:embed schema3.sql
var schema3 string

// Schema is the room's tables, for store.Migrate.
var Schema = []store.Step{{Name: "ledger/1", SQL: schema1}, {Name: "ledger/2", SQL: schema2}, {Name: "ledger/3", SQL: schema3}}
