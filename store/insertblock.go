package store

import (
	"context"
	"database/sql/driver"
	"fmt"
)

// keptStatements bounds the driver's statements that are kept for Insert.
const keptStatements = 64

// insertBlock runs one INSERT of many rows. On SQLite it goes to the driver itself, past database/sql, which would
// otherwise look at each of the thousands of values several times: this is where a file's import spends its time.
func (tx *Tx) insertBlock(ctx context.Context, text string, values []any) (int64, error) {
	if tx.Engine == Postgres || tx.conn == nil {
		res, err := tx.run.ExecContext(ctx, text, values...)
		if err != nil {
			return 0, readable(err)
		}
		return res.RowsAffected()
	}
	var changed int64
	err := tx.conn.Raw(func(c any) error {
		st, err := tx.rawStmt(ctx, c, text)
		if err != nil {
			return err
		}
		for len(tx.named) < len(values) {
			tx.named = append(tx.named, driver.NamedValue{Ordinal: len(tx.named) + 1})
		}
		args := tx.named[:len(values)]
		for i, v := range values {
			if args[i].Value, err = plain(v); err != nil {
				return err
			}
		}
		res, err := st.ExecContext(ctx, args)
		if err != nil {
			return err
		}
		changed, err = res.RowsAffected()
		return err
	})
	return changed, readable(err)
}

type rawStmt interface {
	driver.Stmt
	driver.StmtExecContext
}

func (tx *Tx) rawStmt(ctx context.Context, conn any, text string) (rawStmt, error) {
	if st := tx.raw[text]; st != nil {
		return st, nil
	}
	if len(tx.raw) >= keptStatements {
		for _, old := range tx.raw {
			old.Close()
		}
		clear(tx.raw)
	}
	st, err := conn.(driver.ConnPrepareContext).PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	tx.raw[text] = st.(rawStmt)
	return tx.raw[text], nil
}

// plain turns a value into one of the few kinds that drivers take.
func plain(v any) (driver.Value, error) {
	switch v := v.(type) {
	case nil, int64, string, []byte, float64, bool:
		return v, nil
	case int:
		return int64(v), nil
	case int32:
		return int64(v), nil
	}
	return nil, fmt.Errorf("a value of type %T cannot be stored", v)
}
