// Package page is the shell that all pages of Everykit share: the frame round them, the pieces they are made of, and the
// way from a handler that returns an error to an answer.
//
// What lives here. Shell is what one running server has in common for all pages; Shell.Handle turns a handler that may
// fail into an http.Handler, with an error page that shows what is safe and a log line that holds the cause. View is one
// page about to be drawn. Set is the parsed templates of one folder of web. Field, Table, Figure, Deed, Fact, Chart, Pager,
// Panel and Tag are the pieces. Gzip compresses.
//
// What it promises. A page works without scripts; with one it is the same page, a little quicker. Nothing is loaded from
// elsewhere and nothing is inline (the policy in headers.go forbids it), so a template must have no style="" and no
// onclick="". A page is drawn whole before a byte is sent. What was typed comes back with what was wrong with it. Every
// piece is clean before axe-core at 320 and at 1280 pixels (sink_test.go shows each one and checks it). Colour never says
// what words do not.
//
// # How to write a page
//
// A folder of web holds the handlers and, beside them, one template a page:
//
//	//go:embed *.html
//	var files embed.FS
//	var pages = page.MustParse(files, "*.html") // give.html is the page "give"; _row.html is shared by all in the folder
//
//	mux.Handle("GET /outlets/{id}/give", shell.Handle(h.giveForm))
//	mux.Handle("POST /outlets/{id}/give", shell.Handle(h.give))
//
//	func (h *Handler) give(w http.ResponseWriter, r *http.Request) error {
//		if err := r.ParseForm(); err != nil {
//			return fault.New(fault.Invalid, "This form cannot be read.").Because(err)
//		}
//		supply, err := read(r.PostForm)                    // fault.List, each At its field
//		if err == nil {
//			err = h.ledger.Supply(r.Context(), supply)
//		}
//		if err != nil {
//			v, missing := h.view(r)                        // the same View and Body as the empty form
//			if missing != nil {
//				return missing                             // 404, 403 ... as an error page
//			}
//			if !v.Fail(err, r.PostForm) {
//				return err                                 // not the form's fault
//			}
//			return pages.Render(w, page.Status(err), "give", v)
//		}
//		http.Redirect(w, r, receipt, http.StatusSeeOther)
//		return nil
//	}
//
//	func (h *Handler) view(r *http.Request) (page.View, error) {
//		v := h.shell.View(r, "Give out kits")
//		v.Caption = "Harbour Street"
//		v.Crumbs = []page.Link{{Text: "England", Href: "/nation"}, {Text: "Barking", Href: "/areas/E09000002"}}
//		v.Body = body{Lots: options, Key: newKey, Shelf: page.Table{...}}
//		return v, nil
//	}
//
// The template defines "main". "$" is the View, ".Body" what the handler brought. A field begins with $.Field NAME LABEL,
// which knows what was typed and what was wrong, and is completed by a pipe:
//
//	{{define "main"}}
//	{{template "heading" $}}
//	<form method="post" novalidate>
//	{{template "hidden" ($.Field "key" "" | initial .Body.Key)}}
//	{{template "count" ($.Field "kits" "How many kits?" | initial 1 | width 3 | big | step | least 1 | focus)}}
//	{{template "radios" ($.Field "lot" "Lot" | hint "The first to expire is picked." | options .Body.Lots | initial .Body.First)}}
//	{{template "radios" ($.Field "recipient" "For whom?" | option "person_at_risk" "Person at risk" | option "" "Not asked" | inline | small)}}
//	{{template "date" ($.Field "occurred_on" "When?" | initial $.Today | most $.Today)}}
//	<div class="ek-actions">{{template "button" (button "Give out")}}{{template "button" (button "Cancel" | secondary | href "..")}}</div>
//	</form>
//	{{template "table" .Body.Shelf}}
//	{{end}}
//
// Partials that take a Field: text, count, date, password, area, select, radios, checkboxes, checkbox, file, hidden; bare
// and bare-select have no visible label, for the cells of a sheet. Pipes: hint, initial, width (2 3 4 5 10 20 30), rows,
// prefix, suffix, least, most, auto (autocomplete), kind (type), mode (inputmode), options, option VALUE LABEL, big,
// inline, small, step, focus.
//
// The partial "scan" ($) is the box into which a code is scanned. It stands in a form that is sent with POST, before all its
// other buttons, on a page that sets View.Scan; package scanning reads what it sends.
//
// Other partials: heading ($), deeds ([]Deed), figures ([]Figure), facts ([]Fact), table (Table), chart (Chart: made by
// Drawing from what package draw gives), pager (Pager), panel (Panel), tag (Tag), link (Link), inset (a string), callout
// and details (a Callout), button (Button). Errors, Flash and Warning of the View are shown by the frame.
//
// Functions: number, kits, doses, kitsAndDoses KITS DOSES_PER_KIT, plural N ONE MANY, decimal X PLACES, inDays DAYS, tag
// TONE TEXT, state KEY, expiryTag EXPIRY TODAY (nil if there is nothing to say), callout TITLE TEXT, link TEXT HREF, button
// TEXT (then secondary, warning, href TO, named NAME VALUE), asset FILE, in WORDS. A page writes its own markup with the classes of
// nhsuk-frontend where no piece fits; a wide one of its own goes into
//
//	<div class="ek-scroll" role="region" aria-label="..." tabindex="0" data-scroll><table class="nhsuk-table ek-table ek-sheet">
//
// # Pages of the public
//
// Their words are messages (package language), so that they can be read in every language that is loaded: $.T, $.HTML and $.Link in a
// template, v.T, v.HTML and v.Link in a handler. "in" gives a piece that has words of its own those of the page:
//
//	{{template "figures" (.Body.Figures | in $.Words)}}    also table, chart, pager and callout; a Field has them from $.Field
//	<div{{with $.InEnglish}} lang="{{.}}"{{end}}>...</div>    what is in English alone: texts that a clinician approved, data
//
// The partial inset has English words of its own: it is for pages of staff. The frame gives public pages the way to leave them quickly,
// the chooser of languages and the links between them (View.Open, which desk sets by the route).
//
// What is the same for everybody is made once and sent as stored bytes: Drawn collects what a handler writes, Packed makes an Answer
// of it, Answer.Holds says how long it is right, Shell.Memory keeps it under its address, and Shell.FromMemory sends it before
// anything else is asked.
//
// Tests open the page with everykit/web/browser and call Check, which asks axe at both widths, with the script and without.
//
// Start reading at Shell, then View and Set; tests in sink_test.go show every piece in use.
package page
