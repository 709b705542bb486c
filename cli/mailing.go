package cli

import (
	"everykit/mail"
)

// mailing are the settings of what is sent by e-mail. Like the zone they belong to the site as a whole, so only serve has
// flags for them; every other command takes them from the environment, for what it puts into the outbox.
type mailing struct {
	server, passwordFile, from, site *setting
}

const (
	mailFrom = "everykit@localhost"
	ownSite  = "http://127.0.0.1:8080"
)

// useMail gives a command the flags of mail.
func (s *session) useMail() {
	s.mailing = mailing{
		s.setting("mail", "EVERYKIT_MAIL", "", "where e-mail goes out: smtp://NAME@HOST:587, smtps://..., or file:///FOLDER; nothing is sent if not given"),
		s.setting("mail-password-file", "EVERYKIT_MAIL_PASSWORD_FILE", "", "`FILE` with the mail server's password in its first line"),
		s.setting("mail-from", "EVERYKIT_MAIL_FROM", mailFrom, "`ADDRESS` that e-mail is sent from"),
		s.setting("site", "EVERYKIT_SITE", ownSite, "`ADDRESS` by which people reach the pages, for links in e-mail and on labels"),
	}
}

// mailSettings are those of this run.
func (s *session) mailSettings() mailing {
	if s.mailing.server == nil {
		s.mailing = mailing{
			&setting{name: "mail", env: "EVERYKIT_MAIL", io: &s.Streams},
			&setting{name: "mail-password-file", env: "EVERYKIT_MAIL_PASSWORD_FILE", io: &s.Streams},
			&setting{name: "mail-from", env: "EVERYKIT_MAIL_FROM", otherwise: mailFrom, io: &s.Streams},
			&setting{name: "site", env: "EVERYKIT_SITE", otherwise: ownSite, io: &s.Streams},
		}
	}
	return s.mailing
}

// all lists them, for config.
func (m mailing) all() []*setting { return []*setting{m.server, m.passwordFile, m.from, m.site} }

// outboxOptions are what the outbox needs of the settings. key seals what is private.
func (s *session) outboxOptions(key []byte) (mail.Options, error) {
	m := s.mailSettings()
	o := mail.Options{From: m.from.value(), Site: m.site.value()}
	if address := m.server.value(); address != "" {
		c, err := mail.ParseConfig(address, m.passwordFile.value(), m.from.value(), m.site.value())
		if err != nil {
			return mail.Options{}, err
		}
		if o, err = c.Options(); err != nil {
			return mail.Options{}, err
		}
	}
	o.Key, o.Log = key, s.log
	return o, nil
}

// mailShown is where e-mail goes, fit to be shown: never with a password.
func (s *session) mailShown() string {
	m := s.mailSettings()
	if m.server.value() == "" {
		return "off"
	}
	c, err := mail.ParseConfig(m.server.value(), "", m.from.value(), m.site.value())
	if err != nil {
		return "cannot be used"
	}
	return c.String()
}
