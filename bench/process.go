package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	stopWithin  = 15 * time.Second // how long a process has to end after it was asked to
	readyWithin = 30 * time.Second // how long a server has to answer after its start
	sampleEvery = 10 * time.Millisecond
)

// process is a child of ours: a command that ends by itself, or a server that we end.
type process struct {
	cmd    *exec.Cmd
	output *os.File // what it says, for when it fails; already without a name
	ended  chan struct{}

	// Set when ended is closed.
	err  error
	took time.Duration
	cpu  time.Duration // of all its threads, in the system too
	said string        // the last of its output
	peak int64         // most memory it held at once, in bytes; 0 where the system does not tell
}

// start begins a process in folder dir. When ctx ends it is asked to stop, and made to if it does not.
func start(ctx context.Context, dir, stdin, name string, args ...string) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, name, args...), ended: make(chan struct{})}
	p.cmd.Stdin = strings.NewReader(stdin)
	var err error
	if p.output, err = os.CreateTemp(dir, "output"); err != nil {
		return nil, err
	}
	os.Remove(p.output.Name())
	p.cmd.Stdout, p.cmd.Stderr = p.output, p.output
	p.cmd.Dir, p.cmd.Env = dir, environment()
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	p.cmd.WaitDelay = stopWithin
	begun := time.Now()
	if err := p.cmd.Start(); err != nil {
		p.output.Close()
		return nil, err
	}
	waited := make(chan struct{})
	go func() {
		defer close(waited)
		p.err = p.cmd.Wait()
		p.took = time.Since(begun)
		p.cpu = p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime()
	}()
	go func() {
		defer close(p.ended)
		p.watch(waited)
		p.said = tail(p.output)
		p.output.Close()
	}()
	return p, nil
}

// watch follows the process's memory until it has ended. What wait4 tells of a child's peak will not do: it begins with
// what the parent held when it was started.
func (p *process) watch(waited <-chan struct{}) {
	tick := time.NewTicker(sampleEvery)
	defer tick.Stop()
	for {
		select {
		case <-waited:
			return
		case <-tick.C:
			p.peak = max(p.peak, peakMemory(p.cmd.Process.Pid))
		}
	}
}

// peakMemory is the most memory (resident set) that a process has held so far, in bytes, by Linux's /proc.
func peakMemory(pid int) int64 {
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(after)
	if len(fields) == 0 {
		return 0
	}
	kib, _ := strconv.ParseInt(fields[0], 10, 64)
	return kib << 10
}

// run starts a process and waits until it has ended by itself.
func run(ctx context.Context, dir, stdin, name string, args ...string) (*process, error) {
	p, err := start(ctx, dir, stdin, name, args...)
	if err != nil {
		return nil, err
	}
	<-p.ended
	if p.err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), p.err, p.said)
	}
	return p, nil
}

// stop asks a server to end and waits for it.
func (p *process) stop() {
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(stopWithin):
		p.cmd.Process.Kill()
		<-p.ended
	}
}

// ready waits until a server answers at an address.
func (p *process) ready(ctx context.Context, url string) error {
	deadline := time.After(readyWithin)
	client := &http.Client{Timeout: 2 * time.Second}
	defer client.CloseIdleConnections()
	for {
		resp, err := client.Get(url)
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode < http.StatusInternalServerError {
				return nil
			}
		}
		select {
		case <-p.ended:
			return fmt.Errorf("%s ended before it answered: %v\n%s", p.cmd.Path, p.err, p.said)
		case <-deadline:
			return fmt.Errorf("%s does not answer at %s", p.cmd.Path, url)
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// freeAddress is an address on this machine on which nothing listens.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// environment is ours without what would point Everykit elsewhere or tune a process in a way of its own.
func environment() []string {
	return slices.DeleteFunc(os.Environ(), func(e string) bool {
		name, _, _ := strings.Cut(e, "=")
		return strings.HasPrefix(name, "EVERYKIT_") || slices.Contains([]string{"GOMEMLIMIT", "GOGC", "GOMAXPROCS", "GODEBUG"}, name)
	})
}

// tail is the end of a file.
func tail(f *os.File) string {
	const most = 2000
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return ""
	}
	text, _ := io.ReadAll(io.NewSectionReader(f, max(0, end-most), most))
	return strings.TrimSpace(string(text))
}

// removeDatabase removes a SQLite file and what lies beside it.
func removeDatabase(path string) {
	for _, end := range []string{"", "-wal", "-shm", ".key"} {
		os.Remove(path + end)
	}
}
