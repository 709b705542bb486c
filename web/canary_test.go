package web_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"everykit/web"
	"everykit/web/webtest"
)

// shownAt says where what was typed into a field, or stood in a file, may be found again: addresses with {} for their
// numbers, and tables. Who may see an address is the matter of TestRights. What is not here is found nowhere: not on
// other pages, in files, in the log, in the database. A form that is shown again after a refusal is not counted.
var shownAt = map[string][]string{
	"name":         append([]string{"/wording", "/{}/{}/{}/{}", "table wording_approval"}, accountPages...),
	"role":         {"/wording", "/{}/{}/{}/{}", "table wording_approval"}, // the third is the code of a card, which leads to an answer
	"email":        append([]string{"/areas/{}/contacts", "/notices/{}", "table notice_contact", "table outbox"}, accountPages...),
	"lot":          append([]string{"/outlets/{}", "/outlets/{}/shelf.csv", "/outlets/{}/entries.csv", "/outlets/{}/give-out", "/outlets/{}/receive", "/outlets/{}/send", "/outlets/{}/used", "/outlets/{}/handed-back", "/outlets/{}/write-off", "/outlets/{}/day-sheet", "/outlets/{}/day-sheet/print", "/outlets/{}/count/{}", "table lot", "table reminder", "/notices/{}", "table notice_line"}, slices.Concat(entryPages, expiryPages)...),
	"note":         append([]string{"/areas/{}/export/{}", "table movement", "/notices/{}/outlets/{}", "table notice_answer"}, entryPages...),
	"reason":       append([]string{"table movement"}, entryPages...),
	"card":         {"/outlets/{}/entries/{}", "/lots/{}/outlets/{}", "/lots/{}/outlets/{}/entries.csv", "/areas/{}/export/{}", "table movement"},
	"replaces_lot": {"/outlets/{}/entries/{}", "/lots/{}/outlets/{}", "/lots/{}/outlets/{}/entries.csv", "/areas/{}/export/{}", "table movement"},
	"order":        {"/outlets/{}/entries/{}", "table movement"},
	"paid_by":      {"/outlets/{}/entries/{}", "table movement"},
	"supplier":     {"/outlets/{}/entries/{}", "table movement"},

	"title": noticePages, "number": noticePages, "regulator": noticePages, "severity": noticePages, "text": noticePages, "source": noticePages,
	"paste": {"/notices/{}", "table notice_line"},
	"why":   {"/notices/{}", "/notices/{}/outlets/{}", "/n/{}", "table notice"},

	"_file_note":     append([]string{"/areas/{}/export/{}", "table movement"}, entryPages...),
	"_file_card":     {"/outlets/{}/entries/{}", "/lots/{}/outlets/{}", "/lots/{}/outlets/{}/entries.csv", "/areas/{}/export/{}", "table movement"},
	"_file_replaces": {"/outlets/{}/entries/{}", "/lots/{}/outlets/{}", "/lots/{}/outlets/{}/entries.csv", "/areas/{}/export/{}", "table movement"},

	"client_code": nil, "_file_code": nil, "password": nil, "_file_name": nil, // and so of all others
}

var (
	expiryPages  = []string{"/outlets/{}/expiry", "/outlets/{}/expiry.csv", "/outlets/{}/reissue", "/outlets/{}/reissue.csv", "/areas/{}/expiry", "/areas/{}/expiry.csv", "/areas/{}/reissue", "/areas/{}/reissue.csv", "/nation/expiry", "/nation/{}/expiry", "/nation/{}/expiry.csv"}
	entryPages   = []string{"/outlets/{}/entries/{}", "/outlets/{}/card", "/outlets/{}/card.csv"}
	noticePages  = []string{"/notices", "/notices/{}", "table notice"} // of a draft: nobody else sees it yet
	accountPages = []string{"/accounts", "/accounts.csv", "/accounts/{}", "/accounts/{}/change", "table account"}
)

// fits are answers for fields that take no free words, so that forms are taken.
var fits = map[string]string{
	"kits": "1", "expiry": "2029-01", "email": "canary-email@example.org", "password": "three wise canaries", "pin": "4072", "good": "5", "broken": "0",
	"unit_price": "12.50", "doses": "1", "kits-1": "1", "kits_1": "1", "issued_on": "2026-11-20", "new_expiry": "",
}

// canary is what is typed into a field of words.
func canary(field string) string {
	return "Canary" + regexp.MustCompile(`[^a-z_]`).ReplaceAllString(field, "") + "bird"
}

var canaries = regexp.MustCompile(`(?i)canary[a-z_]*bird|canary-email@example.org|three wise canaries`)

// last is the last part of the name of a field in a row: kits of rows.3.kits.
func last(field string) string { return field[strings.LastIndex(field, ".")+1:] }

// spare reports whether a field belongs to one of the later lots of a notice, of which one is enough.
func spare(name string) bool {
	return strings.HasPrefix(name, "lines.") && !strings.HasPrefix(name, "lines.0.")
}

// fill answers a form: what must fit fits, all else is a canary.
func fill(f webtest.Form, fields map[string]bool) {
	for name, choices := range f.Choices {
		if (slices.Contains([]string{"product", "paste_product"}, last(name)) || name == "to") && !spare(name) && f.Values.Get(name) == "" && len(choices) > 1 {
			f.Values.Set(name, choices[1])
		}
	}
	for name := range f.Values {
		if good, ok := fits[last(name)]; ok && f.Values.Get(name) == "" && !spare(name) {
			f.Values.Set(name, good)
		}
	}
	if f.Values.Get("do") == "paste" { // the first button of the form of a notice only fills it in
		f.Values.Set("do", "save")
	}
	for _, name := range f.Words {
		if _, ok := fits[last(name)]; !ok && !spare(name) {
			f.Values.Set(name, canary(last(name)))
			fields[last(name)] = true
		}
	}
}

// typed fills in every form of every page as the role it is made for, and gives where the answers led on to.
func typed(t *testing.T, w *webtest.World) (led []string, fields map[string]bool) {
	t.Helper()
	fields = map[string]bool{}
	taken := ""
	for _, r := range web.Routes() {
		method, path := address(w, r.Pattern, places(w)[0])
		if method != http.MethodGet || isFile(path) || strings.Contains(path, "/files/") {
			continue
		}
		who := usedBy(r.Pattern)
		for _, f := range webtest.Forms(w.As(who).Get(path).Body, path) {
			fill(f, fields)
			var got webtest.Answer
			switch {
			case f.File != "" && f.File != "photo":
				got = sendFile(w.As(who), f)
			case f.Method == http.MethodPost:
				got = w.As(who).Post(f.Action, f.Values)
			default:
				got = w.As(who).Get(f.Action + "?" + f.Values.Encode())
			}
			if got.Status >= http.StatusInternalServerError {
				t.Errorf("%s answers %d", f.Action, got.Status)
			}
			if found := canaries.FindString(got.To); found != "" {
				t.Errorf("%s puts what was typed into an address: %s", f.Action, got.To)
			}
			if got.Status == http.StatusSeeOther {
				taken += path + " "
				led = append(led, got.To)
			}
		}
	}
	for _, needed := range []string{"give-out", "receive", "send", "used", "handed-back", "write-off", "turned-away", "day-sheet", "count", "accounts/new", "import", "notices/new", "close", "contacts", "/n/"} {
		if !strings.Contains(taken, needed) {
			t.Errorf("the form of %s was not taken: the canary never flew", needed)
		}
	}
	return led, fields
}

// sendFile sends a file of supplies with canaries in it, and takes it in.
func sendFile(v *webtest.Visitor, f webtest.Form) webtest.Answer {
	const file = "occurred_on,outlet,product,lot,kits,client_code,card,replaces_lot,note\n" +
		"2026-11-20,BD-01,PRODUCT,0116917,1,canary_file_codebird,canary_file_cardbird,canary_file_replacesbird,canary_file_notebird\n"
	f.Values.Set("kind", "supplies")
	looked := v.Upload(f.Action, f.Values, f.File, "canary_file_namebird.csv", strings.Replace(file, "PRODUCT", product, 1))
	for _, next := range webtest.Forms(looked.Body, f.Action) {
		if strings.HasSuffix(next.Action, "/take") {
			return v.Post(next.Action, next.Values)
		}
	}
	return looked
}

// TestCanaries types a word of its own into each field of each form, and looks for it everywhere.
func TestCanaries(t *testing.T) {
	w := webtest.New(t)
	product = w.Snap().Products()[0].Code
	led, fields := typed(t, w)
	for name := range shownAt {
		if _, ok := fits[name]; !ok && !fields[name] && name[0] != '_' {
			t.Errorf("no form has a field %q any more", name)
		}
	}
	seen := map[string]bool{}
	look := func(text, where string) {
		for _, c := range canaries.FindAllString(text, -1) {
			field := fieldOf(c)
			seen[field+" at "+where] = true
			if !slices.Contains(shownAt[field], where) {
				t.Errorf("what was typed as %q is found in %s", field, where)
			}
		}
	}
	for _, who := range webtest.Everybody {
		v := w.As(who)
		for _, r := range web.Routes() {
			if method, path := address(w, r.Pattern, places(w)[0]); method == http.MethodGet {
				look(v.Get(path).Body, kindOf(strings.TrimPrefix(r.Pattern, "GET ")))
			}
		}
		for _, to := range led {
			look(v.Get(to).Body, kindOf(to))
		}
	}
	look(w.Log.String(), "the log")
	if strings.Contains(w.Log.String(), "@example.org") {
		t.Error("the log holds an e-mail address")
	}
	for _, table := range w.Tables() {
		look(table.Text, "table "+table.Name)
	}
	for _, must := range []string{"note at /outlets/{}/entries/{}", "note at /areas/{}/export/{}", "name at /accounts", "_file_note at table movement", "lot at table lot", "title at table notice", "paste at /notices/{}", "note at table notice_answer", "why at /n/{}", "email at table notice_contact"} {
		if !seen[must] {
			t.Errorf("no canary flew past here: %s", must)
		}
	}
}

// fieldOf is the field that a canary was typed into.
func fieldOf(c string) string {
	switch c = strings.ToLower(c); c {
	case strings.ToLower(fits["email"]):
		return "email"
	case fits["password"]:
		return "password"
	}
	return strings.TrimSuffix(strings.TrimPrefix(c, "canary"), "bird")
}

// product is the code of what is on the shelves.
var product string

var numbers = regexp.MustCompile(`/[0-9a-z]+-[0-9a-z]{26}|[0-9a-f]{8}-[0-9a-f-]{27}|\{[a-z]+\}|/\d+\b|/[EWSN]\d{8}\b`)

// kindOf is an address, or the pattern of one, with what differs between places taken out.
func kindOf(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return numbers.ReplaceAllStringFunc(path, func(s string) string {
		if s[0] == '/' {
			return "/{}"
		}
		return "{}"
	})
}
