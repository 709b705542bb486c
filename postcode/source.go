package postcode

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"everykit/fault"
)

// source is one file or many, all of one kind.
type source struct {
	kind  string
	parts []part
	size  int64
	close func()
}

// part is one CSV file.
type part struct {
	name string
	size int64
	open func() (io.ReadCloser, error)
}

// openSource finds the files with postcodes at a path: a CSV file, a zip file or a folder. What else lies there, such as
// lists of names of areas, is left alone.
func openSource(at string) (*source, error) {
	info, err := os.Stat(at)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "there is no file %s", at).Hint("check its name")
	}
	if err != nil {
		return nil, unreadable(at, err)
	}
	src := &source{close: func() {}}
	var parts []part
	switch {
	case info.IsDir():
		parts, err = folder(at)
	case isZip(at):
		var z *zip.ReadCloser
		if z, err = zip.OpenReader(at); err == nil {
			src.close = func() { z.Close() }
			parts = zipped(z.File)
		}
	default:
		parts = []part{{filepath.Base(at), info.Size(), func() (io.ReadCloser, error) { return os.Open(at) }}}
	}
	if err == nil {
		err = src.choose(parts)
	}
	if err != nil {
		src.close()
		if fault.KindOf(err) == fault.Internal {
			err = unreadable(at, err)
		}
		return nil, err
	}
	return src, nil
}

func unreadable(at string, err error) error {
	return fault.New(fault.Invalid, "%s cannot be read", at).Hint("check that it is whole and that you may read it").Because(err)
}

func isZip(at string) bool {
	f, err := os.Open(at)
	if err != nil {
		return false
	}
	defer f.Close()
	var head [4]byte
	_, err = io.ReadFull(f, head[:])
	return err == nil && string(head[:]) == "PK\x03\x04"
}

func isCSV(name string) bool { return strings.EqualFold(path.Ext(name), ".csv") }

// folder lists the CSV files of a folder and all below.
func folder(at string) ([]part, error) {
	var parts []part
	err := filepath.WalkDir(at, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !isCSV(name) {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(at, name)
		parts = append(parts, part{filepath.ToSlash(rel), info.Size(), func() (io.ReadCloser, error) { return os.Open(name) }})
		return err
	})
	return parts, err
}

func zipped(files []*zip.File) []part {
	var parts []part
	for _, f := range files {
		if isCSV(f.Name) {
			parts = append(parts, part{f.Name, int64(f.UncompressedSize64), f.Open})
		}
	}
	return parts
}

// choose keeps the parts that hold postcodes.
func (s *source) choose(parts []part) error {
	whole := false // the directory comes as one file and again in pieces, in a folder multi_csv
	for _, p := range parts {
		kind, err := p.kind()
		if err != nil {
			return err
		}
		if kind == "" {
			continue
		}
		if s.kind != "" && s.kind != kind {
			return fault.New(fault.Invalid, "there are files of both %s and %s", Directory, CodePoint).Hint("give one of them")
		}
		s.kind = kind
		s.parts = append(s.parts, p)
		whole = whole || kind == Directory && !p.piece()
	}
	if whole {
		s.parts = slices.DeleteFunc(s.parts, part.piece)
	}
	if len(s.parts) == 0 {
		return fault.New(fault.Invalid, "there are no postcodes here that can be read").
			Hint("give the ONS Postcode Directory or Code-Point Open as CSV, or the zip file or folder that they come in")
	}
	slices.SortFunc(s.parts, func(a, b part) int { return strings.Compare(a.name, b.name) })
	for _, p := range s.parts {
		s.size += p.size
	}
	return nil
}

// piece reports whether a part of the directory repeats what its one file holds.
func (p part) piece() bool {
	return slices.ContainsFunc(strings.Split(strings.ToLower(p.name), "/"), func(folder string) bool { return folder == "multi_csv" })
}

// kind looks at the first line.
func (p part) kind() (kind string, err error) {
	err = p.read(func(r *reader) error {
		kind = r.kind
		return nil
	})
	return kind, err
}

func (p part) read(fn func(*reader) error) error {
	f, err := p.open()
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := newReader(p.name, f)
	if err != nil {
		return err
	}
	return fn(r)
}

// each calls fn for every row of all parts.
func (s *source) each(fn func(*row) error) error {
	var before int64
	for _, p := range s.parts {
		err := p.read(func(r *reader) error {
			var one row
			for {
				err := r.next(&one)
				if errors.Is(err, io.EOF) {
					return nil
				}
				if err != nil {
					return err
				}
				one.done, one.size = before+r.lines.at, s.size
				if err := fn(&one); err != nil {
					return err
				}
			}
		})
		if err != nil {
			return err
		}
		before += p.size
	}
	return nil
}
