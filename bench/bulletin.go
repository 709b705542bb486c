package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// What is published and what is pressed.
const (
	bulletinPeriod = "2017/18-Q4"
	bulletinSlug   = "2017-18-q4"
	bulletinMost   = 20.0 // seconds that a nation's bulletin may take, drafted and written in all formats
	pageAim        = 0.6  // of nginx's rate with the same bytes
	authorEmail    = "author@bench.example"
	signerEmail    = "signer@bench.example"
)

// pressedPages are the public pages that are compared.
var pressedPages = []string{"/", "/bulletins/" + bulletinSlug}

// publication is a nation's database with a published bulletin, and how long making it took.
type publication struct {
	e     *everykit
	db    string
	draft series // seconds, once a round
	write series
	size  int // bytes of all formats
}

// bulletins makes a nation's bulletin from so many supplies by the real commands, times it, publishes it, and presses the
// pages beside nginx.
func (b *bench) bulletins(ctx context.Context, supplies int, out io.Writer) error {
	n, err := newFigureNation(ctx, b.work, supplies, b.seed)
	if err != nil {
		return err
	}
	path := n.db.Path
	if err := n.close(); err != nil {
		return err
	}
	defer removeDatabase(path)
	p := &publication{e: &everykit{bin: b.binary, work: b.work}, db: path}
	if p.e.bin == "" {
		p.e.bin = filepath.Join(b.work, "everykit")
		if _, err := run(ctx, b.source, "", "go", "build", "-o", p.e.bin, "."); err != nil {
			return err
		}
	}
	if err := p.publish(ctx, b.rounds); err != nil {
		return err
	}
	lines := []line{
		{what: "bulletin of 152 authorities: draft", unit: "seconds", ours: p.draft},
		{what: "bulletin: write in all formats", unit: "seconds", ours: p.write},
		{what: "bulletin: both", unit: "seconds", ours: p.both(), aim: bulletinMost, most: true},
	}
	for _, page := range pressedPages {
		l, err := p.press(ctx, b.load, page, b.rounds)
		if err != nil {
			return err
		}
		lines = append(lines, l)
	}
	fmt.Fprintf(out, "\na bulletin of England from %s supplies (%s bytes in all formats), and public pages with %d connections\n\n", amount(float64(supplies)), amount(float64(p.size)), b.clients)
	return writeTable(out, lines)
}

func (p *publication) both() series {
	var s series
	for i := range p.draft {
		s = append(s, p.draft[i]+p.write[i])
	}
	return s
}

// say runs a command and gives what it printed.
func (p *publication) say(ctx context.Context, stdin string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, p.e.bin, append(args, "--db", p.db)...)
	cmd.Stdin, cmd.Dir, cmd.Env = strings.NewReader(stdin), p.e.work, environment()
	var wrong strings.Builder
	cmd.Stderr = &wrong
	printed, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("everykit %s: %w\n%s%s", strings.Join(args, " "), err, wrong.String(), printed)
	}
	return printed, err
}

// timed runs a command and adds the seconds it took.
func (p *publication) timed(ctx context.Context, s *series, args ...string) error {
	begun := time.Now()
	_, err := p.say(ctx, "", args...)
	*s = append(*s, time.Since(begun).Seconds())
	return err
}

// publish drafts and writes the bulletin once a round, and publishes the last draft.
func (p *publication) publish(ctx context.Context, rounds int) error {
	for _, email := range []string{authorEmail, signerEmail} {
		if _, err := p.say(ctx, workersWord+"\n", "staff", "add", "--email", email, "--name", email, "--role", "administrator", "--password-stdin"); err != nil {
			return err
		}
	}
	for round := range rounds {
		dir := filepath.Join(p.e.work, fmt.Sprintf("bulletin-%d", round))
		if err := p.timed(ctx, &p.draft, "bulletin", "draft", "--period", bulletinPeriod, "--area", "E92000001", "--as", authorEmail); err != nil {
			return err
		}
		if err := p.timed(ctx, &p.write, "bulletin", "write", bulletinSlug, "--out", dir); err != nil {
			return err
		}
		if p.size == 0 {
			var err error
			if p.size, err = sizeOf(dir); err != nil {
				return err
			}
		}
		if round < rounds-1 {
			if _, err := p.say(ctx, "", "bulletin", "drop", bulletinSlug, "--as", authorEmail); err != nil {
				return err
			}
		}
	}
	printed, err := p.say(ctx, "", "bulletin", "check", bulletinSlug, "--format", "json")
	if err != nil {
		return err
	}
	var findings []struct {
		Key string `json:"finding"`
	}
	if err := json.Unmarshal(printed, &findings); err != nil {
		return fmt.Errorf("bulletin check: %w", err)
	}
	for _, f := range findings {
		if _, err := p.say(ctx, "", "bulletin", "waive", bulletinSlug, f.Key, "a made-up nation", "--as", authorEmail); err != nil {
			return err
		}
	}
	if _, err := p.say(ctx, "", "bulletin", "sign", bulletinSlug, "--as", signerEmail); err != nil {
		return err
	}
	_, err = p.say(ctx, "", "bulletin", "publish", bulletinSlug, "--as", signerEmail)
	return err
}

func sizeOf(dir string) (bytes int, err error) {
	files, err := os.ReadDir(dir)
	for _, f := range files {
		if info, err := f.Info(); err == nil {
			bytes += int(info.Size())
		}
	}
	return bytes, err
}

// press asks the real program and nginx for the same bytes in turn.
func (p *publication) press(ctx context.Context, l load, path string, rounds int) (line, error) {
	made := line{what: "page " + path, unit: "a second", peerName: "nginx, the same bytes", aim: pageAim}
	address, err := freeAddress()
	if err != nil {
		return made, err
	}
	server, err := start(ctx, p.e.work, "", p.e.bin, "serve", "--db", p.db, "--listen", address, "--metrics", "off", "--log", "errors")
	if err != nil {
		return made, err
	}
	defer server.stop()
	if err := server.ready(ctx, "http://"+address+path); err != nil {
		return made, err
	}
	page, err := fetch(ctx, "http://"+address+path)
	if err != nil {
		return made, err
	}
	made.what += fmt.Sprintf(" (%s bytes %s)", amount(float64(len(page.body))), page.encoding)
	peer, err := startNginx(ctx, p.e.work, page)
	if err != nil {
		return made, err
	}
	defer peer.process.stop()
	for range rounds {
		ours, err := l.pressPage(ctx, address, path, len(page.body))
		if err != nil {
			return made, err
		}
		theirs, err := l.pressPage(ctx, peer.address, "/page", len(page.body))
		if err != nil {
			return made, err
		}
		made.ours, made.peer = append(made.ours, ours.perSecond()), append(made.peer, theirs.perSecond())
	}
	return made, nil
}
