package survey

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"
)

// tokenBytes is the length of the secret in a personal link: 128 bits.
const tokenBytes = 16

var tokenLetters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// newToken makes the token of a personal link, and the hash that is kept of it. It begins with the area, in base 36, so that
// it is found among the rows of that area; the rest is the secret, in letters that can be copied from paper.
func newToken(area int) (token string, hash []byte) {
	secret := make([]byte, tokenBytes)
	rand.Read(secret) // never fails
	sum := sha256.Sum256(secret)
	return strconv.FormatInt(int64(area), 36) + "-" + tokenLetters.EncodeToString(secret), sum[:]
}

// readToken gives the area of a token, and its hash. Capitals and spaces round it are forgiven, nothing else: each token has
// one way to be written.
func readToken(typed string) (area int, hash []byte, ok bool) {
	token := strings.ToLower(strings.TrimSpace(typed))
	first, rest, _ := strings.Cut(token, "-")
	id, err := strconv.ParseUint(first, 36, 31)
	if err != nil {
		return 0, nil, false
	}
	secret, err := tokenLetters.DecodeString(rest)
	if err != nil || len(secret) != tokenBytes || strconv.FormatUint(id, 36)+"-"+tokenLetters.EncodeToString(secret) != token {
		return 0, nil, false
	}
	sum := sha256.Sum256(secret)
	return int(id), sum[:], true
}
