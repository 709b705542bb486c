package mailtest

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"everykit/mail"
)

// order is what the process is to be, in its environment.
type order struct {
	Setup   Setup
	Dir     string
	Address string
}

// event is a line of what the process says.
type event struct {
	What    string
	Address string `json:",omitempty"`
}

// init makes a mail server of the program if it was started to be one, before any test of it could begin. So a package
// that uses mailtest needs nothing in its TestMain.
func init() {
	text := os.Getenv(variable)
	if text == "" {
		return
	}
	var o order
	err := json.Unmarshal([]byte(text), &o)
	if err == nil {
		err = (&process{order: o}).run()
	}
	fmt.Fprintln(os.Stderr, "mailtest:", err)
	os.Exit(1)
}

// process is the server's side.
type process struct {
	order

	mu      sync.Mutex
	manners Manners
	left    int // how many messages the manners are for; below nought: all
}

func (p *process) run() error {
	at, err := net.Listen("tcp", p.Address)
	if err != nil {
		return err
	}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{p: p, conn: c}, nil }))
	server.Domain, server.AllowInsecureAuth, server.EnableSMTPUTF8 = "localhost", true, p.Setup.Wide
	server.ErrorLog = quiet{}
	if p.Setup.Secure {
		cert, err := tls.LoadX509KeyPair(filepath.Join(p.Dir, "ca.pem"), filepath.Join(p.Dir, "key.pem"))
		if err != nil {
			return err
		}
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}
		if p.Setup.TLS == mail.DirectTLS {
			at = tls.NewListener(at, server.TLSConfig)
		}
	}
	go p.obey()
	p.say(event{"ready", at.Addr().String()})
	return server.Serve(at)
}

// quiet swallows the complaints of the server about lines that we drop on purpose.
type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// obey reads orders; with the end of them the process ends, whoever started it.
func (p *process) obey() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		p.mu.Lock()
		p.manners = Manners{}
		if err := json.Unmarshal(lines.Bytes(), &p.manners); err != nil {
			fmt.Fprintln(os.Stderr, "mailtest:", err)
		}
		if p.left = p.manners.Times; p.left == 0 {
			p.left = -1
		}
		p.mu.Unlock()
		p.say(event{What: "told"})
	}
	os.Exit(0)
}

var saying sync.Mutex

func (p *process) say(e event) {
	saying.Lock()
	defer saying.Unlock()
	json.NewEncoder(os.Stdout).Encode(e)
}

// now are the manners for the message that begins.
func (p *process) now() Manners {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.left == 0 {
		return Manners{}
	}
	p.left = max(p.left-1, -1)
	return p.manners
}

// session is one conversation.
type session struct {
	p        *process
	conn     *smtp.Conn
	known    bool // signed in
	manners  Manners
	from, to string
}

// errDropped ends a step whose line has been dropped; nobody hears it.
var errDropped = errors.New("dropped")

// drop cuts the line, and says so when it is cut.
func (s *session) drop() error {
	s.conn.Conn().Close()
	s.p.say(event{What: "dropped"})
	return errDropped
}

// refusal makes an answer of "451 4.3.0 later", nil of "".
func refusal(text string) error {
	code, rest, _ := strings.Cut(text, " ")
	n, err := strconv.Atoi(code)
	if err != nil {
		return nil
	}
	return &smtp.SMTPError{Code: n, EnhancedCode: smtp.NoEnhancedCode, Message: rest}
}

// Mail implements smtp.Session.
func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.p.Setup.Name != "" && !s.known {
		return smtp.ErrAuthRequired
	}
	s.manners, s.from = s.p.now(), from
	return refusal(s.manners.Mail)
}

// Rcpt implements smtp.Session.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if s.manners.Drop == AtRcpt {
		return s.drop()
	}
	s.to = to
	return refusal(s.manners.Rcpt)
}

// Data implements smtp.Session.
func (s *session) Data(r io.Reader) error {
	if s.manners.Drop == InText {
		io.CopyN(io.Discard, r, 20)
		return s.drop()
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.manners.Drop == AtEndLost {
		return s.drop()
	}
	if err := refusal(s.manners.End); err != nil {
		return err
	}
	time.Sleep(s.manners.Slow / 2)
	if err := s.keep(data); err != nil {
		return err
	}
	if s.manners.Drop == AtEnd {
		return s.drop()
	}
	time.Sleep(s.manners.Slow / 2)
	return nil
}

// keep writes a message; it is there whole or not at all.
func (s *session) keep(data []byte) error {
	text, err := json.Marshal(kept{s.from, s.to, string(data)})
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(s.p.Dir, fmt.Sprintf("%020d-*.part", time.Now().UnixNano()))
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := os.Rename(file.Name(), strings.TrimSuffix(file.Name(), ".part")+".json"); err != nil {
		return err
	}
	s.p.say(event{What: "stored"})
	return nil
}

// Reset implements smtp.Session.
func (s *session) Reset() { s.from, s.to = "", "" }

// Logout implements smtp.Session.
func (s *session) Logout() error { return nil }

// AuthMechanisms implements smtp.AuthSession.
func (s *session) AuthMechanisms() []string {
	if s.p.Setup.Name == "" {
		return nil
	}
	return []string{sasl.Plain}
}

// Auth implements smtp.AuthSession.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, name, password string) error {
		if name != s.p.Setup.Name || password != s.p.Setup.Password {
			return smtp.ErrAuthFailed
		}
		s.known = true
		return nil
	}), nil
}
