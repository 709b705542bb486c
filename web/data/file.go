package data

import (
	"bytes"
	"net/http"
	"path"
	"slices"
	"strings"

	"everykit/opendata"
	"everykit/web/desk"
)

// mediaTypes are what files are, by format.
var mediaTypes = map[string]string{
	"csv": "text/csv; charset=utf-8; header=present", "json": "application/json", "parquet": "application/vnd.apache.parquet",
}

// split parts the name of a file into table and format. ok is false for the name of a table alone.
func split(name string) (table, format string, ok bool) {
	format = strings.TrimPrefix(path.Ext(name), ".")
	if !slices.Contains(opendata.Formats, format) {
		return name, "", false
	}
	return strings.TrimSuffix(name, "."+format), format, true
}

func file(v *desk.Visit, name, table, format string) error {
	f, err := v.Data.File(v.Ctx(), table, format)
	if err != nil {
		return err
	}
	send(v, f, name, mediaTypes[format], format != "parquet") // which is packed in itself
	return nil
}

func dataPackage(v *desk.Visit) error {
	f, err := v.Data.Package(v.Ctx())
	if err != nil {
		return err
	}
	send(v, f, "datapackage.json", mediaTypes["json"], true)
	return nil
}

// maxAge is how long a file may be kept without asking again whether it is still the same.
const maxAge = "public, max-age=300"

// send answers with a file, or that it is what the program has already. Packed bytes are another representation with a tag of
// their own.
func send(v *desk.Visit, f *opendata.File, name, mediaType string, packs bool) {
	h := v.W.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Disposition", `inline; filename="`+name+`"`)
	h.Set("Cache-Control", maxAge)
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "ETag")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	body := f.Body
	h.Set("ETag", f.ETag)
	if packs && f.Gzip != nil && takesGzip(v.R) {
		body = f.Gzip
		h.Set("Content-Encoding", "gzip")
		h.Set("ETag", strings.TrimSuffix(f.ETag, `"`)+`-gzip"`)
	}
	http.ServeContent(v.W, v.R, name, f.MadeAt, bytes.NewReader(body))
}

// takesGzip reads Accept-Encoding; "gzip;q=0" is a refusal.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, params, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if name == "gzip" {
			return !strings.HasPrefix(params, "q=0") || strings.Trim(params, "q=0.") != ""
		}
	}
	return false
}
