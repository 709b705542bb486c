package intake

import (
	"everykit/fault"
	"everykit/ledger"
	"everykit/measure"
	"everykit/notice"
	"everykit/registry"
	"everykit/survey"
	"everykit/table"
	"everykit/web/desk"
)

// kind is a kind of file that can be taken in.
type kind struct {
	table.Kind
	Words string
	take  func(v *desk.Visit, f *waiting, dry bool) (taken, error)
}

// taken is what a file did, or would do.
type taken struct{ Rows, New, Changed, Same int }

// kindWords are the kinds as pages name them.
var kindWords = map[string]string{
	"areas": "Areas", "products": "Products", "outlets": "Outlets", "estimates": "Estimates of people",
	"receipts": "Kits received", "supplies": "Kits given out", "transfers": "Kits sent between outlets", "uses": "Kits used",
	"writeoffs": "Kits written off, held or handed back", "unmet": "People turned away", "returns": "Returns: totals of a period", "notices": "Notices, kept as drafts", "answers": "Answers to a survey",
}

// movementKinds are those a coordinator may take in.
func movementKinds() []kind {
	var list []kind
	for _, k := range ledger.Kinds() {
		list = append(list, kind{k, kindWords[k.Name], takeMovements})
	}
	return list
}

// kindsFor are the kinds that may be taken in where the address says: in the order in which files can follow each other.
func kindsFor(v *desk.Visit) []kind {
	if v.Area != nil {
		return movementKinds()
	}
	var list []kind
	for _, k := range registry.Kinds() {
		list = append(list, kind{k, kindWords[k.Name], takeRegistry})
	}
	list = append(list, movementKinds()...)
	return append(list, kind{measure.Kind(), kindWords[measure.ReturnsFile], takeReturns}, kind{notice.Kind(), kindWords[notice.File], takeNotices}, kind{survey.Kind(), kindWords[survey.AnswersFile], takeAnswers})
}

// kindOf finds a kind by its name.
func kindOf(v *desk.Visit, name string) (kind, error) {
	for _, k := range kindsFor(v) {
		if k.Name == name {
			return k, nil
		}
	}
	return kind{}, fault.New(fault.Invalid, "choose what the file holds").At("kind")
}

// takeMovements takes in a file of the ledger. An authority's files have its code beside their name, so that two
// authorities may each have a supplies.csv.
func takeMovements(v *desk.Visit, f *waiting, dry bool) (taken, error) {
	in := ledger.Import{Kind: f.kind.Name, File: f.name, Who: v.Who, Open: f.open, Dry: dry}
	if v.Area != nil {
		in.Scope = v.Area.Code
	}
	r, err := v.Ledger.Import(v.Ctx(), in)
	return taken{Rows: r.Rows, New: r.New, Same: r.Same()}, err
}

func takeRegistry(v *desk.Visit, f *waiting, dry bool) (taken, error) {
	return f.whole(func(rd *table.Reader) (registry.Result, error) {
		return v.Registry.Import(v.Ctx(), f.kind.Name, rd, dry)
	})
}

func takeReturns(v *desk.Visit, f *waiting, dry bool) (taken, error) {
	return f.whole(func(rd *table.Reader) (registry.Result, error) { return v.Measures.ImportReturns(v.Ctx(), rd, dry) })
}

func takeAnswers(v *desk.Visit, f *waiting, dry bool) (taken, error) {
	return f.whole(func(rd *table.Reader) (registry.Result, error) { return v.Surveys.ImportAnswers(v.Ctx(), rd, dry) })
}

// takeNotices keeps notices as drafts: what publication of each will do is seen on its own page before anybody is told.
func takeNotices(v *desk.Visit, f *waiting, dry bool) (taken, error) {
	return f.whole(func(rd *table.Reader) (registry.Result, error) {
		did, err := v.Notices.Import(v.Ctx(), rd, notice.Import{Who: v.Who, Draft: true, Dry: dry})
		return registry.Result{Rows: did.Rows, New: did.New, Same: did.Same}, err
	})
}

// whole reads a file once.
func (f *waiting) whole(read func(*table.Reader) (registry.Result, error)) (taken, error) {
	rd, err := f.open()
	if err != nil {
		return taken{}, err
	}
	defer rd.Close()
	r, err := read(rd)
	return taken{r.Rows, r.New, r.Changed, r.Same}, err
}
