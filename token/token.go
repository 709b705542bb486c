package token

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"
)

// secretBytes is the length of what cannot be guessed: 128 bits.
const secretBytes = 16

var letters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// New makes a token for an area, and the hash to keep of it (SHA-256 of the secret).
func New(area int) (text string, hash []byte) {
	secret := make([]byte, secretBytes)
	rand.Read(secret) // never fails
	sum := sha256.Sum256(secret)
	return written(uint64(area), secret), sum[:]
}

// written is a token's one way to be written: the area in base 36, then the secret.
func written(area uint64, secret []byte) string {
	return strconv.FormatUint(area, 36) + "-" + letters.EncodeToString(secret)
}

// Read gives the area of a token, and its hash; false for what New cannot have made.
func Read(typed string) (area int, hash []byte, ok bool) {
	text := strings.ToLower(strings.TrimSpace(typed))
	first, rest, _ := strings.Cut(text, "-")
	id, err := strconv.ParseUint(first, 36, 31)
	if err != nil {
		return 0, nil, false
	}
	secret, err := letters.DecodeString(rest)
	if err != nil || len(secret) != secretBytes || written(id, secret) != text {
		return 0, nil, false
	}
	sum := sha256.Sum256(secret)
	return int(id), sum[:], true
}
