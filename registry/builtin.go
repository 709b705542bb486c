package registry

import (
	"bytes"
	"context"
	"fmt"

	"everykit/data"
	"everykit/table"
)

// LoadBuiltIn adds the areas, products and estimates that Everykit ships with (see data/README.md for their sources).
// It adds what is not there and changes nothing that is, so it may be run at every start and never undoes what somebody
// has put right.
func (r *Registry) LoadBuiltIn(ctx context.Context) error {
	for _, f := range []struct {
		kind    table.Kind
		content []byte
	}{{areasKind, data.Areas}, {productsKind, data.Products}, {estimatesKind, data.Estimates}} {
		rd, err := table.NewReader(bytes.NewReader(f.content), f.kind.Name+".csv", int64(len(f.content)), f.kind)
		if err != nil {
			return err
		}
		if _, err := r.take(ctx, f.kind.Name, rd, false, true); err != nil {
			return fmt.Errorf("the built-in %s: %w", f.kind.Name, err)
		}
		if err := rd.Close(); err != nil {
			return err
		}
	}
	return nil
}
