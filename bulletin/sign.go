package bulletin

import (
	"context"
	"fmt"
	"time"

	"everykit/bulletin/compose"
	"everykit/fault"
	"everykit/staff"
	"everykit/store"
)

// longestEmbargo bounds how far away an embargo may end: longer than this it is a slip of the year.
const longestEmbargo = 366 * 24 * time.Hour

// Sign signs a draft: by somebody who did not make it or change it, with every finding mended or waived. The embargo is when it is to
// be published, and is then published by itself; zero: when somebody publishes it. Readers with early access and an address
// get their letters.
func (b *Bulletins) Sign(ctx context.Context, who staff.Person, id, version int, embargo time.Time) error {
	if err := b.maySign(ctx, who, id, version); err != nil {
		return err
	}
	now := b.db.Now()
	switch {
	case embargo.IsZero():
	case !embargo.After(now):
		return fault.New(fault.Invalid, "%s has gone by", moment(embargo)).At("embargo").Hint("give a time to come, or none to publish by hand")
	case embargo.Sub(now) > longestEmbargo:
		return fault.New(fault.Invalid, "%s is more than a year away", moment(embargo)).At("embargo").Hint("check the year")
	}
	made, err := b.composed(ctx, id)
	if err != nil {
		return err
	}
	if open, _ := made.open(); len(open) > 0 {
		return stillOpen(open)
	}
	err = b.db.Write(ctx, func(tx *store.Tx) error {
		e, err := b.hold(ctx, tx, who, staff.SignBulletins, id)
		if err != nil {
			return err
		}
		if err := e.mayBeSigned(ctx, tx, who, version); err != nil {
			return err
		}
		var at any
		what := "Signed, to be published by hand"
		if !embargo.IsZero() {
			at, what = embargo.UnixMilli(), "Signed, to be published at "+moment(embargo)
		}
		if _, err := tx.Exec(ctx, "UPDATE bulletin_edition SET state = ?, signed_by = ?, signed_at = ?, publish_at = ?, version = version + 1 WHERE id = ?",
			int(Signed), who.ID, tx.Now.UnixMilli(), at, id); err != nil {
			return err
		}
		if err := b.writeToReaders(ctx, tx, e, embargo); err != nil {
			return err
		}
		if err := addEvent(ctx, tx, id, actor(who), false, what); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, who, e.Area, "sign bulletin", subject(id), e.name())
	})
	if err == nil {
		b.outbox.Wake()
	}
	return err
}

// moment is a time as letters and messages write it, in the place it was given for.
func moment(t time.Time) string { return t.Format("15:04 MST on 2 January 2006") }

func stillOpen(open []compose.Finding) error {
	if len(open) == 1 {
		return fault.New(fault.Refused, "one check is open: %s", open[0].What).At("checks").Hint("mend it, or waive it with a reason where that is offered")
	}
	return fault.New(fault.Refused, "%d checks are open, the first: %s", len(open), open[0].What).At("checks").Hint("mend each, or waive it with a reason where that is offered")
}

// maySign says early what would be refused in the end.
func (b *Bulletins) maySign(ctx context.Context, who staff.Person, id, version int) error {
	return b.db.Read(ctx, func(tx *store.Tx) error {
		e, err := b.seen(ctx, tx, who, staff.SignBulletins, id)
		if err != nil {
			return err
		}
		return e.mayBeSigned(ctx, tx, who, version)
	})
}

func (e *Edition) mayBeSigned(ctx context.Context, tx *store.Tx, who staff.Person, version int) error {
	switch e.State {
	case Signed:
		return fault.New(fault.Conflict, "%s is signed already", e.name()).Hint("it waits to be published")
	case Published:
		return fault.New(fault.Conflict, "%s is published already", e.name())
	}
	if who.ID == 0 {
		return fault.New(fault.Refused, "the command line cannot sign: a person must").At("who").Hint("sign on the bulletin's page, or name the account that signs")
	}
	if err := e.isAt(version); err != nil {
		return err
	}
	wrote, err := hasWritten(ctx, tx, e.ID, who.ID)
	if err == nil && wrote {
		err = fault.New(fault.Refused, "you made this bulletin or changed something in it, so somebody else must sign it").At("who").Hint("ask a colleague who has changed nothing in it")
	}
	return err
}

// MaySign reports whether somebody could sign an edition, had it no open finding; and if not, the sentence that says why.
func (b *Bulletins) MaySign(ctx context.Context, who staff.Person, e *Edition) (may bool, why string, err error) {
	err = b.maySign(ctx, who, e.ID, e.Version)
	switch {
	case err == nil:
		return true, "", nil
	case fault.Is(err, fault.Refused), fault.Is(err, fault.Forbidden), fault.Is(err, fault.Conflict):
		return false, err.Error(), nil
	}
	return false, "", err
}

// Unsign makes a draft of a signed one again, with a reason that is kept in its history. Links of early readers end.
func (b *Bulletins) Unsign(ctx context.Context, who staff.Person, id, version int, why string) error {
	why, bad := tidyLine(nil, "why", why, MostReason, "say why the signature is taken back")
	if err := bad.Err(); err != nil {
		return err
	}
	return b.db.Write(ctx, func(tx *store.Tx) error {
		e, err := b.hold(ctx, tx, who, staff.SignBulletins, id)
		if err != nil {
			return err
		}
		switch {
		case e.State == Drafted:
			return fault.New(fault.Refused, "%s is not signed", e.name())
		case e.State == Published:
			return fault.New(fault.Refused, "%s is published and never changes", e.name()).Hint("begin a correction of it")
		}
		if err := e.isAt(version); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE bulletin_edition SET state = ?, signed_by = NULL, signed_at = NULL, publish_at = NULL, version = version + 1 WHERE id = ?", int(Drafted), id); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE bulletin_reader SET token = NULL WHERE edition = ?", id); err != nil {
			return err
		}
		if err := addEvent(ctx, tx, id, actor(who), false, "Signature taken back: "+why); err != nil {
			return err
		}
		return staff.Audit(ctx, tx, who, e.Area, "unsign bulletin", subject(id), e.name())
	})
}

// Drop takes a draft away. Nothing of it is shown any more; a new one of the same period may be begun.
func (b *Bulletins) Drop(ctx context.Context, who staff.Person, id, version int) error {
	return b.change(ctx, who, id, version, "drop bulletin", func(c *change) error {
		c.say("Dropped")
		if _, err := c.tx.Exec(ctx, "UPDATE bulletin_edition SET state = ? WHERE id = ?", int(Dropped), id); err != nil {
			return err
		}
		return forgetReaders(ctx, c.tx, id)
	})
}

// forgetReaders erases the addresses of early readers and ends their links.
func forgetReaders(ctx context.Context, tx *store.Tx, edition int) error {
	_, err := tx.Exec(ctx, "UPDATE bulletin_reader SET email = '', token = NULL WHERE edition = ?", edition)
	return err
}

// notBefore is what is said of an embargo that has not ended.
func (e *Edition) notBefore(now time.Time) error {
	if e.PublishAt.IsZero() || !now.Before(e.PublishAt) {
		return nil
	}
	return fault.New(fault.Refused, "%s is under embargo until %s", e.name(), moment(e.PublishAt)).
		Hint("it is published by itself then; to publish earlier, take the signature back and have it signed with another time")
}

// publishable says what keeps an edition from being published now.
func (e *Edition) publishable(version int, now time.Time) error {
	switch e.State {
	case Published:
		return fault.New(fault.Conflict, "%s was published already, on %s", e.name(), e.PublishedOn.Words()).Hint("to put something right, begin a correction of it")
	case Drafted:
		return fault.New(fault.Refused, "%s is not signed", e.name()).Hint("somebody who did not write it must sign it first")
	}
	if err := e.isAt(version); err != nil {
		return err
	}
	return e.notBefore(now)
}

// checkedAgain refuses what was signed and has an open finding since, such as an edition that overtook it.
func (c *composed) checkedAgain() error {
	open, _ := c.open()
	if len(open) == 0 {
		return nil
	}
	return fault.New(fault.Refused, "since %s was signed the checks find something: %s", c.edition.name(), open[0].What).
		Hint("take the signature back, mend it, and have it signed again").Because(fmt.Errorf("%d findings", len(open)))
}
