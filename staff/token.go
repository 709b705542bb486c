package staff

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode"
)

// key is what is kept of a token: its SHA-256. A token is 32 random bytes, so nobody can find it from its key.
type key [sha256.Size]byte

const tokenSize = 32

// newToken makes a token, 43 characters that are safe in a cookie, and its key.
func newToken() (string, key) {
	var b [tokenSize]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:]), sha256.Sum256(b[:])
}

// keyOf gives the key of a token; ok is false for what is no token at all.
func keyOf(token string) (k key, ok bool) {
	var b [tokenSize]byte
	if len(token) != base64.RawURLEncoding.EncodedLen(tokenSize) {
		return k, false
	}
	if _, err := base64.RawURLEncoding.Strict().Decode(b[:], []byte(token)); err != nil { // strict: each token has one way to be written
		return k, false
	}
	return sha256.Sum256(b[:]), true
}

// id is the key as it is shown in a list of sessions and comes back from a form.
func (k key) id() string { return hex.EncodeToString(k[:]) }

func keyOfID(id string) (k key, ok bool) {
	b, err := hex.DecodeString(id)
	if err != nil || len(b) != len(k) {
		return k, false
	}
	return key(b), true
}

// Device is where a request comes from.
type Device struct {
	UserAgent string // as the browser says; kept, shortened, so that people know their own sessions again
	Address   string // of the client; only used, hashed, to count wrong tries
}

const userAgentMost = 120 // characters

// agent is the user agent as it is kept: valid, printable, short.
func (d Device) agent() any {
	clean := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, d.UserAgent)
	if runes := []rune(clean); len(runes) > userAgentMost {
		clean = string(runes[:userAgentMost])
	}
	if clean == "" {
		return nil
	}
	return clean
}
