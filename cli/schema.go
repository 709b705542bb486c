package cli

import (
	"slices"

	"everykit/demo"
	"everykit/ledger"
	"everykit/measure"
	"everykit/registry"
	"everykit/staff"
	"everykit/store"
)

// schema is every room's tables, those that others refer to first.
func schema() []store.Step {
	return slices.Concat(registry.Schema, staff.Schema, ledger.Schema, measure.Schema, demo.Schema)
}
