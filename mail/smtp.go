package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/wneessen/go-mail/smtp"
)

// How long the mail server may take (RFC 5321, 4.5.3.2, somewhat shorter: what is cut off before the end is tried again).
const (
	patience     = time.Minute
	lastPatience = 5 * time.Minute // the answer to the dot: cutting it off makes an Unsure one
	lastOnStop   = 8 * time.Second // the same when the program is told to stop
)

// SMTP is a Sender that hands letters to a mail server. It keeps its connection from letter to letter until Rest. It is
// for one goroutine at a time.
type SMTP struct {
	config  Config
	roots   *x509.CertPool
	helo    string
	session *session // nil: not connected
}

// NewSMTP makes a sender; it connects when there is something to send.
func NewSMTP(c Config) (*SMTP, error) {
	roots, err := c.roots()
	if err != nil {
		return nil, err
	}
	s := &SMTP{config: c, roots: roots, helo: "localhost"}
	if u, err := url.Parse(c.Site); err == nil && u.Hostname() != "" {
		s.helo = u.Hostname()
	}
	return s, nil
}

// Send implements Sender. A connection that was kept may have been given up by the server meanwhile: then one more try is
// made on a new one, which is safe as long as nothing was accepted.
func (s *SMTP) Send(ctx context.Context, l Letter, closing func() error) Outcome {
	kept := s.session != nil
	for {
		if s.session == nil {
			var why string
			if s.session, why = s.connect(ctx); why != "" {
				return Outcome{Away, why}
			}
		}
		out, alive := s.session.say(ctx, l, closing)
		if alive {
			return out
		}
		s.session.conn.Close()
		s.session = nil
		if !kept || out.Verdict != Later || ctx.Err() != nil {
			return out
		}
		kept = false
	}
}

// Rest implements Sender: it takes leave of the server.
func (s *SMTP) Rest() {
	if s.session == nil {
		return
	}
	s.session.conn.SetDeadline(time.Now().Add(2 * time.Second))
	s.session.client.Quit()
	s.session.conn.Close()
	s.session = nil
}

// connect opens a line to the server, protects it and signs in. why is empty if that went well; it holds nothing that
// the server said beyond its code.
func (s *SMTP) connect(ctx context.Context) (l *session, why string) {
	d := net.Dialer{Timeout: s.patience()}
	tcp, err := d.DialContext(ctx, "tcp", s.config.Address)
	if err != nil {
		return nil, "the mail server does not answer"
	}
	l = &session{conn: &wire{Conn: tcp}, patience: s.patience(), last: lastPatience}
	if s.config.Patience > 0 {
		l.last = s.config.Patience
	}
	defer context.AfterFunc(ctx, func() { tcp.SetDeadline(past) })()
	l.limit(ctx, 3*l.patience)
	if why := s.greet(l); why != "" {
		tcp.Close()
		return nil, why
	}
	return l, ""
}

func (s *SMTP) patience() time.Duration {
	if s.config.Patience > 0 {
		return s.config.Patience
	}
	return patience
}

func (s *SMTP) greet(l *session) (why string) {
	host, _, _ := net.SplitHostPort(s.config.Address)
	protect := &tls.Config{ServerName: host, RootCAs: s.roots, MinVersion: tls.VersionTLS12}
	var conn net.Conn = l.conn
	if s.config.TLS == DirectTLS {
		conn = tls.Client(conn, protect)
	}
	var err error
	if l.client, err = smtp.NewClient(conn, host); err != nil {
		return "the mail server did not greet us" + coded(err)
	}
	if err = l.client.Hello(s.helo); err != nil {
		return "the mail server did not take our greeting" + coded(err)
	}
	if s.config.TLS == StartTLS {
		if ok, _ := l.client.Extension("STARTTLS"); !ok {
			return "the mail server offers no STARTTLS"
		}
		if err = l.client.StartTLS(protect); err != nil {
			return "the line to the mail server could not be protected" + coded(err)
		}
	}
	if s.config.Name == "" {
		return ""
	}
	auth, why := s.auth(l.client, host)
	if why != "" {
		return why
	}
	if err = l.client.Auth(auth); err != nil {
		return "the mail server did not take our name and password" + coded(err)
	}
	return ""
}

// auth picks the best way of signing in that both sides know.
func (s *SMTP) auth(c *smtp.Client, host string) (smtp.Auth, string) {
	_, offered := c.Extension("AUTH")
	ways := strings.Fields(strings.ToUpper(offered))
	unprotected := s.config.TLS == NoTLS // ParseConfig lets that pass on this machine alone
	switch {
	case slices.Contains(ways, "SCRAM-SHA-256"):
		return smtp.ScramSHA256Auth(s.config.Name, s.config.Password), ""
	case slices.Contains(ways, "PLAIN"):
		return smtp.PlainAuth("", s.config.Name, s.config.Password, host, unprotected), ""
	case slices.Contains(ways, "LOGIN"):
		return smtp.LoginAuth(s.config.Name, s.config.Password, host, unprotected), ""
	}
	return nil, "the mail server offers no way to sign in that we know"
}

// coded is " (535)" for an answer of the server's, and nothing for another error.
func coded(err error) string {
	if code, _ := answer(err); code != 0 {
		return " (" + itoa(code) + ")"
	}
	var unknown *tls.CertificateVerificationError
	if errors.As(err, &unknown) {
		return ": its certificate is not one to trust"
	}
	return ""
}
