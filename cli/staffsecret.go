package cli

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
	"time"

	"everykit/fault"
	"everykit/staff"
)

func (p *people) add(ctx context.Context) error {
	draft, err := p.draft(ctx)
	if err != nil {
		return err
	}
	password, made, err := p.newPassword()
	if err != nil {
		return err
	}
	if _, err := p.rooms.Staff.Create(ctx, staff.Operator(), draft, password); err != nil {
		return err
	}
	p.say("%s: account made", strings.ToLower(p.email))
	if made {
		return p.secretLine("password (shown this once)", password)
	}
	return nil
}

// draft reads the flags of a new account. A worker's authority is that of their outlets.
func (p *people) draft(ctx context.Context) (staff.Draft, error) {
	role, err := staff.ParseRole(p.role)
	if err != nil {
		return staff.Draft{}, usage("%s", err).try("--role worker, coordinator, national, analyst or administrator")
	}
	d := staff.Draft{Email: p.email, Name: p.name, Role: role}
	if p.area != "" {
		if d.Area, err = areaNumber(ctx, p.rooms, p.area); err != nil {
			return d, err
		}
	}
	for _, code := range p.outlets {
		o, ok := p.snap.OutletByCode(code)
		if !ok {
			return d, fault.New(fault.NotFound, "%s", p.snap.UnknownOutlet(code)).Hint("everykit export outlets lists them")
		}
		if d.Area == 0 {
			d.Area = o.Area
		}
		d.Outlets = append(d.Outlets, staff.Place{Area: o.Area, Outlet: o.ID})
	}
	return d, nil
}

func (p *people) password(ctx context.Context) error {
	password, made, err := p.newPassword()
	if err != nil {
		return err
	}
	err = p.change(ctx, "has a new password; every session of it has ended", func(ctx context.Context, by staff.Person, id int) error {
		return p.rooms.Staff.SetPassword(ctx, by, id, password)
	})
	if err == nil && made {
		err = p.secretLine("password (shown this once)", password)
	}
	return err
}

func (p *people) pin(ctx context.Context) error {
	const became = "has a new PIN for counter devices"
	if p.pinStdin {
		pin, err := p.secretFromStdin("PIN")
		if err != nil {
			return err
		}
		return p.change(ctx, became, func(ctx context.Context, by staff.Person, id int) error {
			return p.rooms.Staff.SetPIN(ctx, by, id, pin)
		})
	}
	var pin string
	err := p.change(ctx, became, func(ctx context.Context, by staff.Person, id int) (err error) {
		for range 20 { // some digits are refused as too easily guessed
			if pin, err = newPIN(); err != nil {
				return err
			}
			if err = p.rooms.Staff.SetPIN(ctx, by, id, pin); !fault.Is(err, fault.Invalid) {
				break
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return p.secretLine("PIN (shown this once)", pin)
}

// newPassword reads a password from stdin, or makes one of 80 random bits.
func (p *people) newPassword() (password string, made bool, err error) {
	if p.passwordStdin {
		password, err = p.secretFromStdin("password")
		return password, false, err
	}
	text := strings.ToLower(rand.Text())
	return strings.Join([]string{text[:4], text[4:8], text[8:12], text[12:16]}, "-"), true, nil
}

// newPIN makes six random digits.
func newPIN() (string, error) {
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%06d", n), nil
}

// secretFromStdin reads one line.
func (p *people) secretFromStdin(what string) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(p.In, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", fault.New(fault.Invalid, "stdin held no %s", what).Hint("write it to the command's stdin, as one line")
	}
	return line, nil
}

// day writes the day of an instant, "" if there is none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
