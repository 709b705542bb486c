package sheets_test

import (
	"context"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// soffice is LibreOffice's program: what EVERYKIT_SOFFICE names, or the one in the path. Where CI is set it must be there.
func soffice(t *testing.T) string {
	t.Helper()
	name := os.Getenv("EVERYKIT_SOFFICE")
	if name == "" {
		name = "soffice"
	}
	path, err := exec.LookPath(name)
	switch {
	case err == nil:
		return path
	case os.Getenv("CI") != "":
		t.Fatalf("LibreOffice is not here, and must be where CI is set: %v", err)
	}
	t.Skip("LibreOffice is not here; EVERYKIT_SOFFICE may name its program")
	return ""
}

// everySheet is LibreOffice's filter for CSV: commas, quotes, UTF-8, cells as they are stored and not as they are shown, a
// file for each sheet.
const everySheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"

// TestLibreOffice opens both workbooks and finds the same cells in them.
func TestLibreOffice(t *testing.T) {
	program := soffice(t)
	c := sample()
	all := formats(c)
	dir := t.TempDir()
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
	defer stop()
	for _, name := range []string{"bulletin.xlsx", "bulletin.ods"} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, all[name], 0o600); err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(dir, "out-"+name)
		cmd := exec.CommandContext(ctx, program, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--headless", "--convert-to", everySheet, "--outdir", out, file)
		cmd.WaitDelay = 5 * time.Second
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", name, err, said)
		}
		files, err := filepath.Glob(filepath.Join(out, "*.csv"))
		if err != nil || len(files) != 3+len(c.Tables()) {
			t.Fatalf("%s: %d sheets: %v", name, len(files), err)
		}
		for _, tb := range c.Tables() {
			sheet := "Table_" + strconv.Itoa(tb.Number)
			got := readCSV(t, filepath.Join(out, "bulletin-"+sheet+".csv"))
			rows, numbers, _ := expected(tb)
			top := len(got) - len(rows)
			for i, want := range rows {
				for j := range want {
					is := got[top+i][j]
					same := is == want[j]
					if numbers[i][j] {
						a, err := strconv.ParseFloat(is, 64)
						b, _ := strconv.ParseFloat(want[j], 64)
						same = err == nil && a == b
					}
					if !same {
						t.Errorf("%s, %s, row %d: LibreOffice has %q and not %q", name, sheet, i+1, is, want[j])
					}
				}
			}
			if slices.Contains(got[top-1], "") {
				t.Errorf("%s, %s: the header is %q", name, sheet, got[top-1])
			}
		}
	}
}

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord, r.LazyQuotes = -1, false
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	return rows
}
