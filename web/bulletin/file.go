package bulletin

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"everykit/bulletin"
	"everykit/web/desk"
	"everykit/web/page"
)

// filePolicy lets a file load nothing and do nothing: the whole page among them carries its few rules with it.
const filePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"

// editionFile is a file of one edition, which never changes.
func editionFile(v *desk.Visit) error {
	n := numberOf(v.R.PathValue("edition"))
	if n == 0 {
		return noFile()
	}
	return sendFile(v, n, v.R.PathValue("file"))
}

func noFile() error {
	return noneAt("no file of a published bulletin is at this address")
}

// sendFile sends a file of a published edition; number 0 is the newest.
func sendFile(v *desk.Visit, number int, name string) error {
	if !slices.Contains(bulletin.FileNames, name) {
		return noFile()
	}
	version, err := v.Bulletins.Version(v.Ctx())
	if err != nil {
		return err
	}
	slug := v.R.PathValue("slug")
	f, err := v.Bulletins.File(v.Ctx(), slug, number, name)
	if err != nil {
		return noneOf(err, "no file of a published bulletin is at this address")
	}
	h := http.Header{}
	fileHeaders(h, f.MediaType, slug, number, name)
	h.Set("Cache-Control", maxAge)
	if number > 0 {
		h.Set("Cache-Control", forEver)
	}
	h.Set("Last-Modified", f.MadeAt.UTC().Format(http.TimeFormat))
	h.Set("Accept-Ranges", "bytes")
	h.Set("Access-Control-Allow-Origin", "*")
	keepAndSend(v, version, page.AnswerOf(h, f.ETag, f.Body, f.Gzip, f.Brotli))
	return nil
}

// fileHeaders says what a file is. What a browser shows by itself is shown, the others are saved under a name that tells one
// edition's from another's: 2021-22-q2-edition-1-bulletin.xlsx.
func fileHeaders(h http.Header, mediaType, slug string, number int, name string) {
	how := "attachment"
	if strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".pdf") || strings.HasSuffix(name, ".json") {
		how = "inline"
	}
	saved := slug
	if number > 0 {
		saved += "-edition-" + strconv.Itoa(number)
	}
	h.Set("Content-Type", mediaType)
	h.Set("Content-Disposition", how+`; filename="`+saved+"-"+name+`"`)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", filePolicy)
}

// feed is the Atom feed.
func feed(v *desk.Visit) error {
	version, err := v.Bulletins.Version(v.Ctx())
	if err != nil {
		return err
	}
	f, err := v.Bulletins.Feed(v.Ctx())
	if err != nil {
		return err
	}
	h := http.Header{}
	h.Set("Content-Type", f.MediaType)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", maxAge)
	h.Set("Access-Control-Allow-Origin", "*")
	keepAndSend(v, version, page.AnswerOf(h, f.ETag, f.Body, f.Gzip, f.Brotli))
	return nil
}
