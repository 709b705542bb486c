package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Tx is one transaction. It must not be used after the function it was given to has returned.
type Tx struct {
	Engine Engine
	Now    time.Time // the one instant of this transaction

	run   runner
	stmts map[string]*sql.Stmt // of a connection of SQLite's; nil on PostgreSQL
	conn  *sql.Conn            // likewise
	raw   map[string]rawStmt   // likewise, the driver's own, for Insert
	named []driver.NamedValue  // likewise, room for the values of one Insert
}

// runner is what *sql.Tx and *sql.Conn have in common.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// Exec runs a statement and gives the number of rows it changed.
func (tx *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	var res sql.Result
	st, err := tx.stmt(ctx, query)
	switch {
	case err != nil:
	case st != nil:
		res, err = st.ExecContext(ctx, args...)
	default:
		res, err = tx.run.ExecContext(ctx, tx.text(query), args...)
	}
	if err != nil {
		return 0, readable(err)
	}
	return res.RowsAffected()
}

// Query runs a query. Close the rows before the next statement of the same Tx: PostgreSQL has one at a time.
func (tx *Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	st, err := tx.stmt(ctx, query)
	if err != nil {
		return nil, readable(err)
	}
	if st != nil {
		rows, err := st.QueryContext(ctx, args...)
		return rows, readable(err)
	}
	rows, err := tx.run.QueryContext(ctx, tx.text(query), args...)
	return rows, readable(err)
}

// Each runs a query and calls fn for every row; scan reads the row's columns.
func (tx *Tx) Each(ctx context.Context, fn func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			return err
		}
	}
	return readable(rows.Err())
}

// Get reads the one row of a query into dest. found is false, and dest untouched, if there is none.
func (tx *Tx) Get(ctx context.Context, dest []any, query string, args ...any) (found bool, err error) {
	st, err := tx.stmt(ctx, query)
	if err != nil {
		return false, readable(err)
	}
	if st != nil {
		err = st.QueryRowContext(ctx, args...).Scan(dest...)
	} else {
		err = tx.run.QueryRowContext(ctx, tx.text(query), args...).Scan(dest...)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, readable(err)
}

// stmt gives the kept statement of a connection of SQLite's, making it the first time. Texts built for one use (a
// list of many values) are not kept.
func (tx *Tx) stmt(ctx context.Context, query string) (*sql.Stmt, error) {
	if tx.stmts == nil || len(query) > 4096 {
		return nil, nil
	}
	if st := tx.stmts[query]; st != nil {
		return st, nil
	}
	st, err := tx.conn.PrepareContext(ctx, query)
	if err == nil {
		tx.stmts[query] = st
	}
	return st, err
}

func (tx *Tx) text(query string) string {
	if tx.Engine == Postgres {
		return numbered(query)
	}
	return query
}

var numberedTexts sync.Map // query with ? -> query with $1, $2

// numbered turns each ? outside quotes and comments into $1, $2 and so on.
func numbered(query string) string {
	if s, ok := numberedTexts.Load(query); ok {
		return s.(string)
	}
	var b strings.Builder
	n, quote := 0, byte(0)
	for i := 0; i < len(query); i++ {
		c := query[i]
		switch {
		case quote == '\n' && c == '\n', quote != 0 && quote != '\n' && c == quote:
			quote = 0
		case quote != 0:
		case c == '\'' || c == '"':
			quote = c
		case c == '-' && strings.HasPrefix(query[i:], "--"):
			quote = '\n'
		case c == '?':
			n++
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
			continue
		}
		b.WriteByte(c)
	}
	s := b.String()
	if len(query) <= 4096 {
		numberedTexts.Store(query, s)
	}
	return s
}

// Marks is "?, ?, ?" for n values.
func Marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

func itoa(n int) string { return strconv.Itoa(n) }
