package find_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"everykit/language"
	"everykit/web/webtest"
)

var plainWord = regexp.MustCompile(`[A-Za-z]{2,}`)

// TestInAnotherLanguage: every word of the pages is a message, or stands within lang as data.
func TestInAnotherLanguage(t *testing.T) {
	xx := language.Pseudo()
	t.Cleanup(language.Use(xx))
	w := world(t)
	postcodes(t, w)
	v := w.As(webtest.Public)
	one := "/find/outlet/" + itoa(w.Home.ID)
	for name, a := range map[string]webtest.Answer{
		"form": v.Get(xx.Link("/find")), "list": v.Post(xx.Link("/find"), place("IG11 7LZ", "only", "open")), "far": v.Post(xx.Link("/find"), place("IM1 1AA")),
		"refused": v.Post(xx.Link("/find"), place("nowhere")), "choice": v.Post(xx.Link("/find"), place("b")), "area": v.Get(xx.Link("/find/E09000002")),
		"none": v.Get(xx.Link("/find/E09000004")), "outlet": v.Get(xx.Link(one)), "wrong": v.Get(xx.Link(one + "/wrong")), "thanks": v.Get(xx.Link(one + "/thanks")),
		"wrong, empty": v.Post(xx.Link(one+"/wrong"), url.Values{"what": {""}}), "wrong, long": v.Post(xx.Link(one+"/wrong"), url.Values{"what": {strings.Repeat("9 ", 600)}}),
		"wrong, no form": v.Post(xx.Link(one+"/wrong"), url.Values{"what": {"1"}}), "point": v.Post(xx.Link("/find"), url.Values{"lat": {"x"}}),
		"near": v.Post(xx.Link("/find"), url.Values{"choice": {"outlet:" + itoa(w.Home.ID)}}), "no outlet": v.Get(xx.Link("/find/outlet/999")),
	} {
		a.Says(t, `<html lang="en-XA"`)
		root, err := html.Parse(strings.NewReader(a.Body))
		w.Must(err)
		var data []string // words of names, which stand within lang somewhere on the page
		for _, text := range said(root, false, true) {
			data = append(data, plainWord.FindAllString(text, -1)...)
		}
		for _, text := range said(root, false, false) {
			for _, word := range plainWord.FindAllString(text, -1) {
				if word != "Everykit" && !strings.HasPrefix(text, "http://") && !slices.Contains(data, word) {
					t.Errorf("%s says in plain English: %q", name, text)
					break
				}
			}
		}
		for _, href := range regexp.MustCompile(`(?:href|action)="(/find[^"]*|/request[^"]*)"`).FindAllStringSubmatch(a.Body, -1) {
			if !strings.Contains(a.Body, `hreflang="en-GB" href="`+href[1]+`"`) {
				t.Errorf("%s leaves the language for %s", name, href[1])
			}
		}
	}
}

// said are the texts of a page that stand within lang of English, or those that do not.
func said(n *html.Node, apart, wanted bool) (list []string) {
	if n.Type == html.ElementNode {
		if n.Data == "script" || n.Data == "style" || n.Data == "code" {
			return nil
		}
		for _, a := range n.Attr {
			if a.Key == "lang" && n.Data != "html" {
				apart = a.Val == "en-GB"
			}
			if a.Key == "aria-label" && apart == wanted {
				list = append(list, a.Val)
			}
		}
	}
	if n.Type == html.TextNode && apart == wanted {
		list = append(list, n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		list = append(list, said(c, apart, wanted)...)
	}
	return list
}
