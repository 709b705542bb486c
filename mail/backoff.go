package mail

import "time"

// Waits before the next try.
var waits = [...]time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour}

// longestAway is how long at most the mail server is left alone when it did not answer. It is shorter than the hour of a
// single message: a notice should go out soon after the server is back, and asking costs one connection.
const longestAway = 5 * time.Minute

// backoff is how long to wait after so many failed tries (1 or more): 1, 5 and 15 minutes, then an hour each time.
func backoff(tries int) time.Duration {
	return waits[min(max(tries, 1), len(waits))-1]
}
