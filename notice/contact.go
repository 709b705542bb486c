package notice

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"everykit/fault"
	"everykit/mail"
	"everykit/staff"
	"everykit/store"
)

// Contact is whom to write to for an organisation that runs outlets, or for an authority as a whole: a mailbox that
// somebody reads, not a person's own.
type Contact struct {
	Area     int
	Provider string // as the registry's outlets have it; empty: the authority itself
	Email    string
}

type contactKey struct {
	area     int
	provider string // folded
}

// Contacts reads the contacts of an authority, its own first.
func (n *Notices) Contacts(ctx context.Context, area int) ([]Contact, error) {
	var all []Contact
	err := n.db.Read(ctx, func(tx *store.Tx) error {
		all = nil
		return eachContact(ctx, tx, func(c Contact) { all = append(all, c) }, "area = ? ORDER BY provider_key", area)
	})
	return all, err
}

func eachContact(ctx context.Context, tx *store.Tx, fn func(Contact), where string, args ...any) error {
	return tx.Each(ctx, func(scan func(...any) error) error {
		var c Contact
		err := scan(&c.Area, &c.Provider, &c.Email)
		fn(c)
		return err
	}, "SELECT area, provider, email FROM notice_contact WHERE "+where, args...)
}

// allContacts reads the addresses of all contacts.
func allContacts(ctx context.Context, tx *store.Tx) (map[contactKey]string, error) {
	all := map[contactKey]string{}
	err := eachContact(ctx, tx, func(c Contact) { all[contactKey{c.Area, numberKey(c.Provider)}] = c.Email }, "1 = 1")
	return all, err
}

// PutContact keeps a contact, or takes it away where the address is empty. It is for whoever manages the authority.
func (n *Notices) PutContact(ctx context.Context, who staff.Person, c Contact) error {
	c.Provider, c.Email = strings.Join(strings.Fields(c.Provider), " "), strings.TrimSpace(c.Email)
	return n.db.Write(ctx, func(tx *store.Tx) error {
		snap, err := n.reg.In(ctx, tx)
		if err != nil {
			return err
		}
		at := staff.Place{Area: c.Area}
		if nation := snap.NationOf(c.Area); nation != nil {
			at.Nation = nation.ID
		}
		if err := who.Must(staff.ManageArea, at); err != nil {
			return err
		}
		if snap.Area(c.Area) == nil {
			return fault.New(fault.NotFound, "there is no such area")
		}
		if utf8.RuneCountInString(c.Provider) > mostTitle || !utf8.ValidString(c.Provider) || strings.ContainsFunc(c.Provider, unprintable) {
			return fault.New(fault.Invalid, "this is too long for a name, or holds a character that cannot be stored").At("provider")
		}
		deed := "change contact for notices"
		if c.Email == "" {
			deed = "remove contact for notices"
			_, err = tx.Exec(ctx, "DELETE FROM notice_contact WHERE area = ? AND provider_key = ?", c.Area, numberKey(c.Provider))
		} else {
			if fault.Is(mail.CheckAddress(c.Email), fault.Invalid) {
				return fault.New(fault.Invalid, "this is not an e-mail address").At("email").Hint("write it like name@example.org")
			}
			_, err = tx.Exec(ctx, `INSERT INTO notice_contact (area, provider_key, provider, email) VALUES (?, ?, ?, ?)
				ON CONFLICT (area, provider_key) DO UPDATE SET provider = excluded.provider, email = excluded.email`, c.Area, numberKey(c.Provider), c.Provider, c.Email)
		}
		if err != nil {
			return err
		}
		return staff.Audit(ctx, tx, who, c.Area, deed, fmt.Sprintf("area %d", c.Area), "")
	})
}

// accountHolder is the holder of a link that goes to a person with an account.
func accountHolder(account int) string { return "account/" + strconv.Itoa(account) }

// authorityOf is where a link for an authority as a whole goes; without an address if no contact is known.
func (p *plan) authorityOf(area int) linkTo {
	return linkTo{area: area, holder: "authority", kind: LinkAuthority, email: sendable(p.contacts[contactKey{area, ""}])}
}

// holderOf is where the link for an outlet goes. For one that is open: its own mailbox, else its provider's, else the
// authority's. One that has closed may have lost its own, so that one comes last.
func (p *plan) holderOf(t *Touched) linkTo {
	own, provider := linkTo{}, linkTo{}
	o := p.snap.Outlet(t.Outlet)
	if o == nil {
		return p.authorityOf(t.Area)
	}
	own = linkTo{area: t.Area, holder: "outlet/" + strconv.Itoa(o.ID), kind: LinkOutlet, email: sendable(o.Email)}
	if key := numberKey(o.Provider); key != "" {
		provider = linkTo{area: t.Area, holder: "provider/" + key, kind: LinkProvider, email: sendable(p.contacts[contactKey{t.Area, key}])}
	}
	order := []linkTo{own, provider, p.authorityOf(t.Area)}
	if t.Closed {
		order = []linkTo{provider, p.authorityOf(t.Area), own}
	}
	for _, to := range order {
		if to.email != "" {
			return to
		}
	}
	return linkTo{}
}

// sendable gives an address if a letter can be sent to it, else nothing: one bad address must not stop a notice.
func sendable(email string) string {
	if email == "" || mail.CheckAddress(email) != nil {
		return ""
	}
	return email
}
