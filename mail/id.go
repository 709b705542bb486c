package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"

	"everykit/fault"
)

// ID is the id of a message: the first 16 bytes of the SHA-256 of its area and its key.
type ID [16]byte

// IDOf gives the id of the message with this key in this area.
func IDOf(area int, key string) ID {
	sum := sha256.Sum256([]byte(strconv.Itoa(area) + "\x00" + key))
	return ID(sum[:16])
}

func (id ID) String() string { return hex.EncodeToString(id[:]) }

func noSuch() error {
	return fault.New(fault.NotFound, "there is no such message in the outbox").Hint("look at the list again: it may have changed")
}
