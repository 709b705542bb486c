package opendata

import (
	"encoding/json"
	"strings"
	"time"
)

// The shape of datapackage.json: Frictionless Data Package 1.0, with tabular resources and Table Schema. Keys that the
// specification does not have (unit, definition) it allows.
type (
	packageJSON struct {
		Profile     string         `json:"profile"`
		Name        string         `json:"name"`
		Title       string         `json:"title"`
		Description string         `json:"description"`
		Created     string         `json:"created"`
		Licenses    []licenseJSON  `json:"licenses"`
		Resources   []resourceJSON `json:"resources"`
	}
	licenseJSON struct {
		Name  string `json:"name"`
		Title string `json:"title"`
		Path  string `json:"path"`
	}
	sourceJSON struct {
		Title string `json:"title"`
	}
	resourceJSON struct {
		Profile     string        `json:"profile"`
		Name        string        `json:"name"`
		Path        string        `json:"path"`
		Title       string        `json:"title"`
		Description string        `json:"description"`
		Definition  string        `json:"definition,omitempty"`
		Format      string        `json:"format"`
		Mediatype   string        `json:"mediatype"`
		Encoding    string        `json:"encoding"`
		Bytes       int           `json:"bytes"`
		Hash        string        `json:"hash"`
		Sources     []sourceJSON  `json:"sources"`
		Licenses    []licenseJSON `json:"licenses"`
		Schema      schemaJSON    `json:"schema"`
	}
	schemaJSON struct {
		Fields        []fieldJSON `json:"fields"`
		MissingValues []string    `json:"missingValues"`
		PrimaryKey    []string    `json:"primaryKey,omitempty"`
	}
	fieldJSON struct {
		Name        string           `json:"name"`
		Type        Type             `json:"type"`
		Title       string           `json:"title"`
		Description string           `json:"description"`
		Unit        string           `json:"unit,omitempty"`
		Constraints *constraintsJSON `json:"constraints,omitempty"`
	}
	constraintsJSON struct {
		Required bool     `json:"required,omitempty"`
		Unique   bool     `json:"unique,omitempty"`
		Minimum  *float64 `json:"minimum,omitempty"`
		Maximum  *float64 `json:"maximum,omitempty"`
		Enum     []string `json:"enum,omitempty"`
	}
)

// missing are the cells that stand for no value: absent, hidden because small, and not available.
var missing = []string{"", "[c]", "[x]"}

// writePackage describes all tables, whose CSV files lie beside it.
func writePackage(made []*madeTable, at time.Time) ([]byte, error) {
	licences := []licenseJSON{{OpenGovernment.Name, OpenGovernment.Title, OpenGovernment.Path}}
	p := packageJSON{
		Profile: "tabular-data-package", Name: "everykit-open-data", Title: "Take-home naloxone: open data",
		Description: "Every public table of this site. Each is also there as JSON and Parquet, under the same name. " +
			"[c] stands for a number that is hidden because so small a number could tell on a person; it is never 0.",
		Created: at.UTC().Format(time.RFC3339), Licenses: licences,
	}
	for _, m := range made {
		t := &m.Table
		f := m.files["csv"]
		r := resourceJSON{
			Profile: "tabular-data-resource", Name: t.Name, Path: t.Name + ".csv", Title: t.Title, Description: strings.Join(append([]string{t.Text}, t.Explanation...), " "),
			Definition: t.Definition, Format: "csv", Mediatype: "text/csv", Encoding: "utf-8", Bytes: len(f.Body), Hash: "sha256:" + f.sum,
			Sources: []sourceJSON{{t.Source}}, Licenses: licences, Schema: schemaJSON{MissingValues: missing, PrimaryKey: t.Key},
		}
		for _, c := range t.Columns {
			field := fieldJSON{Name: c.Name, Type: c.Type, Title: c.Title, Description: c.Description, Unit: c.Unit}
			if c.Need || c.Unique || c.Least != nil || c.Most != nil || c.Words != nil {
				field.Constraints = &constraintsJSON{c.Need, c.Unique, c.Least, c.Most, c.Words}
			}
			r.Schema.Fields = append(r.Schema.Fields, field)
		}
		p.Resources = append(p.Resources, r)
	}
	b, err := json.MarshalIndent(p, "", "  ")
	return append(b, '\n'), err
}
