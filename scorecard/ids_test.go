package scorecard_test

import (
	"github.com/google/uuid"

	"everykit/staff"
)

var operator = staff.Operator()

func newID() [16]byte { return uuid.New() }

func parse(s string) uuid.UUID { return uuid.MustParse(s) }
