package support_test

import (
	"strconv"
	"strings"
	"testing"

	"everykit/web/webtest"
)

// everything makes one of each thing that the pages show, and gives their addresses by who looks at them.
func everything(t *testing.T, w *webtest.World) map[string]map[string]string {
	t.Helper()
	w.Stock()
	w.Receive(w.Across, "prenoxad", "0118001", "2028-03", 40, webtest.Today-60)
	w.Receive(w.Across, "nyxoid", "NX7732", "2027-08", 12, webtest.Today-60)
	waiting := asked(t, w, "10")
	sent := asked(t, w, "30")
	n := w.As(webtest.National)
	n.Saved(sent+"/spare", "from", "E09000003", "note", "They are near, and their kits expire next year.")
	give := strings.Replace(sent, barking, barnet+"/give", 1)
	lot := strconv.Itoa(w.Across.ID) + "." + strconv.Itoa(w.LotOf("0118001"))
	w.As(webtest.Elsewhere).Saved(give, "stock", lot, "kits", "20")
	late := asked(t, w, "")
	n.Saved(late, "do", "guidance", "guide", "starting-provision")
	no := asked(t, w, "500")
	n.Saved(no, "do", "declined", "reason", "Nobody has so many.")
	n.Saved(english+"/starting-provision/edit", "do", "save", "public", "yes", "markdown", "## Begin\n\n- Ask.\n- Give.\n\n| What | When |\n|---|---|\n| Kits | Now |\n")
	return map[string]map[string]string{
		webtest.Public: {"guides-public": "/guidance", "guide-public": "/guidance/requirements-in-the-way"},
		webtest.Coordinator: {
			"area-own": barking, "ask": barking + "?gap=low_coverage&kits=40&help=stock", "action-own": waiting, "action-declined": no,
		},
		webtest.Elsewhere: {"area-giver": barnet + "/support", "give": give},
		webtest.National: {
			"asks": england, "area-nation": barking, "action": waiting, "action-sent": sent, "action-guidance": late, "spare": waiting + "/spare",
			"guides": "/guidance", "guide": "/guidance/starting-provision", "guide-old": "/guidance/starting-provision?version=0",
			"new": english + "/new", "edit": english + "/starting-provision/edit",
		},
		webtest.Analyst: {"asks-analyst": england, "action-analyst": sent},
	}
}

// TestPagesAreUsableByAll opens every page of the folder at both widths, with and without the script.
func TestPagesAreUsableByAll(t *testing.T) {
	w := webtest.NewBare(t)
	for who, list := range everything(t, w) {
		b := w.Browse(who)
		for _, path := range list {
			b.Check(w.URL+path, 200)
		}
	}
}

// TestWithoutScript asks and answers with scripts off.
func TestWithoutScript(t *testing.T) {
	w := webtest.NewBare(t)
	w.Stock()
	b := w.Browse(webtest.Coordinator)
	b.DisableJS()
	b.SetWidth(320)
	b.Open(w.URL + barking)
	b.Set("#gap", "low_coverage")
	b.Click(`label[for="help"]`)
	b.Type("#says", "Ten a week")
	b.Type("#kits", "10")
	b.Follow("main form button")
	if got := b.Text(".ek-flash"); !strings.Contains(got, "with the national team") {
		t.Fatalf("after asking: %q", got)
	}
	n := w.Browse(webtest.National)
	n.DisableJS()
	n.Open(w.URL + england)
	n.Follow(`main a[href="` + barking + `/1"]`)
	n.Click("main details summary")
	n.Follow(`button[value="guidance"]`)
	if got := n.Text(".ek-flash"); !strings.Contains(got, "guidance is sent") {
		t.Fatalf("after answering: %q", got)
	}
}

// TestPictures writes what the pages look like into the folder that EVERYKIT_PICTURES names, for somebody to look at.
func TestPictures(t *testing.T) {
	dir := webtest.PictureFolder(t)
	w := webtest.NewBare(t)
	for who, list := range everything(t, w) {
		w.Pictures(w.Browse(who), dir, list)
	}
}
