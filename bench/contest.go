package main

import (
	"context"
	"fmt"
	"os"
	"time"
)

// bench is the contest: who takes part, and what was found.
type bench struct {
	options
	work   string
	nation nation
	load   load
	ours   *everykit // nil if only the peers run
	files  map[ids]string

	found map[string]series
}

// The names of what is found.
const (
	peak        = "peak"
	batchRate   = "batch"
	ourPosts    = "our posts"
	ourMedian   = "our median"
	ourSlow     = "our p99"
	theirPosts  = "their posts"
	theirMedian = "their median"
	theirSlow   = "their p99"
)

func ourImport(kind ids) string { return "our import " + string(kind) }
func bareRate(kind ids) string  { return "bare " + string(kind) }

// note keeps a figure and says it on stderr, so that somebody who waits sees something.
func (b *bench) note(round int, name, unit string, value float64) {
	b.found[name] = append(b.found[name], value)
	fmt.Fprintf(os.Stderr, "round %d: %s: %s %s\n", round+1, name, amount(value), unit)
}

// prepare builds Everykit and makes the files.
func (b *bench) prepare(ctx context.Context) error {
	b.found, b.files = map[string]series{}, map[ids]string{}
	if b.peersOnly {
		return nil
	}
	for _, kind := range []ids{randomIDs, orderedIDs, noIDs} {
		path, err := b.nation.writeSupplies(b.work, kind)
		if err != nil {
			return err
		}
		b.files[kind] = path
	}
	var err error
	b.ours, err = newEverykit(ctx, b.source, b.binary, b.work, b.nation)
	return err
}

// imports is one round of imports.
func (b *bench) imports(ctx context.Context, round int) error {
	rate := func(took time.Duration) float64 { return float64(b.rows) / took.Seconds() }
	most := 0.0
	for _, kind := range []ids{randomIDs, orderedIDs, noIDs} {
		if b.ours != nil {
			p, err := b.ours.importSupplies(ctx, b.files[kind])
			if err != nil {
				return err
			}
			most = max(most, float64(p.peak)/1e6)
			b.note(round, ourImport(kind), "rows/s", rate(p.took))
			b.note(round, ourImport(kind)+", processor time", "s", p.cpu.Seconds())
		}
		if kind == noIDs {
			continue
		}
		took, err := bareInsert(ctx, b.work, b.nation, kind)
		if err != nil {
			return err
		}
		b.note(round, bareRate(kind), "rows/s", rate(took))
	}
	if b.ours != nil {
		b.note(round, peak, "MB", most)
	}
	return b.withPocketBase(ctx, func(p *pocketBase) error {
		once := b.load
		once.warmUp = 1 // a batch warms as much as many requests
		got, err := p.batch(ctx, once, b.nation, b.batch)
		if err == nil {
			b.note(round, batchRate, "rows/s", got)
		}
		return err
	})
}

// posts is one round of single supplies over HTTP.
func (b *bench) posts(ctx context.Context, round int) error {
	if b.ours != nil {
		got, err := b.ours.giveOut(ctx, b.load)
		if err != nil {
			return err
		}
		b.note(round, ourPosts, "/s", got.perSecond())
		b.note(round, ourMedian, "ms", got.quantile(0.5))
		b.note(round, ourSlow, "ms", got.quantile(0.99))
	}
	return b.withPocketBase(ctx, func(p *pocketBase) error {
		got, err := p.create(ctx, b.load, b.nation)
		if err != nil {
			return err
		}
		b.note(round, theirPosts, "/s", got.perSecond())
		b.note(round, theirMedian, "ms", got.quantile(0.5))
		b.note(round, theirSlow, "ms", got.quantile(0.99))
		return nil
	})
}

func (b *bench) withPocketBase(ctx context.Context, do func(*pocketBase) error) error {
	p, err := startPocketBase(ctx, b.work, b.batch)
	if err != nil {
		return err
	}
	defer p.end()
	return do(p)
}

// lines are the table, of what was run.
func (b *bench) lines() []line {
	all := []line{
		{what: "import, random ids", unit: "rows/s", ours: b.found[ourImport(randomIDs)], peerName: "bare SQLite, UUIDv4", peer: b.found[bareRate(randomIDs)], aim: 0.8},
		{what: "import, ids in order of time", unit: "rows/s", ours: b.found[ourImport(orderedIDs)], peerName: "bare SQLite, UUIDv7", peer: b.found[bareRate(orderedIDs)], aim: 0.8},
		{what: "import, no ids in the file", unit: "rows/s", ours: b.found[ourImport(noIDs)], peerName: "bare SQLite, UUIDv7", peer: b.found[bareRate(orderedIDs)], aim: 0.8},
		{what: "import, random ids", unit: "rows/s", ours: b.found[ourImport(randomIDs)], peerName: fmt.Sprintf("PocketBase, batches of %d", b.batch), peer: b.found[batchRate], aim: 20},
		{what: "most memory of an import", unit: "MB", ours: b.found[peak], aim: 300, most: true},
		{what: "single supplies over HTTP", unit: "/s", ours: b.found[ourPosts], peerName: "PocketBase create", peer: b.found[theirPosts], aim: 4},
		{what: "  half take no longer than", unit: "ms", ours: b.found[ourMedian], peerName: "PocketBase create", peer: b.found[theirMedian]},
		{what: "  99 in 100 take no longer than", unit: "ms", ours: b.found[ourSlow], peerName: "PocketBase create", peer: b.found[theirSlow], aim: 20, most: true},
	}
	var ran []line
	for _, l := range all {
		if len(l.ours) > 0 || len(l.peer) > 0 {
			ran = append(ran, l)
		}
	}
	return ran
}
