package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime/debug"

	"everykit/ledger"
	"everykit/staff"
	"everykit/table"
)

// runMany takes several files of movements in as one.
func (im *importing) runMany(ctx context.Context, args []string) error {
	if len(args)%2 != 0 {
		return usage("%s has no FILE after it", args[len(args)-1]).try("everykit import KIND FILE [KIND FILE ...]")
	}
	var files []ledger.Import
	for i := 0; i < len(args); i += 2 {
		kind, err := fileKind(args[i])
		if err != nil {
			return err
		}
		path := args[i+1]
		if !isKind(ledger.Kinds(), kind.Name) || path == "-" || im.name != "" {
			return usage("only files of movements go in together, by their own names").try("import %s by itself", kind.Name)
		}
		one := importing{session: im.session, path: path, kind: kind}
		rd, err := one.read() // a file that cannot be read must not leave a new database behind
		if err != nil {
			return err
		}
		rd.Close()
		files = append(files, ledger.Import{Kind: kind.Name, File: filepath.Base(path), Who: staff.Operator(), Open: one.read, Dry: im.dry})
		im.wantsKey = im.wantsKey || kind.Name == "supplies"
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(importMemory)
	}
	rooms, close, err := im.rooms(ctx)
	if err != nil {
		return err
	}
	defer close()
	return im.takeMany(ctx, rooms, files)
}

func (im *importing) takeMany(ctx context.Context, r *rooms, files []ledger.Import) error {
	for i := range files {
		bar := table.NewBar(im.Err, im.Terminal, files[i].File)
		defer bar.Done()
		files[i].Progress = bar.Set
	}
	done, err := r.Ledger.ImportAll(ctx, files...)
	if err != nil {
		var in *ledger.InFile
		if errors.As(err, &in) {
			im.name = in.File
		}
		return im.faults(err)
	}
	for i, did := range done {
		im.say("%s: %s", files[i].File, counts{rows: did.Rows, fresh: did.New, same: did.Same()}.words(im.dry))
	}
	return nil
}
