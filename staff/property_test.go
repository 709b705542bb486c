package staff_test

import (
	"bytes"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"everykit/fault"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
)

// live is what the model knows of a session.
type live struct {
	token   string
	account int
	session string
	made    time.Time
	seen    time.Time
}

// Whatever is done in whatever order, a session is good exactly as long as the model says, asked twice (the second time
// from memory).
func TestSessionsAgreeWithAModel(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		names := []string{"ada", "bob", "cy"}
		ids := map[string]int{}
		for _, n := range names {
			ids[n] = w.create(t, worker(n, canal))
		}
		rapid.Check(t, func(rt *rapid.T) {
			var made []live // in the order of signing in; those that ended have no account
			closed := map[int]bool{}
			for _, n := range names {
				must(t, w.RevokeAll(ctx, staff.Operator(), ids[n]))
				must(t, w.Enable(ctx, staff.Operator(), ids[n]))
			}
			end := func(gone func(live) bool) {
				for i := range made {
					if gone(made[i]) {
						made[i].account = 0
					}
				}
			}
			name := func() string { return rapid.SampledFrom(names).Draw(rt, "name") }
			pick := func() int { return rapid.IntRange(0, len(made)-1).Draw(rt, "session") }
			rt.Repeat(map[string]func(*rapid.T){
				"sign in": func(rt *rapid.T) {
					n := name()
					token, p, err := w.SignIn(ctx, n+"@example.org", password, staff.Device{Address: fmt.Sprint(w.clock.now().UnixNano(), len(made))})
					if closed[ids[n]] {
						if !fault.Is(err, fault.Forbidden) {
							rt.Fatalf("a closed account signed in: %v", err)
						}
						return
					}
					if err != nil {
						rt.Fatal(err)
					}
					made = append(made, live{token, ids[n], p.Session, w.clock.now(), w.clock.now()})
				},
				"sign out": func(rt *rapid.T) {
					if len(made) == 0 {
						rt.Skip()
					}
					i := pick()
					must(t, w.SignOut(ctx, made[i].token))
					made[i].account = 0
				},
				"revoke": func(rt *rapid.T) {
					if len(made) == 0 {
						rt.Skip()
					}
					i := pick()
					err := w.Revoke(ctx, staff.Operator(), made[i].session)
					if made[i].account != 0 && err != nil {
						rt.Fatal(err)
					}
					made[i].account = 0
				},
				"revoke all": func(*rapid.T) {
					id := ids[name()]
					must(t, w.RevokeAll(ctx, staff.Operator(), id))
					end(func(l live) bool { return l.account == id })
				},
				"close": func(*rapid.T) {
					id := ids[name()]
					must(t, w.Disable(ctx, staff.Operator(), id))
					closed[id] = true
					end(func(l live) bool { return l.account == id })
				},
				"open": func(*rapid.T) {
					id := ids[name()]
					must(t, w.Enable(ctx, staff.Operator(), id))
					closed[id] = false
				},
				"set password": func(*rapid.T) {
					id := ids[name()]
					must(t, w.SetPassword(ctx, staff.Operator(), id, password))
					end(func(l live) bool { return l.account == id })
				},
				"wait": func(rt *rapid.T) {
					w.clock.move(rapid.SampledFrom([]time.Duration{time.Second, time.Hour, 11 * time.Hour, 13 * time.Hour}).Draw(rt, "wait"))
					now := w.clock.now()
					end(func(l live) bool { return now.Sub(l.made) >= staff.SessionFor || now.Sub(l.seen) >= staff.IdleFor })
				},
				"": func(rt *rapid.T) {
					for i, l := range made {
						for range 2 {
							p, err := w.Who(ctx, l.token)
							if l.account == 0 && (!fault.Is(err, fault.Forbidden) || p.SignedIn()) {
								rt.Fatalf("session %d has ended, but is %+v (%v)", i, p, err)
							}
							if l.account != 0 && (err != nil || p.ID != l.account) {
								rt.Fatalf("session %d is %+v (%v), want account %d", i, p, err, l.account)
							}
						}
						if w.clock.now().Sub(l.seen) >= 10*time.Minute {
							made[i].seen = w.clock.now()
						}
					}
				},
			})
		})
	})
}

// No token, password or PIN is anywhere in the database, in any of the forms it could have there.
func TestNoSecretIsStored(t *testing.T) {
	for name, dsn := range map[string]func() string{
		"sqlite":   func() string { return filepath.Join(t.TempDir(), "test.db") },
		"postgres": func() string { return storetest.PostgresDSN(t) },
	} {
		t.Run(name, func(t *testing.T) {
			address := dsn()
			w := newWorld(t, func(t testing.TB, clock func() time.Time) *store.DB {
				db, err := store.Open(ctx, address, clock)
				must(t, err)
				t.Cleanup(func() { db.Close() })
				return db
			})
			counter, ada, _, _ := w.counter(t)
			must(t, w.Act(ctx, counter, ada, "2580"))
			own, p := w.signIn(t, "ada")
			_ = w.Act(ctx, counter, ada, "73519284")
			_, _, _ = w.SignIn(ctx, "ada@example.org", "a wrong password", staff.Device{Address: "203.0.113.99"})
			_, _, _ = w.SignIn(ctx, "stranger@example.org", "a wrong password", staff.Device{Address: "203.0.113.99"})

			all := dump(t, w.db.Engine, address)
			for _, known := range []string{p.Session, "ada@example.org", "tablet", "$argon2id$"} { // the dump sees what is there
				if !bytes.Contains(all, []byte(known)) {
					t.Errorf("the dump lacks %q", known)
				}
			}
			secrets := []string{password, "2580", "73519284", "a wrong password", "203.0.113.99", "stranger@example.org"}
			for _, token := range []string{own, counter} {
				raw, err := base64.RawURLEncoding.DecodeString(token)
				must(t, err)
				secrets = append(secrets, token, string(raw), hex.EncodeToString(raw), base64.StdEncoding.EncodeToString(raw))
			}
			for _, s := range secrets {
				for _, form := range []string{s, hex.EncodeToString([]byte(s)), base64.RawStdEncoding.EncodeToString([]byte(s))} {
					if bytes.Contains(all, []byte(form)) {
						t.Errorf("%q is stored", form)
					}
				}
			}
		})
	}
}

// dump is every value of every table; bytes as they are and in hexadecimal.
func dump(t *testing.T, e store.Engine, address string) []byte {
	driver, list := "sqlite", "SELECT name FROM sqlite_master WHERE type = 'table'"
	if e == store.Postgres {
		driver, list = "pgx", "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
	}
	db, err := sql.Open(driver, address)
	must(t, err)
	defer db.Close()
	var out bytes.Buffer
	tables := values(t, db, list)
	if len(tables) < 6 {
		t.Fatalf("only %d tables", len(tables))
	}
	for _, name := range tables {
		for _, v := range values(t, db, fmt.Sprintf("SELECT * FROM %s", name)) {
			if b, ok := v.([]byte); ok {
				fmt.Fprintf(&out, "%s\n%x\n", b, b)
			} else {
				fmt.Fprintf(&out, "<%v>\n", v)
			}
		}
	}
	return out.Bytes()
}

func values(t *testing.T, db *sql.DB, query string) (all []any) {
	rows, err := db.Query(query)
	must(t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	must(t, err)
	for rows.Next() {
		row, dest := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			dest[i] = &row[i]
		}
		must(t, rows.Scan(dest...))
		all = append(all, row...)
	}
	must(t, rows.Err())
	return all
}
