package mailtest

import (
	"encoding/json"
	"io"
	"mime"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// Message is one that the server has accepted.
type Message struct {
	From, To string // of the envelope
	ID       string // its Message-ID, without the angle brackets
	Subject  string // decoded
	Text     string // decoded, lines ended by \n
	Header   mail.Header
	Raw      string
}

// kept is a message as the server's process keeps it.
type kept struct {
	From, To, Data string
}

// Messages are all it has accepted since the first start, in the order in which they came.
func (s *Server) Messages() []Message {
	s.t.Helper()
	names, err := filepath.Glob(filepath.Join(s.dir, "*.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	sort.Strings(names)
	var all []Message
	for _, name := range names {
		m, err := read(name)
		if err != nil {
			s.t.Fatalf("a message that was accepted cannot be read: %v", err)
		}
		all = append(all, m)
	}
	return all
}

// To are those that were accepted for one address.
func (s *Server) To(address string) []Message {
	s.t.Helper()
	var some []Message
	for _, m := range s.Messages() {
		if m.To == address {
			some = append(some, m)
		}
	}
	return some
}

func read(name string) (Message, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return Message{}, err
	}
	var k kept
	if err := json.Unmarshal(data, &k); err != nil {
		return Message{}, err
	}
	in, err := mail.ReadMessage(strings.NewReader(k.Data))
	if err != nil {
		return Message{}, err
	}
	m := Message{From: k.From, To: k.To, Header: in.Header, ID: strings.Trim(in.Header.Get("Message-ID"), "<>"), Raw: k.Data}
	if m.Subject, err = new(mime.WordDecoder).DecodeHeader(in.Header.Get("Subject")); err != nil {
		return Message{}, err
	}
	body := in.Body
	if strings.EqualFold(in.Header.Get("Content-Transfer-Encoding"), "quoted-printable") {
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	m.Text = strings.ReplaceAll(string(text), "\r\n", "\n")
	return m, err
}
