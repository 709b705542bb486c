package measure

import (
	"everykit/civil"
	"everykit/registry"
	"everykit/table"
)

// ReturnsFile is the kind of file that holds returns.
const ReturnsFile = "returns"

// Return is a total for a period that an authority sent, or that somebody published, with what it was split by.
type Return struct {
	Area      int // an authority, or a nation of which a total was published
	Period    civil.Period
	Measure   string // one of ReturnMeasures
	Channel   registry.Channel
	Setting   string // splits a channel: drug_treatment, pharmacy ...
	Recipient string // keys as supplies have them
	Supply    string
	Reason    string
	Published registry.Published
	Value     *float64 // nil where there is none
	State     State
	Covered   int // months (or other parts) that the value covers, of CoversOf; 0 of 0 is all
	CoversOf  int
	Source    string

	before *Return // the vintage it took the place of
}

var returnsKind = table.Kind{Name: ReturnsFile, Columns: []table.Column{
	{Name: "area", Need: true, Example: "E09000002", Aliases: []string{"area_code", "authority", "code"}},
	{Name: "period", Need: true, Example: "2016/17", Aliases: []string{"year", "fin_year", "quarter"}},
	{Name: "measure", Need: true, Example: "dispensed"},
	{Name: "value", Example: "58", Aliases: []string{"kits", "number"}},
	{Name: "channel"},
	{Name: "setting"},
	{Name: "recipient"},
	{Name: "supply", Aliases: []string{"first_or_repeat"}},
	{Name: "reason"},
	{Name: "covers"},
	{Name: "published_on", Example: "2017-12", Aliases: []string{"published"}},
	{Name: "state"},
	{Name: "source", Example: "reply to the questionnaire"},
}}

// Kind is the kind of file that ImportReturns takes in and ExportReturns writes.
func Kind() table.Kind { return returnsKind }
