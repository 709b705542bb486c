package mail

import "fmt"

// State says what became of a message.
type State uint8

// The states. The numbers are stored; those up to Closing are still to be done.
const (
	Waiting State = iota + 1 // to be sent, or sent again after a try that certainly failed
	Sending                  // in a conversation with the mail server, which has accepted nothing yet
	Closing                  // the end of the text is being said: from here on it may have been accepted
	Sent                     // the mail server has accepted it
	Unsure                   // nobody knows whether the mail server accepted it; it is not sent again by itself
	Refused                  // the mail server said never (5xx)
	GaveUp                   // not sent within its time
	Dropped                  // taken out by a person, or by the room that had put it
)

var stateNames = [...]string{"none", "waiting", "sending", "closing", "sent", "unsure", "refused", "gave_up", "dropped"}

func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return fmt.Sprintf("state %d", uint8(s))
}
