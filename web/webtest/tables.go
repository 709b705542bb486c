package webtest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"everykit/store"
)

// Table is what one table of the database holds.
type Table struct {
	Name string
	Sum  string // of its rows
	Text string // all that can be read in them, a row a line
}

// Tables reads the whole database.
func (w *World) Tables() []Table {
	w.t.Helper()
	var list []Table
	w.Must(w.DB.Read(w.ctx, func(tx *store.Tx) error {
		var names []string
		if err := tx.Each(w.ctx, func(scan func(...any) error) error {
			var n string
			err := scan(&n)
			names = append(names, n)
			return err
		}, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"); err != nil {
			return err
		}
		for _, n := range names {
			t, err := w.table(tx, n)
			if err != nil {
				return err
			}
			list = append(list, t)
		}
		return nil
	}))
	return list
}

// table reads one, all its columns as one text.
func (w *World) table(tx *store.Tx, name string) (Table, error) {
	var columns []string
	if err := tx.Each(w.ctx, func(scan func(...any) error) error {
		var c string
		err := scan(&c)
		columns = append(columns, fmt.Sprintf("COALESCE(CAST(%q AS TEXT), '')", c))
		return err
	}, "SELECT name FROM pragma_table_info(?)", name); err != nil {
		return Table{}, err
	}
	var text strings.Builder
	row := strings.Join(columns, " || '|' || ")
	err := tx.Each(w.ctx, func(scan func(...any) error) error {
		var line string
		err := scan(&line)
		text.WriteString(line + "\n")
		return err
	}, fmt.Sprintf("SELECT %s AS line FROM %q ORDER BY line", row, name))
	sum := sha256.Sum256([]byte(text.String()))
	return Table{name, hex.EncodeToString(sum[:8]), text.String()}, err
}
