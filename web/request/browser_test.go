package request_test

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"everykit/web/browser"
	"everykit/web/webtest"
)

// TestWalkInChromium asks, approves, sends, looks up and forgets, with scripts off and a phone's width; axe looks at each page
// of the form in TestPagesAreUsableByAll.
func TestWalkInChromium(t *testing.T) {
	w := offering(t)
	public(t, w, w.Home, "020 7946 0000")
	before := w.Shelf(w.LotOf("0116917"))
	b := w.Browse(webtest.Public)
	b.DisableJS()
	b.SetWidth(320)
	b.Open(w.URL + "/request")
	w.Wait(time.Minute)
	b.Click(`label[for="for"]`)
	b.Set("#council", barking)
	b.Follow(`button[value="next"]`)
	b.Click(`label[for="route-2"]`)
	b.Follow(`button[value="next"]`)
	b.Follow(`button[value="back"]`)
	if !browser.Eval[bool](b, `document.querySelector("#route-2").checked`) {
		t.Error("going back forgets what was chosen")
	}
	b.Follow(`button[value="next"]`)
	b.Follow(`button[value="skip"]`)
	b.Click(`label[for="how"]`)
	b.Follow(`button[value="next"]`)
	b.Click(`label[for="old_enough"]`)
	b.Type("#address", canaryAddress)
	b.Type("#contact", canaryMail)
	b.Follow(`button[value="next"]`)
	if got := b.Text("#name-error"); !strings.Contains(got, "Type a name") {
		t.Errorf("the fault says %q", got)
	}
	if b.Value("#address") != canaryAddress || b.Value("#contact") != canaryMail {
		t.Error("what was typed is gone")
	}
	b.Type("#name", canaryName)
	b.Follow(`button[value="next"]`)
	b.Follow(`button[value="where"]`) // to change it
	if b.Value("#name") != canaryName {
		t.Error("what was typed is gone")
	}
	b.Follow(`button[value="next"]`)
	b.Follow(`button[value="send"]`)
	reference := strings.TrimSpace(b.Text("#reference"))
	if len(reference) != 11 || strings.Contains(b.URL(), reference) || b.URL() != w.URL+"/request" {
		t.Fatalf("the reference is %q at %s", reference, b.URL())
	}

	c := w.Browse(webtest.Coordinator)
	c.DisableJS()
	c.Open(w.URL + "/requests")
	c.Follow(`main table a`)
	c.Follow(`button[value="approve"]`)
	c.Follow(`button[value="send"]`)
	if got := w.Shelf(w.LotOf("0116917")); got != before-1 {
		t.Errorf("%d are left of %d", got, before)
	}
	if got := c.Text("main"); !strings.Contains(got, canaryName) {
		t.Errorf("the name is not there: %.300s", got)
	}
	one := c.URL()
	look := func() string {
		b.Open(w.URL + "/request/progress")
		b.Type("#reference", strings.ToLower(strings.ReplaceAll(reference, "-", " ")))
		b.Follow("main form button")
		return b.Text("main")
	}
	if got := look(); !strings.Contains(got, "Sent") || strings.Contains(got, "Canary") {
		t.Errorf("the progress says %q", got)
	}
	w.Wait(15 * 24 * time.Hour)
	w.Must(w.Requests.Tick(t.Context()))
	c.Open(w.WayIn(webtest.Coordinator))
	c.Open(one)
	if got := c.Text("main"); strings.Contains(got, "Canary") || !strings.Contains(got, "Deleted") {
		t.Errorf("after its days: %.300s", got)
	}
	for _, word := range []string{canaryName, canaryStreet, canaryCode, canaryMail} {
		if found(t, w, word) {
			t.Errorf("%q is in the database", word)
		}
	}
}

// TestKeyboardAlone asks for a kit to be collected, with Tab, arrows, Space and Enter.
func TestKeyboardAlone(t *testing.T) {
	w := offering(t, func(o *offer) { o.Post, o.Most = false, 1 })
	b := w.Browse(webtest.Public)
	b.Open(w.URL + "/request")
	w.Wait(time.Minute)
	to := func(id string) {
		t.Helper()
		for range 60 {
			if b.Focused() == id {
				return
			}
			b.Press("Tab")
		}
		t.Fatalf("the keyboard does not come to %s", id)
	}
	enter := func(words string) {
		t.Helper()
		for range 60 {
			if strings.Contains(b.Focused(), words) {
				b.PressAndWait("Enter")
				return
			}
			b.Press("Tab")
		}
		t.Fatalf("the keyboard does not come to %s", words)
	}
	to("#for")
	b.Press("Space")
	to("#council")
	b.Press("Barking")
	enter("Next")
	to("#route")
	b.Press("Space", "Down")
	enter("Next")
	enter("I have read this")
	to("#old_enough")
	b.Press("Space")
	to("#collect")
	b.Press("Space")
	to("#name")
	b.Press("A. Name")
	enter("Next")
	enter("Send")
	if got := b.Text("#reference"); len(strings.TrimSpace(got)) != 11 {
		t.Errorf("the reference is %q", got)
	}
}

// looked are the pages of the form, each opened by what is pressed before it.
func looked(t *testing.T, w *webtest.World, see func(name string, b *browser.Browser)) {
	t.Helper()
	b := w.Browse(webtest.Public)
	b.Open(w.URL + "/request")
	w.Wait(time.Minute)
	see("who", b)
	b.Follow(`button[value="next"]`)
	see("who-wrong", b)
	b.Click(`label[for="for-3"]`)
	b.Set("#council", barking)
	b.Follow(`button[value="next"]`)
	see("kind", b)
	b.Click(`label[for="route"]`)
	b.Follow(`button[value="next"]`)
	see("cards", b)
	b.Follow(`button[value="next"]`)
	see("how", b)
	b.Click(`label[for="how"]`)
	b.Follow(`button[value="next"]`)
	see("where", b)
	b.Follow(`button[value="next"]`)
	see("where-wrong", b)
	b.Click(`label[for="old_enough"]`)
	b.Type("#name", canaryName)
	b.Type("#address", canaryAddress)
	b.Follow(`button[value="next"]`)
	see("check", b)
	b.Follow(`button[value="send"]`)
	see("done", b)
	reference := strings.TrimSpace(b.Text("#reference"))
	b.Open(w.URL + "/request/progress")
	b.Type("#reference", "nothing")
	b.Follow("main form button")
	see("progress-wrong", b)
	b.Type("#reference", reference)
	b.Follow("main form button")
	see("progress", b)
	b.Open(w.URL + "/request")
	w.Wait(time.Minute)
	b.Click(`label[for="for"]`)
	b.Set("#council", barnet)
	b.Follow(`button[value="next"]`)
	see("none", b)
	b.Open(w.URL + "/request")
	w.Wait(time.Minute)
	b.Click(`label[for="for"]`)
	b.Set("#council", barking)
	b.Follow(`button[value="next"]`)
	b.Click(`label[for="route"]`)
	b.Follow(`button[value="next"]`)
	b.Follow(`button[value="skip"]`)
	b.Click(`label[for="how-2"]`)
	b.Follow(`button[value="next"]`)
	see("where-collect", b)
	b.Click(`label[for="old_enough-2"]`)
	b.Follow(`button[value="next"]`)
	see("young", b)
}

// TestPagesAreUsableByAll looks at every page of the folder at both widths, with the script and without.
func TestPagesAreUsableByAll(t *testing.T) {
	w := offering(t)
	public(t, w, w.Across, "020 7946 0000")
	public(t, w, w.Home, "020 7946 0001")
	looked(t, w, func(name string, b *browser.Browser) {
		for _, px := range browser.Widths {
			b.SetWidth(px)
			b.Fit()
		}
		if strings.Contains(b.Title(), "aloxone") || b.Count("script[src^=http]") != 0 {
			t.Errorf("%s: the title is %q", name, b.Title())
		}
	})
	path := only(t, w)
	w.Check(webtest.Public, "/request", "/request/progress")
	w.Check(webtest.Coordinator, queue, queue+"?show=refused", path, path+"/label", "/areas/"+barking+"/offer")
	atHome := "/outlets/" + itoa(w.Home.ID) + "/requests"
	w.Check(webtest.Worker, atHome, strings.Replace(path, queue, atHome+"/"+barking, 1))
}

// TestLabelPrintsAlone prints the label: name and address, and nothing else.
func TestLabelPrintsAlone(t *testing.T) {
	w := offering(t)
	start(t, w).posted().sent()
	b := w.Browse(webtest.Coordinator)
	b.Open(w.URL + only(t, w) + "/label")
	if _, sheets := b.PDF(); sheets != 1 {
		t.Errorf("it takes %d sheets", sheets)
	}
	const left = `(() => {
		const gone = []
		for (const rule of [...document.styleSheets].flatMap(s => [...s.cssRules])) {
			if (rule.media && rule.media.mediaText === "print") {
				gone.push(...[...rule.cssRules].filter(r => r.style && r.style.display === "none").map(r => r.selectorText))
			}
		}
		const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), left = []
		for (let n = words.nextNode(); n; n = words.nextNode()) {
			let e = n.parentElement
			while (e && !gone.some(s => e.matches(s))) e = e.parentElement
			if (!e && n.data.trim()) left.push(n.data.trim())
		}
		return left.join("|")
	})()`
	if got, want := browser.Eval[string](b, left), canaryName+"|"+canaryStreet+"|Oxford|"+canaryCode+"|If not delivered, return to:|PO Box 7, Barking"; got != want {
		t.Errorf("on paper stands %q", got)
	}
}

// TestPictures writes what the pages look like into the folder that EVERYKIT_PICTURES names, for somebody to look at.
func TestPictures(t *testing.T) {
	dir := webtest.PictureFolder(t)
	w := offering(t)
	public(t, w, w.Across, "020 7946 0000")
	looked(t, w, func(name string, b *browser.Browser) {
		for _, px := range []int{390, 1280} {
			b.SetWidth(px)
			b.Screenshot(filepath.Join(dir, name+"-"+strconv.Itoa(px)+".png"))
		}
	})
	path := only(t, w)
	w.Pictures(w.Browse(webtest.Coordinator), dir, map[string]string{"queue": queue, "one": path, "label": path + "/label", "offer": "/areas/" + barking + "/offer"})
}
