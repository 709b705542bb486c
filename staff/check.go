package staff

import (
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"everykit/fault"
)

// Limits in characters.
const (
	passwordLeast = 10
	passwordMost  = 200
	pinLeast      = 4
	pinMost       = 8
	nameMost      = 100
	emailMost     = 254
)

// foldEmail is an address as it is stored and compared.
func foldEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func checkEmail(folded string) *fault.Error {
	a, err := mail.ParseAddress(folded)
	if err != nil || a.Address != folded || len(folded) > emailMost || !printable(folded) {
		return fault.New(fault.Invalid, "this is not an e-mail address").At("email").Hint("write it like name@example.org")
	}
	return nil
}

func checkName(s string) *fault.Error {
	if s == "" || utf8.RuneCountInString(s) > nameMost || !printable(s) {
		return fault.New(fault.Invalid, "a name has 1 to %d characters", nameMost).At("name").Hint("write the name colleagues know this person by")
	}
	return nil
}

// printable also keeps out what PostgreSQL cannot store: broken UTF-8 and the nought character.
func printable(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

// checkPassword holds the few rules that matter: length, and not what a guesser tries first.
func checkPassword(password, email string) *fault.Error {
	n := utf8.RuneCountInString(password)
	local, _, _ := strings.Cut(email, "@")
	low := strings.ToLower(password)
	switch {
	case n < passwordLeast || n > passwordMost:
		return fault.New(fault.Invalid, "a password has %d to %d characters", passwordLeast, passwordMost).At("password").Hint("three words that do not belong together are easy to remember")
	case low == email || low == local:
		return fault.New(fault.Invalid, "the password is the e-mail address").At("password").Hint("choose another")
	case run(low, 0) || run(low, 1) || run(low, -1):
		return fault.New(fault.Invalid, "the password is one character repeated, or characters in a row").At("password").Hint("choose another")
	}
	return nil
}

// checkPIN refuses what people try first at a counter: 0000, 1234, 8765, 1212.
func checkPIN(pin string) *fault.Error {
	if len(pin) < pinLeast || len(pin) > pinMost || strings.Trim(pin, "0123456789") != "" {
		return fault.New(fault.Invalid, "a PIN has %d to %d digits", pinLeast, pinMost).At("pin").Hint("use digits only")
	}
	pair := strings.Repeat(pin[:2], pinMost)
	if run(pin, 0) || run(pin, 1) || run(pin, -1) || pin == pair[:len(pin)] {
		return fault.New(fault.Invalid, "this PIN is too easy to guess").At("pin").Hint("do not use one digit repeated, digits in a row, or a pair repeated")
	}
	return nil
}

// run reports whether each character is the one before it plus step. After 9 comes 0.
func run(s string, step rune) bool {
	last := rune(-1)
	for i, r := range s {
		next := last + step
		switch {
		case last == '9' && step == 1:
			next = '0'
		case last == '0' && step == -1:
			next = '9'
		}
		if i > 0 && r != next {
			return false
		}
		last = r
	}
	return true
}

// minutes says a wait in words, rounded up.
func minutes(d time.Duration) string {
	n := max(1, int((d+time.Minute-1)/time.Minute))
	if n == 1 {
		return "a minute"
	}
	return fmt.Sprintf("%d minutes", n)
}
