package intake

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"everykit/fault"
	"everykit/ledger"
	"everykit/table"
	"everykit/web/desk"
	"everykit/web/page"
)

// fileHeaders says that a file follows, which nobody on the way keeps.
func fileHeaders(w http.ResponseWriter, name string) {
	kind := "text/csv; charset=utf-8"
	if strings.HasSuffix(name, ".xlsx") {
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
}

// exportTable lists what can be taken out of an authority.
func exportTable(area string) page.Table {
	t := page.Table{Caption: "Records to download", Hide: true, Stack: true, Columns: page.Columns("Records", "CSV", "Excel")}
	for _, k := range movementKinds() {
		at := "/areas/" + area + "/export/" + k.Name
		t.Rows = append(t.Rows, page.Row{Cells: []page.Cell{page.TextCell(k.Words), page.LinkCell(k.Name+".csv", at+".csv"), page.LinkCell(k.Name+".xlsx", at+".xlsx")}})
	}
	return t
}

// export gives all movements of one kind of an authority as a file that can be imported again. It is written whole before
// any of it is sent, so that half a file never passes for one, and its number of rows is in the header Everykit-Rows.
func export(v *desk.Visit) error {
	name := v.R.PathValue("file")
	kind, ending, _ := strings.Cut(name, ".")
	columns := ledger.ExportColumns(kind, false)
	if len(columns) == 0 || (ending != "csv" && ending != "xlsx") {
		return fault.New(fault.NotFound, "there is no such file").Hint("choose one from the import page")
	}
	f, err := nameless()
	if err != nil {
		return err
	}
	defer f.Close()
	var out table.Out = table.NewWriter(f, columns...)
	if ending == "xlsx" {
		out = table.NewXLSX(f, kind, columns...)
	}
	rows, err := v.Ledger.Export(v.Ctx(), ledger.Export{Kind: kind, Area: v.Area.ID, Out: out})
	if err != nil {
		return err
	}
	if err := out.Close(); err != nil {
		return err
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := audit(v, "export", kind, fmt.Sprintf("rows %d", rows)); err != nil {
		return err
	}
	fileHeaders(v.W, kind+"-"+v.Area.Code+"-"+v.Ledger.Today().String()+"."+ending)
	v.W.Header().Set("Content-Length", strconv.FormatInt(size, 10))
	v.W.Header().Set("Everykit-Rows", strconv.Itoa(rows))
	_, err = io.Copy(v.W, f)
	return err
}
