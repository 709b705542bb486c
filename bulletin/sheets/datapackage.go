package sheets

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"everykit/bulletin/content"
)

// The shape of datapackage.json: Frictionless Data Package 1.0, with tabular resources and Table Schema, as the site's open data has it.
// Keys that the specification does not have (number, unit) it allows.
type (
	packageJSON struct {
		Profile     string         `json:"profile"`
		Name        string         `json:"name"`
		Title       string         `json:"title"`
		Description string         `json:"description"`
		Version     string         `json:"version"`
		Created     string         `json:"created,omitempty"`
		Licenses    []licenceJSON  `json:"licenses"`
		Resources   []resourceJSON `json:"resources"`
	}
	licenceJSON struct {
		Name  string `json:"name"`
		Title string `json:"title"`
		Path  string `json:"path"`
	}
	sourceJSON struct {
		Title string `json:"title"`
	}
	resourceJSON struct {
		Profile     string       `json:"profile"`
		Name        string       `json:"name"`
		Path        string       `json:"path"`
		Number      int          `json:"number,omitempty"`
		Title       string       `json:"title"`
		Description string       `json:"description,omitempty"`
		Format      string       `json:"format"`
		Mediatype   string       `json:"mediatype"`
		Encoding    string       `json:"encoding"`
		Bytes       int          `json:"bytes"`
		Hash        string       `json:"hash"`
		Sources     []sourceJSON `json:"sources,omitempty"`
		Schema      schemaJSON   `json:"schema"`
	}
	schemaJSON struct {
		Fields        []fieldJSON `json:"fields"`
		MissingValues []string    `json:"missingValues"`
	}
	fieldJSON struct {
		Name        string `json:"name"`
		Type        string `json:"type"`
		Title       string `json:"title"`
		Description string `json:"description,omitempty"`
		Unit        string `json:"unit,omitempty"`
	}
)

// openGovernment is what anybody may do with the tables.
var openGovernment = licenceJSON{"OGL-UK-3.0", "Open Government Licence v3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"}

// dataPackage describes the files, which are parts in the same order.
func dataPackage(c *content.Content, files []csvFile, parts []part) ([]byte, error) {
	p := packageJSON{
		Profile: "tabular-data-package", Name: "bulletin-" + fileName(c.Slug), Title: titleOf(c), Version: strconv.Itoa(c.Edition), Licenses: []licenceJSON{openGovernment},
		Description: join("The tables of the bulletin of "+join(c.AreaName, c.Period)+".", "Numbers are rounded as they are shown there. [c] stands for a number that is hidden, [x] for one that is not available; neither is 0. "+
			"The marks that stand behind a number are in the column behind it. notes.csv says what marks mean."),
	}
	if day := dayOf(c); day != "" {
		p.Created = day + "T00:00:00Z"
	}
	for i, f := range files {
		sum := sha256.Sum256(parts[i].body)
		r := resourceJSON{
			Profile: "tabular-data-resource", Name: f.name, Path: parts[i].name, Title: "Notes and marks", Format: "csv", Mediatype: "text/csv", Encoding: "utf-8",
			Bytes: len(parts[i].body), Hash: "sha256:" + hex.EncodeToString(sum[:]), Schema: schemaJSON{MissingValues: []string{""}},
		}
		if t := f.table; t != nil {
			r.Number, r.Title, r.Description = t.Number, t.Title, join(t.Subtitle, strings.Join(t.Notes, " "))
			r.Schema.MissingValues = []string{"", content.Suppressed.Shown(), content.NotThere.Shown()}
			if t.Source != "" {
				r.Sources = []sourceJSON{{t.Source}}
			}
		}
		for _, col := range f.fields {
			r.Schema.Fields = append(r.Schema.Fields, fieldJSON{Name: col.name, Type: col.kind, Title: col.label, Description: col.about, Unit: col.unit})
		}
		p.Resources = append(p.Resources, r)
	}
	b, err := json.MarshalIndent(p, "", "  ")
	return append(b, '\n'), err
}
