package cli

import (
	"slices"

	"everykit/bulletin"
	"everykit/demo"
	"everykit/expiry"
	"everykit/ledger"
	"everykit/library"
	"everykit/mail"
	"everykit/measure"
	"everykit/notice"
	"everykit/opendata"
	"everykit/postcode"
	"everykit/registry"
	"everykit/reminder"
	"everykit/request"
	"everykit/staff"
	"everykit/store"
	"everykit/support"
	"everykit/survey"
)

// schema is every room's tables, those that others refer to first.
func schema() []store.Step {
	return slices.Concat(registry.Schema, staff.Schema, mail.Schema, ledger.Schema, measure.Schema, demo.Schema, notice.Schema, notice.WordingSchema, expiry.Schema, reminder.Schema, survey.Schema, support.Schema, opendata.Schema, library.Schema, bulletin.Schema, postcode.Schema, request.Schema)
}
