package notice_test

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"testing"

	"everykit/fault"
	"everykit/notice"
	"everykit/staff"
	"everykit/store"
	"everykit/store/storetest"
)

// words is all that a text says.
func words(w notice.Wording) string {
	s := w.Title + "."
	for _, b := range w.Blocks {
		s += "\n" + b.Text + strings.Join(b.Steps, "\n")
	}
	return s
}

// asApproved holds each version to its words: whoever changes one changes the version, and this line with it, and has it
// approved again.
var asApproved = map[string]string{
	"another/1":       "ef049fa6a6f1",
	"changed/1":       "459704b60e11",
	"check-needles/1": "9d10119c0d97",
	"check/1":         "e6a22da8753e",
	"differs/1":       "91b97e0c0539",
	"expired/1":       "68a433325314",
	"in-date/1":       "3edb2036bb77",
	"last-day/1":      "704c26981d9b",
	"last-resort/1":   "be20e6739f09",
	"no-date/1":       "15d17b5a00a1",
	"no-lot/1":        "1bf73965c9f4",
	"overdose/1":      "0e61c708299a",
	"unknown/1":       "a26b231eaff3",
	"withdrawn/1":     "d62fff4c715d",
}

func TestAChangedWordIsANewVersion(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		all := migrated(t, db)
		for _, w := range all {
			sum := sha256.Sum256([]byte(words(w)))
			if got := hex.EncodeToString(sum[:6]); asApproved[w.ID()] != got {
				t.Errorf("the words of %q are %q: give them a new version", w.ID(), got)
			}
		}
		if len(all) != len(asApproved) {
			t.Errorf("there are %d texts", len(all))
		}
	})
}

// TestWordsForEverybody keeps the texts to a reading age of 9 to 11: the grade of Flesch and Kincaid, which is the school
// year in which a text is read, is 6 at most (age 11 to 12 at its end), and no sentence is long.
func TestWordsForEverybody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, w := range migrated(t, db) {
			text := strings.ReplaceAll(words(w), "{until}", "the end of June 2027")
			if g := grade(text); g > 6 {
				t.Errorf("%s needs the reading of school year %.1f", w.Key, g)
			}
			for _, s := range sentences(text) {
				if n := len(strings.Fields(s)); n > 22 {
					t.Errorf("%s has a sentence of %d words: %s", w.Key, n, s)
				}
			}
			for _, word := range []string{"addict", "abuser", "clean", "junkie", "user", "victim", "recall", "good"} {
				if strings.Contains(strings.ToLower(text), word) {
					t.Errorf("%s says %q", w.Key, word)
				}
			}
		}
	})
}

var (
	sentenceEnd = regexp.MustCompile(`[.!?:\n]+`)
	vowels      = regexp.MustCompile(`[aeiouy]+`)
	letters     = regexp.MustCompile(`[A-Za-z’']+`)
)

func sentences(text string) []string {
	return slices.DeleteFunc(sentenceEnd.Split(text, -1), func(s string) bool { return len(letters.FindAllString(s, -1)) == 0 })
}

// grade is the Flesch–Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59.
func grade(text string) float64 {
	all := letters.FindAllString(strings.ToLower(text), -1)
	syllables := 0
	for _, w := range all {
		n := len(vowels.FindAllString(w, -1))
		if strings.HasSuffix(w, "e") && !strings.HasSuffix(w, "le") && n > 1 {
			n--
		}
		syllables += max(n, 1)
	}
	n := float64(len(all))
	return 0.39*n/float64(len(sentences(text))) + 11.8*float64(syllables)/n - 15.59
}

func TestReadingAgeCanFail(t *testing.T) {
	if g := grade("Notwithstanding considerable manufacturing irregularities, individuals possessing the aforementioned pharmaceutical preparation should immediately consult an appropriately registered practitioner."); g < 12 {
		t.Errorf("an office's sentence is of grade %.1f", g)
	}
}

func TestWordingOfANotice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		all := migrated(t, db)
		for _, c := range []struct {
			number string
			action notice.Action
			want   string
		}{
			{"NatPSA/2022/009/MHRA", notice.Check, "check-needles"},
			{" natpsa/2022/009/mhra ", notice.Check, "check-needles"},
			{"NatPSA/2022/010/MHRA", notice.Check, "check"},
			{"RECALL 1", notice.Withdraw, "withdrawn"},
		} {
			if w := notice.WordingFor(all, &notice.Notice{Number: c.number, Action: c.action}); w.Key != c.want {
				t.Errorf("%s is told as %s", c.number, w.Key)
			}
		}
		needles := words(all["check-needles"])
		for _, must := range []string{"Hold the sealed kit up to a bright light", "two dark shapes", "Do not open the kit"} {
			if !strings.Contains(needles, must) {
				t.Errorf("the text on needles lacks %q", must)
			}
		}
		if got := words(all["expired"].With("until", "the end of June 2027")); !strings.Contains(got, "the end of June 2027") || strings.Contains(got, "{") {
			t.Errorf("filled in it is %s", got)
		}
		if strings.Contains(words(all["expired"]), "June") {
			t.Error("filling one in changed the text itself")
		}
	})
}

func TestApproval(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, w := range migrated(t, db) {
			if w.Approved != nil {
				t.Errorf("%s is approved before anybody has", w.ID())
			}
		}
		today := day(t, "2026-11-23")
		doctor := notice.Approval{Name: " Dr A. Example ", Role: "consultant", On: today - 1}
		approve := func(who staff.Person, key string, version int, a notice.Approval) fault.Kind {
			err := notice.ApproveWording(t.Context(), db, who, key, version, a, today)
			if err == nil {
				return 255
			}
			return fault.KindOf(err)
		}
		nobody, future, old := doctor, doctor, doctor
		nobody.Name, future.On, old.On = " ", today+1, today-20000
		for name, c := range map[string]struct{ got, want fault.Kind }{
			"a worker":        {approve(staff.Person{ID: 5, Role: staff.Worker}, "expired", 1, doctor), fault.Forbidden},
			"a national team": {approve(staff.Person{ID: 5, Role: staff.National, Area: 1}, "expired", 1, doctor), fault.Forbidden},
			"no such text":    {approve(staff.Operator(), "nothing", 1, doctor), fault.NotFound},
			"another version": {approve(staff.Operator(), "expired", 2, doctor), fault.Conflict},
			"no name":         {approve(staff.Operator(), "expired", 1, nobody), fault.Invalid},
			"the future":      {approve(staff.Operator(), "expired", 1, future), fault.Invalid},
			"long ago":        {approve(staff.Operator(), "expired", 1, old), fault.Invalid},
		} {
			if c.got != c.want {
				t.Errorf("%s: %v, not %v", name, c.got, c.want)
			}
		}
		if got := approve(staff.Operator(), "expired", 1, doctor); got != 255 {
			t.Fatal(got)
		}
		if got := approve(staff.Operator(), "expired", 1, doctor); got != fault.Conflict {
			t.Errorf("approved twice: %v", got)
		}
		all, err := notice.Wordings(t.Context(), db)
		if err != nil {
			t.Fatal(err)
		}
		if a := all["expired"].Approved; a == nil || a.Name != "Dr A. Example" || a.Role != "consultant" || a.On != today-1 {
			t.Errorf("the approval is %+v", a)
		}
		if all["last-day"].Approved != nil {
			t.Error("another text is approved too")
		}
		// One of an older version, which nobody sees any more.
		exec(t, db, "UPDATE wording_approval SET version = 9")
		if all, err = notice.Wordings(t.Context(), db); err != nil || all["expired"].Approved != nil {
			t.Errorf("an approval holds for another version: %v", err)
		}
		var entries int
		if err := db.Read(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Get(t.Context(), []any{&entries}, "SELECT COUNT(*) FROM audit WHERE deed = 'approve wording' AND subject = 'expired/1' AND detail = ''")
			return err
		}); err != nil || entries != 1 {
			t.Errorf("%d entries in the audit log, %v", entries, err)
		}
	})
}

func migrated(t *testing.T, db *store.DB) map[string]notice.Wording {
	t.Helper()
	if err := db.Migrate(t.Context(), slices.Concat(staff.Schema, notice.WordingSchema)...); err != nil {
		t.Fatal(err)
	}
	all, err := notice.Wordings(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func exec(t *testing.T, db *store.DB, text string) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), text)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
