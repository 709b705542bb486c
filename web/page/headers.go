package page

import (
	"net/http"
	"strings"
)

// policy lets a page load only what this server serves: our one stylesheet, our scripts, pictures, forms that come back
// here. Nothing inline, nothing from elsewhere, no frame round us.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'; connect-src 'self'; manifest-src 'self'"

// scanPolicy lets a page with a scan field run the reader of codes too, which is served from here as WebAssembly.
var scanPolicy = strings.Replace(policy, "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", 1)

// permissions are what the browser may let a page ask for; locatePermissions are those of a page that has a button by which
// somebody says where they are.
const permissions = "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

var locatePermissions = strings.Replace(permissions, "geolocation=()", "geolocation=(self)", 1)

// setHeaders writes the headers of a page. Staff pages are kept by nobody: a counter's phone is shared.
func setHeaders(h http.Header, public, scan, locate bool) {
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	if scan {
		h.Set("Content-Security-Policy", scanPolicy)
	}
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", permissions)
	if locate {
		h.Set("Permissions-Policy", locatePermissions)
	}
	if public {
		h.Set("Cache-Control", "public, max-age=60")
	} else {
		h.Set("Cache-Control", "no-store")
	}
}
