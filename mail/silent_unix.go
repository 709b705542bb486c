//go:build unix

package mail

import (
	"errors"
	"net"
	"syscall"
)

// silent reports whether a connection stands and nothing has come that was not read. It looks without waiting and
// without taking anything.
func silent(c net.Conn) bool {
	raw, ok := c.(syscall.Conn)
	if !ok {
		return true
	}
	line, err := raw.SyscallConn()
	if err != nil {
		return false
	}
	nothing := false
	err = line.Control(func(fd uintptr) {
		_, _, err := syscall.Recvfrom(int(fd), make([]byte, 1), syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		nothing = errors.Is(err, syscall.EAGAIN) // else a byte, the end (nought and no error), or a line that is broken
	})
	return err == nil && nothing
}
