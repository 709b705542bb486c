package request_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"everykit/language"
	"everykit/web/webtest"
)

// codes puts a table of postcodes in: three of Barking, one of Barnet, and one whose council is not told.
func codes(t *testing.T, w *webtest.World) {
	t.Helper()
	const table = `"pcd","pcd2","pcds","dointr","doterm","oscty","ced","oslaua","osward","ctry","lat","long","oshlthau"
"IG11 7AA","IG11 7AA","IG11 7AA","198001","","E99999999","","E09000002","","E92000001",51.536,0.081,""
"IG11 7AB","IG11 7AB","IG11 7AB","198001","","E99999999","","E09000002","","E92000001",51.537,0.082,""
"N2 1AA","N2 1AA","N2 1AA","198001","","E99999999","","E09000003","","E92000001",51.59,-0.16,""
"IM1 1AA","IM1 1AA","IM1 1AA","198001","","","","M99999999","","M83000003",54.15,-4.48,""
`
	file := filepath.Join(t.TempDir(), "codes.csv")
	w.Must(os.WriteFile(file, []byte(table), 0o600))
	_, err := w.Postcodes.Import(t.Context(), file, nil)
	w.Must(err)
}

// TestPostcodeFindsTheCouncil in every sloppy form, and adds it to an address that has none.
func TestPostcodeFindsTheCouncil(t *testing.T) {
	w := offering(t)
	codes(t, w)
	start(t, w).at.Lacks(t, `name="council"`)
	for _, typed := range []string{"IG11 7AA", "ig117aa", " Ig11-7 ab ", "IG11", "iG11"} {
		start(t, w).next("for", "me", "postcode", typed).is("kind")
	}
	for typed, says := range map[string]string{
		"": "Type a postcode", "nowhere": "This is not a postcode", "SW1A 1AA": "not in our list", "<script>": "This is not a postcode",
		"IG11 7AA" + strings.Repeat("A", 5000): "This is not a postcode", "\u202eIG": "This is not a postcode",
	} {
		k := start(t, w).next("for", "me", "postcode", typed).is("who")
		k.at.Says(t, says)
		if k.at.Status < 400 || k.at.Status > 499 {
			t.Errorf("%q answers %d", typed, k.at.Status)
		}
		k.at.Lacks(t, "<script>")
	}
	// One that the table lacks, or whose council it does not tell: the list comes beside it, and what is chosen there counts.
	for _, typed := range []string{"SW1A 1AA", "IM1 1AA"} {
		k := start(t, w).next("for", "me", "postcode", typed).is("who")
		k.at.Says(t, `name="council"`)
		k.next("council", barking).is("kind")
	}
	start(t, w).next("for", "me", "postcode", "N2 1AA").at.Says(t, "Not offered here yet", "Barnet")
	k := start(t, w).next("for", "me", "postcode", "ig117ab").next("route", "nasal").next().next("how", "post").is("where")
	k.next("old_enough", "yes", "name", "A", "address", "1 Some Street").is("check").at.Says(t, "1 Some Street<br>IG11 7AB")
	k.sent()
	w.As(webtest.Coordinator).Open(only(t, w)+"/label").Says(t, "1 Some Street<br>IG11 7AB")
	half := start(t, w).next("for", "me", "postcode", "IG11").next("route", "nasal").next().next("how", "post")
	half.next("old_enough", "yes", "name", "A", "address", "1 Some Street").is("where").at.Says(t, "The address has no postcode.")
	webtest.Lacks(t, strings.ToLower(w.Log.String()), "ig11", "some street")
}

// TestBadInput is answered with one message beside its field, and keeps what was typed.
func TestBadInput(t *testing.T) {
	w := offering(t)
	k := start(t, w).next("for", "", "council", barking).is("who")
	k.at.Is(t, http.StatusUnprocessableEntity, "", `id="for-error"`)
	k.next("for", "everyone").is("who")
	k.next("for", "me", "council", "E92000001").is("who").at.Says(t, "Choose your council")
	k.next("for", "me", "council", "<b>").is("who")
	k = start(t, w).next("for", "me", "council", barking).next("route", "both").is("kind")
	k.next("route", "either").next().next("how", "pigeon").is("how")
	k.next("how", "post", "kits", "3").is("how").at.Says(t, "from 1 to 2")
	k.next("how", "post", "kits", "-1").is("how")
	k.next("how", "post", "kits", "2").is("where")
	good := []string{"old_enough", "yes", "name", canaryName, "address", canaryAddress, "contact", ""}
	for _, c := range [][3]string{
		{"name", "", "Type a name"},
		{"name", strings.Repeat("n", 101), "longer than 100 letters"},
		{"address", "", "Type the address"},
		{"address", strings.Repeat("x", 500) + " OX1 2JD", "longer than 400 letters"},
		{"address", "7 Wharfside", "has no postcode"},
		{"contact", "my brother", "not an e-mail address or a phone"},
		{"contact", "a@", "not an e-mail address or a phone"},
		{"contact", "12345", "not an e-mail address or a phone"},
		{"old_enough", "", "Choose yes or no"},
	} {
		k.next(append(good, c[0], c[1])...).is("where")
		k.at.Is(t, http.StatusUnprocessableEntity, "", c[2], `id="`+c[0]+`-error"`)
		if c[0] != "name" {
			k.at.Says(t, `value="`+canaryName+`"`)
		}
		if n := strings.Count(k.at.Body, "nhsuk-error-message"); n != 1 {
			t.Errorf("%s %.20q has %d messages", c[0], c[1], n)
		}
	}
	// What the room alone finds comes back to the page of its field.
	k.next(append(good, "address", strings.Repeat("a\n", 12)+"OX1 2JD")...).is("check").press("send").is("where").at.Says(t, "The address has more than", canaryName)
	k.next(append(good, "name", "Tab\x00Name")...).press("send").is("where").at.Says(t, "cannot be stored")
	k.next(append(good, "name", `<script>alert(1)</script> "x" 'é' 🙂`)...).is("check")
	k.at.Says(t, "&lt;script&gt;")
	k.at.Lacks(t, "<script>alert")
	k.sent()
	if a := k.v.Post("/request", values("page", "where", "go", "next", "address", strings.Repeat("x", 1<<20))); a.Status != http.StatusUnprocessableEntity || len(a.Body) > 50<<10 {
		t.Errorf("a megabyte answers %d with %d bytes", a.Status, len(a.Body))
	} else {
		a.Says(t, "too much text")
	}
	for _, form := range [][]string{{}, {"page", "check", "go", "send"}, {"page", "nowhere", "go", "nothing"}, {"go", "back"}, {"go", "check"}, {"page", "where", "old_enough", "no"}} {
		a := k.v.Post("/request", values(form...))
		if a.Status != http.StatusOK && a.Status != http.StatusUnprocessableEntity || webtest.Held(a.Body).Get("page") != "who" {
			t.Errorf("%v answers %d %.300s", form, a.Status, a.Words())
		}
	}
	only(t, w)
}

// TestOneFormIsOneRequest however often it is sent.
func TestOneFormIsOneRequest(t *testing.T) {
	w := offering(t)
	k := start(t, w).posted()
	form := k.form("go", "send")
	first := k.sent()
	for range 3 {
		k.at = k.v.Post("/request", form)
		k.at.Says(t, first)
	}
	only(t, w)
	form.Set("name", "Somebody Else")
	other := k.v.Post("/request", form)
	other.Is(t, http.StatusConflict, "", "This form was sent before")
	other.Lacks(t, first)
	only(t, w)

	fast := w.As(webtest.Public)
	k = &walker{t: t, v: fast, at: fast.Open("/request"), path: "/request"}
	k.posted().press("send").is("check").at.Says(t, "faster than anybody types")
	w.Wait(time.Minute)
	k.sent()
	k = start(t, w).posted()
	w.Wait(25 * time.Hour)
	k.press("send").is("check").at.Says(t, "open for more than a day")
	w.Wait(time.Minute)
	k.sent()
}

// TestNothingTypedIsFoundElsewhere sends canaries through every form and looks at whatever came back, and at the log.
func TestNothingTypedIsFoundElsewhere(t *testing.T) {
	w := offering(t)
	k := start(t, w)
	if k.at.Header.Get("Set-Cookie") != "" || k.at.Header.Get("Cache-Control") != "no-store" || k.at.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("the headers are %v", k.at.Header)
	}
	reference := k.posted().sent()
	for name, values := range k.at.Header {
		for _, v := range values {
			webtest.Lacks(t, name+v, "Canary", "OX1", reference)
		}
	}
	title := regexp.MustCompile(`<title>[^<]*</title>`)
	webtest.Lacks(t, title.FindString(k.at.Body), reference, "aloxone")
	c, path := w.As(webtest.Coordinator), only(t, w)
	webtest.Lacks(t, title.FindString(c.Open(path).Body), "Canary", reference)
	webtest.Lacks(t, title.FindString(c.Open(path+"/label").Body), "Canary", reference)
	deed(t, c, path, "refuse", "why", "Sorry")
	again := start(t, w).posted()
	again.sent()
	deed(t, c, only(t, w), "send")
	for _, other := range []string{queue, queue + "?show=sent", queue + "?show=refused", "/areas/" + barking, w.Path(""), w.Path("/card"), w.Path("/card.csv"), w.Path("/entries.csv"), w.Path("/shelf.csv"), "/areas/" + barking + "/offer"} {
		a := c.Open(other)
		a.Lacks(t, "Canary", "canary", canaryCode)
		if a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept: %v", other, a.Header)
		}
	}
	log := strings.ToLower(w.Log.String())
	webtest.Lacks(t, log, "canary", "ox1", strings.ToLower(reference))
	for _, word := range []string{canaryName, canaryStreet, canaryCode, canaryMail, reference} {
		if found(t, w, word) {
			t.Errorf("%q is in the database as it was typed", word)
		}
	}
	for _, who := range []string{webtest.National, webtest.Analyst, webtest.Elsewhere} {
		for _, p := range []string{queue, path, path + "/label"} {
			a := w.As(who).Get(p)
			a.Lacks(t, "Canary", canaryCode)
			if a.Status != http.StatusForbidden {
				t.Errorf("%s at %s is answered %d", who, p, a.Status)
			}
		}
	}
	neighbour := w.As(webtest.Neighbour).Get("/outlets/" + itoa(w.Sister.ID) + "/requests/" + barking + "/" + strings.TrimPrefix(path, queue+"/"))
	neighbour.Lacks(t, "Canary", canaryCode)
	// Whoever is signed in on the same phone is nobody to the form.
	mine := c.Get("/request")
	mine.Is(t, http.StatusOK, "")
	mine.Lacks(t, webtest.Name(webtest.Coordinator))
}

// TestEveryWordIsAMessage walks through the form in a made-up language: all words but data are in it.
func TestEveryWordIsAMessage(t *testing.T) {
	p := language.Pseudo()
	t.Cleanup(language.Use(p))
	w := offering(t)
	public(t, w, w.Across, "020 7946 0000")
	v := w.As(webtest.Public)
	k := &walker{t: t, v: v, path: p.Link("/request")}
	k.at = v.Open(k.path)
	w.Wait(time.Minute)
	english := []string{"Barking", "Barnet", "St Anne", "Next", "Back", "Ask for", "Choose", "Type ", "Send", "Which", "How ", "Where", "kit ", "request"}
	plain := func() {
		t.Helper()
		main := strings.ReplaceAll(webtest.Words(regexp.MustCompile(`(?s)<(\w+)[^>]* lang="en-GB"[^>]*>.*?</(\w+)>`).ReplaceAllString(k.at.Body, "")), "1", "")
		webtest.Lacks(t, main, english...)
		webtest.Says(t, main, language.OpenBracket)
		for _, f := range webtest.Forms(k.at.Body, k.path) {
			if !strings.HasPrefix(f.Action, "/xx/request") {
				t.Errorf("a form goes to %s", f.Action)
			}
		}
	}
	plain()
	k.next()
	plain()
	k.next("for", "me", "council", barking).is("kind")
	plain()
	k.next("route", "either").is("cards")
	plain()
	k.next().is("how")
	plain()
	k.next("how", "post").is("where")
	plain()
	k.next()
	plain()
	k.next("old_enough", "yes", "name", canaryName, "address", canaryAddress).is("check").press("back").press("next").is("check")
	k.press("how").is("how").next("how", "collect").is("where")
	plain()
	k.next("old_enough", "yes", "collect", itoa(w.Sister.ID)).is("check")
	k.sent()
	plain()
	k.path = p.Link("/request/progress")
	k.at = v.Post(k.path, values("reference", "none"))
	plain()
}
