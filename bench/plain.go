package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
)

// plainClient asks for one page over one connection that it keeps, with as little work of its own as it can: what the
// clients do is taken from the same two cores as what the servers do.
type plainClient struct {
	conn    net.Conn
	in      *bufio.Reader
	request []byte
	body    int // bytes that the answer must have
}

// newPlainClient connects to a server on this machine.
func newPlainClient(address, path string, body int) (*plainClient, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &plainClient{
		conn: conn, in: bufio.NewReaderSize(conn, 64<<10), body: body,
		request: fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept-Encoding: gzip\r\n\r\n", path, address),
	}, nil
}

func (c *plainClient) close() { c.conn.Close() }

// get asks once and reads the whole answer.
func (c *plainClient) get() error {
	if _, err := c.conn.Write(c.request); err != nil {
		return err
	}
	status, err := c.in.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !strings.Contains(string(status), " 200 ") {
		return fmt.Errorf("answered %q", strings.TrimSpace(string(status)))
	}
	length := -1
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(line) <= 2 {
			break
		}
		if name, value, ok := strings.Cut(string(line), ":"); ok && strings.EqualFold(name, "Content-Length") {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil {
				return err
			}
		}
	}
	if length != c.body {
		return fmt.Errorf("answered with %d bytes, not %d", length, c.body)
	}
	_, err = c.in.Discard(length)
	return err
}

// pressPage has clients ask a server for one page.
func (l load) pressPage(ctx context.Context, address, path string, body int) (pressed, error) {
	clients := make([]*plainClient, l.clients)
	for i := range clients {
		c, err := newPlainClient(address, path, body)
		if err != nil {
			return pressed{}, err
		}
		defer c.close()
		clients[i] = c
	}
	return l.press(ctx, func(_ context.Context, client, _ int) error { return clients[client].get() })
}

// packedPage is a page as a browser gets it: the bytes on the wire, with what they are.
type packedPage struct {
	body     []byte
	kind     string
	encoding string
}

// fetch takes a page once.
func fetch(ctx context.Context, url string) (packedPage, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return packedPage{}, err
	}
	r.Header.Set("Accept-Encoding", "gzip")
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	defer client.CloseIdleConnections()
	answer, err := client.Do(r)
	if err != nil {
		return packedPage{}, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %s", url, answer.Status)
	}
	return packedPage{body, answer.Header.Get("Content-Type"), answer.Header.Get("Content-Encoding")}, err
}
