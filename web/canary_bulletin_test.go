package web_test

import (
	"archive/zip"
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/bulletin"
	"everykit/staff"
	"everykit/web/webtest"
)

// A bulletin as its staff have it, of the nation and of an authority.
const (
	bench      = "/nation/{}/bulletins/{}"
	localBench = "/areas/{}/bulletins/{}"
	askedFor   = "/areas/{}/requests/{}"
	askedHere  = "/outlets/{}/requests/{}/{}"
)

// shownToo goes on with shownAt: what is typed into the forms of bulletins, of the library, and of those who ask for kits. What
// has a name that begins with _ is typed by fitsToo, for its fields have names that other forms have too.
var shownToo = map[string][]string{
	"_commentary":     append([]string{"table bulletin_note", "table bulletin_blob"}, benchPages...),
	"_picture_title":  append([]string{"table bulletin_title", "table bulletin_blob"}, benchPages...),
	"_waived_for":     append([]string{"table bulletin_waiver", "table bulletin_event", "table bulletin_blob"}, benchPages...),
	"_early_who":      append([]string{"table bulletin_reader", "table bulletin_blob"}, benchPages...),
	"_early_why":      append([]string{"table bulletin_reader", "table bulletin_blob"}, benchPages...),
	"_corrected_what": append([]string{"table bulletin_edition", "table bulletin_event", "table bulletin_blob"}, benchPages...),
	"_corrected_why":  append([]string{"table bulletin_edition", "table bulletin_event", "table bulletin_blob"}, benchPages...),
	"unsign_why":      {bench, localBench, "table bulletin_event"},
	"_early":          {bench, "table outbox"},                       // erased with the publication from where it was typed
	"_local":          {localBench, "table bulletin_reader"},         // of one that is not published
	"_reader":         {"table bulletin_subscriber", "table outbox"}, // on no page at all

	"_suggested": {"/nation/research/suggestions", "/nation/research/suggestions/{}", "/nation/research", "table library_suggestion"},
	"_finder":    {"/nation/research/suggestions/{}", "table library_contact"},
	"_decided":   {"/nation/research/suggestions/{}", "/research/suggested", "table library_suggestion"},
	"_proposed":  {"/nation/research", "/nation/research/items/{}", "table library_item", "table library_text"},
	"_ris":       {"/nation/research", "/nation/research/items/{}", "table library_item", "table library_text"},
	"_item":      append([]string{"/nation/research", "/nation/research/items/{}", "table library_item", "table library_text"}, itemPages...),
	"words":      {"/nation/research", "/nation/research/items/{}", "/research", "/", "/{$}", "/research/{}", "table library_highlight"},

	"what":             {"/areas/{}/wrong", "table request_wrong"},
	"_offer_note":      {"/areas/{}/offer", "/request", "table request_offer"},
	"_offer_return":    {"/areas/{}/offer", askedFor + "/label", askedHere + "/label", "table request_offer"},
	"_refused_request": {askedFor, askedHere, "/request/progress", "table request"},
	"_ask_name":        {askedFor, askedFor + "/label", askedHere, askedHere + "/label"}, // and in no table: it is sealed
	"_ask_address":     {askedFor, askedFor + "/label", askedHere, askedHere + "/label"},
	"_contact":         {askedFor, askedHere, "table outbox"},

	"q": nil, "place": nil, "reference": nil,
}

var (
	benchPages = []string{bench, bench + "/preview", bench + "/files/{}", localBench, localBench + "/preview", localBench + "/files/{}"}
	itemPages  = []string{"/", "/{$}", "/report", "/research", "/research/{}", "/research/{}/{}", "/research/{}/item.ris", "/research/feed.atom", "/research/export.ris", "/research/export.bib", "/research/export.json", "/research/export.csv"}

	// publishedToo is what everybody may read of a bulletin once it is published, and not before.
	publishedToo = []string{"_commentary", "_picture_title", "_waived_for", "_early_who", "_early_why", "_corrected_what", "_corrected_why"}
)

// emails are fields by the addresses that are typed into them, where that is not "email".
var emails = map[string]string{"canary-early": "_early", "canary-local": "_local", "canary-reader": "_reader", "canary-finder": "_finder", "canary-contact": "_contact"}

// fitsToo goes on with fitsAt.
var fitsToo = map[string]map[string]string{
	"/nation/{}/bulletins": {"period": "2025-26-q4", "as_of": ""}, "/areas/{}/bulletins": {"period": "2025-26-q4", "as_of": ""},
	bench + "/invite":              {"who_1": "Canary_early_whobird", "why_1": "Canary_early_whybird", "email_1": "canary-early@example.org", "who_2": "", "why_2": "", "email_2": ""},
	localBench + "/invite":         {"who_1": "Canary_early_whobird", "why_1": "Canary_early_whybird", "email_1": "canary-local@example.org", "who_2": "", "why_2": "", "email_2": ""},
	bench + "/waive":               {"reason": "Canary_waived_forbird"},
	localBench + "/waive":          {"reason": "Canary_waived_forbird"},
	"/nation/{}/bulletins/correct": {"what": "Canary_corrected_whatbird", "why": "Canary_corrected_whybird"},
	"/bulletins/subscribe":         {"email": "canary-reader@example.org"},

	"/research/suggest":               {"title": "Canary_suggestedbird", "link": "https://example.org/canary_suggestedbird", "why": "Canary_suggestedbird", "email": "canary-finder@example.org", "more": ""},
	"/nation/research/suggestions/{}": {"note": "Canary_decidedbird", "other": "", "do": "decline"},
	"/nation/research/new":            inAll("Canary_proposedbird", map[string]string{"authors": "Sparrow, A", "year": "2021", "doi": "", "pmid": "", "link": "https://example.org/canary_proposedbird", "country": "", "do": "add"}),
	"/nation/research/items/{}":       inAll("Canary_itembird", map[string]string{"authors": "Kimmel, S", "doi": "", "pmid": "", "link": "https://example.org/canary_itembird", "country": ""}),

	"/areas/{}/offer":     {"note": "Canary_offer_notebird", "return": "Canary_offer_returnbird"},
	askedFor:              {"why": "Canary_refused_requestbird"},
	askedHere:             {"why": "Canary_refused_requestbird"},
	"/research/suggested": {"reference": "Canaryreferencebird"},
	"/request/progress":   {"reference": "Canaryreferencebird"},
}

// inAll types one canary into all fields of words of an item.
func inAll(word string, but map[string]string) map[string]string {
	for _, name := range []string{"title", "journal", "publisher", "summary", "abstract", "design", "setting", "finding", "quality", "tool", "note", "source", "volume", "issue", "pages", "n"} {
		but[name] = word
	}
	return but
}

// laterOn reports whether a form is left out among all forms: nothing is typed into it, and it ends what others need.
func laterOn(f webtest.Form) bool {
	switch _, deed, _ := strings.Cut(f.Action, "/bulletins/"); {
	case deed != "":
		return slices.ContainsFunc([]string{"/drop", "/unsign", "/sign", "/publish", "/leave"}, func(end string) bool { return strings.HasSuffix(f.Action, end) }) ||
			strings.HasPrefix(deed, "subscribed/") && !strings.HasSuffix(f.Action, "/confirm")
	case strings.HasPrefix(f.Action, "/nation/research/items/"):
		return strings.HasSuffix(f.Action, "/state") || strings.HasSuffix(f.Action, "/join")
	case strings.HasPrefix(f.Action, "/areas/") && strings.HasSuffix(f.Action, "/wrong"): // what is settled is shown no more
		return true
	case strings.Contains(f.Action, "/requests/"):
		return f.Values.Get("do") != "refuse"
	}
	return false
}

// neededToo goes on with the forms that must have been taken.
func neededToo(w *webtest.World) []string {
	e := w.Editions()
	at := "/bulletins/" + strconv.Itoa(e.Draft)
	local := "/bulletins/" + strconv.Itoa(e.LocalDraft)
	return []string{
		"> /nation/" + w.Nation(w.Home).Code + "/bulletins\n", at + "/note\n", at + "/title\n", at + "/invite\n", at + "/waive\n", at + "/arrange\n", at + "/refreeze\n", "/bulletins/correct\n", "/bulletins/" + strconv.Itoa(e.Signed) + "/unsign\n",
		"> /areas/" + w.Area(w.Home).Code + "/bulletins\n", local + "/note\n", local + "/title\n", local + "/invite\n", local + "/waive\n", "/bulletins/subscribe\n", e.Link + "/confirm\n",
		"/research/suggest\n", "/suggestions/" + w.Suggested() + "\n", "/nation/research/new\n", "/items/" + anItem + "\n", "/items/" + anItem + "/highlight\n",
		"/offer\n", "/wrong\n", "/requests/" + w.Asked().ID.String() + " refuse\n", "/request send\n",
	}
}

// flownToo goes on with where canaries must have been seen.
var flownToo = []string{
	"_commentary at " + bench, "_commentary at " + bench + "/preview", "_commentary at " + bench + "/files/{}", "_commentary at " + localBench, "_commentary at table bulletin_note", "_commentary at /bulletins/{}",
	"_commentary at /bulletins/{}/{}/bulletin.json", "_commentary at /bulletins/{}/{}/index.html", "_picture_title at /bulletins/{}/{}/bulletin.xlsx", "_picture_title at " + bench, "_picture_title at /bulletins/{}",
	"_waived_for at /bulletins/{}", "_early_who at /bulletins/{}", "_early at " + bench, "_local at table bulletin_reader", "_reader at table bulletin_subscriber",
	"_corrected_what at /bulletins/{}", "_corrected_why at /bulletins/{}", "unsign_why at table bulletin_event", "unsign_why at " + bench,
	"_suggested at /nation/research/suggestions/{}", "_finder at table library_contact", "_decided at /research/suggested", "_proposed at /nation/research/items/{}", "_ris at table library_item", "_item at /research/{}",
	"words at /nation/research", "what at /areas/{}/wrong", "_offer_note at /areas/{}/offer", "_ask_name at " + askedFor, "_ask_address at " + askedFor + "/label", "_contact at " + askedHere,
}

// privateWords are what was typed in the world that only those may see whom it was typed for.
var privateWords = []string{webtest.RequestName, strings.Split(webtest.RequestAddress, "\n")[0], webtest.RequestContact, webtest.SubscribeAt, webtest.EarlyAt, webtest.SuggestedAt}

// typedInBulletins types into the forms that bulletins have once they are signed or published.
func typedInBulletins(l *flight) {
	l.t.Helper()
	e, at := l.w.Editions(), "/nation/"+l.w.Nation(l.w.Home).Code+"/bulletins/"
	l.page(webtest.National, at+strconv.Itoa(e.Corrected), func(f webtest.Form) bool { return strings.HasSuffix(f.Action, "/correct") })
	l.page(webtest.Analyst, at+strconv.Itoa(e.Signed), func(f webtest.Form) bool { return strings.HasSuffix(f.Action, "/unsign") })
	l.led = append(l.led, at+strconv.Itoa(e.Signed))
}

// typedByPublic asks for a kit from page to page, and reads what became of a suggestion.
func typedByPublic(l *flight) {
	l.t.Helper()
	const progress = "/research/suggested?reference="
	for _, to := range slices.Clone(l.led) {
		if reference, ok := strings.CutPrefix(to, progress); ok {
			l.led = append(l.led, "/nation/research/suggestions/"+reference)
		}
	}
	l.led = append(l.led, progress+l.w.Suggested())
	v := l.w.As(webtest.Public)
	got := v.Open("/request")
	form := url.Values{}
	for range 10 {
		i := slices.IndexFunc(webtest.Forms(got.Body, "/request"), func(f webtest.Form) bool { return f.Held.Has("token") })
		if i < 0 {
			break
		}
		form = webtest.Forms(got.Body, "/request")[i].Held
		for name, answer := range map[string]string{
			"for": "me", "council": l.w.Area(l.w.Home).Code, "route": "either", "how": "post", "kits": "1", "old_enough": "yes", "trained": "yes",
			"name": "Canary_ask_namebird", "address": "1 Canary_ask_addressbird\nBarking\nIG11 7XX", "contact": "canary-contact@example.org",
		} {
			if strings.Contains(got.Body, `name="`+name+`"`) {
				form.Set(name, answer)
			}
		}
		press := "next"
		if strings.Contains(got.Body, `name="go" value="send"`) {
			press = "send"
		}
		form.Set("go", press)
		l.w.Wait(10 * time.Second)
		got = v.Post("/request", form)
		if found := canaries.FindString(got.To); found != "" {
			l.t.Errorf("asking for a kit puts %s into an address", found)
		}
		if got.Header.Get("Set-Cookie") != "" || !strings.Contains(got.Header.Get("Cache-Control"), "no-store") {
			l.t.Errorf("what was typed may be kept: %v", got.Header)
		}
		if press == "send" && got.Status < http.StatusBadRequest {
			l.taken.WriteString("/request send\n")
			break
		}
	}
	id := form.Get("id")
	at, here := "/areas/"+l.w.Area(l.w.Home).Code+"/requests/"+id, l.w.Path("/requests/"+l.w.Area(l.w.Home).Code+"/"+id)
	l.led = append(l.led, at, at+"/label", here, here+"/label")
}

// sendItems sends a file of research with canaries in it, and takes it in.
func sendItems(v *webtest.Visitor, f webtest.Form) webtest.Answer {
	const file = "TY  - JOUR\nTI  - Canary_risbird\nAU  - Sparrow, B\nPY  - 2020\nJO  - Canary_risbird\nER  - \n"
	looked := v.Upload(f.Action, f.Values, f.File, "canary_ris_namebird.ris", file)
	for _, next := range webtest.Forms(looked.Body, f.Action) {
		if strings.HasSuffix(next.Action, "/take") {
			return v.Post(next.Action, next.Values)
		}
	}
	return looked
}

// publishBulletins has the draft into which all was typed, and the correction, signed and published. Before, everybody is told
// that there is nothing; then they read the words, and no address of anybody.
func publishBulletins(l *flight, seen map[string]bool, look func(text, where string)) {
	l.t.Helper()
	t, w, e := l.t, l.w, l.w.Editions()
	v := w.As(webtest.Public)
	ahead := "/bulletins/" + e.HiddenAs
	for _, path := range append(filesOf(ahead+"/1"), ahead, ahead+"/1", ahead+"/bulletin.json") {
		if got := v.Get(path); got.Status != http.StatusNotFound || canaries.MatchString(got.Body) {
			t.Errorf("%s answers %d before it is published", path, got.Status)
		}
	}
	for _, path := range []string{"/bulletins", "/bulletins/feed.atom", "/sitemap.xml", "/"} {
		v.Open(path).Lacks(t, e.HiddenAs, e.SignedAs)
	}
	w.Printer.Chromium = "none" // its PDF cannot be searched for words either way
	again, err := w.Bulletins.Find(t.Context(), w.Person(webtest.National), e.Slug)
	w.Must(err)
	if again.Number == 2 { // Find gives what is published
		list, err := w.Bulletins.Of(t.Context(), w.Person(webtest.National), w.Nation(w.Home).ID)
		w.Must(err)
		again = &list[slices.IndexFunc(list, func(of bulletin.Edition) bool { return of.Slug == e.Slug && of.Number == 3 })]
	}
	for _, id := range []int{e.Draft, again.ID} {
		letOut(t.Context(), w, id)
	}
	paths := []string{"/bulletins", "/bulletins/feed.atom", "/", "/sitemap.xml"}
	for at, number := range map[string]string{ahead: "/1", "/bulletins/" + e.Slug: "/3"} {
		paths = append(paths, at, at+number)
		paths = append(paths, filesOf(at+number)...)
	}
	for _, path := range paths {
		got := v.Open(path)
		where := kindOf(path)
		for _, c := range canaries.FindAllString(readable(t, got), -1) {
			field := fieldOf(c)
			if !slices.Contains(publishedToo, field) && !strings.HasPrefix(field, "_item") && field != "words" {
				t.Errorf("%s holds what was typed as %q", path, field)
			}
			seen[field+" at "+where] = true
		}
		for _, private := range privateWords {
			if strings.Contains(readable(t, got), private) {
				t.Errorf("%s holds what is not for everybody: %s", path, private)
			}
		}
	}
	if again := v.Open("/bulletins/" + e.Slug + "/2"); strings.Contains(again.Body, canary("_corrected_what")) || !strings.Contains(again.Body, "/bulletins/"+e.Slug+`"`) {
		t.Error("an older edition tells of a later correction, or does not lead to the newest")
	}
	_, err = w.Post.Once(t.Context())
	w.Must(err)
	for _, path := range []string{"/bulletins/" + strconv.Itoa(e.Draft), "/bulletins/" + strconv.Itoa(again.ID)} {
		look(w.As(webtest.Analyst).Get("/nation/"+w.Nation(w.Home).Code+path).Body, bench)
	}
	for _, table := range w.Tables() {
		for _, private := range []string{webtest.RequestName, strings.Split(webtest.RequestAddress, "\n")[0]} {
			if strings.Contains(table.Text, private) {
				t.Errorf("%s can be read in table %s", private, table.Name)
			}
		}
	}
}

// letOut lets what is left to mend pass, and has a draft signed and published.
func letOut(ctx context.Context, w *webtest.World, id int) {
	operator := staff.Operator()
	writer, signer := w.Person(webtest.National), w.Person(webtest.Analyst)
	version := func() int {
		e, err := w.Bulletins.Get(ctx, operator, id)
		w.Must(err)
		return e.Version
	}
	w.Must(w.Bulletins.Refreeze(ctx, writer, id, version())) // for another may have been published meanwhile
	open, _, err := w.Bulletins.Check(ctx, id)
	w.Must(err)
	for _, f := range open {
		w.Must(w.Bulletins.Waive(ctx, writer, id, version(), f.Key, "It is a small world."))
	}
	w.Must(w.Bulletins.Sign(ctx, signer, id, version(), time.Time{}))
	w.Must(w.Bulletins.Publish(ctx, writer, id, version()))
}

// filesOf are the addresses of the files of an edition.
func filesOf(edition string) []string {
	var list []string
	for _, name := range bulletin.FileNames {
		list = append(list, edition+"/"+name)
	}
	return list
}

// readable is what an answer holds, unpacked if it is an archive or a workbook, which is one.
func readable(t *testing.T, a webtest.Answer) string {
	t.Helper()
	packed, err := zip.NewReader(strings.NewReader(a.Body), int64(len(a.Body)))
	if err != nil {
		return a.Body
	}
	var text strings.Builder
	for _, f := range packed.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&text, r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return text.String()
}
