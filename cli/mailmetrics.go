package cli

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"everykit/mail"
)

var (
	mailMessages = prometheus.NewDesc("everykit_mail_messages", "E-mails by state: waiting to be sent; perhaps sent, nobody knows; refused by the server; given up.", []string{"state"}, nil)
	mailOldest   = prometheus.NewDesc("everykit_mail_oldest_seconds", "For how long the oldest e-mail that waits could have been sent.", nil, nil)
)

// letters tells what waits in the outbox.
type letters struct{ outbox *mail.Outbox }

func (l *letters) Describe(out chan<- *prometheus.Desc) {
	out <- mailMessages
	out <- mailOldest
}

func (l *letters) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	c, err := l.outbox.Counts(ctx)
	if err != nil {
		out <- prometheus.NewInvalidMetric(mailMessages, err)
		return
	}
	for state, n := range map[string]int{"waiting": c.Waiting, "unsure": c.Unsure, "refused": c.Refused, "gave_up": c.GaveUp} {
		out <- prometheus.MustNewConstMetric(mailMessages, prometheus.GaugeValue, float64(n), state)
	}
	out <- prometheus.MustNewConstMetric(mailOldest, prometheus.GaugeValue, c.Oldest.Seconds())
}
