package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
)

// cluster is one PostgreSQL server in a temporary folder.
type cluster struct {
	dir  string
	port int
	cmd  *exec.Cmd
}

var (
	once     sync.Once
	shared   *cluster
	startErr error
	count    atomic.Int64
)

// PostgresDSN makes a fresh database on this test program's server and gives its address. The server starts at the
// first call and ends with the program when the test's main function calls Stop (see Main).
func PostgresDSN(t testing.TB) string {
	t.Helper()
	once.Do(func() { shared, startErr = start() })
	if startErr != nil {
		t.Fatalf("PostgreSQL for tests: %v", startErr)
	}
	name := fmt.Sprintf("t%d_%d", os.Getpid(), count.Add(1))
	admin := shared.address("postgres")
	if err := execSQL(admin, "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := execSQL(admin, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return shared.address(name)
}

// Main runs a package's tests and then ends the PostgreSQL server they started: func TestMain(m *testing.M) {
// storetest.Main(m) }.
func Main(m *testing.M) {
	code := m.Run()
	Stop()
	os.Exit(code)
}

// Stop ends this program's PostgreSQL server, if one was started, and removes its folder.
func Stop() {
	if shared != nil {
		shared.stop()
		shared = nil
	}
}

func execSQL(dsn, text string) error {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(text)
	return err
}

func (c *cluster) address(database string) string {
	return fmt.Sprintf("postgres://everykit@127.0.0.1:%d/%s?sslmode=disable", c.port, database)
}

// start makes a cluster and waits until it answers.
func start() (*cluster, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "everykit-pg-")
	if err != nil {
		return nil, err
	}
	c := &cluster{dir: dir}
	if err := c.run(bin); err != nil {
		c.stop()
		return nil, err
	}
	return c, nil
}

func (c *cluster) run(bin string) error {
	who, err := unprivileged(c.dir)
	if err != nil {
		return err
	}
	data := filepath.Join(c.dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "everykit", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = who, c.dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	if c.port, err = freePort(); err != nil {
		return err
	}
	// fsync stays on: the tests that kill a server ask what was kept.
	c.cmd = exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-p", strconv.Itoa(c.port), "-k", c.dir,
		"-c", "listen_addresses=127.0.0.1", "-c", "max_connections=120", "-c", "shared_buffers=64MB", "-c", "log_min_messages=fatal")
	c.cmd.SysProcAttr, c.cmd.Dir = who, c.dir
	log, err := os.Create(filepath.Join(c.dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	c.cmd.Stdout, c.cmd.Stderr = log, log
	if err := c.cmd.Start(); err != nil {
		return err
	}
	return c.wait()
}

func (c *cluster) wait() error {
	db, err := sql.Open("pgx", c.address("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	for range 300 {
		if err = db.PingContext(context.Background()); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(c.dir, "log"))
	return fmt.Errorf("the server did not start: %w: %s", err, log)
}

func (c *cluster) stop() {
	if c.cmd != nil && c.cmd.Process != nil {
		c.cmd.Process.Signal(syscall.SIGINT) // fast shutdown
		ended := make(chan struct{})
		go func() { c.cmd.Wait(); close(ended) }()
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			c.cmd.Process.Kill()
			<-ended
		}
	}
	os.RemoveAll(c.dir)
}

// programs finds the folder of initdb and postgres, Debian's newest first.
func programs() (string, error) {
	var found []string
	if dir := os.Getenv("EVERYKIT_POSTGRES_BIN"); dir != "" {
		found = append(found, dir)
	}
	debian, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	for i := len(debian) - 1; i >= 0; i-- {
		found = append(found, debian[i])
	}
	if p, err := exec.LookPath("initdb"); err == nil {
		found = append(found, filepath.Dir(p))
	}
	for _, dir := range found {
		if _, err := os.Stat(filepath.Join(dir, "initdb")); err == nil {
			return dir, nil
		}
	}
	return "", fmt.Errorf("no server programs found; install them: apt-get install postgresql (or set EVERYKIT_POSTGRES_BIN)")
}

// unprivileged lets root run PostgreSQL, which refuses to be root, as another account of the machine, and puts it into a
// process group of its own.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{Setpgid: true}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			return nil, err
		}
		return &syscall.SysProcAttr{Setpgid: true, Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return nil, fmt.Errorf("PostgreSQL will not run as root and there is no account named %s", strings.Join([]string{"postgres", "nobody"}, " or "))
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
