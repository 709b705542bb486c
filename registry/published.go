package registry

import (
	"everykit/civil"
	"everykit/fault"
)

// Published is when an estimate came out, with the precision it was told in: "2019", "2019-03", "2019-03-14", or "" when
// that is not known. Make one with ParsePublished.
type Published string

// ParsePublished reads a year, a month or a day (2019, 2019-03, 2019-03-14 or 14/03/2019); empty is not known.
func ParsePublished(s string) (Published, error) {
	if s == "" {
		return "", nil
	}
	if d, err := civil.ParseDate(s); err == nil {
		return Published(d.String()), nil
	}
	if p, err := civil.ParsePeriod(s); err == nil && len(p.String()) <= len("2019-03") && !p.IsFinancialYear() {
		return Published(p.String()), nil
	}
	return "", fault.New(fault.Invalid, "%q is not a date of publication; write 2019, 2019-03 or 2019-03-14", s)
}

// Known reports whether any date was told.
func (p Published) Known() bool { return p != "" }

// Last is the last day on which it can have come out: the end of the year or month told. civil.None if not known.
func (p Published) Last() civil.Date {
	if d, err := civil.ParseDate(string(p)); err == nil {
		return d
	}
	if q, err := civil.ParsePeriod(string(p)); err == nil {
		return q.Last()
	}
	return civil.None
}

// By reports whether it was out on a day, to the certainty there is: not known counts as published, and a month or a
// year counts from its last day.
func (p Published) By(day civil.Date) bool { return !p.Known() || p.Last() <= day }

// Words is how a page writes it: 14 March 2019, March 2019, 2019.
func (p Published) Words() string {
	if d, err := civil.ParseDate(string(p)); err == nil {
		return d.Words()
	}
	if q, err := civil.ParsePeriod(string(p)); err == nil && q.Months() == 1 {
		return q.Words()
	}
	return string(p)
}
