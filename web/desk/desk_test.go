package desk

import (
	"net/http/httptest"
	"testing"
)

func TestAddress(t *testing.T) {
	for _, x := range []struct {
		proxied       bool
		remote, named string
		want          string
	}{
		{false, "192.0.2.1:4000", "198.51.100.7", "192.0.2.1"},
		{true, "127.0.0.1:4000", "198.51.100.7", "198.51.100.7"},
		{true, "127.0.0.1:4000", "6.6.6.6, 198.51.100.7", "198.51.100.7"},
		{true, "127.0.0.1:4000", "", "127.0.0.1"},
		{false, "[::1]:4000", "", "::1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = x.remote
		if x.named != "" {
			r.Header.Set("X-Forwarded-For", x.named)
		}
		v := &Visit{App: &App{Proxied: x.proxied}, R: r}
		if got := v.Address(); got != x.want {
			t.Errorf("%+v gives %s", x, got)
		}
	}
}

func TestLocalPath(t *testing.T) {
	for to, want := range map[string]string{
		"/outlets/7": "/outlets/7", "/": "/", "": "/home", "//evil.example": "/home", "/\\evil.example": "/home", "https://evil.example/": "/home",
		"javascript:alert(1)": "/home", "outlets": "/home", "/areas/E09000002?period=2017-18": "/areas/E09000002?period=2017-18",
	} {
		if got := LocalPath(to, "/home"); got != want {
			t.Errorf("LocalPath(%q) = %q, want %q", to, got, want)
		}
	}
}
