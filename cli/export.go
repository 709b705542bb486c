package cli

import (
	"context"
	"path/filepath"
	"strings"

	"everykit/fault"
	"everykit/ledger"
	"everykit/measure"
	"everykit/notice"
	"everykit/survey"
	"everykit/table"
)

var exportCommand = command{
	name: "export", args: "KIND", brief: "Write everything of a kind as CSV or XLSX, fit to be imported again",
	more: kindsHelp() + `

Files of all kinds, imported into a new database in that order, give the same stock, counts and figures. Client codes are
not kept and so not written. --marks adds what stands for them, which is personal data: only for moving to another
database.`,
	setup: func(s *session) func(context.Context, []string) error {
		x := &exporting{session: s}
		s.useDatabase()
		s.flags.StringVar(&x.out, "out", "", "`FILE` to write, by its ending .csv or .xlsx; CSV to stdout if not given")
		s.flags.StringVar(&x.area, "area", "", "only what was recorded under this area `CODE`")
		s.flags.BoolVar(&x.marks, "marks", false, "with the marks of clients (supplies only)")
		return x.run
	},
}

// exporting is one run of the export command.
type exporting struct {
	*session
	out, area string
	marks     bool
}

func (x *exporting) run(ctx context.Context, args []string) error {
	if err := x.want(args, "a KIND of file"); err != nil {
		return err
	}
	kind, err := fileKind(args[0])
	if err != nil {
		return err
	}
	if x.marks && kind.Name != "supplies" {
		return usage("--marks is for supplies only").try("everykit export supplies --marks")
	}
	if x.area != "" && !isKind(ledger.Kinds(), kind.Name) {
		return usage("--area is for kinds that are recorded at outlets").try("one of %s", strings.Join(kindNames(ledger.Kinds()), ", "))
	}
	if ending := strings.ToLower(filepath.Ext(x.out)); x.out != "" && ending != ".csv" && ending != ".xlsx" {
		return usage("--out %s is neither .csv nor .xlsx", x.out).try("--out %s.csv", kind.Name)
	}
	r, err := x.existing(ctx)
	if err != nil {
		return err
	}
	defer r.DB.Close()
	rows, err := x.write(ctx, r, kind)
	if err != nil {
		return err
	}
	x.say("%s: %s", kind.Name, plural(rows, "row"))
	return nil
}

func (x *exporting) write(ctx context.Context, r *rooms, kind table.Kind) (rows int, err error) {
	if x.out == "" {
		return x.rows(ctx, r, kind, table.NewWriter(x.Out, x.columns(kind)...))
	}
	f, err := newFile(x.out)
	if err != nil {
		return 0, err
	}
	defer f.discard()
	var out table.Out = table.NewWriter(f, x.columns(kind)...)
	if strings.EqualFold(filepath.Ext(x.out), ".xlsx") {
		out = table.NewXLSX(f, kind.Name, x.columns(kind)...)
	}
	if rows, err = x.rows(ctx, r, kind, out); err != nil {
		return 0, err
	}
	return rows, f.keep()
}

func (x *exporting) columns(kind table.Kind) []string {
	if isKind(ledger.Kinds(), kind.Name) {
		return ledger.ExportColumns(kind.Name, x.marks)
	}
	return kind.Names()
}

func (x *exporting) rows(ctx context.Context, r *rooms, kind table.Kind, out table.Out) (rows int, err error) {
	switch {
	case kind.Name == measure.ReturnsFile:
		rows, err = r.Measures.ExportReturns(ctx, out)
	case kind.Name == notice.File:
		rows, err = r.Notices.Export(ctx, out)
	case kind.Name == survey.AnswersFile:
		rows, err = r.Surveys.ExportAnswers(ctx, out, "", false)
	case isKind(ledger.Kinds(), kind.Name):
		e := ledger.Export{Kind: kind.Name, Out: out, Marks: x.marks}
		if x.area != "" {
			if e.Area, err = areaNumber(ctx, r, x.area); err != nil {
				return 0, err
			}
		}
		rows, err = r.Ledger.Export(ctx, e)
	default:
		rows, err = r.Registry.Export(ctx, kind.Name, out)
	}
	if e := out.Close(); err == nil {
		err = e
	}
	return rows, err
}

// areaNumber finds the area of a code.
func areaNumber(ctx context.Context, r *rooms, code string) (int, error) {
	snap, err := r.Registry.Now(ctx)
	if err != nil {
		return 0, err
	}
	area, ok := snap.AreaByCode(code)
	if !ok {
		return 0, fault.New(fault.NotFound, "%s", snap.UnknownArea(code)).Hint("everykit export areas lists them")
	}
	return area.ID, nil
}
