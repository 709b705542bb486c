package crash

import (
	"math/rand/v2"
	"testing"
	"time"

	"everykit/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const (
	writers        = 8
	sqliteCycles   = 20
	postgresCycles = 5
)

// TestKilledOnSQLite kills the program again and again under 8 writers. What it had answered is there, once; what it had
// not answered is there whole or not at all, and is taken once when it is sent again; it is up again within two seconds.
func TestKilledOnSQLite(t *testing.T) {
	e := build(t, t.TempDir()+"/crash.db")
	j := e.prepare(t)
	for range sqliteCycles {
		p := e.serve(t)
		stop := j.write(t, p)
		time.Sleep(time.Duration(150+rand.IntN(250)) * time.Millisecond)
		p.kill(t)
		stop()
		e.check(t, j)
	}
	if j.acknowledged() < sqliteCycles*writers {
		t.Errorf("only %d supplies were acknowledged in %d cycles: this tested nothing", j.acknowledged(), sqliteCycles)
	}
}

// TestKilledOnPostgres kills the program in one cycle and the database server in the next.
func TestKilledOnPostgres(t *testing.T) {
	server := storetest.OwnServer(t)
	e := build(t, server.DSN())
	j := e.prepare(t)
	for cycle := range postgresCycles {
		p := e.serve(t)
		stop := j.write(t, p)
		time.Sleep(time.Duration(300+rand.IntN(300)) * time.Millisecond)
		if cycle%2 == 0 {
			p.kill(t)
		} else {
			server.Kill()
			time.Sleep(50 * time.Millisecond)
			server.Start()
			p.kill(t)
		}
		stop()
		e.check(t, j)
	}
	if j.acknowledged() < postgresCycles*writers {
		t.Errorf("only %d supplies were acknowledged in %d cycles: this tested nothing", j.acknowledged(), postgresCycles)
	}
}
