package find

import (
	"strings"

	"everykit/civil"
	"everykit/language"
	"everykit/registry"
	"everykit/web/page"
)

// card is what is said of an outlet, in a list and on its own page.
type card struct {
	Lang     string // of what is data, where that is not the language of the page
	Words    *language.Words
	Name     string
	Href     string
	Kind     string
	Distance string
	Open     page.Tag
	Stock    page.Tag
	Times    string
	Holiday  string
	Week     string // the opening times in a line; empty on the outlet's own page, which has them as a list
	Lines    []string
	Unknown  string // what is not known of it
	Speaks   string
	Phone    string
	Tel      string // the phone number as an address has it
	Provider string
	Postcode string
	Area     string
	Checked  string
}

// cardOf writes an outlet. wish is the kind of kit that was asked for: "has kits" is then said of that kind.
func (k *known) cardOf(w *language.Words, f found, a asked, c clock) card {
	out := card{
		Words: w, Name: f.Name, Href: w.Link(Path(f.ID)), Kind: w.T("find.kind-" + f.Kind.String()), Times: f.open.sentence(w, c),
		Speaks: f.Languages, Phone: f.Phone, Tel: tel(f.Phone), Provider: f.Provider, Postcode: strings.ReplaceAll(f.Postcode, " ", "\u00a0"),
	}
	if !w.IsEnglish() {
		out.Lang = language.English().Tag
	}
	if f.area != nil {
		out.Area = f.area.Name
	}
	if f.far {
		out.Distance = distance(w, f.metres, a.rough)
	}
	switch f.open.state {
	case openNow:
		out.Open = page.Tag{Text: w.T("find.tag-open"), Tone: page.Good}
	case openLater:
		out.Open = page.Tag{Text: w.T("find.tag-closed"), Tone: page.Quiet}
	}
	if f.open.holiday {
		out.Holiday = w.T("find.bank-holiday")
	}
	out.Stock = page.Tag{Text: w.T("find.phone-first"), Tone: page.Notice}
	if f.Phone == "" {
		out.Stock.Text = w.T("find.ask-first")
	}
	if k.hasKit(f.place, a.form) {
		out.Stock = page.Tag{Text: w.T("find.has-kits"), Tone: page.Good}
	}
	out.lines(w, f.place)
	var days []string
	for _, d := range week(w, f.hours) {
		days = append(days, d.Days+": "+d.Times)
	}
	out.Week = strings.Join(days, "; ")
	if out.Checked = w.T("find.never-checked"); f.ConfirmedOn != civil.None {
		out.Checked = w.T("find.checked", "date", f.ConfirmedOn)
	}
	return out
}

// hasKit reports whether there is a kit to give out, of a kind if one is asked for.
func (k *known) hasKit(p *place, wish form) bool {
	has := k.has[p.ID]
	return has != 0 && (wish == 0 || has&wish != 0)
}

// lines are the sentences about how one gets a kit, and what is not known in one sentence.
func (c *card) lines(w *language.Words, p *place) {
	var unknown []string
	add := func(s string) { c.Lines = append(c.Lines, s) }
	lacks := func(s string) { unknown = append(unknown, s) }
	if p.hours == nil {
		lacks(w.T("find.unknown-hours"))
	}
	switch {
	case p.walksIn():
		add(w.T("find.walk-in"))
	case p.WalkIn == registry.ByAppointment || p.Requires.Has(registry.Appointment):
		add(w.T("find.appointment"))
	case p.WalkIn == registry.WalkInNo:
		add(w.T("find.no-walk-in"))
	default:
		lacks(w.T("find.unknown-walk-in"))
	}
	switch p.forms {
	case nasal:
		add(w.T("find.gives-nasal"))
	case injection:
		add(w.T("find.gives-injection"))
	case nasal | injection:
		add(w.T("find.gives-both"))
	default:
		lacks(w.T("find.unknown-gives"))
	}
	var needs []string
	for _, r := range p.Requires.List() {
		if r != registry.Appointment { // said above
			needs = append(needs, w.T("find.needs-"+r.String()))
		}
	}
	if len(needs) > 0 {
		add(w.T("find.needs", "list", strings.Join(needs, ", ")))
	}
	switch {
	case !p.Requires.Known():
		lacks(w.T("find.unknown-needs"))
	case p.noName():
		add(w.T("find.no-name"))
	}
	if p.minAge > 0 {
		add(w.T("find.age", "years", p.minAge))
	}
	switch p.StepFree {
	case registry.Yes:
		add(w.T("find.step-free"))
	case registry.No:
		add(w.T("find.steps"))
	default:
		lacks(w.T("find.unknown-steps"))
	}
	if len(unknown) > 0 {
		c.Unknown = w.T("find.unknown", "list", strings.Join(unknown, ", "))
	}
}

// distance is how far away something is, in miles and kilometres.
func distance(w *language.Words, metres float64, rough bool) string {
	miles, km := metres/mile, metres/1000
	if miles < 0.1 && !rough {
		return w.T("find.very-near")
	}
	places := 1
	if miles >= 10 {
		places = 0
	}
	key := "find.distance"
	if rough {
		key = "find.distance-rough"
	}
	return w.T(key, "miles", w.Decimal(max(miles, 0.1), places), "km", w.Decimal(max(km, 0.1), places))
}

// tel is a telephone number as an address has it: digits, and a plus before them. What stands after "ext" is left out, for
// telephones do not agree on it.
func tel(phone string) string {
	phone, _, _ = strings.Cut(strings.ToLower(phone), "e")
	phone, _, _ = strings.Cut(phone, "x")
	phone = strings.Replace(phone, "(0)", "", 1)
	var b strings.Builder
	for _, r := range phone {
		if r >= '0' && r <= '9' || r == '+' && b.Len() == 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}
