package store

import (
	"context"
	"strings"
	"sync"
)

// Block sizes of Insert: many rows a statement, well under the engines' limits of 32,766 and 65,535 values.
const (
	insertValues = 4000
	insertRows   = 256
)

// Insert runs one INSERT over many rows, in blocks of many rows a statement. head is "INSERT INTO t (a, b) VALUES",
// tail what follows the values ("ON CONFLICT ..."), columns how many values a row has, and values all rows one after
// another. It gives the number of rows changed.
func (tx *Tx) Insert(ctx context.Context, head string, columns int, values []any, tail string) (int64, error) {
	row := ""
	if len(values) >= manyRows*columns {
		row, values, columns = folded(columns, values)
	}
	block := min(insertRows, max(1, insertValues/columns)) * columns
	var changed int64
	for len(values) > 0 {
		n := min(block, len(values))
		rows := n / columns
		if n < block {
			rows = 1 << (bitLen(rows) - 1) // powers of two, so that few texts are ever prepared
			n = rows * columns
		}
		c, err := tx.insertBlock(ctx, insertText(insertKey{head, tail, row, columns, rows, tx.Engine}), values[:n])
		if err != nil {
			return changed, err
		}
		changed += c
		values = values[n:]
	}
	return changed, nil
}

func bitLen(n int) int {
	b := 0
	for ; n > 0; n >>= 1 {
		b++
	}
	return b
}

// insertKey is what the text of an INSERT is made of. row is empty for one mark a column.
type insertKey struct {
	head, tail, row string
	columns, rows   int
	engine          Engine
}

var insertTexts sync.Map // insertKey with an empty row -> text

func insertText(k insertKey) string {
	if s, ok := insertTexts.Load(k); ok {
		return s.(string)
	}
	row := k.row
	if row == "" {
		row = "(" + Marks(k.columns) + ")"
	}
	q := k.head + " " + strings.TrimSuffix(strings.Repeat(row+", ", k.rows), ", ") + " " + k.tail
	if k.engine == Postgres {
		q = numbered(q)
	}
	if k.row == "" { // others hold values of their own and are not met again
		insertTexts.Store(k, q)
	}
	return q
}
