//go:build !unix

package mail

import "net"

// silent cannot look here. What it would have seen then shows after the dot, and makes an Unsure of a message that was
// never accepted: a question too many, and still nothing doubled.
func silent(net.Conn) bool { return true }
