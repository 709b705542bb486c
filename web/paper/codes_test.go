package paper

import (
	"testing"

	"everykit/ledger"
)

// TestCodesAreTheLedgers: every answer of the ledger has one code on paper, and no code is another's.
func TestCodesAreTheLedgers(t *testing.T) {
	for name, c := range map[string]struct {
		codes []code
		of    []ledger.Option
	}{
		"recipient": {recipientCodes, ledger.RecipientOptions()},
		"first":     {firstCodes, ledger.FirstOptions()},
		"reason":    {reasonCodes, ledger.ReasonOptions()},
		"away":      {awayCodes, ledger.UnmetReasonOptions()},
	} {
		if len(c.codes) != len(c.of) {
			t.Errorf("%s: %d codes for %d answers", name, len(c.codes), len(c.of))
		}
		seen := map[string]bool{}
		for _, k := range c.codes {
			if _, ok := place(c.of, k.Key); !ok || seen[k.Code] {
				t.Errorf("%s: code %s stands for %q, which is unknown or has another", name, k.Code, k.Key)
			}
			seen[k.Code] = true
		}
	}
	for _, k := range reasonCodes {
		if n, ok := place(ledger.UnmetReasonOptions(), k.Key); ok {
			t.Errorf("%s is a reason of both kinds (%d)", k.Key, n)
		}
	}
}
