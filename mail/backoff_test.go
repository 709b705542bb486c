package mail

import (
	"testing"
	"time"
)

func TestBackoff(t *testing.T) {
	for tries, want := range []time.Duration{time.Minute, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, time.Hour, time.Hour} {
		if got := backoff(tries); got != want {
			t.Errorf("after %d tries: %v, want %v", tries, got, want)
		}
	}
	if backoff(-1) != time.Minute || backoff(1<<40) != time.Hour {
		t.Error("beyond the ends")
	}
}

// TestWithout keeps of a server's answer what helps and nobody's name.
func TestWithout(t *testing.T) {
	for said, want := range map[string]string{
		"550 5.1.1 <jo.bloggs@example.org>: user unknown":            "550 5.1.1 … user unknown",
		"550 5.1.1 mailbox Jo.Bloggs is full":                        "550 5.1.1 mailbox … is full",
		"550 no\r\nsuch\nmailbox":                                    "550 no such mailbox",
		"550 5.7.1 see https://help.example.org/?to=JO.BLOGGS&why=1": "550 5.7.1 see https://help.example.org/?to=…&why=1",
		"550 banjo.bloggsy stays":                                    "550 banjo.bloggsy stays",
	} {
		if got := without(said, "jo.bloggs@example.org"); got != want {
			t.Errorf("%q became %q, want %q", said, got, want)
		}
	}
	if got := []rune(without("550 "+string(make([]byte, 999)), "a@b")); len(got) > longestWhy {
		t.Errorf("%d letters kept", len(got))
	}
	if codesOnly("550 5.1.1 Jo is away") != "550 5.1.1" || codesOnly("421 bye") != "421" || codesOnly(brokeBefore) != brokeBefore {
		t.Error("codesOnly keeps more or less than the codes")
	}
}
