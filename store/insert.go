package store

import (
	"context"
	"strings"
)

// Block sizes of Insert: many rows a statement, well under the engines' limits of 32,766 and 65,535 values.
const (
	insertValues = 4000
	insertRows   = 250
)

// Insert runs one INSERT over many rows, in blocks of many rows a statement. head is "INSERT INTO t (a, b) VALUES",
// tail what follows the values ("ON CONFLICT ..."), columns how many values a row has, and values all rows one after
// another. It gives the number of rows changed.
func (tx *Tx) Insert(ctx context.Context, head string, columns int, values []any, tail string) (int64, error) {
	block := min(insertRows, max(1, insertValues/columns)) * columns
	var changed int64
	for len(values) > 0 {
		n := min(block, len(values))
		rows := n / columns
		if n < block {
			rows = 1 << (bitLen(rows) - 1) // powers of two, so that few texts are ever prepared
			n = rows * columns
		}
		c, err := tx.insertBlock(ctx, insertText(head, columns, rows, tail, tx.Engine), values[:n])
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

type insertKey struct {
	head, tail    string
	columns, rows int
	engine        Engine
}

func insertText(head string, columns, rows int, tail string, e Engine) string {
	key := insertKey{head, tail, columns, rows, e}
	if s, ok := insertTexts.Load(key); ok {
		return s.(string)
	}
	row := "(" + Marks(columns) + "), "
	q := head + " " + strings.TrimSuffix(strings.Repeat(row, rows), ", ") + " " + tail
	if e == Postgres {
		q = numbered(q)
	}
	insertTexts.Store(key, q)
	return q
}
