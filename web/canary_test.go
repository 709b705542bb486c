package web_test

import (
	"cmp"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/opendata"
	"everykit/web"
	"everykit/web/desk"
	"everykit/web/webtest"
)

// shownAt says where what was typed into a field, or stood in a file, may be found again: addresses with {} for their
// numbers, and tables. Who may see an address is the matter of TestRights. What is not here is found nowhere: not on
// other pages, in files, in the log, in the database. A form that is shown again after a refusal is not counted.
var shownAt = map[string][]string{
	"name":         append([]string{"/wording", "/{}/{}/{}/{}", "table wording_approval"}, accountPages...),
	"role":         {"/wording", "/{}/{}/{}/{}", "table wording_approval"}, // the third is the code of a card, which leads to an answer
	"email":        append([]string{"/areas/{}/contacts", "/notices/{}", "table notice_contact", "table outbox", respondent, "table survey_respondent"}, accountPages...),
	"lot":          append([]string{"/outlets/{}", "/outlets/{}/shelf.csv", "/outlets/{}/entries.csv", "/outlets/{}/give-out", "/outlets/{}/receive", "/outlets/{}/send", "/outlets/{}/used", "/outlets/{}/handed-back", "/outlets/{}/write-off", "/outlets/{}/day-sheet", "/outlets/{}/day-sheet/print", "/outlets/{}/count/{}", "table lot", "table reminder", "/notices/{}", "table notice_line", "/areas/{}/give/{}", askedFor, askedHere}, slices.Concat(entryPages, expiryPages)...),
	"note":         append([]string{"/areas/{}/export/{}", "table movement", "/notices/{}/outlets/{}", "table notice_answer", "/areas/{}/support/{}", "table support_step"}, entryPages...),
	"reason":       append([]string{"table movement", "/areas/{}/support/{}", "table support_action", "table support_step"}, entryPages...),
	"card":         {"/outlets/{}/entries/{}", "/lots/{}/outlets/{}", "/lots/{}/outlets/{}/entries.csv", "/areas/{}/export/{}", "table movement"},
	"replaces_lot": {"/outlets/{}/entries/{}", "/lots/{}/outlets/{}", "/lots/{}/outlets/{}/entries.csv", "/areas/{}/export/{}", "table movement"},
	"order":        {"/outlets/{}/entries/{}", "table movement"},
	"paid_by":      {"/outlets/{}/entries/{}", "table movement"},
	"supplier":     {"/outlets/{}/entries/{}", "table movement"},

	"number": noticePages, "regulator": noticePages, "severity": noticePages, "text": noticePages,
	"paste": {"/notices/{}", "table notice_line"},
	"why":   {"/notices/{}", "/notices/{}/outlets/{}", "/n/{}", "table notice"},

	"title":  slices.Concat(noticePages, guidePages, []string{"/areas/{}/scorecard", "/areas/{}/support/{}", "/nation/gaps", "/nation/{}/gaps"}, roundPages, questionPages, []string{"/areas/{}/survey", "/areas/{}/survey/{}", round + "/findings", respondent, "table survey_round", "table outbox"}),
	"source": slices.Concat(noticePages, answerTables, []string{respondent, round + "/answers.csv", "/areas/{}/scorecard", "/areas/{}/scorecard.csv", "/nation/{}/scorecard.csv"}),

	"contact": {round, round + "/print", respondent + "/print", "/s/{}/print", "table survey_round"},
	"letter":  {"table survey_round"},
	"wording": append([]string{"/areas/{}/survey", "/areas/{}/survey/{}", round + "/findings", "table survey_round"}, questionPages...),
	"help":    append([]string{"table survey_round"}, questionPages...),
	"options": append([]string{"table survey_round"}, questionPages...),
	"others":  {round, respondent, respondent + "/answer", respondent + "/print", "/s/{}", "/s/{}/print", "table survey_respondent"},

	"paused_for":   {respondent, "table survey_event"},
	"extended_for": append([]string{respondent, "/areas/{}/survey/{}"}, answerTables...),
	"refused_for":  {respondent, "table survey_event"},
	"query":        {respondent, "/areas/{}/survey/{}", "/s/{}", "table survey_query", "table survey_event"},
	"explained":    {respondent, "/areas/{}/survey/{}", "table survey_query", "table survey_event"},
	"started":      slices.Concat(answerPages, answerTables, []string{"/data/answers", "/data/answers.csv", "/data/answers.json"}),
	"comments":     slices.Concat(answerPages, answerTables), // it is private: never in the open data

	"says":       {"/areas/{}/support", "/areas/{}/support/{}", "/areas/{}/support/{}/spare", "/nation/support", "/nation/{}/support", "/nation/{}/support.csv", "table support_action"},
	"owner_not":  {"/areas/{}/support", "/areas/{}/support/{}", "/nation/support", "/nation/{}/support", "/nation/{}/support.csv", "table support_action"},
	"guide_note": {"/areas/{}/support/{}", "table support_step"},
	"call_note":  {"/areas/{}/support/{}", "table support_step"},
	"markdown":   {"/guidance/{}", "/nation/{}/guidance/{}/edit", "table support_page"},

	"_file_letter":   append([]string{respondent}, append([]string{"table survey_letter"}, answerTables...)...),
	"_file_note":     append([]string{"/areas/{}/export/{}", "table movement"}, entryPages...),
	"_file_card":     {"/outlets/{}/entries/{}", "/lots/{}/outlets/{}", "/lots/{}/outlets/{}/entries.csv", "/areas/{}/export/{}", "table movement"},
	"_file_replaces": {"/outlets/{}/entries/{}", "/lots/{}/outlets/{}", "/lots/{}/outlets/{}/entries.csv", "/areas/{}/export/{}", "table movement"},

	"client_code": nil, "_file_code": nil, "password": nil, "_file_name": nil, // and so of all others
}

var (
	expiryPages = []string{"/outlets/{}/expiry", "/outlets/{}/expiry.csv", "/outlets/{}/reissue", "/outlets/{}/reissue.csv", "/areas/{}/expiry", "/areas/{}/expiry.csv", "/areas/{}/reissue", "/areas/{}/reissue.csv", "/nation/expiry", "/nation/{}/expiry", "/nation/{}/expiry.csv"}
	entryPages  = []string{"/outlets/{}/entries/{}", "/outlets/{}/card", "/outlets/{}/card.csv"}
	noticePages = []string{"/notices", "/notices/{}", "table notice"} // of a draft: nobody else sees it yet
	guidePages  = []string{"/guidance", "/guidance/{}", "/nation/{}/guidance/{}/edit", "table support_page"}

	roundPages    = []string{"/survey", "/nation/{}/survey", "/nation/{}/survey/compare", round, round + "/remind", round + "/close"}
	questionPages = []string{round + "/print", respondent + "/answer", respondent + "/print", "/s/{}", "/s/{}/print"}
	answerPages   = []string{respondent, respondent + "/answer", "/areas/{}/survey/{}", "/s/{}", "/s/{}/sent", round + "/answers.csv"}
	answerTables  = []string{"table survey_respondent", "table survey_event"}

	accountPages = []string{"/accounts", "/accounts.csv", "/accounts/{}", "/accounts/{}/change", "table account"}
)

// Of a round of the survey, and of one of those it asks.
const (
	round      = "/nation/{}/survey/{}"
	respondent = round + "/respondents/{}"
)

// fits are answers for fields that take no free words, so that forms are taken.
var fits = map[string]string{
	"kits": "1", "expiry": "2029-01", "email": "canary-email@example.org", "password": "three wise canaries", "pin": "4072", "good": "5", "broken": "0",
	"unit_price": "12.50", "doses": "1", "kits-1": "1", "kits_1": "1", "issued_on": "2026-11-20", "new_expiry": "",
	"key": "canary-key", "extended_to": "2027-02-01", "call_on": "2026-12-01",
}

// fitsAt are answers of forms that take no others, by where they are sent.
var fitsAt = map[string]map[string]string{
	"/areas/{}/give/{}":                {"kits": "1"},
	"/nation/{}/survey/{}/respondents": {"paste": "E09000003, canary-email@example.org", "others": "CAN-1, Canaryothersbird, E09000003, canary-email@example.org"},
	"/nation/{}/survey/{}/questions":   {"new.kind": "one", "new.options": "Canaryoptionsbird\nSomething else"},
}

// canary is what is typed into a field of words.
func canary(field string) string {
	return "Canary" + regexp.MustCompile(`[^a-z_]`).ReplaceAllString(field, "") + "bird"
}

var canaries = regexp.MustCompile(`(?i)canary[a-z_]*bird|canary-[a-z]+@example.org|three wise canaries`)

// last is the last part of the name of a field in a row: kits of rows.3.kits. Those of the words of a bulletin have one name for
// all chapters, and one for all pictures and tables.
func last(field string) string {
	for begins, name := range map[string]string{"note-": "_commentary", "title-": "_picture_title"} {
		if strings.HasPrefix(field, begins) {
			return name
		}
	}
	return field[strings.LastIndex(field, ".")+1:]
}

// spare reports whether a field belongs to one of the later lots of a notice, of which one is enough.
func spare(name string) bool {
	return strings.HasPrefix(name, "lines.") && !strings.HasPrefix(name, "lines.0.")
}

// chosen are the fields whose first choice is none.
var chosen = []string{"product", "paste_product", "to", "gap", "question", "others_kind"}

// fill answers a form: what must fit fits, all else is a canary.
func fill(f webtest.Form, fields map[string]bool) {
	for name, choices := range f.Choices {
		if slices.Contains(chosen, last(name)) && !spare(name) && f.Values.Get(name) == "" && len(choices) > 1 {
			f.Values.Set(name, choices[1])
		}
	}
	for name := range f.Values {
		good, ok := fits[last(name)]
		if ok && f.Values.Get(name) == "" && !spare(name) {
			f.Values.Set(name, good)
		}
		if number := strings.HasPrefix(name, "q.") && f.Choices[name] == nil && !slices.Contains(f.Words, name); number && f.Values.Get(name) == "" {
			f.Values.Set(name, "5")
		}
	}
	switch {
	case f.Values.Get("do") == "paste": // the first button of the form of a notice only fills it in
		f.Values.Set("do", "save")
	case f.Values.Has("asked"): // that of a form of questions keeps a part of it
		f.Values.Set("do", "send")
	}
	if f.Values.Has("owner_not") {
		f.Values.Set("owner", "") // one of the two
	}
	for _, name := range f.Words {
		if _, ok := fits[last(name)]; ok || spare(name) {
			continue
		}
		f.Values.Set(name, canary(last(name)))
		fields[last(name)] = true
	}
	for _, at := range []map[string]map[string]string{fitsAt, fitsToo} {
		for name, good := range at[kindOf(f.Action)] {
			f.Values.Set(name, good)
		}
	}
	maps.DeleteFunc(f.Values, func(name string, _ []string) bool { return last(name) == "out" || strings.HasPrefix(name, "out-") }) // nobody is left out, and no chapter
}

// flight is the forms of all pages as they are filled in and sent.
type flight struct {
	t      *testing.T
	w      *webtest.World
	fields map[string]bool // in which something was typed
	led    []string        // where the answers led on to
	taken  strings.Builder // which forms were: a line of the page and the button, and one of where it was sent
}

// button names a form among those of its page.
func button(f webtest.Form) string {
	return strings.Join([]string{f.Action, f.Values.Get("do"), f.Values.Get("question"), f.Held.Get("chapter"), f.Held.Get("key"), f.Held.Get("finding")}, " ")
}

// page fills in and sends the forms of a page that are wanted. Each is read afresh: sending one can change another.
func (l *flight) page(who, path string, wanted func(webtest.Form) bool) {
	l.t.Helper()
	forms := func() []webtest.Form { return webtest.Forms(l.w.As(who).Get(path).Body, path) }
	for i, first := range forms() {
		f := first
		if i > 0 {
			now := forms()
			at := slices.IndexFunc(now, func(f webtest.Form) bool { return button(f) == button(first) })
			if at < 0 {
				continue
			}
			f = now[at]
		}
		if wanted(f) {
			l.send(who, path, f)
		}
	}
}

func (l *flight) send(who, path string, f webtest.Form) {
	l.t.Helper()
	fill(f, l.fields)
	if f.Values.Get("token") != "" {
		l.w.Wait(10 * time.Second) // no person types faster
	}
	var got webtest.Answer
	switch v := l.w.As(who); {
	case f.Action == "/nation/research/file":
		got = sendItems(v, f)
	case f.File == "letter":
		got = v.Upload(f.Action, f.Values, f.File, "canary_file_letterbird.txt", "Dear all")
	case f.File != "" && f.File != "photo":
		got = sendFile(v, f)
	case f.Method == http.MethodPost:
		got = v.Post(f.Action, f.Values)
	default:
		got = v.Get(f.Action + "?" + f.Values.Encode())
	}
	if got.Status >= http.StatusInternalServerError {
		l.t.Errorf("%s answers %d", f.Action, got.Status)
	}
	if found := canaries.FindString(got.To); found != "" {
		l.t.Errorf("%s puts what was typed into an address: %s", f.Action, got.To)
	}
	if got.Status == http.StatusSeeOther {
		l.taken.WriteString(path + " " + f.Values.Get("do") + "\n> " + f.Action + "\n")
		if to, _, _ := strings.Cut(got.To, "&at="); !slices.Contains(l.led, to) {
			l.led = append(l.led, to)
		}
	} else if got.Status >= http.StatusBadRequest {
		l.t.Logf("%s is not taken: %d %.120s", path, got.Status, got.Words())
	}
}

// ends reports whether a form ends what other forms need: those are sent last, and the one that makes a fresh link in place
// of that in the letter is not sent at all, for nothing is typed in it.
func ends(f webtest.Form) bool {
	return laterOn(f) || f.Values.Get("do") == "declined" || f.Values.Get("do") == "link" || (strings.Contains(f.Action, "/survey/") && strings.HasSuffix(f.Action, "/close"))
}

// typed fills in every form of every page as the role it is made for.
func typed(t *testing.T, w *webtest.World) *flight {
	t.Helper()
	l := &flight{t: t, w: w, fields: map[string]bool{}}
	for _, r := range web.Routes() {
		method, path := address(w, r.Pattern, places(w)[0])
		if method == http.MethodGet && !isFile(path) && !strings.Contains(path, "/import/files/") {
			l.page(usedBy(r.Pattern), path, func(f webtest.Form) bool { return !ends(f) })
		}
	}
	asks := "/areas/" + w.Area(w.Home).Code + "/support/"
	l.page(webtest.National, asks+strconv.Itoa(w.Ask), func(f webtest.Form) bool { return f.Values.Get("do") == "declined" })
	list, err := w.Support.Of(t.Context(), w.Home.Area)
	w.Must(err)
	for _, one := range list { // among them the one that was made here
		l.led = append(l.led, asks+strconv.Itoa(one.ID), asks+strconv.Itoa(one.ID)+"/spare")
	}
	typedInBulletins(l)
	typedByPublic(l)
	for _, needed := range append([]string{
		"give-out", "receive", "/send ", "used", "handed-back", "write-off", "turned-away", "day-sheet", "count", "accounts/new", "import", "notices/new", "/close", "contacts", "/n/",
		"survey/new", "/edit", "/questions", "/respondents ", "/letter", w.NextRound + "/send", "/respondents/1 ask", "/respondents/1 explain", "/respondents/1 query", "/respondents/1 pause",
		"/respondents/1 extend", "/respondents/1 refuse", "/answer", w.AnswerLink + " send", w.AnswerLink + " \n",
		"/support ", "/support/1 guidance", "/support/1 call", "/support/1 changed", "/support/1 declined", "/spare", "/give/", "guidance/new", "guidance/starting-provision/edit",
	}, neededToo(w)...) {
		if !strings.Contains(l.taken.String(), needed) {
			t.Errorf("the form of %q was not taken: the canary never flew", needed)
		}
	}
	return l
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
	w := whole(t)
	product = w.Snap().Products()[0].Code
	l := typed(t, w)
	maps.Copy(shownAt, shownToo)
	for name := range shownAt {
		if _, ok := fits[name]; !ok && !l.fields[name] && name[0] != '_' {
			t.Errorf("no form has a field %q any more", name)
		}
	}
	seen := map[string]bool{}
	look := func(text, where string) {
		for _, c := range canaries.FindAllString(text, -1) {
			field := fieldOf(c)
			if here := field + " at " + where; !seen[here] && !slices.Contains(shownAt[field], where) {
				t.Errorf("what was typed as %q is found in %s", field, where)
			}
			seen[field+" at "+where] = true
		}
	}
	for _, who := range webtest.Everybody {
		v := w.As(who)
		for _, r := range web.Routes() {
			method, path := address(w, r.Pattern, places(w)[0])
			if method != http.MethodGet {
				continue
			}
			where := kindOf(strings.TrimPrefix(r.Pattern, "GET "))
			look(v.Get(path).Body, where)
			if strings.Contains(r.Pattern, "{round}") { // and the one that was written here
				for _, key := range []string{w.OpenRound, w.PastRound, w.ClosedRound} {
					path = strings.Replace(path, key, w.NextRound, 1)
				}
				look(v.Get(path).Body, where)
				for _, number := range []string{"2", "3"} {
					if another := strings.Replace(path, "/respondents/1", "/respondents/"+number, 1); another != path {
						look(v.Get(another).Body, where)
					}
				}
			}
		}
		for _, to := range l.led {
			look(v.Get(to).Body, kindOf(to))
		}
	}
	for _, link := range w.AnswerLinks() {
		for _, more := range []string{"", "/sent", "/print"} {
			look(w.As(webtest.Public).Get(link+more).Body, kindOf(link+more))
		}
	}
	publish(t, w, look)
	publishBulletins(l, seen, look)
	look(w.Log.String(), "the log")
	if strings.Contains(w.Log.String(), "@example.") || strings.Contains(w.Log.String(), webtest.AskedAt) {
		t.Error("the log holds an e-mail address")
	}
	for _, private := range privateWords {
		if strings.Contains(w.Log.String(), private) {
			t.Errorf("the log holds what is not for everybody: %s", private)
		}
	}
	for _, table := range w.Tables() {
		look(table.Text, "table "+table.Name)
	}
	for _, must := range append([]string{
		"note at /outlets/{}/entries/{}", "note at /areas/{}/export/{}", "name at /accounts", "_file_note at table movement", "lot at table lot", "title at table notice", "paste at /notices/{}",
		"note at table notice_answer", "why at /n/{}", "email at table notice_contact",
		"title at /s/{}", "wording at /s/{}", "options at /s/{}", "others at /s/{}", "letter at table survey_round", "email at table survey_respondent", "email at " + respondent,
		"query at /areas/{}/survey/{}", "explained at " + respondent, "paused_for at table survey_event", "refused_for at table survey_event", "extended_for at /areas/{}/survey/{}",
		"comments at /s/{}", "comments at " + round + "/answers.csv", "source at " + round + "/answers.csv", "started at /data/answers.csv", "_file_letter at table survey_letter",
		"says at /areas/{}/support/{}", "says at /nation/support", "owner_not at table support_action", "reason at table support_action", "guide_note at table support_step", "markdown at /guidance/{}",
	}, flownToo...) {
		if !seen[must] {
			t.Errorf("no canary flew past here: %s", must)
		}
	}
}

// publish closes and publishes the round that was answered, and looks at everything that is public.
func publish(t *testing.T, w *webtest.World, look func(text, where string)) {
	t.Helper()
	at := "/nation/" + w.Nation(w.Home).Code + "/survey/" + w.OpenRound
	for _, step := range []string{"/close", "/publish"} {
		w.As(webtest.National).Saved(at + step)
	}
	v := w.As(webtest.Public)
	w.Wait(opendata.Every)
	for range 200 { // the files are made anew while the old ones are given
		if strings.Contains(v.Get("/data/answers.csv").Body, "\n"+w.OpenRound+",") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	all := []string{"/findings/" + w.OpenRound}
	for _, r := range web.Routes() {
		if method, path := address(w, r.Pattern, places(w)[0]); method == http.MethodGet && r.Scope == desk.Public && !strings.HasPrefix(path, "/s/") {
			all = append(all, path)
		}
	}
	tables, err := w.Data.List(t.Context())
	w.Must(err)
	for _, of := range tables {
		all = append(all, "/data/"+of.Name, "/data/"+of.Name+".csv", "/data/"+of.Name+".json")
	}
	for _, path := range all {
		got := v.Get(path)
		look(got.Body, kindOf(path))
		for _, private := range []string{webtest.AskedAt, webtest.PrivateWords, canary("comments"), canary("source"), webtest.RequestName, webtest.RequestContact, webtest.SubscribeAt, webtest.EarlyAt, webtest.SuggestedAt} {
			if strings.Contains(got.Body, private) {
				t.Errorf("%s holds what is not for everybody: %s", path, private)
			}
		}
	}
	if got := v.Get("/data/answers.csv").Body; !strings.Contains(got, "\n"+w.OpenRound+",") || !strings.Contains(got, w.PastRound+",") {
		t.Errorf("the answers were not published: %.300s", got)
	}
}

// fieldOf is the field that a canary was typed into.
func fieldOf(c string) string {
	c = strings.ToLower(c)
	if c == fits["password"] {
		return "password"
	}
	if email, ok := strings.CutSuffix(c, "@example.org"); ok {
		return cmp.Or(emails[email], "email")
	}
	return strings.TrimSuffix(strings.TrimPrefix(c, "canary"), "bird")
}

// product is the code of what is on the shelves.
var product string

var numbers = regexp.MustCompile(`/[0-9a-f]{8}-[0-9a-f-]{27}|/[0-9a-z]+-[0-9a-z]{26}|/\d{4}-\d\d-q\d[a-z-]*|/[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}|/[a-z]+-20\d\d\b|/\d{4}-\d\d\b|/canary-key\b|/starting-provision\b|[0-9a-f]{8}-[0-9a-f-]{27}|\{[a-z]+\}|/\d+\b|/[EWSN]\d{8}\b`)

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
