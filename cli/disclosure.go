package cli

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"everykit/disclosure"
	"everykit/fault"
)

var disclosureCommand = command{
	name: "disclosure", args: "FILE [FILE ...]", brief: "Try to find out the hidden numbers of published tables",
	more: `Each FILE is a CSV of one table as it was published, several are its editions, the oldest first. [c] is a hidden number. Labels such as
Total or All are known for sums; --total names others. What can be found out about a hidden small number is printed, a row each, and
then the command fails. Use it before a table goes out.`,
	setup: func(s *session) func(context.Context, []string) error {
		a := &attacking{session: s}
		s.flags.Int64Var(&a.how.Rule.Threshold, "threshold", disclosure.Threshold, "counts below this `NUMBER` are small")
		s.flags.BoolVar(&a.how.Rule.HideNought, "hide-nought", false, "nought is hidden too")
		s.flags.Int64Var(&a.how.Rule.Round, "round", 0, "shown numbers are rounded to this `NUMBER`")
		s.flags.Func("total", "`LABEL` that is a sum, beside Total and All; may be given again", func(label string) error {
			a.how.Totals = append(a.how.Totals, label)
			return nil
		})
		s.flags.StringVar(&a.how.Value, "value", "", "`COLUMN` of the numbers, where each row is one number")
		s.flags.StringVar(&a.format, "format", "table", "`FORMAT`: table, csv or json")
		return a.run
	},
}

// attacking is one run of the disclosure command.
type attacking struct {
	*session
	how    disclosure.Reading
	format string
}

func (a *attacking) run(_ context.Context, args []string) error {
	if len(args) == 0 {
		return usage("disclosure needs a FILE").try("everykit disclosure table.csv")
	}
	if err := checkFormat(a.format); err != nil {
		return err
	}
	var files []disclosure.File
	for _, path := range args {
		f, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return fault.New(fault.NotFound, "there is no file %s", path).Hint("check its name")
		}
		if err != nil {
			return fault.New(fault.Unavailable, "%s cannot be read", path).Because(err)
		}
		defer f.Close()
		files = append(files, disclosure.File{Name: filepath.Base(path), Body: f})
	}
	releases, err := disclosure.ReadTables(a.how, files...)
	if err != nil {
		return err
	}
	found := disclosure.Attack(releases...)
	sure := 0
	var rows [][]string
	for _, e := range found {
		if !e.Sure {
			continue
		}
		sure++
		high := strconv.FormatInt(e.High, 10)
		if e.High == math.MaxInt64 {
			high = ""
		}
		rows = append(rows, []string{files[e.Release].Name, e.Cell, strconv.FormatInt(e.Low, 10), high, e.If})
	}
	hidden := 0
	for _, r := range releases {
		for _, c := range r.Cells {
			if c.Hidden {
				hidden++
			}
		}
	}
	if sure == 0 {
		a.say("%s: nothing can be found out about %s", strings.Join(names(files), ", "), plural(hidden, "hidden number"))
		return nil
	}
	if err := a.print(a.format, []string{"file", "cell", "low", "high", "if_revised"}, rows, "low", "high"); err != nil {
		return err
	}
	return fault.New(fault.Refused, "%d of %s can be found out", sure, plural(hidden, "hidden number")).Hint("hide more numbers of their rows and columns before this is published")
}

func names(files []disclosure.File) []string {
	list := make([]string, len(files))
	for i, f := range files {
		list[i] = f.Name
	}
	return list
}
