package mail

import "context"

// Letter is a message as it goes out: an envelope and the bytes, headers first, lines ended by \r\n.
type Letter struct {
	ID       ID
	From, To string
	Bytes    []byte
}

// Verdict is what a try came to.
type Verdict uint8

// The verdicts.
const (
	Accepted Verdict = iota // it is the mail server's now
	Later                   // certainly not accepted; try again
	Away                    // likewise, and it is the server or our account there that fails, so no other would fare better
	Never                   // refused for good
	Unknown                 // it may have been accepted
)

// Outcome is a verdict and its reason in words that may be kept and logged: never an address.
type Outcome struct {
	Verdict Verdict
	Why     string
}

// Sender hands letters over. There are two: SMTP, and Folder for development and demonstrations.
type Sender interface {
	// Send tries once. It calls closing just before the one act that lets the receiver accept the letter, and must
	// not do that act when closing fails: then the outcome is Later. An end of ctx breaks off only what comes before.
	Send(ctx context.Context, l Letter, closing func() error) Outcome
	// Rest is called when there is nothing more to send for now.
	Rest()
}
