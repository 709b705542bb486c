package registry

import "everykit/table"

// The kinds of file this room takes in and gives out.
const (
	AreasFile     = "areas"
	OutletsFile   = "outlets"
	ProductsFile  = "products"
	EstimatesFile = "estimates"
)

var areasKind = table.Kind{Name: AreasFile, Columns: []table.Column{
	{Name: "code", Need: true, Example: "E09000002", Aliases: []string{"area_code", "gss_code", "ons_code"}},
	{Name: "name", Need: true, Example: "Barking and Dagenham", Aliases: []string{"area_name"}},
	{Name: "kind", Need: true, Example: "authority", Aliases: []string{"type", "area_kind"}},
	{Name: "parent", Example: "E12000007", Aliases: []string{"parent_code", "region_code"}},
	{Name: "valid_from", Aliases: []string{"from", "start"}},
	{Name: "valid_to", Aliases: []string{"to", "end"}},
	{Name: "lat", Example: "51.5455", Aliases: []string{"latitude"}},
	{Name: "lon", Example: "0.1335", Aliases: []string{"longitude", "lng", "long"}},
	{Name: "successor", Aliases: []string{"successors"}},
}}

var outletsKind = table.Kind{Name: OutletsFile, Columns: []table.Column{
	{Name: "code", Need: true, Example: "BD-001", Aliases: []string{"outlet", "outlet_code"}},
	{Name: "name", Need: true, Example: "Riverside needle exchange", Aliases: []string{"outlet_name"}},
	{Name: "kind", Need: true, Example: "needle_exchange", Aliases: []string{"type", "outlet_kind"}},
	{Name: "authority", Need: true, Example: "E09000002", Aliases: []string{"area", "area_code", "authority_code", "local_authority", "health_board"}},
	{Name: "channel", Need: true, Example: "community"},
	{Name: "provider", Example: "Riverside Trust", Aliases: []string{"organisation"}},
	{Name: "postcode", Example: "IG11 7LZ", Aliases: []string{"post_code"}},
	{Name: "lat", Example: "51.5362", Aliases: []string{"latitude"}},
	{Name: "lon", Example: "0.0798", Aliases: []string{"longitude", "lng", "long"}},
	{Name: "open", Example: "Mo-Fr 09:00-17:00; PH off", Aliases: []string{"opening_hours", "hours"}},
	{Name: "walk_in", Example: "yes", Aliases: []string{"drop_in"}},
	{Name: "requires", Example: "none", Aliases: []string{"requirements"}},
	{Name: "gives", Example: "prenoxad nasal_spray", Aliases: []string{"products"}},
	{Name: "phone", Example: "020 7946 0000", Aliases: []string{"telephone", "tel"}},
	{Name: "email", Example: "naloxone@riverside.example", Aliases: []string{"e_mail"}},
	{Name: "public", Example: "yes"},
	{Name: "step_free", Example: "yes", Aliases: []string{"wheelchair"}},
	{Name: "languages", Example: "English, Polish", Aliases: []string{"language"}},
	{Name: "legal_basis", Example: "drug treatment service, 2015"},
	{Name: "legal_from", Example: "2015-10-01"},
	{Name: "confirmed_on", Example: "2026-11-02", Aliases: []string{"confirmed", "last_confirmed"}},
	{Name: "closed_on", Aliases: []string{"closed"}},
}}

var productsKind = table.Kind{Name: ProductsFile, Columns: []table.Column{
	{Name: "code", Need: true, Example: "prenoxad", Aliases: []string{"product", "product_code"}},
	{Name: "name", Need: true, Example: "Prenoxad 1 mg/ml, 2 ml prefilled syringe", Aliases: []string{"product_name"}},
	{Name: "form", Need: true, Example: "prefilled_syringe"},
	{Name: "route", Need: true, Example: "intramuscular"},
	{Name: "doses_per_kit", Need: true, Example: "5", Aliases: []string{"doses", "doses_per_pack"}},
	{Name: "gtin", Example: "5026468663361", Aliases: []string{"ean", "barcode", "gtin_or_upc"}},
	{Name: "licence", Example: "PL 12064/0125", Aliases: []string{"license", "licence_number", "pl"}},
	{Name: "shelf_life_months", Example: "36", Aliases: []string{"shelf_life"}},
	{Name: "min_age", Example: "16", Aliases: []string{"minimum_age", "min_age_years"}},
}}

var estimatesKind = table.Kind{Name: EstimatesFile, Columns: []table.Column{
	{Name: "area", Need: true, Example: "E09000002", Aliases: []string{"areas", "area_code", "authority"}},
	{Name: "population", Need: true, Example: "opiate_users"},
	{Name: "period", Need: true, Example: "2014/15", Aliases: []string{"year"}},
	{Name: "value", Need: true, Example: "861", Aliases: []string{"estimate"}},
	{Name: "low", Aliases: []string{"interval_low", "lower"}},
	{Name: "high", Aliases: []string{"interval_high", "upper"}},
	{Name: "published_on", Example: "2017-09", Aliases: []string{"published"}},
	{Name: "method", Need: true, Example: "capture-recapture"},
	{Name: "source", Need: true, Example: "https://www.gov.uk/..."},
}}

// Kinds gives the kinds of file, in an order in which they can be imported: each names only what stands before it.
func Kinds() []table.Kind {
	return []table.Kind{areasKind, productsKind, outletsKind, estimatesKind}
}
