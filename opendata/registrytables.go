package opendata

import (
	"context"

	"everykit/registry"
	"everykit/table"
)

// Columns that several tables have.
func areaCode(description string) Column {
	return Column{Name: "area", Type: String, Title: "Area", Description: description, Need: true}
}

func areaName() Column {
	return Column{Name: "name", Type: String, Title: "Name", Description: "Name of the area.", Need: true}
}

func yearColumn() Column {
	return Column{Name: "period", Type: String, Title: "Period", Description: "Financial year, April to March: 2021/22.", Need: true}
}

// latColumn and lonColumn are where a thing is.
func latColumn(of string) Column {
	return Column{Name: "lat", Type: Number, Title: "Latitude", Description: "Of " + of + ", WGS 84.", Unit: "degrees north", Least: number(-90), Most: number(90)}
}

func lonColumn(of string) Column {
	return Column{Name: "lon", Type: Number, Title: "Longitude", Description: "Of " + of + ", WGS 84.", Unit: "degrees east", Least: number(-180), Most: number(180)}
}

// registryTables are areas, products and estimates, as the registry writes them to files.
func (s *Store) registryTables(ctx context.Context) ([]*Table, error) {
	kinds := map[string]table.Kind{}
	for _, k := range registry.Kinds() {
		kinds[k.Name] = k
	}
	tables := []*Table{areasTable(), productsTable(), estimatesTable()}
	for i, kind := range []string{registry.AreasFile, registry.ProductsFile, registry.EstimatesFile} {
		if _, err := s.reg.Export(ctx, kind, tables[i].take(kinds[kind].Names())); err != nil {
			return nil, err
		}
	}
	return tables, nil
}

func areasTable() *Table {
	return &Table{
		Name: "areas", Title: "Areas", Text: "Nations, regions and the areas of authorities: the ones that stand, and those that stood once.",
		Source: "The registry of this site, built from the Office for National Statistics' register of geographic codes.", Key: []string{"code"},
		Columns: []Column{
			{Name: "code", Type: String, Title: "Code", Description: "Government Statistical Service code.", Need: true, Unique: true},
			areaName(),
			{Name: "kind", Type: String, Title: "Kind", Description: "nation, region, or a kind of authority: authority, health_board.", Need: true},
			{Name: "parent", Type: String, Title: "Area above", Description: "Code of the region or nation it lies in."},
			{Name: "valid_from", Type: Date, Title: "From", Description: "The first day on which it stood; absent where it always has, or it is not known."},
			{Name: "valid_to", Type: Date, Title: "To", Description: "The last day on which it stood; absent while it stands."},
			latColumn("its middle, roughly"), lonColumn("its middle, roughly"),
			{Name: "successor", Type: String, Title: "Successors", Description: "Codes of the areas that took its place, with spaces between."},
		},
	}
}

func productsTable() *Table {
	return &Table{
		Name: "products", Title: "Products", Text: "The kits that this site knows: one licensed pack a row.",
		Source: "The registry of this site, built from the products' licences.", Key: []string{"code"},
		Columns: []Column{
			{Name: "code", Type: String, Title: "Code", Description: "What files call it.", Need: true, Unique: true},
			{Name: "name", Type: String, Title: "Name", Description: "As the pack has it.", Need: true},
			{Name: "form", Type: String, Title: "Form", Description: "prefilled_syringe, nasal_spray, ampoule, vial or autoinjector.", Need: true},
			{Name: "route", Type: String, Title: "Route", Description: "How it is given.", Need: true},
			{Name: "doses_per_kit", Type: Integer, Title: "Doses in a kit", Description: "Doses that one kit holds.", Unit: "doses", Need: true, Least: number(1)},
			{Name: "gtin", Type: String, Title: "GTIN", Description: "The number under the bar code, as GS1 writes it."},
			{Name: "licence", Type: String, Title: "Licence", Description: "Number of its licence."},
			{Name: "shelf_life_months", Type: Integer, Title: "Shelf life", Description: "As licensed. The date on a pack is what counts.", Unit: "months", Least: number(1)},
			{Name: "min_age", Type: Integer, Title: "Youngest age", Description: "The youngest age that the licence is for.", Unit: "years", Least: number(0)},
		},
	}
}

func estimatesTable() *Table {
	return &Table{
		Name: "estimates", Title: "Estimates", Text: "How many people there are of each population that figures are divided by, as it was published. An estimate may be for several areas together.",
		Source: "Each row names its own.",
		Columns: []Column{
			areaCode("Code of the area, or of several with spaces between, where one estimate is for all of them."),
			{Name: "population", Type: String, Title: "Population", Description: "Who is counted.", Need: true, Words: populations()},
			{Name: "period", Type: String, Title: "Period", Description: "What it is for: a financial year (2021/22) or a year (2021).", Need: true},
			{Name: "value", Type: Number, Title: "Value", Description: "The estimate.", Unit: "people, or deaths", Need: true, Least: number(0)},
			{Name: "low", Type: Number, Title: "Low end", Description: "Of its interval, where one was published.", Unit: "people, or deaths", Least: number(0)},
			{Name: "high", Type: Number, Title: "High end", Description: "Of its interval, where one was published.", Unit: "people, or deaths", Least: number(0)},
			{Name: "published_on", Type: String, Title: "Published", Description: "When: a day, a month or a year."},
			{Name: "method", Type: String, Title: "Method", Description: "How it was made.", Need: true},
			{Name: "source", Type: String, Title: "Source", Description: "Where it was published.", Need: true},
		},
	}
}

func populations() []string {
	var list []string
	for _, p := range registry.Populations() {
		list = append(list, p.String())
	}
	return list
}
