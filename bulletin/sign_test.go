package bulletin_test

import (
	"strings"
	"testing"
	"time"

	"everykit/bulletin"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// TestWhoSigns: nobody who made the bulletin or changed it in any way, and not the command line.
func TestWhoSigns(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		who := func(name string) staff.Person { return w.who[name] }
		e := w.draft(quarter)
		sign := func(name string) error { return w.Sign(w.ctx, who(name), e.ID, w.get(e.ID).Version, time.Time{}) }
		refused(t, sign("anna"), fault.Refused, "who: you made this bulletin or changed something in it, so somebody else must sign it")
		refused(t, sign("operator"), fault.Refused, "who: the command line cannot sign")
		for _, deed := range []struct {
			what string
			do   func(by staff.Person, version int) error
		}{
			{"note", func(by staff.Person, v int) error { return w.Note(w.ctx, by, e.ID, v, "prison", "Words.") }},
			{"retitle", func(by staff.Person, v int) error { return w.Retitle(w.ctx, by, e.ID, v, "kits", "Kits rose") }},
			{"arrange", func(by staff.Person, v int) error {
				return w.Arrange(w.ctx, by, e.ID, v, nil, []string{"introduction"})
			}},
			{"invite", func(by staff.Person, v int) error {
				return w.Invite(w.ctx, by, e.ID, v, []bulletin.Reader{{Who: "x", Why: "y"}})
			}},
			{"waive", func(by staff.Person, v int) error {
				w.findings = waivable("sum:a")
				return w.Waive(w.ctx, by, e.ID, v, "sum:a", "It was published so.")
			}},
			{"refreeze", func(by staff.Person, v int) error { return w.Refreeze(w.ctx, by, e.ID, v) }},
		} {
			id := w.staff(deed.what, staff.National, "N")
			by := w.who[deed.what]
			must(t, deed.do(by, w.get(e.ID).Version))
			refused(t, sign(deed.what), fault.Refused, "somebody else must sign it")
			if by.ID != id {
				t.Fatal("that was somebody else")
			}
		}
		refused(t, w.Sign(w.ctx, who("nora"), e.ID, 1, time.Time{}), fault.Conflict, "version: ")
		must(t, sign("nora"))
		now := w.get(e.ID)
		if now.State != bulletin.Signed || now.SignedName != "nora" || !now.SignedAt.Equal(morning) {
			t.Errorf("signed: %+v", now)
		}
		refused(t, sign("abel"), fault.Conflict, "is signed already")
		refused(t, w.Note(w.ctx, who("anna"), e.ID, now.Version, "prison", "More."), fault.Refused, "is signed and cannot be changed")
		refused(t, w.Drop(w.ctx, who("anna"), e.ID, now.Version), fault.Refused, "is signed")
	})
}

// TestCommandLine makes a bulletin, and a person signs it.
func TestCommandLine(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		id := must1(w.Draft(w.ctx, staff.Operator(), bulletin.DraftOf{Area: "N", Period: quarter}))(t)
		e := w.get(id)
		if e.MadeBy != -1 || e.MadeName != "the command line" {
			t.Errorf("made by %d, %s", e.MadeBy, e.MadeName)
		}
		refused(t, w.Sign(w.ctx, staff.Operator(), id, 1, time.Time{}), fault.Refused, "cannot sign")
		may, why, err := w.MaySign(w.ctx, w.who["anna"], e)
		must(t, err)
		if !may || why != "" {
			t.Errorf("an analyst who wrote nothing may not sign: %s", why)
		}
		may, why, err = w.MaySign(w.ctx, w.who["cora"], e)
		must(t, err)
		if may || !strings.Contains(why, "may not sign") {
			t.Errorf("a coordinator may sign the nation's: %v %q", may, why)
		}
		must(t, w.Sign(w.ctx, w.who["anna"], id, 1, time.Time{}))
		must(t, w.Publish(w.ctx, staff.Operator(), id, 2))
		history := must1(w.History(w.ctx, w.who["adam"], id))(t)
		if len(history) != 3 || history[0].Who != "the command line" || history[1].Who != "anna" || history[2].Who != "the command line" || history[2].What != "Published" {
			t.Errorf("the history is %+v", history)
		}
	})
}

func TestUnsign(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.draft(quarter)
		anna := w.who["anna"]
		refused(t, w.Unsign(w.ctx, anna, e.ID, 1, "a slip"), fault.Refused, "is not signed")
		must(t, w.Invite(w.ctx, anna, e.ID, 1, []bulletin.Reader{{Who: "A minister", Why: "To prepare", Email: "m@example.org"}}))
		w.sign(e.ID, time.Time{})
		link := w.lettersTo("m")[0].link(t, "/early/")
		if _, c, err := w.Early(w.ctx, link); err != nil || !c.Draft {
			t.Fatalf("behind the link: %v", err)
		}
		refused(t, w.Unsign(w.ctx, anna, e.ID, 3, " "), fault.Invalid, "why: say why")
		refused(t, w.Unsign(w.ctx, anna, e.ID, 2, "a slip"), fault.Conflict, "version: ")
		must(t, w.Unsign(w.ctx, anna, e.ID, 3, "A number is wrong"))
		now := w.get(e.ID)
		if now.State != bulletin.Drafted || now.SignedBy != 0 || !now.SignedAt.IsZero() || now.Version != 4 {
			t.Errorf("after taking the signature back: %+v", now)
		}
		_, _, err := w.Early(w.ctx, link)
		refused(t, err, fault.NotFound, "has ended")
		history := must1(w.History(w.ctx, anna, e.ID))(t)
		equal(t, "history", history[len(history)-1].What, "Signature taken back: A number is wrong")
		w.sign(e.ID, time.Time{})
		equal(t, "letters after signing again", len(w.lettersTo("m")), 2)
		w.publishSigned(e.ID)
		refused(t, w.Unsign(w.ctx, anna, e.ID, w.get(e.ID).Version, "too late"), fault.Refused, "never changes")
	})
}

// TestRights: every deed by everybody, by the staff deeds at the edition's area.
func TestRights(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		national := w.draft(quarter).ID
		local := must1(w.Draft(w.ctx, w.who["cora"], bulletin.DraftOf{Area: "A", Period: quarter}))(t)
		may := map[string]string{"anna": "NA", "nora": "NA", "cora": "A", "cole": "", "mona": "", "adam": "NA", "operator": "NA", "nobody": "", "wendy": ""}
		w.who["wendy"] = staff.Person{ID: 900, Name: "wendy", Role: staff.Worker, Area: w.id("A"), Outlets: []int{1}}
		for name, areas := range may {
			who := w.who[name]
			for area, id := range map[string]int{"N": national, "A": local, "?": 999} {
				allowed := strings.Contains(areas, area)
				_, get := w.Get(w.ctx, who, id)
				_, history := w.History(w.ctx, who, id)
				deeds := map[string]error{
					"get": get, "history": history,
					"refreeze": w.Refreeze(w.ctx, who, id, -1), "note": w.Note(w.ctx, who, id, -1, "prison", "x"), "retitle": w.Retitle(w.ctx, who, id, -1, "kits", "x"),
					"arrange": w.Arrange(w.ctx, who, id, -1, nil, nil), "invite": w.Invite(w.ctx, who, id, -1, nil), "waive": w.Waive(w.ctx, who, id, -1, "x", "x"),
					"sign": w.Sign(w.ctx, who, id, -1, time.Time{}), "unsign": w.Unsign(w.ctx, who, id, -1, "x"), "drop": w.Drop(w.ctx, who, id, -1), "publish": w.Publish(w.ctx, who, id, -1),
				}
				if area != "?" {
					_, deeds["of"] = w.Of(w.ctx, who, w.id(area))
					_, deeds["draft"] = w.Draft(w.ctx, who, bulletin.DraftOf{Area: area, Period: quarter})
					_, deeds["find"] = w.Find(w.ctx, who, map[string]string{"N": "2021-22-q2", "A": "2021-22-q2-aber-city-of"}[area])
				}
				for deed, err := range deeds {
					switch {
					case !allowed && area == "?" && (name == "adam" || name == "operator"):
						if !fault.Is(err, fault.NotFound) {
							t.Errorf("%s: %s of none: %v", name, deed, err)
						}
					case fault.Is(err, fault.Forbidden) == allowed:
						t.Errorf("%s: %s of %s: %v, and it is allowed: %v", name, deed, area, err, allowed)
					}
				}
			}
		}
		for _, id := range []int{national, local} {
			if e := w.get(id); e.Version != 1 || e.State != bulletin.Drafted {
				t.Errorf("the draft is %+v", e)
			}
		}
	})
}

// TestAudit: each deed is in the audit log of its area, without a word that people typed.
func TestAudit(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		e := w.draft(quarter)
		anna := w.who["anna"]
		must(t, w.Note(w.ctx, anna, e.ID, 1, "prison", "canaryword"))
		must(t, w.Invite(w.ctx, anna, e.ID, 2, []bulletin.Reader{{Who: "canaryword", Why: "canaryword", Email: "canaryword@example.org"}}))
		w.sign(e.ID, time.Time{})
		must(t, w.Unsign(w.ctx, anna, e.ID, 4, "canaryword"))
		w.out(e.ID)
		var deeds []string
		must(t, w.db.Read(w.ctx, func(tx *store.Tx) error {
			deeds = nil
			return tx.Each(w.ctx, func(scan func(...any) error) error {
				var deed, subject, detail string
				err := scan(&deed, &subject, &detail)
				lacks(t, "the audit log", deed+subject+detail, "canary")
				deeds = append(deeds, deed)
				return err
			}, "SELECT deed, subject, detail FROM audit WHERE area = ? AND deed LIKE '%bulletin%' OR deed IN ('write commentary', 'set early access') ORDER BY id", w.id("N"))
		}))
		equal(t, "audited", strings.Join(deeds, ", "), "draft bulletin, write commentary, set early access, sign bulletin, unsign bulletin, sign bulletin, publish bulletin")
	})
}
