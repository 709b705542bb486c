package cli

import (
	"errors"
	"fmt"
	"os"

	"everykit/fault"
	"everykit/table"
)

// faultsShown is how many row errors go to stderr.
const faultsShown = 50

// faults writes out what is wrong with rows, if that is what an import failed of; other errors it gives back.
func (im *importing) faults(err error) error {
	var rows *table.Faults
	if !errors.As(err, &rows) {
		return err
	}
	what := fmt.Sprintf("%s: %s; nothing was stored", im.name, plural(rows.Count(), "fault"))
	next := "put the rows right and import the file again"
	if im.errors != "" {
		if err := im.writeFaults(rows); err != nil {
			return err
		}
		im.complain(what+"; they are in "+im.errors, next)
		return errSaid
	}
	list := rows.List()
	for _, f := range list[:min(len(list), faultsShown)] {
		im.say("%s", faultLine(f))
	}
	if more := rows.Count() - faultsShown; more > 0 {
		im.say("and %d more; --errors FILE for all", more)
	}
	im.complain(what, next)
	return errSaid
}

func faultLine(f table.Fault) string {
	s := fmt.Sprintf("row %d", f.Row)
	if f.Column != "" {
		s += ", column " + f.Column
	}
	switch {
	case f.Value != "":
		s += ", value " + f.Value
	case f.Column != "":
		s += ", empty"
	}
	return s + ": " + f.Reason
}

func (im *importing) writeFaults(rows *table.Faults) error {
	f, err := os.Create(im.errors)
	if err == nil {
		err = rows.WriteCSV(f)
		if e := f.Close(); err == nil {
			err = e
		}
	}
	if err != nil {
		return fault.New(fault.Unavailable, "%s cannot be written", im.errors).Hint("give another file with --errors").Because(err)
	}
	return nil
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
