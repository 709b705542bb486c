package staff

import (
	"strings"
	"testing"
)

// A hash made by the reference program: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32 (the test
// vector of its repository, src/test.c, version 0x13).
const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

func TestHashes(t *testing.T) {
	if !matches(reference, "password") || matches(reference, "Password") {
		t.Error("the reference program's hash is not read as it should be")
	}
	a := Argon{KiB: 8, Passes: 1, Lanes: 1}
	one, two := a.hash("secret words"), a.hash("secret words")
	if one == two || !matches(one, "secret words") || !matches(two, "secret words") || matches(one, "secret word") || matches(one, "") {
		t.Errorf("hashes %s and %s", one, two)
	}
	if d := a.decoy(); len(d) != len(one) || matches(d, "") || matches(d, "secret words") {
		t.Errorf("the decoy %s", d)
	}
}

// A damaged hash matches nothing, and never panics.
func TestDamagedHashesMatchNothing(t *testing.T) {
	good := Argon{KiB: 8, Passes: 1, Lanes: 1}.hash("")
	bad := []string{
		"", "$", "password", strings.Replace(good, "argon2id", "argon2i", 1), strings.Replace(good, "v=19", "v=16", 1),
		strings.Replace(good, "t=1", "t=0", 1), strings.Replace(good, "p=1", "p=0", 1), strings.Replace(good, "p=1", "p=300", 1),
		good[:strings.LastIndex(good, "$")+1], good + "!", "x" + good,
	}
	for _, phc := range bad {
		if matches(phc, "") {
			t.Errorf("%q matches", phc)
		}
	}
	if !matches(good, "") {
		t.Error("the good one does not match")
	}
}
