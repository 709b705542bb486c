package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"everykit/civil"
)

// options are the flags.
type options struct {
	rows, rounds   int
	codes          int
	clients, most  int
	lasts          time.Duration
	batch          int
	source, binary string
	what           string
	sizes          []int
	peersOnly      bool
	seed           uint64
}

func main() {
	if len(os.Args) == 5 && os.Args[1] == servePocketBase {
		batch, _ := strconv.Atoi(os.Args[4])
		fail(runPocketBase(os.Args[2], os.Args[3], batch))
		return
	}
	var o options
	flag.IntVar(&o.rows, "rows", 200_000, "rows of the supplies file; try 1000000 and 5000000")
	flag.IntVar(&o.rounds, "rounds", 5, "how often everything is run; figures are medians")
	flag.IntVar(&o.codes, "codes", 10, "in a hundred supplies, how many carry a client code")
	flag.IntVar(&o.clients, "clients", 16, "clients at once over HTTP")
	flag.IntVar(&o.most, "requests", 100_000, "most requests of one run over HTTP")
	flag.DurationVar(&o.lasts, "for", 10*time.Second, "how long one run over HTTP lasts")
	flag.IntVar(&o.batch, "batch", 50, "records in one batch request to PocketBase; 50 is its own limit")
	flag.StringVar(&o.what, "only", "import,http,figures,bulletin", "what to run, parted by commas")
	flag.Func("figures", "supplies of the nations that figures are read of, parted by commas (default 1000000,10000000)", o.readSizes)
	flag.StringVar(&o.source, "source", "..", "where Everykit's source is, to build it from")
	flag.StringVar(&o.binary, "everykit", "", "a built everykit to run instead")
	flag.BoolVar(&o.peersOnly, "peers-only", false, "run only the peers")
	flag.Uint64Var(&o.seed, "seed", 1, "of the made-up rows")
	flag.Parse()
	if len(o.sizes) == 0 {
		o.sizes = []int{1_000_000, 10_000_000}
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := o.run(ctx)
	stop()
	fail(err)
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// parts are what can be run.
var parts = []string{"import", "http", "figures", "bulletin"}

func (o options) runs(part string) bool { return slices.Contains(strings.Split(o.what, ","), part) }

// readSizes reads numbers of supplies.
func (o *options) readSizes(text string) error {
	o.sizes = nil
	for _, s := range strings.Split(text, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return errors.New("numbers of supplies, parted by commas")
		}
		o.sizes = append(o.sizes, n)
	}
	return nil
}

func (o options) check() error {
	switch {
	case flag.NArg() > 0:
		return fmt.Errorf("%s: there are only flags", flag.Arg(0))
	case o.rows < 1 || o.rounds < 1 || o.clients < 1 || o.clients > authorities || o.most < o.clients || o.batch < 1 || o.lasts <= 0:
		return fmt.Errorf("rows, rounds, batch and for must be more than nought; clients 1 to %d, and no more than requests", authorities)
	case o.what == "" || slices.ContainsFunc(strings.Split(o.what, ","), func(s string) bool { return !slices.Contains(parts, s) }):
		return errors.New("only can be one or some of " + strings.Join(parts, ","))
	case o.codes < 0 || o.codes > 100:
		return errors.New("codes is in a hundred")
	}
	return nil
}

func (o options) run(ctx context.Context) error {
	if err := o.check(); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "everykit-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	b := &bench{
		options: o, work: work,
		nation: nation{rows: o.rows, last: civil.In(time.Now(), time.UTC) - 1, seed: o.seed, codes: o.codes},
		load:   load{clients: o.clients, warmUp: 10, lasts: o.lasts, most: o.most},
	}
	if o.runs("import") || o.runs("http") {
		if err := b.contest(ctx); err != nil {
			return err
		}
	}
	if o.runs("bulletin") && !o.peersOnly {
		var table strings.Builder
		if err := b.bulletins(ctx, o.sizes[0], &table); err != nil {
			return err
		}
		fmt.Print(table.String())
	}
	if !o.runs("figures") || o.peersOnly {
		return nil
	}
	var table strings.Builder
	if err := b.figures(ctx, &table); err != nil {
		return err
	}
	fmt.Printf("\nfigures of England: 152 authorities, %s outlets, %d lots at each; server time in one process, the file in the cache, medians of %d\n\n%s",
		amount(figureOutlets), figureMonths, figureRuns, table.String())
	return nil
}

// contest runs what has rounds.
func (b *bench) contest(ctx context.Context) error {
	if err := b.prepare(ctx); err != nil {
		return err
	}
	for round := range b.rounds {
		if b.runs("import") {
			if err := b.imports(ctx, round); err != nil {
				return err
			}
		}
		if b.runs("http") {
			if err := b.posts(ctx, round); err != nil {
				return err
			}
		}
	}
	return b.print(ctx)
}

func (b *bench) print(ctx context.Context) error {
	sqlite, err := sqliteVersion(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("\n%d cores, %s/%s, %s; SQLite %s (modernc.org/sqlite %s), PocketBase %s; medians of %d rounds\n",
		runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), sqlite, version("modernc.org/sqlite"),
		version("github.com/pocketbase/pocketbase"), b.rounds)
	fmt.Printf("file of %s supplies, %d in 100 with a client code; over HTTP %d clients for %s or %s requests\n\n",
		amount(float64(b.rows)), b.codes, b.clients, b.lasts, amount(float64(b.most)))
	return writeTable(os.Stdout, b.lines())
}

// version is that of a module inside this program.
func version(module string) string {
	info, ok := debug.ReadBuildInfo()
	if ok {
		for _, d := range info.Deps {
			if d.Path == module {
				return d.Version
			}
		}
	}
	return "of an unknown version"
}
