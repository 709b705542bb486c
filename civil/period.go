package civil

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Period is a run of whole months with the name people give it.
type Period struct {
	From, To Month // both inside
	name     string
}

// ParsePeriod reads 2021/22 (financial year, April to March), 2021/22-Q2 (its quarter July to September), 2021 (calendar
// year) or 2021-07 (month).
func ParsePeriod(s string) (Period, error) {
	bad := fmt.Errorf("%q is not a period; write 2021/22, 2021/22-Q2, 2021 or 2021-07", s)
	t := strings.ReplaceAll(fold(s), " ", "")
	if len(t) < 4 {
		return Period{}, bad
	}
	y, err := strconv.Atoi(t[:4])
	if err != nil || y < MinYear || y >= MaxYear {
		return Period{}, bad
	}
	rest := t[4:]
	switch {
	case rest == "":
		return Year(y), nil
	case len(rest) == 3 && rest[0] == '-':
		if m, err := strconv.Atoi(rest[1:]); err == nil && m >= 1 && m <= 12 {
			return MonthPeriod(MonthOf(y, time.Month(m))), nil
		}
		return Period{}, bad
	case rest[0] != '/':
		return Period{}, bad
	}
	year, quarter, hasQuarter := strings.Cut(rest[1:], "-Q")
	next, err := strconv.Atoi(year)
	if err != nil || (len(year) != 2 && len(year) != 4) || next%100 != (y+1)%100 || (len(year) == 4 && next != y+1) {
		return Period{}, bad
	}
	if !hasQuarter {
		return FinancialYear(y), nil
	}
	if len(quarter) != 1 || quarter[0] < '1' || quarter[0] > '4' {
		return Period{}, bad
	}
	return Quarter(y, int(quarter[0]-'0')), nil
}

// FinancialYear is April of the year to March of the next.
func FinancialYear(y int) Period {
	from := MonthOf(y, time.April)
	return Period{from, from + 11, fmt.Sprintf("%d/%02d", y, (y+1)%100)}
}

// Quarter is quarter q (1 to 4) of the financial year that begins in April of y.
func Quarter(y, q int) Period {
	from := MonthOf(y, time.April) + Month(3*(q-1))
	return Period{from, from + 2, fmt.Sprintf("%d/%02d-Q%d", y, (y+1)%100, q)}
}

// Year is a calendar year.
func Year(y int) Period {
	from := MonthOf(y, time.January)
	return Period{from, from + 11, strconv.Itoa(y)}
}

// MonthPeriod is one month.
func MonthPeriod(m Month) Period { return Period{m, m, m.String()} }

// FinancialYearOf is the financial year a date lies in.
func FinancialYearOf(d Date) Period {
	y, m, _ := d.Parts()
	if m < time.April {
		y--
	}
	return FinancialYear(y)
}

// QuarterOf is the financial quarter a date lies in.
func QuarterOf(d Date) Period {
	fy := FinancialYearOf(d)
	return Quarter(int(fy.From)/12, int(d.Month()-fy.From)/3+1)
}

// Before is the period of the same length just before.
func (p Period) Before() Period { return p.move(-p.Months()) }

// After is the period of the same length just after.
func (p Period) After() Period { return p.move(p.Months()) }

func (p Period) move(months int) Period {
	from := p.From + Month(months)
	y, m := int(from)/12, time.Month(int(from)%12+1)
	switch {
	case strings.Contains(p.name, "-Q"):
		return QuarterOf(from.First())
	case strings.Contains(p.name, "/"):
		return FinancialYear(y)
	case p.Months() == 12:
		return Year(y)
	}
	return MonthPeriod(MonthOf(y, m))
}

// Months is how many months the period has.
func (p Period) Months() int { return int(p.To-p.From) + 1 }

// First is its first day.
func (p Period) First() Date { return p.From.First() }

// Last is its last day.
func (p Period) Last() Date { return p.To.Last() }

// String is the name as files and commands write it: 2021/22, 2021/22-Q2, 2021, 2021-07.
func (p Period) String() string { return p.name }

// Slug is the name as a URL writes it: 2021-22, 2021-22-q2, 2021, 2021-07. A slug such as 2021-07 is always a month; the
// financial year 2006/07 is therefore written 2006-2007.
func (p Period) Slug() string {
	y := int(p.From) / 12
	switch {
	case p.IsFinancialYear() && (y+1)%100 <= 12:
		return fmt.Sprintf("%d-%d", y, y+1)
	case strings.Contains(p.name, "/"):
		return strings.ToLower(strings.ReplaceAll(p.name, "/", "-"))
	}
	return p.name
}

// IsFinancialYear reports whether the period is one April to March.
func (p Period) IsFinancialYear() bool { return len(p.name) == 7 && p.name[4] == '/' }

// ParseSlug reads what Slug writes, and the forms of ParsePeriod.
func ParseSlug(s string) (Period, error) {
	if p, err := ParsePeriod(s); err == nil {
		return p, nil
	}
	if len(s) > 5 && s[4] == '-' {
		if p, err := ParsePeriod(s[:4] + "/" + s[5:]); err == nil {
			return p, nil
		}
	}
	return ParsePeriod(s)
}

// Words is how a page writes it: April 2021 to March 2022.
func (p Period) Words() string {
	if p.From == p.To {
		return p.From.Words()
	}
	return p.From.Words() + " to " + p.To.Words()
}

// IsZero reports whether no period was given.
func (p Period) IsZero() bool { return p.name == "" }
