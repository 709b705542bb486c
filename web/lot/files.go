package lot

import (
	"everykit/ledger"
	"everykit/web/desk"
	"everykit/web/figures"
)

// tracedOf finds the lot of an address, and where it is.
func tracedOf(v *desk.Visit) (*traced, error) {
	t, err := lotOf(v)
	if err != nil {
		return nil, err
	}
	return t, t.trace()
}

// traceFile is the outlets that the visitor may see, as the command "everykit trace" writes them, and their total.
func traceFile(v *desk.Visit) error {
	t, err := tracedOf(v)
	if err != nil {
		return err
	}
	return figures.SendCSV(v, t.file("trace"), ledger.TraceColumns, ledger.TraceFile(v.Snap, t.family, t.raw))
}
