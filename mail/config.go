package mail

import (
	"crypto/x509"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"everykit/fault"
)

// TLS says how the line to the mail server is protected.
type TLS uint8

// The ways.
const (
	StartTLS  TLS = iota // the server must offer STARTTLS; nothing is said without it
	DirectTLS            // TLS from the first byte, most often on port 465
	NoTLS                // nothing: only for a server on this machine or on a line that is safe otherwise
)

// Config is where mail goes out.
type Config struct {
	Address  string // host:port of the mail server
	TLS      TLS
	CA       string // a file of certificates (PEM) to trust instead of the machine's
	Name     string // of the account there; empty: no signing in
	Password string
	Folder   string // instead of a server: messages become files in this folder
	From     string // the address it sends from
	Site     string // where people reach the pages, "https://kits.example.org"

	Patience time.Duration // how long one answer of the server may take; nought: 1 min, and 5 min for the last
}

// ParseConfig reads an address of the forms
//
//	smtp://name:password@host:587              STARTTLS, which is required; port 587 if none is given
//	smtp://127.0.0.1:25?tls=none               no protection
//	smtps://name:password@host:465             TLS from the first byte; port 465 if none is given
//	smtp://host?ca=/etc/ssl/our-own.pem        a certificate of one's own
//	file:///var/lib/everykit/mail              a folder
//
// passwordFile, if not empty, names a file with the password in its first line, which is better than having it where
// others on the machine can read it. Faults never repeat what was given: a password may stand in it.
func ParseConfig(address, passwordFile, from, site string) (Config, error) {
	c := Config{From: from, Site: site}
	wrong := func(words string) (Config, error) {
		return Config{}, fault.New(fault.Invalid, "the address of the mail server cannot be used: %s", words).Hint("write smtp://name@host:587, smtps://name@host:465 or file:///folder")
	}
	u, err := url.Parse(address)
	if err != nil {
		return wrong("it is no address")
	}
	if u.Scheme == "file" {
		if c.Folder = filepath.FromSlash(u.Path); c.Folder == "" || u.Host != "" {
			return wrong("it names no folder")
		}
		_, err := originOf(from, site)
		return c, err
	}
	port := "587"
	switch u.Scheme {
	case "smtp":
	case "smtps":
		c.TLS, port = DirectTLS, "465"
	default:
		return wrong("it begins with neither smtp:, smtps: nor file:")
	}
	if u.Hostname() == "" || (u.Path != "" && u.Path != "/") {
		return wrong("it must be a host and a port")
	}
	if u.Port() != "" {
		port = u.Port()
	}
	c.Address = net.JoinHostPort(u.Hostname(), port)
	for key, values := range u.Query() {
		switch value := values[0]; {
		case key == "ca":
			c.CA = value
		case key == "tls" && u.Scheme == "smtp" && value == "none":
			c.TLS = NoTLS
		case key == "tls" && u.Scheme == "smtp" && value == "starttls":
		default:
			return wrong("what stands after the question mark is tls=none, tls=starttls or ca=FILE")
		}
	}
	c.Name = u.User.Username()
	c.Password, _ = u.User.Password()
	if passwordFile != "" {
		data, err := os.ReadFile(passwordFile)
		if err != nil {
			return Config{}, fault.New(fault.Unavailable, "the file with the mail server's password cannot be read").Hint("check its name and its permissions").Because(err)
		}
		c.Password, _, _ = strings.Cut(string(data), "\n")
		c.Password = strings.TrimSuffix(c.Password, "\r")
	}
	if c.Name != "" && c.TLS == NoTLS && !isHere(u.Hostname()) {
		return wrong("a password is not sent over a line without TLS")
	}
	_, err = originOf(from, site)
	return c, err
}

func isHere(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// String names the server and never the account or its password.
func (c Config) String() string {
	if c.Folder != "" {
		return "the folder " + c.Folder
	}
	return c.Address
}

// GoString keeps the password out of %#v too.
func (c Config) GoString() string { return "mail.Config{" + c.String() + "}" }

// Options makes what New takes, with the sender: the caller adds Key and Log. Invalid or Unavailable if a setting does
// not hold. It does not speak to the server.
func (c Config) Options() (Options, error) {
	if _, err := originOf(c.From, c.Site); err != nil {
		return Options{}, err
	}
	o := Options{From: c.From, Site: c.Site}
	if c.Folder != "" {
		f, err := NewFolder(c.Folder)
		o.Sender = f
		return o, err
	}
	s, err := NewSMTP(c)
	o.Sender = s
	return o, err
}

// roots reads the certificates to trust; nil for the machine's.
func (c Config) roots() (*x509.CertPool, error) {
	if c.CA == "" {
		return nil, nil
	}
	data, err := os.ReadFile(c.CA)
	pool := x509.NewCertPool()
	if err != nil || !pool.AppendCertsFromPEM(data) {
		return nil, fault.New(fault.Invalid, "the file of certificates for the mail server holds none").Hint("give a PEM file").Because(err)
	}
	return pool, nil
}
